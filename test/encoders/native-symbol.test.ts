/** The sizes up to which a printer draws a symbol itself: the ranges of its commands (`GS w`, `GS ( k`). One beyond is drawn as dots. */
import { describe, expect, test } from 'vitest'
import { nativeSymbol } from '../../src/encoders/escpos/native-symbol.js'
import type { Profile } from '../../src/model/profile.js'
import type { SymbolSpec } from '../../src/model/strip.js'
import { generic80 } from '../../src/profiles/generic-80.js'

const profile: Profile = {
  ...generic80,
  qr: 'native',
  pdf417: 'native',
  barcodes: 'function-b',
  nativeBarcodes: ['ean13', 'datamatrix', 'aztec'],
}
const ean13 = { symbology: 'ean13', data: '6901234567892', moduleDots: 3, barDots: 80 } as const
const qr = { symbology: 'qr', data: 'a', level: 'M', moduleDots: 4 } as const
const pdf417 = {
  ...{ symbology: 'pdf417', data: 'a', moduleDots: 2, columns: 3 },
  ...{ rowModules: 3, level: 2, truncated: false },
} as const
const matrix = { symbology: 'datamatrix', data: 'a', moduleDots: 4, shape: 'square' } as const
const aztec = { symbology: 'aztec', data: 'a', moduleDots: 4, errorPercent: 23 } as const

describe('a symbol is drawn by the printer up to the ends of the range of its command', () => {
  test.each([
    [qr, 'moduleDots', 1, 16],
    [pdf417, 'moduleDots', 2, 8],
    [pdf417, 'rowModules', 2, 8],
    [matrix, 'moduleDots', 2, 16],
    [aztec, 'moduleDots', 2, 16],
    [ean13, 'moduleDots', 2, 6],
    [ean13, 'barDots', 1, 255],
  ] as const)('$symbology: %s from %d to %d', (symbol, field, min, max) => {
    const isNative = (value: number) =>
      nativeSymbol({ ...symbol, [field]: value } as SymbolSpec, profile) !== undefined
    expect([min, max].map(isNative)).toEqual([true, true])
    expect(isNative(max + 1)).toBe(false)
    if (min === 2) expect(isNative(1)).toBe(false)
  })

  test('a QR code holds as many bytes as the profile says', () => {
    const holds = (bytes: number, qrMaxBytes: number) =>
      nativeSymbol({ ...qr, data: 'a'.repeat(bytes) }, { ...profile, qrMaxBytes }) !== undefined
    expect([holds(100, 100), holds(101, 100)]).toEqual([true, false])
  })
})
