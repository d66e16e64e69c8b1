/** Writes docs/commands.md from the command table, the handlers, the device's answers and the vendor hex. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { virtualDevice } from '../../src/device/virtual-device.js'
import {
  type HandlerTable,
  handlerTable,
  isSwallowed,
} from '../../src/emulator/commands/execute.js'
import { type CommandKind, commandTable } from '../../src/encoders/escpos/commands/index.js'
import type { Field, Fields, Spec } from '../../src/encoders/escpos/fields.js'
import { root } from '../built.js'
import { readSpecLines, type SpecLine } from '../encoders/spec-lines.js'

const handlersWords = {
  text: 'characters and their look',
  position: 'feeds, moves, margins, page mode',
  picture: 'pictures',
  symbol: 'barcodes and two-dimensional symbols',
  device: 'cuts, drawer, macros, requests, unknown functions of groups',
  settings: 'settings',
} as const satisfies Record<HandlerTable, string>

export function commandsDoc(): string {
  const lines = readSpecLines()
  const rows = commandTable.map((spec) => {
    const own = lines.filter(({ command }) => command.kind === spec.kind)
    const kind = spec.kind as CommandKind
    return {
      family: own[0]?.place.replace(/\.txt:.*/, '') ?? '',
      done: isSwallowed(kind) ? undefined : handlerTable(kind),
      answered: own.some(({ bytes }) => isAnswered(bytes)),
      spec,
      own,
    }
  })
  const families = [...new Set(rows.map(({ family }) => family))]
  const says = comments()
  const done = rows.filter((row) => row.done !== undefined).length
  const answered = rows.filter((row) => row.answered).length
  return [
    '# Commands',
    '',
    'Made by `npm run docs:commands` from the command table, the virtual printer and `fixtures/spec`; a test compares it with them.',
    '',
    `${rows.length} commands are decoded and encoded, each checked in both directions against a line of vendor hex. Of them the virtual printer`,
    `obeys ${done} on paper or in its modes, and reads over ${rows.length - done}: settings, and what works on parts that a receipt printer`,
    `has not. The virtual device answers ${answered}.`,
    '',
    '| by | it does |',
    '|---|---|',
    ...Object.entries(handlersWords)
      .filter(([name]) => rows.some((row) => row.done === name))
      .map(([name, words]) => `| ${name} | ${words} |`),
    '| – | nothing: read over |',
    '',
    'In the form of the bytes `nL nH` is a number of two bytes, low byte first, `[k] data` bytes with their number before them, `data…` bytes whose',
    'number follows from what stands before them. **settings** marks what is written to memory that outlives the power switch.',
    ...families.flatMap((family) => [
      '',
      `## ${family.charAt(0).toUpperCase()}${family.slice(1).replace('-', ' ')}`,
      '',
      '| command | bytes | name | by | answered | hex |',
      '|---|---|---|---|---|---|',
      ...rows
        .filter((row) => row.family === family)
        .map(({ spec, done: by, answered: isAsked, own }) => {
          const what = [says.get(spec.kind), spec.changesSettings ? '**settings**' : '']
          const name = [`\`${spec.kind}\``, ...what.filter(Boolean)].join('<br>')
          const cells = [
            spec.mnemonic.replaceAll('|', '\\|'),
            `\`${formOf(spec)}\``,
            name,
            by ?? '–',
            isAsked ? 'yes' : '',
          ]
          return `| ${[...cells, hexLink(own)].join(' | ')} |`
        }),
    ]),
    '',
  ].join('\n')
}

/** A ready device with everything on, which says at least one byte to the example. */
function isAnswered(bytes: Uint8Array): boolean {
  const device = virtualDevice({ processIds: true })
  let said = 0
  device.listen({
    reply: (answer) => {
      said += answer.length
      return true
    },
  })
  device.receive(bytes)
  return said > 0
}

function hexLink(own: readonly SpecLine[]): string {
  const [first] = own
  if (first === undefined) return ''
  const [file, line] = first.place.split(':')
  const more = own.length > 1 ? ` and ${own.length - 1} more` : ''
  return `[${file}:${line}](../fixtures/spec/${file}#L${line})${more}`
}

/** `1D 28 6B pL pH 31 50 m data`. */
function formOf(spec: Spec): string {
  const length = { 0: [], 2: ['pL', 'pH'], 4: ['p1', 'p2', 'p3', 'p4'] }[spec.lengthSize]
  return [
    ...spec.prefix.map(hex),
    ...length,
    ...spec.body.map(hex),
    ...fieldForms(spec.fields),
  ].join(' ')
}

function fieldForms(fields: Fields): string[] {
  return Object.entries(fields).map(([name, field]) => fieldForm(name, field))
}

function fieldForm(name: string, field: Field): string {
  switch (field.type) {
    case 'u8':
    case 'oneOf':
      return name
    case 'u16':
    case 'i16':
      return `${name}L ${name}H`
    case 'u32':
      return `${name}1 ${name}2 ${name}3 ${name}4`
    case 'fixed':
      return `${name}×${field.length}`
    case 'counted':
      return `${name}…`
    case 'prefixed':
      return `[${{ 1: 'k', 2: 'kL kH', 4: 'k1 k2 k3 k4' }[field.size]}] ${name}`
    case 'terminated': {
      const times = field.count > 1 ? ` ${field.count} times` : ''
      return `${name}… to ${hex(field.mark)}${times}`
    }
    case 'unterminated':
      return `${name}…`
    case 'rest':
      return name
    case 'list':
      return `(${fieldForms(field.fields).join(' ')})…`
    default:
      // A field type of the future is shown by its name.
      return name
  }
}

const hex = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0')

/** What the table's comments say of each command. */
function comments(): Map<string, string> {
  const folder = join(root, 'src/encoders/escpos/commands')
  const found = new Map<string, string>()
  for (const file of readdirSync(folder)) {
    const source = readFileSync(join(folder, file), 'utf8')
    const entries = source.matchAll(
      /\/\*\* ([^\n]*?) \*\/\n\s*(?:command|group|longGroup)\(\s*'(\w+)'/g,
    )
    for (const [, comment = '', kind = ''] of entries) {
      found.set(kind, comment.replaceAll('|', '\\|').replaceAll('<', '&lt;'))
    }
  }
  return found
}
