/** Money in texts from right to left: no amount loses its sign or its side, no date and no card number is turned round. */

import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { text } from '../../src/elements/text.js'
import { printBytes } from '../../src/entries/emulator.js'
import { type Bitmap, dotAt } from '../../src/model/bitmap.js'
import type { ScriptFonts } from '../../src/model/cells.js'
import type { Block } from '../../src/model/strip.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import { loadFonts } from '../../src/scripts/index.js'
import { fixtureFonts } from '../goldens/fixtures.js'
import { lawTimeoutMs, numRuns, seed } from '../laws/samples.js'
import { allLines, seenLines } from './read-back.js'

const hebrewFile = '/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf'
const hebrewFonts = existsSync(hebrewFile)
  ? await loadFonts([{ bytes: readFileSync(hebrewFile) }])
  : undefined

interface Language {
  readonly name: string
  readonly words: readonly string[]
  /** Currencies in its letters, which have their own direction. */
  readonly behind: readonly string[]
  readonly before: readonly string[]
  readonly hasArabicFigures: boolean
  readonly fonts: ScriptFonts | undefined
}

const languages: readonly Language[] = [
  {
    name: 'Arabic',
    words: ['المجموع', 'شكرا لزيارتكم', 'رقم البطاقة', 'الضريبة:', 'خصم', '،', '(نقدا)', 'مرتجع'],
    behind: ['ر.س', 'د.إ', 'ريال'],
    before: ['ر.س', 'د.إ', '﷼'],
    hasArabicFigures: true,
    fonts: fixtureFonts,
  },
  {
    name: 'Uyghur',
    words: ['جەمئىي', 'رەھمەت سىزگە', 'قايتۇرۇش:', 'ئېتىبار باھاسى', 'نەق پۇل'],
    behind: ['يۈەن'],
    before: [],
    hasArabicFigures: true,
    fonts: fixtureFonts,
  },
  {
    name: 'Hebrew',
    words: ['סה״כ', 'תודה רבה', 'החזר:', 'הנחה', '(מזומן)', 'לתשלום'],
    behind: ['ש״ח', 'שקלים'],
    before: [],
    hasArabicFigures: false,
    fonts: hebrewFonts,
  },
]
const others = ['合计', 'Total:', '退款：', 'VIP!']

/** A figure as it is written, and the part of it that is seen as it is written. */
interface Written {
  readonly value: string
  readonly seen: string
  /** A currency that is on the same line. */
  readonly beside?: string
  /** May go on in the next line, because it is no amount. */
  readonly isLoose?: true
}

const same = (...parts: readonly string[]): Written => ({
  value: parts.join(''),
  seen: parts.join(''),
})
const two = (n: number) => `${n}`.padStart(2, '0')

const figure = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${two(cents)}`)
const arabicFigure = figure.map((digits) =>
  digits.replace('.', '٫').replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
)
const sign = fc.constantFrom('-', '−', '+', '')
const symbol = fc.constantFrom('₪', '￥', '$', 'USD ', 'AED ', 'SAR ')

const amount: fc.Arbitrary<Written> = fc.oneof(
  fc.tuple(sign, symbol, figure).map((parts) => same(...parts)),
  fc.tuple(symbol, sign, figure).map((parts) => same(...parts)),
  fc.tuple(sign, figure, fc.constantFrom('', ' ₪', ' USD', '元', '%')).map((p) => same(...p)),
  fc.tuple(figure, fc.constantFrom('-', '+', ' ₪-', '-₪', '- USD')).map((p) => same(...p)),
  fc
    .tuple(fc.constantFrom('', '-'), figure, fc.constantFrom('', ' ₪', ' EUR'))
    .map(([before, digits, money]) => same(`${before}(${digits})${money}`)),
  figure.map((digits) => ({ value: `= - ${digits}`, seen: `- ${digits}` })),
)

const number: fc.Arbitrary<Written> = fc
  .oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
      .map(([month, day]) => `${two(day)}/${two(month)}/2024`),
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${two(hour)}:${two(minute)}`),
    fc.integer({ min: 1000, max: 9999 }).map((last) => `622202******${last}`),
    fc.integer({ min: 1000, max: 9999 }).map((last) => `**** **** **** ${last}`),
    fc.integer({ min: 100, max: 999 }).map((n) => `A-2024-${n}`),
    fc.integer({ min: 2, max: 99 }).map((n) => `x${n}`),
  )
  .map((one) => ({ ...same(one), isLoose: true }))

