/** Random receipts and printers for the laws: every element, nested, in every style, with the texts that break printers. */

import fc from 'fast-check'
import type {
  CellContent,
  ColumnFields,
  Receipt,
  ReceiptNode,
  StyleFields,
  Text,
} from '../../src/elements/nodes.js'
import { wrapPolicies } from '../../src/layout/line.js'
import type { Pixels } from '../../src/model/bitmap.js'
import { multibyteZones } from '../../src/model/charset.js'
import { type Profile, picturePlaces } from '../../src/model/profile.js'
import {
  epsonTmT70iiCh,
  epsonTmT88v,
  generic58,
  generic80,
  xprinterXp80c,
} from '../../src/profiles/index.js'

const hanzi = [...'老城面馆红烧牛肉面大份加煎蛋少辣合计应收找零微信支付宝扫码消费撤销欢迎光临']
const punctuation = [...'，。、；：？！“”‘’（）《》【】…—～·￥％#$%&()*+,-./:;<=>?@[]^_`{|}~"\'\\']
const rare = ['镕', '喆', '囍', '〇', '㐂', '𠮷', '鿏', '龘', '㎡', '①', '⑳', '한', 'カ', 'ｶﾞ', '　']
const western = [
  'é',
  'ü',
  'ñ',
  'ß',
  'ł',
  'Ж',
  'Ω',
  'e\u0301',
  'q\u0307\u0323',
  '€',
  '¥',
  '£',
  '½',
  '²',
  '•',
  '–',
  '™',
]
const emoji = ['😀', '👨‍👩‍👧', '❤️', '🇨🇳', '1️⃣', '👍🏽', '✓', '★', '→']
const odd = [
  '\u200b',
  '\ufeff',
  '\u00a0',
  '\u2009',
  '\u00ad',
  '\ud83d',
  '\u202e',
  '\ufffe',
  'ا',
  'ไ',
]
const controls = [
  '\u0000',
  '\u0007',
  '\u0010\u0004\u0001',
  '\u001b@',
  '\u001bJ\u00ff',
  '\u001c.',
  '\u001dV0',
  '\u007f',
  '\u009b',
  '\u000c',
]

const ascii = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
  minLength: 1,
  maxLength: 8,
})
const number = fc.integer({ min: 0, max: 99_999_99 }).map((fen) => (fen / 100).toFixed(2))
const word = fc
  .array(fc.constantFrom(...hanzi), { minLength: 1, maxLength: 9 })
  .map((c) => c.join(''))
const long = fc
  .integer({ min: 20, max: 70 })
  .map((length) => '2024091700012345678901'.repeat(4).slice(0, length))
const blanks = fc.integer({ min: 1, max: 6 }).map((count) => ' '.repeat(count))

const chunk = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 4, arbitrary: ascii },
  { weight: 3, arbitrary: number },
  { weight: 3, arbitrary: fc.constant(' ') },
  { weight: 3, arbitrary: fc.constantFrom(...punctuation) },
  { weight: 2, arbitrary: fc.constantFrom(...rare) },
  { weight: 2, arbitrary: fc.constantFrom(...western) },
  { weight: 1, arbitrary: fc.constantFrom(...emoji) },
  { weight: 1, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.constantFrom(...controls) },
  { weight: 1, arbitrary: long },
  { weight: 1, arbitrary: blanks },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r\n', '\n\n', '\t') },
)

/** A line or more, as a till would print it and as an attacker would. */
export const anyText = fc.array(chunk, { maxLength: 9 }).map((chunks) => chunks.join(''))

/** Mostly small multiples; up to eight times a hanzi still fits the narrowest paper. */
const multiple = (most: number) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(1, 2) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: most }) },
  )

const styleOf = (widest: number): fc.Arbitrary<StyleFields> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.record(
        {
          font: fc.constantFrom('A', 'A', 'B', 'C', 'small'),
          strike: fc.boolean(),
          width: multiple(widest),
          height: multiple(8),
          bold: fc.boolean(),
          underline: fc.constantFrom<boolean | 0 | 1 | 2>(true, false, 0, 1, 2),
          inverse: fc.boolean(),
          doubleStrike: fc.boolean(),
          letterSpacing: fc.constantFrom(0, 0, 2, 5),
        },
        { requiredKeys: [] },
      ),
    },
    { weight: 1, arbitrary: fc.record({ size: multiple(widest) }) },
  )

