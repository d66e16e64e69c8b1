/** Scripts whose letters join, stack or run from right to left: drawn whole, in order, within the paper, and read back as they were written. */

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { text } from '../../src/elements/text.js'
import { printBytes } from '../../src/entries/emulator.js'
import { withDrawnTexts } from '../../src/entries/paper.js'
import { Ink } from '../../src/glyphs/fill-outlines.js'
import { createBitmap, dotAt } from '../../src/model/bitmap.js'
import type { Block, LineBlock } from '../../src/model/strip.js'
import { epsonTmT88v, findProfile, generic58, generic80 } from '../../src/profiles/index.js'
import { levelsOf } from '../../src/scripts/directions.js'
import { loadFonts } from '../../src/scripts/index.js'
import { fixtureFonts } from '../goldens/fixtures.js'

const debian = (name: string) => `/usr/share/fonts/truetype/noto/${name}-Regular.ttf`
const hasDebian = existsSync(debian('NotoSansHebrew'))
const fonts = hasDebian
  ? await loadFonts(
      ['NotoSansHebrew', 'NotoSerifTibetan'].map((name) => ({ bytes: readFileSync(debian(name)) })),
    )
  : fixtureFonts

const thaiFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf',
)

const THAI = 'ข้าวผัดกุ้งและต้มยำกุ้งน้ำข้น'
const ARABIC = 'شكرا لزيارتكم'
const UYGHUR = 'رەھمەت سىزگە'
const HINDI = 'धन्यवाद कृपया फिर पधारें'
const KHMER = 'សូមអរគុណ'

function printed(nodes: readonly ReceiptNode[], profile = generic58, given = fixtureFonts) {
  const compiled = compile({ nodes }, { profile, fonts: given })
  const paper = printBytes(compiled.bytes, profile)
  const { texts = [] } = withDrawnTexts(paper, compiled.drawnBlocks)
  return { ...compiled, paper, texts: texts.map((one) => one.text) }
}

function lines(blocks: readonly Block[]): readonly LineBlock[] {
  return blocks.filter((block): block is LineBlock => block.kind === 'line')
}

describe('shaped text', () => {
  it.each([
    ['Thai', THAI],
    ['Arabic', ARABIC],
    ['Uyghur', UYGHUR],
    ['Devanagari', HINDI],
    ['Khmer', KHMER],
  ])('%s is drawn and read back', (_, words) => {
    const { texts, paper, diagnostics } = printed([text(words)])
    expect(texts.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
    expect(paper.bitmap.data.some((byte) => byte !== 0)).toBe(true)
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['SCRIPT_DRAWN', 'info'],
    ])
  })

  it.runIf(hasDebian).each([
    ['Hebrew', 'תודה רבה'],
    ['Tibetan', 'བཀྲ་ཤིས་བདེ་ལེགས།'],
  ])('%s is drawn and read back', (_, words) => {
    expect(printed([text(words)], generic58, fonts).texts.join('')).toBe(words)
  })

  it('joins letters: a word is one piece of ink but for its dots', () => {
    // سلم joins all of its letters; with a joiner between each that parts them there are three.
    const width = (words: string) =>
      lines(printed([text(words)]).strip.blocks)[0]?.runs[0]?.widthDots
    expect(width('سلم')).toBeLessThan(width('س\u200cل\u200cم') as number)
  })

  it('puts marks on their letters: they take no width', () => {
    const width = (words: string) =>
      lines(printed([text(words)]).strip.blocks)[0]?.runs[0]?.widthDots
    expect(width('กิ่')).toBe(width('ก'))
  })

  it('has room above and below the line for what stacks', () => {
    const [plain] = lines(printed([text('ก')]).strip.blocks)
    const [high] = lines(printed([text('กี่ฤๅญู')]).strip.blocks)
    expect(high?.heightDots).toBeGreaterThan(plain?.heightDots as number)
    expect(high?.runs[0]?.dropDots).toBeGreaterThan(0)
  })

  it('is larger by the outline, not by the dots', () => {
    const { paper } = printed([text(ARABIC, { size: 4 })])
    const doubled = (y: number) =>
      Array.from({ length: paper.widthDots >> 1 }, (_, i) => i * 2).every(
        (x) => dotAt(paper.bitmap, x, y) === dotAt(paper.bitmap, x + 1, y),
      )
    expect(Array.from({ length: 60 }, (_, y) => doubled(y + 20)).every(Boolean)).toBe(false)
  })

  it('prints beside hanzi and figures on every thermal printer', () => {
    for (const profile of [generic58, generic80, epsonTmT88v]) {
      const words = `合计 ${THAI} 56.00 元`
      expect(
        printed([text(words)], profile)
          .texts.join(' ')
          .replaceAll(' ', ''),
      ).toBe(words.replaceAll(' ', ''))
    }
  })

  it('breaks Thai and Khmer at words', () => {
    for (const words of [THAI, `${KHMER}${KHMER}${KHMER}${KHMER}`]) {
      const starts = new Set(
        Array.from(new Intl.Segmenter('th', { granularity: 'word' }).segment(words)).map(
          ({ index }) => index,
        ),
      )
      const { strip } = printed([text(words)], generic58)
      const found = lines(strip.blocks).map(({ runs }) =>
        runs.map((run) => run.cells.text).join(''),
      )
      expect(found.join('')).toBe(words)
      expect(found.length).toBeGreaterThan(0)
      let at = 0
      for (const line of found) {
        expect(starts.has(at)).toBe(true)
        at += line.length
      }
    }
  })
})

