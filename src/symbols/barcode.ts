/** Barcodes of one row: checked data to bars, and bars to dots. */

import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'
import type { BarcodeSymbol } from '../model/strip.js'
import type { BarcodeSymbology } from '../model/symbologies.js'
import { code93 } from './barcodes/code93.js'
import { code128Elements, code128Values, fnc1 } from './barcodes/code128.js'
import { ean8, ean13, upca, upce } from './barcodes/ean.js'
import { type Elements, elementsOfBits } from './barcodes/elements.js'
import { codabar, code39, itf } from './barcodes/two-width.js'
import { isVariable, parseGs1 } from './gs1.js'
import { generateModules } from './modules.js'

/** White modules that a scanner needs at the left and at the right (GS1 General Specifications 5; ISO/IEC 15417, 16388). */
export const quietModules: Readonly<Record<BarcodeSymbology, readonly [number, number]>> = {
  upca: [9, 9],
  upce: [9, 7],
  ean13: [11, 7],
  ean8: [7, 7],
  code39: [10, 10],
  code93: [10, 10],
  code128: [10, 10],
  itf: [10, 10],
  codabar: [10, 10],
  'gs1-128': [10, 10],
  databar: [1, 1],
  'databar-truncated': [1, 1],
  'databar-limited': [1, 1],
  'databar-expanded': [1, 1],
}

const generated = {
  databar: 'databaromni',
  'databar-truncated': 'databartruncated',
  'databar-limited': 'databarlimited',
  'databar-expanded': 'databarexpanded',
} as const

/** Returns the code values of CODE128 or GS1-128 data, from the start value on. */
export function code128ValuesOf(symbology: 'code128' | 'gs1-128', data: string): number[] {
  return code128Values(symbology === 'code128' ? codesOf(data) : gs1Codes(data))
}

/** Returns the widths of bars and gaps in modules, a bar first. `data` must come from `checkBarcode`. */
export function barcodeElements(symbology: BarcodeSymbology, data: string): Elements {
  switch (symbology) {
    case 'upca':
      return elementsIn(upca(data))
    case 'upce':
      return elementsIn(upce(data))
    case 'ean13':
      return elementsIn(ean13(data))
    case 'ean8':
      return elementsIn(ean8(data))
    case 'code39':
      return elementsIn(code39(data))
    case 'code93':
      return elementsIn(code93(data))
    case 'itf':
      return elementsIn(itf(data))
    case 'codabar':
      return elementsIn(codabar(data))
    case 'code128':
    case 'gs1-128':
      return code128Elements(code128ValuesOf(symbology, data))
    case 'databar':
    case 'databar-truncated':
    case 'databar-limited':
    case 'databar-expanded': {
      const { width, data: modules } = generateModules(generated[symbology], data)
      return elementsOfBits(modules.subarray(0, width).join('').replace(/^0+/, ''))
    }
  }
}

/** Width of the bars in dots, without the quiet zones. */
export function barsWidthDots(elements: Elements, moduleDots: number): number {
  return elements.reduce((sum, element) => sum + elementDots(element, moduleDots), 0)
}

/** Draws bars `barDots` high. Wide elements of two-width symbologies are rounded up as Epson does: 5, 8, 10, 13, 15 dots. */
export function barsBitmap(elements: Elements, moduleDots: number, barDots: number): Bitmap {
  const bitmap = createBitmap(barsWidthDots(elements, moduleDots), barDots)
  const stride = bytesPerRow(bitmap.widthDots)
  let x = 0
  for (let i = 0; i < elements.length; i++) {
    const end = x + elementDots(elements[i] as number, moduleDots)
    for (; x < end; x++) {
      if (i % 2 === 0) {
        bitmap.data[x >> 3] = (bitmap.data[x >> 3] as number) | (0x80 >> (x & 7))
      }
    }
  }
  for (let row = 1; row < barDots; row++) bitmap.data.copyWithin(row * stride, 0, stride)
  return bitmap
}

export function barcodeBitmap({ symbology, data, moduleDots, barDots }: BarcodeSymbol): Bitmap {
  return barsBitmap(barcodeElements(symbology, data), moduleDots, barDots)
}

function elementDots(element: number, moduleDots: number): number {
  return Math.max(1, Math.round(element * moduleDots))
}

/** The elements of a barcode. Throws if it has none, which cannot happen with data that were checked. */
function elementsIn(barcode: { readonly elements: Elements | undefined } | undefined): Elements {
  if (barcode?.elements === undefined) throw new RangeError('the barcode was not checked')
  return barcode.elements
}

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0))
}

/** Character codes of GS1-128 data, with FNC1 first and after each value of variable length but the last. */
function gs1Codes(data: string): number[] {
  const elements = parseGs1(data)
  return [
    fnc1,
    ...elements.flatMap((element, i) => [
      ...codesOf(element.ai + element.value),
      ...(isVariable(element) && i < elements.length - 1 ? [fnc1] : []),
    ]),
  ]
}
