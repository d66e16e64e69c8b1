/** The rulers of the test page, read dot by dot: a tick that is drawn too long or too short makes people count wrongly. */
import { expect, test } from 'vitest'
import { type Bitmap, bytesPerRow } from '../../src/model/bitmap.js'
import { bar, dotRuler, feedRuler } from '../../src/test-page/bitmaps.js'

const isBlack = ({ data, widthDots }: Bitmap, x: number, y: number) =>
  ((data[y * bytesPerRow(widthDots) + (x >> 3)] as number) & (0x80 >> (x & 7))) !== 0

/** Black rows of a column, from the first to the last. */
function rowsAt(bitmap: Bitmap, x: number): string {
  const rows = Array.from({ length: bitmap.heightDots }, (_, y) => y)
  const black = rows.filter((y) => isBlack(bitmap, x, y))
  return `${black[0]}-${black.at(-1)}`
}

test('the ruler of dots has ticks every 10, longer ones every 50, and the longest every 100', () => {
  const ruler = dotRuler(384)
  // Numbers are below the ticks of 50 and 100, from row 18 on.
  const lengthAt = (x: number) =>
    Array.from({ length: 18 }, (_, y) => y).filter((y) => isBlack(ruler, x, y)).length
  expect([50, 150, 250].map(lengthAt)).toEqual([12, 12, 12])
  expect([0, 100, 200].map(lengthAt)).toEqual([16, 16, 16])
  expect([10, 20, 60, 110].map(lengthAt)).toEqual([6, 6, 6, 6])
  expect([1, 55].map(lengthAt)).toEqual([0, 0])
})

test('the bar has ticks every 8 dots, higher ones every 40, and a block of 12 dots at its end', () => {
  const drawn = bar(384)
  expect([0, 8, 40, 48, 360].map((x) => rowsAt(drawn, x))).toEqual([
    '4-8',
    '7-11',
    '4-8',
    '7-11',
    '4-8',
  ])
  expect([4, 371].map((x) => rowsAt(drawn, x))).toEqual(['7-8', '7-8'])
  expect([372, 383].map((x) => rowsAt(drawn, x))).toEqual(['0-15', '0-15'])
})

test('the ruler of feeds counts millimetres from the bottom, with longer ticks every 5', () => {
  const ruler = feedRuler(10, 8)
  const ticks = Array.from({ length: 80 }, (_, y) => y).filter((y) => isBlack(ruler, 0, y))
  expect(ticks).toEqual([0, 7, 15, 23, 31, 39, 47, 55, 63, 71, 79])
  const lengthOf = (y: number) =>
    Array.from({ length: 50 }, (_, x) => x).filter((x) => isBlack(ruler, x, y)).length
  const long = [79, 39, 0].map(lengthOf)
  expect(long).toEqual([48, 48, 48])
  expect([71, 63, 55, 47].map(lengthOf)).toEqual([24, 16, 24, 24])
})
