/** Real receipts, changed in known ways, beside themselves. */
import { readFileSync } from 'node:fs'
import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { type Command, decodeAll, encodeCommands } from '../../src/encoders/escpos/index.js'
import {
  diffPapers,
  diffPng,
  diffStreams,
  diffText,
  printBytes,
} from '../../src/entries/emulator.js'
import { dotAt } from '../../src/model/bitmap.js'
import { diffKeys } from '../../src/paper/diff/sequence-diff.js'
import { generic80 } from '../../src/profiles/index.js'
import { bytes, print, profile80 } from './helpers.js'

const golden = (name: string) =>
  new Uint8Array(
    readFileSync(new URL(`../../fixtures/goldens/generic-80/${name}.bin`, import.meta.url)),
  )
const bill = golden('restaurant-bill')
const commands = decodeAll(bill).map(({ command }) => command)

/** The bill with its commands changed. */
function changed(change: (commands: Command[]) => void): Uint8Array {
  const copy = [...commands]
  change(copy)
  return encodeCommands(copy)
}

const differ = (after: Uint8Array, before = bill) => diffStreams(before, after, generic80)
const text = (letters: string): Command => ({
  kind: 'text',
  bytes: Uint8Array.from(letters, (letter) => letter.charCodeAt(0)),
})
const isText = ({ kind }: Command) => kind === 'text'

describe('diffStreams', () => {
  it.each(['restaurant-bill', 'takeaway', 'sale'])('%s is as itself', (name) => {
    const diff = differ(golden(name), golden(name))
    expect(diff).toEqual({
      sameBytes: true,
      samePaper: true,
      commands: [],
      paper: {
        same: true,
        widthDots: undefined,
        heightDots: undefined,
        dots: { count: 0, rows: [] },
        lines: [],
        symbols: [],
        images: [],
        cuts: [],
        pulses: [],
      },
    })
    const said = diffText(diff, golden(name), golden(name), generic80)
    expect(said).toBe('the same bytes, the same paper\n')
  })

  it('other bytes can make the same paper', () => {
    const after = changed((all) => all.splice(5, 0, { kind: 'emphasis', n: 0 }))
    const diff = differ(after)
    expect([diff.sameBytes, diff.samePaper]).toEqual([false, true])
    expect(diff.commands).toMatchObject([{ before: [], after: [{ command: { n: 0 } }] }])
    expect(diffText(diff, bill, after, generic80)).toMatch(
      /^commands\n\+ [0-9A-F]{4} {2}1B 45 00 .* emphasis n=0\nother bytes, the same paper\n$/,
    )
  })

  it('a line more moves what is below it', () => {
    const at = commands.findIndex((command, i) => i > 20 && command.kind === 'lineFeed') + 1
    const lines = printBytes(bill, generic80).lines.filter(({ from, to }) => to > from)
    const { paper } = differ(changed((all) => all.splice(at, 0, text('AB'), { kind: 'lineFeed' })))
    const [added, moved, ...more] = paper.lines
    expect(added).toMatchObject({ change: 'added', text: 'AB', x: 0 })
    if (moved?.change !== 'moved' || added?.change !== 'added') throw new Error('nothing moved')
    expect(moved.after).toEqual({ x: moved.before.x, y: moved.before.y + 30 })
    // All lines but those above it.
    expect(moved.lines).toBe(lines.filter(({ y }) => y >= added.y).length)
    expect(more).toEqual([])
    expect(paper.heightDots?.after).toBe((paper.heightDots?.before ?? 0) + 30)
    expect(paper.symbols).toEqual([])
  })

  it('another text is a line removed and a line added, with its dots', () => {
    const at = commands.findLastIndex(isText)
    const { paper, commands: hunks } = differ(
      changed((all) => {
        all[at] = text('BYE')
      }),
    )
    expect(hunks).toMatchObject([
      { before: [{ command: { kind: 'text' } }], after: [{ command: text('BYE') }] },
    ])
    expect(paper.lines.map(({ change }) => change)).toEqual(['removed', 'added'])
    const [removed] = paper.lines
    if (removed?.change !== 'removed') throw new Error('nothing was removed')
    // Its rows alone.
    expect(paper.dots.rows.every(([from, to]) => from >= removed.y && to <= removed.y + 24)).toBe(
      true,
    )
    expect([paper.heightDots, paper.cuts]).toEqual([undefined, []])
  })

  it('other cuts and pulses make another paper of the same dots', () => {
    const at = commands.findLastIndex(({ kind }) => kind === 'cutFeed')
    const { samePaper, paper } = differ(
      changed((all) => {
        all[at] = { kind: 'cutFeed', m: 65, n: 0 }
        all.push({ kind: 'drawerPulse', m: 0, t1: 25, t2: 25 })
      }),
    )
    expect(samePaper).toBe(false)
    expect(paper).toMatchObject({
      dots: { count: 0 },
      lines: [],
      cuts: [{ before: { mode: 'partial' }, after: { mode: 'full' } }],
      pulses: [{ before: undefined, after: { pin: 2, onMs: 50 } }],
    })
  })
})

