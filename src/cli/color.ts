/** `--color`: whether stdout gets colours, and which a listing has. */

import { styleText } from 'node:util'
import { type Command, Option } from 'commander'
import type { ListStreamOptions } from '../inspect/list-stream.js'

type ListingPart = Parameters<NonNullable<ListStreamOptions['paint']>>[0]

export interface ColorFlags {
  readonly color: 'auto' | 'always' | 'never'
}

/** Adds `--color`. */
export function withColor(command: Command): Command {
  const option = new Option('--color <when>', 'colours on a terminal, always or never')
  return command.addOption(option.choices(['auto', 'always', 'never']).default('auto'))
}

/** `auto` asks the terminal, which knows NO_COLOR, FORCE_COLOR and TERM. */
export function hasColor({ color }: ColorFlags): boolean {
  return (
    color === 'always' || (color === 'auto' && process.stdout.isTTY && process.stdout.hasColors())
  )
}

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

/** Colours, or leaves all as it is. */
export function painter(flags: ColorFlags): Paint {
  if (!hasColor(flags)) return (_style, text) => text
  return (style, text) => styleText(style, text, { validateStream: false })
}

const styles = {
  offset: 'dim',
  hex: 'cyan',
  mnemonic: 'yellow',
  unknown: 'red',
  remark: 'green',
} as const satisfies Record<Exclude<ListingPart, 'values'>, string>

export function listingPaint(paint: Paint): (part: ListingPart, text: string) => string {
  return (part, text) => (part === 'values' ? text : paint(styles[part], text))
}
