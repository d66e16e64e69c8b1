import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeAll, encodeCommand } from '../../src/encoders/escpos/codec.js'
import { commandTable } from '../../src/encoders/escpos/commands/index.js'
import type { Field } from '../../src/encoders/escpos/fields.js'
import { type Evidence, evidenceOf, readSpecLines } from './spec-lines.js'

const lines = readSpecLines()

describe('vendor hex', () => {
  it.each(lines)('$place $command.kind: decodes', ({ bytes, command }) => {
    expect(decodeAll(bytes)).toEqual([{ offset: 0, length: bytes.length, command }])
  })

  it.each(lines)('$place $command.kind: encodes', ({ bytes, command }) => {
    expect(encodeCommand(command)).toEqual(bytes)
  })

  it('has a line with a source for every command of the table', () => {
    const witnessed = new Set(lines.filter((l) => l.source !== '').map((l) => l.command.kind))
    expect(
      commandTable.map((spec) => spec.kind).filter((kind) => !witnessed.has(kind as never)),
    ).toEqual([])
  })

  it('gives the fields in the order in which they are sent', () => {
    for (const { command } of lines) {
      const spec = commandTable.find((entry) => entry.kind === command.kind)
      expect(Object.keys(command).slice(1)).toEqual(Object.keys(spec?.fields ?? {}))
    }
  })
})

/** The numbers that docs/escpos.md gives, by the beginning of the row. */
const rows: Record<Evidence, string> = {
  vendor: "A vendor's page",
  program: 'Another program',
  users: "Users' reports",
  none: 'Nothing yet',
}

describe('the evidence', () => {
  it('is counted in docs/escpos.md', () => {
    const counted = Object.fromEntries(Object.keys(rows).map((kind) => [kind, 0]))
    for (const { source } of lines) {
      const kind = evidenceOf(source)
      counted[kind] = (counted[kind] ?? 0) + 1
    }
    const docs = readFileSync(new URL('../../docs/escpos.md', import.meta.url), 'utf8')
    const written = Object.fromEntries(
      Object.entries(rows).map(([kind, start]) => [
        kind,
        Number(docs.match(new RegExp(`^\\| ${start}[^|]*\\| (\\d+) \\|$`, 'm'))?.[1]),
      ]),
    )
    expect(written).toEqual(counted)
  })

  it('is told by the note at the end of the source', () => {
    expect(evidenceOf('Epson ESC @: 1B 40')).toBe('vendor')
    expect(evidenceOf('ESC F n: 1B 46 n [as implemented by a driver]')).toBe('program')
    expect(evidenceOf('BEL sounds it [as reported by users]')).toBe('users')
    expect(evidenceOf('Epson ESC F n: 1B 46 n [page not opened]')).toBe('none')
    expect(evidenceOf('Epson ESC F n: 1B 46 n [as one might guess]')).toBe('none')
    expect(evidenceOf('Epson GS ( D m [a b]: 1D 28 44 pL pH 14 [a b]')).toBe('vendor')
  })
})

/** Values of fields that are one of a few bytes: each value is another form of the command. */
function forms(): string[] {
  return commandTable.flatMap((spec) =>
    Object.entries(spec.fields).flatMap(([name, field]: [string, Field]) =>
      field.type === 'oneOf' ? field.values.map((value) => `${spec.kind} ${name} ${value}`) : [],
    ),
  )
}

describe('alternative forms', () => {
  it('have a line each', () => {
    const witnessed = new Set(
      lines.flatMap(({ command }) =>
        Object.entries(command).map(([name, value]) => `${command.kind} ${name} ${value}`),
      ),
    )
    expect(forms().filter((form) => !witnessed.has(form))).toEqual([])
  })
})

describe('the table', () => {
  it('names each kind once', () => {
    const kinds = commandTable.map((spec) => spec.kind)
    expect(new Set(kinds).size).toBe(kinds.length)
  })
})
