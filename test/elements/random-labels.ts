/** Random labels: text, fields, codes and boxes, below each other or at their places. */

import fc from 'fast-check'
import type { LabelNode, Page } from '../../src/elements/nodes.js'

const text = fc.string({ unit: fc.constantFrom(...'大杯少冰 7分糖 A12 ¥12.80\n'), maxLength: 40 })

const node = fc.oneof(
  fc
    .tuple(text, fc.integer({ min: 1, max: 6 }))
    .map(([content, size]) => ({ kind: 'text', text: content, size })),
  fc
    .tuple(text, fc.integer({ min: 0, max: 6 }), fc.boolean(), fc.constantFrom('A', 'B', 'small'))
    .map(([content, letterSpacing, inverse, font]) => {
      return { kind: 'text', text: content, letterSpacing, inverse, font, underline: inverse }
    }),
  fc.tuple(text, text).map(([name, value]) => ({ kind: 'field', label: name, value })),
  fc.integer({ min: 1, max: 8 }).map((module) => ({ kind: 'qr', data: '6901234567892', module })),
  fc.constant({ kind: 'barcode', symbology: 'ean13', data: '690123456789', height: '5mm' }),
  fc
    .tuple(text, fc.constantFrom('none', 'inverse', 'grey'))
    .map(([content, fill]) => ({ kind: 'box', fill, nodes: [{ kind: 'text', text: content }] })),
)

const at = fc.record({
  xMm: fc.double({ min: 0, max: 60, noNaN: true }),
  yMm: fc.double({ min: 0, max: 40, noNaN: true }),
})

const placed = fc.tuple(node, fc.option(at, { nil: undefined })).map(([one, where]) => {
  return where === undefined ? one : { ...one, at: where }
})

export const randomLabels: fc.Arbitrary<LabelNode> = fc
  .record({
    nodes: fc.array(placed, { maxLength: 4 }),
    fit: fc.boolean(),
    valign: fc.constantFrom('top', 'middle', 'bottom'),
  })
  .map((fields) => ({ kind: 'label', ...fields }) as LabelNode)

export const labelSizes = fc.constantFrom<Page>(
  { heightMm: 30, widthMm: 40, gapMm: 2 },
  { heightMm: 30, widthMm: 50, gapMm: 3 },
  { heightMm: 40, widthMm: 60 },
)