const textOf = (widest: number): fc.Arbitrary<Text> =>
  fc.oneof(
    { weight: 3, arbitrary: anyText },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.oneof(
          anyText,
          fc.tuple(anyText, styleOf(widest)).map(([text, style]) => ({ text, ...style })),
        ),
        { maxLength: 4 },
      ),
    },
  )

const align = fc.record({ align: fc.constantFrom('left', 'center', 'right') }, { requiredKeys: [] })

const textNode: fc.Arbitrary<ReceiptNode> = fc
  .tuple(
    textOf(8),
    styleOf(8),
    align,
    fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.record(
          { wrap: fc.constantFrom(...wrapPolicies), indent: fc.integer({ min: 0, max: 4 }) },
          { requiredKeys: [] },
        ),
      },
    ),
  )
  .map(([text, style, aligned, wrapped]) => ({
    kind: 'text',
    text,
    ...style,
    ...aligned,
    ...wrapped,
  }))

const fieldNode: fc.Arbitrary<ReceiptNode> = fc
  .tuple(
    textOf(4),
    textOf(4),
    styleOf(3),
    fc.record(
      {
        leader: fc.constantFrom('.', '…', '. ', '·'),
        wrappedAlign: fc.constantFrom('left', 'center', 'right'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([label, value, style, rest]) => ({ kind: 'field', label, value, ...style, ...rest }))

const ruleNode: fc.Arbitrary<ReceiptNode> = fc
  .tuple(
    fc.record(
      { char: fc.constantFrom('-', '=', '─', '★', '.', '~', '€'), text: textOf(2) },
      { requiredKeys: [] },
    ),
    styleOf(4),
  )
  .map(([fields, style]) => ({ kind: 'rule', ...fields, ...style }))

const lineNode: fc.Arbitrary<ReceiptNode> = fc
  .tuple(
    fc.record(
      {
        line: fc.constantFrom('solid', 'dashed', 'dotted', 'double', 'wave', 'cut'),
        thickness: fc.integer({ min: 1, max: 9 }),
        text: textOf(2),
      },
      { requiredKeys: ['line'] },
    ),
    styleOf(2),
  )
  .map(([fields, style]) => ({ kind: 'rule', ...fields, ...style }))

const spacing = fc.constantFrom<number | string>(0, 3, 8, '1mm', '1 cell')
const sides = fc.oneof(
  spacing,
  fc.record({ top: spacing, right: spacing, bottom: spacing, left: spacing }, { requiredKeys: [] }),
)

const place = fc.oneof(
  { weight: 9, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record(
      { margin: sides, minHeight: fc.constantFrom(10, 80, '5mm') },
      { requiredKeys: [] },
    ),
  },
)

const frame = fc.record(
  {
    border: fc.constantFrom<'none' | 'single' | 'double' | 'thick' | 'dashed' | number>(
      'none',
      'single',
      'double',
      'thick',
      'dashed',
      4,
    ),
    padding: sides,
    fill: fc.constantFrom('none', 'inverse', 'grey'),
    title: textOf(1),
  },
  { requiredKeys: [] },
)

const bannerNode: fc.Arbitrary<ReceiptNode> = fc
  .tuple(textOf(2), styleOf(2))
  .map(([text, style]) => ({ kind: 'banner', text, ...style }))

const qrNode: fc.Arbitrary<ReceiptNode> = fc
  .tuple(
    fc.constantFrom(
      'https://example.com/v/000236?k=9c41d7',
      '微信支付',
      '订单1',
      '20261123121544000123',
      '😀',
      'A-1 $%*+./:',
    ),
    fc.record(
      { module: fc.integer({ min: 1, max: 8 }), level: fc.constantFrom('L', 'M', 'Q', 'H') },
      { requiredKeys: [] },
    ),
    align,
  )
  .map(([data, options, aligned]) => ({ kind: 'qr', data, ...options, ...aligned }))

const imageNode: fc.Arbitrary<ReceiptNode> = fc
  .tuple(
    fc.constantFrom('dot', 'grey', 'wide'),
    fc.record(
      {
        width: fc.oneof(fc.integer({ min: 1, max: 700 }), fc.constantFrom('10%', '50%', '100%')),
        dither: fc.constantFrom('auto', 'threshold'),
      },
      { requiredKeys: [] },
    ),
    align,
  )
  .map(([src, options, aligned]) => ({ kind: 'image', src, ...options, ...aligned })) as never

const columnWidth = fc.oneof(
  fc.constantFrom('1fr', '2fr', 'auto', 'auto', '25%'),
  fc.integer({ min: 2, max: 9 }),
)

const cellAlign = fc.constantFrom('left', 'center', 'right', 'decimal')

/** Columns as most tables have them, and columns with every field there is. */
const columnFields: fc.Arbitrary<ColumnFields> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ width: columnWidth, align: cellAlign }, { requiredKeys: [] }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        width: columnWidth,
        min: fc.integer({ min: 1, max: 8 }),
        max: fc.integer({ min: 8, max: 24 }),
        align: cellAlign,
        valign: fc.constantFrom('top', 'middle', 'bottom'),
        wrap: fc.constantFrom(...wrapPolicies),
        indent: fc.integer({ min: 0, max: 3 }),
        leader: fc.constantFrom('.', '…'),
      },
      { requiredKeys: [] },
    ),
  },
)