function writtenIn({ behind, before, hasArabicFigures }: Language): fc.Arbitrary<Written> {
  const own = [
    fc.tuple(sign, figure, fc.constantFrom(...behind)).map(([s, digits, beside]) => ({
      value: `${s}${digits} ${beside}`,
      seen: s + digits,
      beside,
    })),
    ...(hasArabicFigures ? [fc.tuple(sign, arabicFigure).map((parts) => same(...parts))] : []),
    ...(before.length === 0
      ? []
      : [
          fc.tuple(fc.constantFrom(...before), sign, figure).map(([beside, s, digits]) => ({
            value: `${beside} ${s}${digits}`,
            seen: s + digits,
            beside,
          })),
        ]),
  ]
  return fc.oneof(
    { weight: 4, arbitrary: amount },
    { weight: 2, arbitrary: fc.oneof(...own) },
    number,
  )
}

/** Words with figures among them. */
interface Content<T> {
  readonly value: T
  readonly figures: readonly Written[]
}

function contentIn(language: Language): fc.Arbitrary<Content<string>> {
  const word = fc.constantFrom(...language.words, ...others)
  return fc
    .tuple(word, fc.array(fc.tuple(writtenIn(language), word), { minLength: 1, maxLength: 3 }))
    .map(([first, pairs]) => ({
      value: [first, ...pairs.flatMap(([{ value }, next]) => [value, next])].join(' '),
      figures: pairs.map(([one]) => one),
    }))
}

const style = fc.record(
  {
    size: fc.constantFrom(1, 2),
    bold: fc.boolean(),
    underline: fc.boolean(),
    inverse: fc.boolean(),
    font: fc.constantFrom<'A' | 'B' | 'small'>('A', 'B', 'small'),
    letterSpacing: fc.constantFrom(0, 2),
  },
  { requiredKeys: [] },
)
const align = fc.constantFrom<'left' | 'center' | 'right'>('left', 'center', 'right')

function nodeIn(language: Language): fc.Arbitrary<Content<ReceiptNode>> {
  const content = contentIn(language)
  const both = (a: Content<string>, b: Content<string>) => [...a.figures, ...b.figures]
  return fc.oneof(
    fc
      .tuple(content, style, align, fc.constantFrom<'word' | 'char'>('word', 'word', 'char'))
      .map(([{ value, figures }, look, side, wrap]) => ({
        value: { kind: 'text', text: value, ...look, align: side, wrap } as ReceiptNode,
        figures,
      })),
    fc.tuple(content, content, style).map(([label, { value, figures }, look]) => ({
      value: { kind: 'field', label: label.value, value, ...look } as ReceiptNode,
      figures: [...label.figures, ...figures],
    })),
    fc
      .tuple(
        content,
        content,
        fc.constantFrom<'left' | 'right' | 'decimal'>('left', 'right', 'decimal'),
      )
      .map(([a, b, side]) => ({
        value: {
          kind: 'columns',
          columns: [{}, { width: 'auto', align: side }],
          rows: [[a.value, b.value]],
        } as ReceiptNode,
        figures: both(a, b),
      })),
    // A title that is too long is cut, and only an amount that it loses is an error.
    fc.tuple(content, fc.constantFrom(...language.words)).map(([{ value, figures }, title]) => ({
      value: { kind: 'box', title, nodes: [text(value)] } as ReceiptNode,
      figures,
    })),
    fc.tuple(content, content).map(([a, b]) => ({
      value: {
        kind: 'row',
        cells: [{ nodes: [text(a.value)] }, { nodes: [text(b.value)] }],
      } as ReceiptNode,
      figures: both(a, b),
    })),
  )
}

const plainSigns = (value: string) => value.replaceAll('−', '-').replaceAll('¥', '￥')
const escaped = (value: string) => value.replaceAll(/[$()*+.[\]\\^{|}]/g, '\\$&')

/** Whether `seen` begins in one line and goes on in the lines behind it. */
function isBroken(lines: readonly string[], seen: string): boolean {
  if (seen === '') return true
  return Array.from(seen, (_, i) => i + 1).some((to) => {
    const at = lines.findIndex((line) => line.includes(seen.slice(0, to).trimEnd()))
    return at >= 0 && isBroken(lines.slice(at + 1), seen.slice(to).trimStart())
  })
}

