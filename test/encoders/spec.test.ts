import { describe, expect, it } from 'vitest'
import { decodeAll, encodeCommand } from '../../src/encoders/escpos/codec.js'
import { commandTable } from '../../src/encoders/escpos/commands/index.js'
import { readSpecLines } from './spec-lines.js'

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

describe('the table', () => {
  it('names each kind once', () => {
    const kinds = commandTable.map((spec) => spec.kind)
    expect(new Set(kinds).size).toBe(kinds.length)
  })
})
