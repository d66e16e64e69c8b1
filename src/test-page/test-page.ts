/** The test page, by which a person finds out the facts of an unknown printer. docs/test-page.md explains each row. */
import { encodeCommands } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import type { Profile } from '../model/profile.js'
import { line, lineFeed, reset } from './commands.js'
import { buzzers, codes, cutter, pages, pictures } from './device-sections.js'
import { chineseMode, columns, dots, places, sizes, zones } from './text-sections.js'

type Section = (profile: Profile) => readonly Command[]

/**
 * Sections whose data the printer may print as text come late, and the cutter last, because a failure must not
 * spoil the sections before it.
 */
const sections: readonly Section[] = [
  dots,
  columns,
  chineseMode,
  zones,
  sizes,
  places,
  pages,
  pictures,
  codes,
  buzzers,
  cutter,
]

/**
 * Commands of the test page for a printer of which `profile` is a first guess. Each section begins with `ESC @`.
 * The page never changes a stored setting and never opens the drawer.
 *
 * @example
 * testPageCommands(profile)[0] // { kind: 'initialize' }
 */
export function testPageCommands(profile: Profile): readonly Command[] {
  const page = [
    ...reset,
    ...line('XIAOPIAO TEST PAGE'),
    ...line(`PROFILE ${profile.id}`),
    ...line('xiaopiao profiles derive'),
    ...line('asks what you see, row by row.'),
    ...sections.flatMap((section) => [lineFeed, ...reset, ...section(profile)]),
  ]
  return profile.setsMotionUnits ? page.flatMap((one) => unitsAreDots(one, profile)) : page
}

/** Sets motion units to dots after every `ESC @`, which resets them, because pictures and the cutter's ruler count in dots. */
function unitsAreDots(command: Command, { dpi }: Profile): readonly Command[] {
  return command.kind === 'initialize'
    ? [command, { kind: 'motionUnits', x: dpi, y: dpi }]
    : [command]
}

/**
 * The bytes of the test page for a printer of which `profile` is a first guess.
 *
 * @example
 * paperToText(printBytes(testPage(profile), profile)).split('\n')[0] // 'XIAOPIAO TEST PAGE'
 */
export function testPage(profile: Profile): Uint8Array {
  return encodeCommands([...testPageCommands(profile)])
}