const columnsOf = (cellNode: fc.Arbitrary<ReceiptNode>): fc.Arbitrary<ReceiptNode> =>
  fc.integer({ min: 1, max: 4 }).chain((count) => {
    const cell: fc.Arbitrary<CellContent> = fc.oneof(
      { weight: 9, arbitrary: textOf(1) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(textOf(2), styleOf(1), fc.record({ align: cellAlign }, { requiredKeys: [] }))
          .map(([text, style, aligned]) => ({ text, ...style, ...aligned })),
      },
      { weight: 1, arbitrary: fc.array(cellNode, { maxLength: 2 }).map((nodes) => ({ nodes })) },
    )
    const row = fc.oneof(
      { weight: 8, arbitrary: fc.array(cell, { maxLength: count }) },
      { weight: 1, arbitrary: textOf(1).map((text) => [{ text, span: count }]) },
    )
    return fc
      .tuple(
        fc.array(columnFields, { minLength: count, maxLength: count }),
        fc.array(row, { maxLength: 4 }),
        fc.record(
          {
            gap: fc.integer({ min: 0, max: 3 }),
            header: row,
            footer: row,
            rules: fc.subarray(['header', 'rows', 'footer'] as const),
            ruleChar: fc.constantFrom('-', '=', '─'),
          },
          { requiredKeys: [] },
        ),
        fc.oneof(
          { weight: 3, arbitrary: fc.constant({}) },
          {
            weight: 1,
            arbitrary: fc.record({
              border: fc.constantFrom('rules', 'grid', 'box'),
              rowPadding: spacing,
            }),
          },
        ),
        styleOf(1),
      )
      .map(([columns, rows, { rules, ...rest }, border, style]) => ({
        kind: 'columns',
        columns,
        rows,
        ...rest,
        ...('border' in border || rules === undefined ? {} : { rules }),
        ...border,
        ...style,
      }))
  })

const otherNode: fc.Arbitrary<ReceiptNode> = fc.oneof(
  fc
    .record(
      { lines: fc.integer({ min: 0, max: 12 }), dots: fc.integer({ min: 0, max: 300 }) },
      { requiredKeys: [] },
    )
    .map((fields): ReceiptNode => ({ kind: 'feed', ...fields })),
  fc.constantFrom<ReceiptNode>(
    { kind: 'cut' },
    { kind: 'cut', mode: 'full' },
    { kind: 'drawer' },
    { kind: 'drawer', pin: 5 },
    { kind: 'buzzer', times: 3, ms: 400 },
    { kind: 'density', percent: 115 },
    { kind: 'speed', level: 11 },
  ),
)

