import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAll, encodeCommands } from '../../src/encoders/escpos/codec.js'
import { capturesFolder, readCaptures, readOwnStreams } from './captured.js'

const captured = readCaptures()
const streams = [...(await readOwnStreams()), ...captured]

/** One stream begins in the middle of a command, one ends there, and one gives ESC 4 a parameter. */
const broken = /^unknown command (GS 0x11|0x01)$|^unfinished command GS 8 L/

describe('streams', () => {
  it.skipIf(captured.length === 0)(`of other programs are all there (in ${capturesFolder})`, () => {
    expect(captured.length).toBeGreaterThanOrEqual(56)
  })

  it.each(streams)('$name holds nothing unknown, and encodes back', ({ bytes }) => {
    const decoded = decodeAll(bytes)
    const unknown = decoded.flatMap(({ command }) =>
      command.kind === 'unknown' ? [command.reason] : [],
    )
    expect(unknown.filter((reason) => !broken.test(reason))).toEqual([])
    expect(encodeCommands(decoded.map((d) => d.command))).toEqual(bytes)
  })

  it('encode back when a byte is changed, lost or the end is torn off', () => {
    const mutation = fc.record({
      capture: fc.constantFrom(...streams),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      value: fc.integer({ min: 0, max: 255 }),
      how: fc.constantFrom('change', 'lose', 'tear'),
    })
    fc.assert(
      fc.property(mutation, ({ capture, at, value, how }) => {
        const i = Math.floor(at * capture.bytes.length)
        const list = [...capture.bytes]
        if (how === 'change') list[i] = value
        if (how === 'lose') list.splice(i, 1)
        const bytes = Uint8Array.from(how === 'tear' ? list.slice(0, i) : list)
        expect(encodeCommands(decodeAll(bytes).map((d) => d.command))).toEqual(bytes)
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})
