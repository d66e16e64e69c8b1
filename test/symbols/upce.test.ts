/** UPC-E leaves zeros out in ways that its last digit tells: a reader puts them back, and finds the number that was meant. */

import { beforeAll, describe, expect, it } from 'vitest'
import { barcodeBitmap } from '../../src/symbols/barcode.js'
import { checkBarcode } from '../../src/symbols/check-barcode.js'
import { prepareReader, readCodes } from './reader.js'

/** The six digits, and the UPC-A without its check digit (GS1 General Specifications, 5.2.2.4.2). */
const numbers: readonly (readonly [short: string, long: string])[] = [
  ['123450', '01200000345'],
  ['123451', '01210000345'],
  ['123452', '01220000345'],
  ['123453', '01230000045'],
  ['123454', '01234000005'],
  ['123455', '01234500005'],
  ['123459', '01234500009'],
]

describe('UPC-E', () => {
  beforeAll(prepareReader)

  it.each(numbers)('%s is read as %s', async (short, long) => {
    const data = checkBarcode('upce', short)
    expect(checkBarcode('upce', long)).toBe(data)
    const bitmap = barcodeBitmap({ symbology: 'upce', data, moduleDots: 3, barDots: 80 })
    const [read] = await readCodes(bitmap, {}, 40)
    // The reader gives 13 digits: a zero, the number, and its check digit.
    expect(read?.text).toBe(`0${long}${data.slice(-1)}`)
  })
})