const node = fc.letrec<{
  node: ReceiptNode
  bare: ReceiptNode
  columns: ReceiptNode
  group: ReceiptNode
  box: ReceiptNode
  row: ReceiptNode
}>((tie) => ({
  node: fc.tuple(tie('bare'), place).map(([one, around]) => ({ ...one, ...around })),
  bare: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: textNode },
    { weight: 4, arbitrary: fieldNode },
    { weight: 4, arbitrary: tie('columns') },
    { weight: 1, arbitrary: ruleNode },
    { weight: 1, arbitrary: lineNode },
    { weight: 1, arbitrary: bannerNode },
    { weight: 1, arbitrary: tie('box') },
    { weight: 1, arbitrary: tie('row') },
    { weight: 1, arbitrary: qrNode },
    { weight: 1, arbitrary: imageNode },
    { weight: 1, arbitrary: otherNode },
    { weight: 2, arbitrary: tie('group') },
  ),
  columns: columnsOf(fc.oneof(textNode, qrNode, imageNode, fieldNode)),
  box: fc
    .tuple(fc.array(tie('node'), { maxLength: 3 }), frame, styleOf(1), align)
    .map(([nodes, rest, style, aligned]) => ({
      kind: 'box',
      nodes,
      ...rest,
      ...style,
      ...aligned,
    })),
  row: fc
    .array(
      fc
        .tuple(
          fc.array(tie('node'), { maxLength: 2 }),
          fc.record(
            { width: columnWidth, valign: fc.constantFrom('top', 'middle', 'bottom') },
            { requiredKeys: [] },
          ),
          align,
        )
        .map(([nodes, rest, aligned]) => ({ nodes, ...rest, ...aligned })),
      { minLength: 1, maxLength: 3 },
    )
    .map((cells) => ({ kind: 'row', cells })),
  group: fc
    .tuple(
      fc.array(tie('node'), { maxLength: 4 }),
      styleOf(2),
      align,
      fc.oneof(
        { weight: 6, arbitrary: fc.constant({}) },
        { weight: 2, arbitrary: fc.record({ lineSpacing: fc.integer({ min: 1, max: 90 }) }) },
        {
          weight: 1,
          arbitrary: fc.record(
            {
              rotate: fc.constantFrom<90 | 180 | 270>(90, 180, 270),
              length: fc.integer({ min: 200, max: 500 }),
            },
            { requiredKeys: ['rotate'] },
          ),
        },
      ),
    )
    .map(([nodes, style, aligned, rest]) => ({
      kind: 'group',
      nodes,
      ...style,
      ...aligned,
      ...rest,
    })),
})).node

export const anyReceipt: fc.Arbitrary<Receipt> = fc
  .tuple(fc.array(node, { minLength: 1, maxLength: 6 }), styleOf(2))
  .map(([nodes, style]) => ({ nodes, ...style }))

/** The printers we know, papers of any width, and every habit that a profile can have. */
export const anyProfile: fc.Arbitrary<Profile> = fc.oneof(
  fc.constantFrom(generic58, generic80, epsonTmT88v, xprinterXp80c, epsonTmT70iiCh),
  fc
    .record({
      widthDots: fc.integer({ min: 384, max: 640 }),
      charset: fc.constantFrom(...multibyteZones),
      utf8: fc.constantFrom('epson-fs-c', 'sunmi'),
      drawnBy: fc.constantFrom('column-image', 'raster-line'),
      qr: fc.constantFrom('native', 'raster'),
      absolutePosition: fc.constantFrom(true, true, true, false),
      imageBandRows: fc.constantFrom(24, 128, 255),
      picturePlace: fc.constantFrom(...picturePlaces),
      doublesPictures: fc.boolean(),
    })
    .map((fields): Profile => ({ ...generic80, ...fields, name: JSON.stringify(fields) })),
)

/** Pictures that the receipts name. */
export const lawImages: Readonly<Record<string, Pixels>> = {
  dot: paint(1, 1, () => 0),
  grey: paint(40, 30, (x, y) => (x * 5 + y * 3) & 255),
  wide: paint(700, 20, (x, y) => (((x >> 2) + y) % 3 === 0 ? 0 : 255)),
}

function paint(widthPx: number, heightPx: number, grey: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(widthPx * heightPx * 4)
  for (let i = 0; i < widthPx * heightPx; i++) {
    const x = i % widthPx
    data.fill(grey(x, (i - x) / widthPx), i * 4, i * 4 + 3)
    data[i * 4 + 3] = 255
  }
  return { widthPx, heightPx, data }
}