describe('from right to left', () => {
  /** Texts of the runs from left to right. */
  const seen = (words: string) =>
    lines(printed([text(words)], generic80).strip.blocks).map(({ runs }) =>
      runs.map((run) => run.cells.text.trim()).filter((one) => one !== ''),
    )

  it('an amount stays whole, with its sign and its currency', () => {
    for (const amount of [
      '-1,250.50',
      '￥56.00',
      '-￥56.00',
      '$1,250.50',
      '+12.50',
      '١٢٫٥٠',
      '12.50%',
    ]) {
      const [line = []] = seen(`المجموع ${amount} شكرا`)
      expect(line).toEqual(['شكرا', amount, 'المجموع'])
    }
  })

  it('a paragraph of Chinese keeps its order around Arabic', () => {
    expect(seen('合计 السعر ￥56.00 元')[0]?.[0]).toBe('合计')
    expect(seen('合计 السعر ￥56.00 元')[0]?.at(-1)).toBe('元')
  })

  it('brackets turn round', () => {
    const { paper } = printed([text('(ا)')])
    const turned = printed([text('(1)')])
    const column = (bitmap: typeof paper.bitmap, x: number) =>
      Array.from({ length: 24 }, (_, y) => dotAt(bitmap, x, y)).join()
    // The left one is drawn of the closing bracket's logical place, and looks as an opening one.
    const at = (bitmap: typeof paper.bitmap) =>
      Array.from({ length: 12 }, (_, x) => column(bitmap, x)).join('|')
    expect(at(paper.bitmap)).toBe(at(turned.paper.bitmap))
  })

  it('a label and its value are read one after the other', () => {
    const label = 'سىزگە 12.50'
    const { texts } = printed(
      [{ kind: 'field', label, value: '合计 1', letterSpacing: 3 }],
      generic80,
    )
    expect(texts.join('').replaceAll(' ', '')).toBe('سىزگە12.50合计1')
  })

  it('direction marks in data are removed, and turn no amount round', () => {
    for (const mark of ['\u202e', '\u202d', '\u2067', '\u200f', '\u061c', '\u2066']) {
      const { texts, diagnostics } = printed([text(`المجموع ${mark}12.50`)])
      expect(texts).toContain('12.50')
      expect(diagnostics.map(({ code }) => code)).toContain('CONTROL_REMOVED')
    }
  })

  it('levels are those of Unicode, with amounts isolated', () => {
    const make = createRequire(import.meta.url)('bidi-js') as () => Parameters<typeof levelsOf>[0]
    const words = 'ا -5 ب'
    expect(Array.from(levelsOf(make(), words, [{ from: 2, to: 4 }]))).toEqual([1, 1, 2, 2, 1, 1])
    expect(Array.from(levelsOf(make(), words, []))[2]).toBe(1)
  })
})