/** The figures that no line shows whole, with nothing at them that would make others of them. */
function notSeen(lines: readonly string[], figures: readonly Written[]): readonly string[] {
  const left = lines.map(plainSigns)
  return figures
    .toSorted((a, b) => b.seen.length - a.seen.length)
    .filter(({ seen, beside, isLoose }) => {
      const whole = new RegExp(
        `(?<![-+*\\d])(?<!\\d[.,/:])${escaped(plainSigns(seen))}(?![-+*\\d])(?![.,/:]\\d)`,
      )
      const turned = beside === undefined ? '' : Array.from(beside).reverse().join('')
      const at = left.findIndex((line) => whole.test(line) && line.includes(turned))
      if (at < 0) return isLoose !== true || !isBroken(left, seen)
      left[at] = (left[at] as string).replace(whole, ' | ')
      return false
    })
    .map(({ value }) => value)
}

describe.each(languages)('$name with money', { timeout: lawTimeoutMs }, (language) => {
  const { fonts } = language

  it.runIf(fonts !== undefined)(
    'shows every figure whole and as it is written, or is an error',
    () => {
      const met = { broken: 0, wrapped: 0 }
      const receipt = fc.tuple(
        fc.array(nodeIn(language), { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 180, max: 576 }),
      )
      fc.assert(
        fc.property(receipt, ([parts, widthDots]) => {
          const profile = { ...generic80, widthDots }
          const nodes = parts.map(({ value }) => value)
          const { strip, diagnostics } = compile({ nodes }, { profile, fonts })
          const bad = diagnostics.filter(({ severity }) => severity === 'error')
          expect(bad.filter(({ code }) => code !== 'NUMBER_BROKEN')).toEqual([])
          const lines = seenLines(strip.blocks)
          if (lines.length > nodes.length) met.wrapped++
          if (bad.length > 0) met.broken++
          else
            expect(
              notSeen(
                lines,
                parts.flatMap(({ figures }) => figures),
              ),
            ).toEqual([])
        }),
        { numRuns: process.env.XIAOPIAO_RUNS === undefined ? 150 : numRuns, seed },
      )
      expect(met.wrapped).toBeGreaterThan(0)
      // A law that is mostly met by errors would hold little.
      expect(met.broken).toBeLessThan(numRuns / 4)
    },
  )

  it.runIf(fonts !== undefined)('has the dots of each figure where it says', () => {
    fc.assert(
      fc.property(contentIn(language), ({ value, figures }) => {
        const { strip, bytes } = compile({ nodes: [text(value)] }, { profile: generic58, fonts })
        const paper = printBytes(bytes, generic58).bitmap
        for (const { seen, isLoose } of figures) {
          const [x] = placesOf(strip.blocks, plainSigns(seen))
          // Arabic figures are letters of their font, beside their sign.
          if (/[٠-٩]/.test(seen) || (x === undefined && isLoose === true)) continue
          if (x === undefined) throw new Error(`${seen} has no place`)
          expect(hasDotsAt(paper, x, dotsOf(seen)), seen).toBe(true)
        }
      }),
      { numRuns: 40, seed },
    )
  })
})

/** Left edges of what reads `seen` within one run from left to right. */
function placesOf(blocks: readonly Block[], seen: string): readonly number[] {
  return allLines(blocks).flatMap(({ runs }) =>
    runs.flatMap((run) => {
      const written = plainSigns(run.cells.text)
      const at = written.indexOf(seen)
      if (at < 0 || run.isRightToLeft === true) return []
      const cells = Array.from({ length: run.cells.length }, (_, i) => i)
      const before = cells.filter((i) => (run.cells.start[i] as number) < at)
      return [before.reduce((x, i) => x + (run.cells.width[i] as number) * 12, run.x)]
    }),
  )
}

/** As the figure alone is printed. */
function dotsOf(seen: string): Bitmap {
  return printBytes(compile({ nodes: [text(seen)] }, { profile: generic58 }).bytes, generic58)
    .bitmap
}

function hasDotsAt(paper: Bitmap, left: number, wanted: Bitmap): boolean {
  const dots: (readonly [number, number])[] = []
  for (let y = 0; y < 24; y++)
    for (let x = 0; x < wanted.widthDots; x++) if (dotAt(wanted, x, y)) dots.push([x, y])
  for (let top = -24; top < paper.heightDots; top++)
    if (dots.every(([x, y]) => dotAt(paper, left + x, top + y))) return true
  return false
}
