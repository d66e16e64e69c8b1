import { describe, expect, it } from 'vitest'
import { listStream, printBytes, traceStream } from '../../src/entries/emulator.js'
import { bytes, profile80 } from './helpers.js'

const effectsOf = (source: string) =>
  traceStream(bytes(source), profile80).commands.map(({ effects }) => effects.join('; '))

describe('what a command did', () => {
  it.each([
    ["'ab' 0A", ['in the line, x 0 to 24', 'prints "ab" at 0,0; feeds 30 dots']],
    [
      "'a' 1B 24 64 00 'b' 0A",
      [
        'in the line, x 0 to 12',
        'moves to x 100',
        'in the line, x 100 to 112',
        'prints "a       b" at 0,0; feeds 30 dots',
      ],
    ],
    ['1B 4A 18', ['feeds 24 dots']],
    ['1B 4A 18 1B 4B 08', ['feeds 24 dots', 'feeds 8 dots back']],
    ['1B 45 01 1B 45 01', ['sets bold on', 'no change']],
    [
      '1D 21 11 1B 40',
      [
        'sets width 2, height 2, hanzi width 2, hanzi height 2',
        'sets width 1, height 1, hanzi width 1, hanzi height 1',
      ],
    ],
    ['1B 44 08 00', ['keeps tabs']],
    [
      "1D 28 6B 05 00 31 50 30 'ab' 1D 28 6B 03 00 31 51 30",
      ['keeps symbol data', 'qr "ab" 63×63 at 0,0; feeds 63 dots'],
    ],
    ['1D 76 30 00 02 00 01 00 FF FF', ['image 16×1 at 0,0; feeds 1 dot']],
    [
      "1B 64 05 'a' 0A 1D 56 01",
      [
        'feeds 150 dots',
        'in the line, x 0 to 12',
        'prints "a" at 0,150; feeds 30 dots',
        'partial cut at row 80',
      ],
    ],
    ['1B 70 01 19 FA', ['opens the drawer: pin 5, 50 ms']],
    ['10 04 01 1D 49 43', ['answers 1 byte: 12', 'answers 9 bytes: 5F 56 49 52 54 55 41 4C …']],
    ['1B 01', ['unknown, skipped 2 bytes']],
    ['1F 1B 1F B0 FF FF FF 00', ['nothing drawn']],
    [
      "1B 4C 'a' 0A 0C",
      [
        'page mode on',
        'in the line, x 0 to 12',
        'prints "a" at 0,0 on the page; feeds 30 dots on the page',
        expect.stringMatching(/^page mode off; prints "a" at 0,0; feeds \d+ dots$/),
      ],
    ],
  ])('%s', (source, effects) => {
    expect(effectsOf(source)).toEqual(effects)
  })

  it('is told for every command of a stream, and as the stream prints it', () => {
    const stream = bytes("1B 40 'one' 0A 'two' 0A 1D 76 30 00 01 00 01 00 81 1D 56 42 00")
    const { commands, end } = traceStream(stream, profile80)
    const paper = printBytes(stream, profile80)
    const said = commands.flatMap(({ effects }) => effects)
    expect(said.filter((effect) => effect.startsWith('prints')).length).toBe(paper.lines.length)
    expect(said).toContain(`partial cut at row ${paper.cuts[0]?.y}`)
    expect(end).toEqual([])
  })

  it('at the end says what was not printed', () => {
    expect(traceStream(bytes("'abc'"), profile80).end).toEqual([
      'LINE_NOT_PRINTED: the stream ends without a feed; not printed: abc',
    ])
  })

  it('an image longer than the receive buffer is answered for as what it is', () => {
    const large = new Uint8Array(8 + 72 * 2000).fill(0x04)
    large.set([0x1d, 0x76, 0x30, 0, 72, 0, 2000 & 0xff, 2000 >> 8])
    // Answered in its turn, not at once.
    const ask = [0x1d, 0x72, 0x01]
    const { commands } = traceStream(Uint8Array.from([...large, ...ask]), profile80)
    expect(commands.map(({ effects }) => effects.at(-1))).toEqual([
      'feeds 2000 dots',
      'answers 1 byte: 00',
    ])
  })
})

describe('the listing', () => {
  it('has a command a line with what it did, and the end', () => {
    expect(listStream(bytes("1B 45 01 BA CF BC C6 '12' 0A 'x'"), profile80)).toBe(
      [
        '0000  1B 45 01                              ESC E           emphasis n=1  → sets bold on',
        '0003  BA CF BC C6 31 32                                     text "合计12"  → in the line, x 0 to 72',
        '0009  0A                                    LF              lineFeed  → prints "合计12" at 0,0; feeds 30 dots',
        '000A  78                                                    text "x"  → in the line, x 0 to 12',
        'end → LINE_NOT_PRINTED: the stream ends without a feed; not printed: x',
        '',
      ].join('\n'),
    )
  })

  it('can be painted without a change of its text', () => {
    const stream = bytes("1B 45 01 'a' 0A 1B 01")
    const parts: string[] = []
    const painted = listStream(stream, profile80, {
      paint: (part, text) => {
        parts.push(part)
        return `<${text}>`
      },
    })
    expect(painted.replace(/[<>]/g, '')).toBe(listStream(stream, profile80))
    expect(parts.slice(0, 5)).toEqual(['offset', 'hex', 'mnemonic', 'values', 'remark'])
    expect(parts.slice(-2)).toEqual(['unknown', 'remark'])
  })
})