describe('a font', () => {
  it('that was not given is asked for, with its packages', () => {
    const { diagnostics } = compile({ nodes: [text(THAI)] }, { profile: generic58 })
    expect(diagnostics).toMatchObject([
      {
        code: 'SCRIPT_UNSUPPORTED',
        hint: expect.stringContaining('npm install harfbuzzjs bidi-js'),
      },
    ])
  })

  it('that lacks the script is named', () => {
    const { diagnostics } = printed([text('ᠮᠣᠩᠭᠣᠯ')])
    expect(diagnostics).toMatchObject([
      { code: 'SCRIPT_UNSUPPORTED', hint: 'give loadFonts a font that has Mongolian' },
    ])
  })

  it('that is none is refused, and so are other values', async () => {
    await expect(loadFonts([{ bytes: new Uint8Array(40) }])).rejects.toMatchObject({
      code: 'FONT_INVALID',
      path: '[0].bytes',
    })
    await expect(loadFonts([])).rejects.toMatchObject({ code: 'FONT_INVALID' })
    await expect(loadFonts([{ bytes: 'x' } as never])).rejects.toThrow(/bytes/)
    await expect(
      loadFonts([{ bytes: new Uint8Array(1), scripts: ['Latin'] } as never]),
    ).rejects.toThrow()
    const fontsLater = loadFonts([{ bytes: new Uint8Array(1) }])
    await expect(fontsLater).rejects.toThrow()
    const options = { profile: generic58, fonts: fontsLater as never }
    expect(() => compile({ nodes: [] }, options)).toThrow(/fonts/)
  })

  it('is opened by libraries that a bundle gives', async () => {
    const given = {
      harfbuzz: await import('harfbuzzjs'),
      bidi: createRequire(import.meta.url)('bidi-js') as () => object,
    }
    const files = [{ bytes: readFileSync(thaiFile) }]
    const { texts } = printed([text(THAI)], generic58, await loadFonts(files, given))
    expect(texts.join('')).toBe(THAI)
    await expect(loadFonts(files, { bidi: 1 as never })).rejects.toThrow(/bidi/)
  })

  it('is not used with onUnsupported error, nor on nine pins', () => {
    const options = { profile: generic58, fonts: fixtureFonts, onUnsupported: 'error' as const }
    expect(() => compile({ nodes: [text(THAI)] }, options)).toThrow(
      expect.objectContaining({ code: 'CHAR_UNSUPPORTED' }),
    )
    const { diagnostics } = printed([text(THAI)], findProfile('epson-tm-u220'))
    expect(diagnostics.map(({ code }) => code)).toContain('SCRIPT_UNSUPPORTED')
  })
})

it('fills a polygon by the part of each dot that it covers', () => {
  const outline = { points: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1), ends: Uint32Array.of(4) }
  const draw = (x: number) => {
    const ink = new Ink(8, 4)
    ink.add({ outline, x: 0, y: 0 }, { x, y: 4, emX: 4, emY: 4 })
    const bitmap = createBitmap(8, 4)
    ink.fill(bitmap)
    return Array.from(bitmap.data)
  }
  expect(draw(0)).toEqual([0xf0, 0xf0, 0xf0, 0xf0])
  expect(draw(2)).toEqual([0x3c, 0x3c, 0x3c, 0x3c])
  expect(draw(0.4)).toEqual([0xf0, 0xf0, 0xf0, 0xf0])
  expect(draw(0.6)).toEqual([0x78, 0x78, 0x78, 0x78])
  expect(draw(-2)).toEqual([0xc0, 0xc0, 0xc0, 0xc0])
  expect(draw(6)).toEqual([0x03, 0x03, 0x03, 0x03])
})

