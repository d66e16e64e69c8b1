import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { decode, encode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { matchPaper, paperMatchers } from '../../src/entries/matchers.js'
import { bytes, print, profile80 } from './helpers.js'

expect.extend(paperMatchers)

const narrow = { ...profile80, widthDots: 96, headToCutterDots: 0 }
const paper = (source: string) => print(source, narrow)
const sale = paper("'one' 0A 'two' 0A 'three' 0A BA CF BC C6 0A")
const other = paper("'one' 0A 'twO' 0A 'three' 0A BA CF BC C6 0A")

let folder: string
let golden: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaopiao goldens '))
  golden = join(folder, 'sale.png')
  vi.stubEnv('CI', undefined)
  vi.stubEnv('XIAOPIAO_UPDATE_GOLDENS', undefined)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

const files = () => readdirSync(folder).sort()
const keep = () => matchPaper(sale, golden, { update: 'new' })

describe('matchPaper', () => {
  it('writes a golden that is missing: one bit per dot', () => {
    expect(matchPaper(sale, golden)).toEqual({ pass: true, message: `${golden} was written` })
    const { width, height, depth } = decode(readFileSync(golden))
    expect([width, height, depth]).toEqual([96, sale.heightDots, 1])
    expect(matchPaper(sale, golden).pass).toBe(true)
    expect(files()).toEqual(['sale.png'])
  })

  it('in CI a golden that is missing is a failure, and none is written', () => {
    vi.stubEnv('CI', 'true')
    const { pass, message } = matchPaper(sale, golden)
    expect([pass, message]).toEqual([false, expect.stringMatching(/sale\.png is missing, .*CI/)])
    expect(files()).toEqual([])
  })

  it('says which rows and lines are different, and shows both papers', () => {
    keep()
    const { pass, message } = matchPaper(other, golden)
    expect(pass).toBe(false)
    expect(message.split('\n')).toEqual([
      expect.stringMatching(
        /^paper is not as .*sale\.png: \d+ dots differ, in rows [3-5]\d–[3-5]\d/,
      ),
      'Text, - in the golden, + on the paper:',
      '  one',
      '- two',
      '+ twO',
      '  three',
      '  …',
      `paper:      ${join(folder, 'sale.actual.png')}`,
      expect.stringContaining(
        `difference: ${join(folder, 'sale.diff.png')} (red: in the golden only`,
      ),
      'if the paper is right: vitest -u, or XIAOPIAO_UPDATE_GOLDENS=1',
    ])
    expect(files()).toEqual(['sale.actual.png', 'sale.diff.png', 'sale.png'])
    const { data, palette } = decode(readFileSync(join(folder, 'sale.diff.png')))
    const colours = new Set(Array.from(data, (index) => palette?.[index]?.join(' ')))
    expect(colours).toEqual(new Set(['255 255 255', '0 0 0', '220 0 0', '0 60 230']))
    // The pictures go when the paper is right again.
    expect(matchPaper(sale, golden).pass).toBe(true)
    expect(files()).toEqual(['sale.png'])
  })

  it('says when the size is another one', () => {
    keep()
    const { message } = matchPaper(paper("'one' 0A 'two' 0A 'three' 0A BA CF BC C6 0A 0A"), golden)
    expect(message).toContain('it is 150 rows high instead of 120')
    expect(message).toContain('the text is the same')
  })

  it('is updated on request, and left alone where the dots are the same', () => {
    keep()
    const before = statSync(golden, { bigint: true }).mtimeNs
    expect(matchPaper(sale, golden, { update: 'all' }).pass).toBe(true)
    expect(statSync(golden, { bigint: true }).mtimeNs).toBe(before)
    vi.stubEnv('XIAOPIAO_UPDATE_GOLDENS', '1')
    expect(matchPaper(other, golden).pass).toBe(true)
    expect(matchPaper(sale, golden, { update: 'none' }).pass).toBe(false)
  })

  it('reads the same picture from other programs, and says that it holds no text', () => {
    keep()
    const { width, height, data } = decode(readFileSync(golden))
    const dot = (i: number) => {
      const [x, y] = [i % width, Math.floor(i / width)]
      return ((data[y * Math.ceil(width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
    }
    const pixels = Array.from({ length: width * height }, (_, i) => dot(i))
    const rgb = Uint8Array.from(pixels.flatMap((white) => Array(3).fill(white ? 255 : 0)))
    writeFileSync(golden, encode({ width, height, data: rgb, channels: 3, depth: 8 }))
    expect(matchPaper(sale, golden).pass).toBe(true)
    expect(matchPaper(other, golden).message).toContain('the golden holds no text')
    const grey = Uint8Array.from(pixels, (white) => (white ? 0 : 1))
    const palette: [number, number, number][] = [
      [255, 255, 255],
      [0, 0, 0],
    ]
    writeFileSync(golden, encode({ width, height, data: grey, channels: 1, depth: 8, palette }))
    expect(matchPaper(sale, golden).pass).toBe(true)
  })

  it('takes an empty paper, jobs, bytes, and several papers of one printer', () => {
    const same = (source: Parameters<typeof matchPaper>[0], name: string) =>
      matchPaper(source, join(folder, name))
    expect(same(paper(''), 'empty.png').pass).toBe(true)
    expect(same(paper(''), 'empty.png').pass).toBe(true)
    keep()
    const stream = bytes("'one' 0A 'two' 0A 'three' 0A BA CF BC C6 0A")
    expect(same({ bytes: stream, profile: narrow }, 'sale.png').pass).toBe(true)
    expect(same({ paper: sale }, 'sale.png').pass).toBe(true)
    expect(
      same({ papers: [paper("'one' 0A"), paper("'two' 0A 'three' 0A BA CF BC C6 0A")] }, 'sale.png')
        .pass,
    ).toBe(true)
    expect(same({ papers: [sale, sale] }, 'sale.png').pass).toBe(false)
  })

  it('refuses what is no paper, and a golden that is no picture', () => {
    const wrong = { text: 'x' } as unknown as Parameters<typeof matchPaper>[0]
    expect(() => matchPaper(wrong, golden)).toThrow(
      expect.objectContaining({ code: 'PAPER_EXPECTED' }),
    )
    writeFileSync(golden, 'no picture')
    expect(() => matchPaper(sale, golden)).toThrow(
      expect.objectContaining({ code: 'GOLDEN_UNREADABLE' }),
    )
  })
})

describe('toMatchPaper', () => {
  it('is a matcher of vitest', () => {
    keep()
    expect(sale).toMatchPaper(golden)
    expect({ paper: sale }).toMatchPaper(pathToFileURL(golden))
    expect(other).not.toMatchPaper(golden)
    // What is negated leaves no pictures, and writes no golden.
    expect(files()).toEqual(['sale.png'])
    expect(() => expect(sale).not.toMatchPaper(golden)).toThrow(/paper is as .*sale\.png/)
    expect(sale).not.toMatchPaper(join(folder, 'none.png'))
    expect(files()).toEqual(['sale.png'])
    expect(() => expect(other).toMatchPaper(golden)).toThrow(/- two\n\+ twO/)
  })

  const toMatch = (snapshotState: unknown, source = sale) =>
    paperMatchers.toMatchPaper.call(
      { testPath: join(folder, 'sale.test.ts'), snapshotState },
      source,
      'kept/sale.png',
    )

  it('begins at the test file, and heeds the flag of the runner', () => {
    expect(toMatch({ snapshotUpdateState: 'none' }).pass).toBe(false)
    expect(existsSync(join(folder, 'kept'))).toBe(false)
    expect(toMatch({ snapshotUpdateState: 'new' }).pass).toBe(true)
    expect(existsSync(join(folder, 'kept/sale.png'))).toBe(true)
    expect(toMatch({ snapshotUpdateState: 'new' }, other).pass).toBe(false)
    // Of jest.
    expect(toMatch({ _updateSnapshot: 'all' }, other).pass).toBe(true)
    expect(toMatch({ _updateSnapshot: 'new' }, other).pass).toBe(true)
  })

  it('writes nothing new in CI, whatever the runner allows', () => {
    vi.stubEnv('CI', '1')
    expect(toMatch({ _updateSnapshot: 'new' }).pass).toBe(false)
    expect(toMatch({ _updateSnapshot: 'all' }).pass).toBe(true)
  })

  it('finds the flag in the vitest that runs this', () => {
    const { snapshotState } = expect.getState()
    expect((snapshotState as { snapshotUpdateState?: string }).snapshotUpdateState).toMatch(
      /^(all|new|none)$/,
    )
  })
})