describe('diffPapers', () => {
  const lines = (before: string, after: string) => diffPapers(print(before), print(after)).lines

  it('a line that went elsewhere is one that moved', () => {
    expect(lines("'one' 0A 'two' 0A 'three' 0A", "'two' 0A 'three' 0A 'one' 0A")).toEqual([
      { change: 'moved', text: 'one', lines: 1, before: { x: 0, y: 0 }, after: { x: 0, y: 60 } },
      expect.objectContaining({ change: 'moved', text: 'two', lines: 2 }),
    ])
  })

  it('lines that stay are no part of a move around them', () => {
    const three = (right: string) => `${right} 'a' 0A 1B 61 00 'b' 0A ${right} 'c' 0A`
    expect(lines(three(''), three('1B 61 02'))).toMatchObject([
      { change: 'moved', text: 'a', lines: 1, after: { x: 564 } },
      { change: 'moved', text: 'c', lines: 1, after: { x: 564 } },
    ])
  })

  it('says how the same text looks different', () => {
    expect(lines("'abc' 0A", "1B 45 01 'abc' 0A")).toMatchObject([
      { change: 'restyled', text: 'abc', what: 'bold false → true' },
    ])
    expect(lines("'a b' 0A", "'a' 1B 24 1D 00 'b' 0A")).toMatchObject([
      { change: 'restyled', what: 'other spaces' },
    ])
    expect(lines("'abc' 0A", "1B 61 01 'abc' 0A")).toMatchObject([
      { change: 'moved', before: { x: 0 }, after: { x: 270 } },
    ])
  })

  it('says which payload a symbol had', () => {
    const qr = (data: string) => `1D 28 6B 05 00 31 50 30 '${data}' 1D 28 6B 03 00 31 51 30`
    const { symbols, same } = diffPapers(print(qr('ab') + qr('xy')), print(qr('ab') + qr('cd')))
    expect(symbols).toMatchObject([{ before: { data: 'xy' }, after: { data: 'cd' } }])
    expect(same).toBe(false)
    const centred = diffPapers(print(qr('ab')), print(`1B 61 01 ${qr('ab')}`))
    expect(centred.symbols).toMatchObject([{ before: { x: 0 }, after: { x: 256 } }])
  })

  it('counts the dots of a picture, whatever its bands', () => {
    const band = (data: string) => `1D 76 30 00 01 00 02 00 ${data}`
    const { images } = diffPapers(
      print(`${band('FF 00')} ${band('81 00')}`),
      print(`${band('FF 00')} ${band('83 04')}`),
    )
    expect(images).toMatchObject([{ dots: 2, before: { heightDots: 4 }, after: { widthDots: 8 } }])
    const more = diffPapers(print(band('FF 00')), print(band('FF 00') + band('00 01')))
    expect(more.images).toMatchObject([{ dots: undefined, after: { heightDots: 4 } }])
  })

  it('draws both on one picture', () => {
    const [before, after] = ['F0', '3C'].map((data) =>
      print(`1D 76 30 00 01 00 01 00 ${data}`, { widthDots: 8 }),
    )
    if (before === undefined || after === undefined) throw new Error('no papers')
    const { data, palette, width } = decode(diffPng(before.bitmap, after.bitmap))
    expect(width).toBe(8)
    // White, red before, blue after, black in both.
    expect([...data]).toEqual([1, 1, 3, 3, 2, 2, 0, 0])
    expect(palette?.map(([red, , blue]) => [red, blue])).toEqual([
      [255, 255],
      [220, 0],
      [0, 230],
      [0, 0],
    ])
    expect(dotAt(before.bitmap, 0, 0)).toBe(true)
  })
})

describe('diffText', () => {
  it('names what changed, a line each', () => {
    const [before, after] = ["'one' 0A 'two' 0A 1D 56 01", "'one' 0A 'three' 0A 'two' 0A 1D 56 00"]
    const [b, a] = [bytes(before), bytes(after)]
    const said = diffText(diffStreams(b, a, profile80), b, a, profile80)
    expect(said.replace(/ {2,}/g, ' ').split('\n')).toEqual([
      'commands',
      '+ 0004 74 68 72 65 65 text "three"',
      '+ 0009 0A LF lineFeed',
      '- 0008 1D 56 01 GS V cut m=1',
      '+ 000E 1D 56 00 GS V cut m=0',
      'paper',
      '~ height 60 → 90 rows',
      expect.stringMatching(/^~ \d+ dots differ, in rows \d+–\d+, \d+–\d+$/),
      'text',
      '+ "three" at 0,30',
      '> "two": 30 dots lower',
      'cuts',
      '- partial at row 0',
      '+ full at row 0',
      'other bytes, another paper',
      '',
    ])
  })
})

describe('diffKeys', () => {
  it('gives up on what has nothing in common, but for its ends', () => {
    const list = (from: number) => Array.from({ length: 9000 }, (_, i) => `${from + i}`)
    const hunks = diffKeys(['a', ...list(0), 'z'], ['a', ...list(20_000), 'z'])
    expect(hunks).toEqual([
      { equal: true, before: [0, 1], after: [0, 1] },
      { equal: false, before: [1, 9001], after: [1, 9001] },
      { equal: true, before: [9001, 9002], after: [9001, 9002] },
    ])
  })
})
