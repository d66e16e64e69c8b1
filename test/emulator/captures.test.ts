import jsQR from 'jsqr'
import { describe, expect, it } from 'vitest'
import { type DecodeSummary, decodeSummary, type Paper } from '../../src/entries/emulator.js'
import { type Bitmap, createBitmap, dotAt } from '../../src/model/bitmap.js'
import { type Capture, ownStreams, readCaptures } from './captures.js'
import { print } from './helpers.js'

const captures = readCaptures()

const symbologies: Readonly<Record<string, string>> = {
  'UPC-A': 'upca',
  'EAN-13': 'ean13',
  'EAN-8': 'ean8',
}

function printCapture(capture: Capture): Paper {
  const { bytes, widthDots, codePageTable, charset, chineseModeAtPowerOn } = capture
  return print(bytes, { widthDots, codePageTable, charset, chineseModeAtPowerOn })
}

/** The expected strings that do not occur in order. */
function missingText(summary: DecodeSummary, wanted: readonly string[]): string[] {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ')
  const text = plain(summary.text)
  let at = 0
  return wanted.filter((want) => {
    const found = text.indexOf(plain(want), at)
    if (found >= 0) at = found + plain(want).length
    return found < 0
  })
}

/** What a scanner reads in a rectangle of the paper, scaled 3×, with a white margin. */
function scan(paper: Paper, x: number, y: number, width: number, height: number) {
  const scale = 3
  const margin = 8
  const w = (width + 2 * margin) * scale
  const h = (height + 2 * margin) * scale
  const pixels = new Uint8ClampedArray(w * h * 4).fill(255)
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      const dx = Math.floor(column / scale) - margin
      const dy = Math.floor(row / scale) - margin
      const inside = dx >= 0 && dy >= 0 && dx < width && dy < height
      if (inside && dotAt(paper.bitmap, x + dx, y + dy))
        pixels.fill(0, (row * w + column) * 4, (row * w + column) * 4 + 3)
    }
  }
  return jsQR(pixels, w, h, { inversionAttempts: 'dontInvert' })?.data
}

/** Payloads of all QR codes, native or sent as an image. */
function scanned(paper: Paper): string[] {
  const boxes = paper.symbols
    .filter((symbol) => symbol.kind === 'qr')
    .map(({ x, y, widthDots, heightDots }) => [x, y, widthDots, heightDots] as const)
  const first = paper.images[0]
  const last = paper.images.at(-1)
  if (boxes.length === 0 && first !== undefined && last !== undefined) {
    boxes.push([first.x, first.y, first.bitmap.widthDots, last.y + 24 - first.y])
  }
  return boxes.flatMap((box) => scan(paper, ...box) ?? [])
}

/** Whether the paper has exactly this picture somewhere. */
function hasPicture(paper: Paper, { widthDots, heightDots, ...picture }: Bitmap): boolean {
  const sameRow = (x: number, y: number, row: number) => {
    for (let i = 0; i < widthDots; i++) {
      const black = dotAt({ widthDots, heightDots, ...picture }, i, row)
      if (dotAt(paper.bitmap, x + i, y + row) !== black) return false
    }
    return true
  }
  for (let y = 0; y + heightDots <= paper.heightDots; y++) {
    for (let x = 0; x + widthDots <= paper.widthDots; x++) {
      let row = 0
      while (row < heightDots && sameRow(x, y, row)) row++
      if (row === heightDots) return true
    }
  }
  return false
}

/** A stream that begins in the middle of a command, one that ends there, and commands of slip printers and ESC/P. */
const unknownOf: Readonly<Record<string, RegExp>> = {
  'crossescpos/feature-sample': /^1D 28 6B 0[3F] 00 37 /,
  'zachzurn-thermal/barcode-demo': /^1D 28 47 02 00 50 01$/,
  'zachzurn-thermal/corrupt-start': /^1D 11$/,
  'zachzurn-thermal/coupon': /^1D 28 47 02 00 50 01$/,
  'zachzurn-thermal/retail-truncated': /^1D 38 4C /,
  'zachzurn-thermal/styles-symbols': /^0[01]$/,
}

/**
 * The tree of this coupon is meant to be three strips above each other, in an area that is as long as a strip. But from byte 06B0 on, where
 * the coupon of the manual has ESC W for that area, the file has ESC T 1 alone. The area is still the one of the text (ESC W at 065D,
 * 528 dots long), three strips of 68 dots do not fill its line, and so they stand in a row over the text. Each is looked for in the log.
 */
const IN_A_ROW: Readonly<Record<string, number>> = { 'zachzurn-thermal/page-mode-demo': 0 }

/** The strips of a turned picture as they were sent: 8 pins of 3 dots each, columns of 2. */
function stripsOf(picture: Bitmap): Bitmap[] {
  return Array.from({ length: picture.widthDots / 24 }, (_, i) => {
    const strip = createBitmap(8, picture.heightDots / 2)
    for (let y = 0; y < strip.heightDots; y++) {
      for (let pin = 0; pin < 8; pin++) {
        if (dotAt(picture, i * 24 + pin * 3, y * 2))
          strip.data[y] = (strip.data[y] ?? 0) | (0x80 >> pin)
      }
    }
    return strip
  })
}

function check(capture: Capture): void {
  const paper = printCapture(capture)
  const summary = decodeSummary(paper)
  const { expect: wanted, name } = capture
  expect(missingText(summary, wanted.text)).toEqual([])
  for (const [i, { widthDots, heightDots, picture }] of wanted.images.entries()) {
    if (picture === undefined) expect(summary.images).toContainEqual({ widthDots, heightDots })
    else if (IN_A_ROW[name] === i) {
      const strips = stripsOf(picture).map((bitmap) => expect.objectContaining({ bitmap }))
      expect(paper.images).toEqual(expect.arrayContaining(strips))
    } else expect(hasPicture(paper, picture)).toBe(true)
  }
  expect(summary.cuts).toBe(wanted.cuts ?? summary.cuts)
  expect(summary.pulses).toBe(wanted.drawer ?? summary.pulses)
  expect(summary.replies).toBe(wanted.status_replies ?? summary.replies)
  expect(summary.unknown.filter(({ hex }) => unknownOf[name]?.test(hex) !== true)).toEqual([])
  for (const { symbology, data } of wanted.barcodes) {
    const kind = symbologies[symbology] ?? symbology.toLowerCase()
    expect(summary.symbols).toContainEqual({ kind, data })
  }
  const payloads = wanted.qr.length > 0 ? scanned(paper) : []
  for (const payload of wanted.qr) expect(payloads).toContain(payload)
}

describe('streams of our own', () => {
  it.each(ownStreams().map((capture) => [capture.name, capture] as const))('%s', (_, capture) =>
    check(capture),
  )
})

describe.skipIf(captures.length === 0)('streams of other programs', () => {
  it.each(captures.map((capture) => [capture.name, capture] as const))('%s', (_, capture) =>
    check(capture),
  )
})
