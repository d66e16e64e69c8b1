/** Plain cells say the same as the arrays that they stand for. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellBytes } from '../../src/charsets/cell-bytes.js'
import { makeCharset } from '../../src/charsets/charset.js'
import { shape } from '../../src/charsets/shape.js'
import { zoneCodes } from '../../src/charsets/zones.js'
import type { Cells } from '../../src/model/cells.js'
import { PlainCells } from '../../src/model/cells.js'
import { multibyteZones } from '../../src/model/charset.js'
import { cellText, repeatCells, sliceCells } from '../../src/model/cut-cells.js'

const charset = makeCharset({ zone: 'gbk' })
const shaped = (text: string) => shape(text, charset, { path: '', report: () => {} })
/** The same cells as arrays alone. */
const arraysOf = ({ length, text, start, width, zone, code }: Cells): Cells => ({
  length,
  text,
  start,
  width,
  zone,
  code,
})
const plain = fc.string({ unit: fc.constantFrom(...'老城面馆，（￥aZ0 ~'), maxLength: 12 })

it('are what shaping makes of plain text, in all cuts of it', () => {
  fc.assert(
    fc.property(plain, fc.nat(12), fc.nat(12), (text, a, b) => {
      const cells = shaped(text)
      expect(cells).toBeInstanceOf(PlainCells)
      const [from, to] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)]
      const cut = sliceCells(cells, from, to)
      expect(arraysOf(cut)).toEqual(sliceCells(arraysOf(cells), from, to))
      expect(cellBytes(cut)).toEqual(cellBytes(arraysOf(cut)))
      expect(arraysOf(repeatCells(cut, 3))).toEqual(repeatCells(arraysOf(cut), 3))
      expect(cellText(cells, from)).toBe(text.charAt(from))
      expect(JSON.parse(JSON.stringify(cut))).toEqual(JSON.parse(JSON.stringify(arraysOf(cut))))
    }),
    { numRuns: 300, seed: 20261123 },
  )
})

it('have two bytes for every character that a zone knows', () => {
  for (const zone of multibyteZones) {
    expect(zoneCodes(zone).every((code) => code === 0 || code > 0xff)).toBe(true)
  }
})