describe('any text of these scripts', () => {
  const chunk = fc.oneof(
    fc.constantFrom(...[THAI, ARABIC, UYGHUR, HINDI, KHMER].flatMap((words) => words.split(' '))),
    fc.constantFrom(
      '合计',
      '老城面馆',
      'Total',
      '(',
      ')',
      ' ',
      ' ',
      '：',
      '12.50',
      '-1,250.50',
      '￥8.00',
      '٥٠',
    ),
    fc.constantFrom('\u202e', '\u200f', '\u200d', '\n'),
  )
  const words = fc.array(chunk, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' '))
  const style = fc.record(
    {
      size: fc.constantFrom(1, 2, 3),
      bold: fc.boolean(),
      inverse: fc.boolean(),
      underline: fc.boolean(),
      font: fc.constantFrom('A', 'B', 'small'),
      letterSpacing: fc.constantFrom(0, 3),
    },
    { requiredKeys: [] },
  )
  const node = fc.oneof(
    fc
      .tuple(words, style, fc.constantFrom('left', 'center', 'right'))
      .map(([one, more, align]) => text(one, { ...more, align } as object)),
    fc.tuple(words, words, style).map(([label, value, more]) => {
      return { kind: 'field', label, value, ...more } as ReceiptNode
    }),
    fc.tuple(words, words).map(([a, b]): ReceiptNode => {
      return { kind: 'columns', columns: [{}, { width: 'auto', align: 'right' }], rows: [[a, b]] }
    }),
    words.map((one): ReceiptNode => ({ kind: 'box', nodes: [text(one)], title: one })),
  )

  it('is within the paper, loses nothing, and keeps its amounts', () => {
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 3 }), (nodes) => {
        for (const profile of [generic58, generic80]) {
          const compiled = compile({ nodes }, { profile, fonts: fixtureFonts })
          for (const block of compiled.strip.blocks) {
            if (block.kind !== 'line') continue
            let end = 0
            for (const run of block.runs) {
              expect(run.x).toBeGreaterThanOrEqual(end)
              end = run.x + run.widthDots
              expect(run.heightDots + (run.dropDots ?? 0)).toBeLessThanOrEqual(block.heightDots)
            }
            expect(end).toBeLessThanOrEqual(profile.widthDots)
          }
          const bad = compiled.diagnostics.filter(({ severity }) => severity === 'error')
          expect(bad.filter(({ code }) => code !== 'NUMBER_BROKEN')).toEqual([])
          const paper = printBytes(compiled.bytes, profile)
          expect(paper.unknown).toEqual([])
          if (bad.length > 0) return
          const all = inked(compiled.strip.blocks)
          for (const letter of wanted(nodes)) expect(all).toContain(letter)
        }
      }),
      { numRuns: Number(process.env.XIAOPIAO_RUNS ?? 60), seed: 18 },
    )
  })
})

/** All texts in reading order. */
function inked(blocks: readonly Block[]): string {
  const parts: string[] = []
  const visit = (block: Block): void => {
    if (block.kind === 'row') for (const cell of block.cells) cell.blocks.forEach(visit)
    if (block.kind !== 'line') return
    const runs = block.runs.toSorted((a, b) => (a.order ?? a.x) - (b.order ?? b.x))
    parts.push(runs.map((run) => run.cells.text).join(''))
  }
  blocks.forEach(visit)
  return parts.join('\n')
}

/** Amounts that must be there whole. */
function wanted(nodes: readonly ReceiptNode[]): readonly string[] {
  const found = JSON.stringify(nodes).match(/-1,250\.50|￥8\.00|12\.50/g) ?? []
  return [...new Set(found)]
}
