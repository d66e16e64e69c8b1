/** QR codes of text: their size in modules, their modules, and their dots. */

import { type Bitmap, blitBitmap, bytesPerRow } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'
import type { QrSymbol } from '../model/strip.js'
import type { QrLevel } from '../model/symbologies.js'
import { encodeUtf8 } from '../model/utf8.js'
import { type Modules, modulesBitmap } from './modules-bitmap.js'
import { qrCapacity } from './qr-capacity.js'
import type { QrSegment } from './qr-codewords.js'
import { qrMatrix } from './qr-matrix.js'
import { cachedModules } from './symbol-cache.js'

/** The data of a code: text, or bytes. */
export type QrData = string | Uint8Array

/**
 * Returns the modules of a side (21, 25, … 177), without the quiet zone and without computing the code.
 * One mode for all of the text (digits, QR's 45 characters, or UTF-8 bytes): a printer that
 * mixes modes draws the same size or a smaller one.
 *
 * @throws ReceiptError `QR_EMPTY`, `QR_TOO_LONG`, `QR_NOT_TEXT`
 */
export function qrSizeModules(data: QrData, level: QrLevel, leastVersion = 1): number {
  return sizeOf(versionFor(segmentOf(data), level, leastVersion))
}

/**
 * Returns the code's modules. Text other than digits and QR's 45 characters is stored as UTF-8
 * bytes, and bytes are stored unchanged.
 * The result is shared between callers: do not write to it.
 *
 * @throws ReceiptError as `qrSizeModules`
 */
export function qrModules(data: QrData, level: QrLevel, leastVersion = 1): Modules {
  const key = typeof data === 'string' ? data : Array.from(data).join()
  const form = typeof data === 'string' ? 'qr' : 'qr of bytes'
  return cachedModules([form, key, { level, leastVersion }], () => {
    const segment = segmentOf(data)
    const version = versionFor(segment, level, leastVersion)
    return qrMatrix(segment, version, level)
  })
}

/**
 * Draws the code in dots, `moduleDots` (a whole number from 1) to a module, without the quiet zone:
 * the caller must keep 4 modules white around it.
 *
 * @throws ReceiptError as `qrSizeModules`, and `QR_MODULE_DOTS`
 */
export function qrBitmap(symbol: QrSymbol): Bitmap {
  const { moduleDots } = symbol
  if (!Number.isInteger(moduleDots) || moduleDots < 1) {
    throw new ReceiptError(`a QR module cannot be ${moduleDots} dots wide`, {
      code: 'QR_MODULE_DOTS',
      hint: 'give a whole number of dots; 3 or more scan reliably',
    })
  }
  const modules = qrModules(symbol.bytes ?? symbol.data, symbol.level, symbol.version)
  const bitmap = modulesBitmap(modules, moduleDots)
  if (symbol.logo !== undefined) putLogo(bitmap, symbol.logo, moduleDots)
  return bitmap
}

/** Puts the logo into the middle, on white that reaches one module beyond the logo. */
function putLogo(bitmap: Bitmap, logo: Bitmap, moduleDots: number): void {
  const left = (bitmap.widthDots - logo.widthDots) >> 1
  const top = (bitmap.heightDots - logo.heightDots) >> 1
  const stride = bytesPerRow(bitmap.widthDots)
  for (let y = top - moduleDots; y < top + logo.heightDots + moduleDots; y++) {
    for (let x = left - moduleDots; x < left + logo.widthDots + moduleDots; x++) {
      const at = y * stride + (x >> 3)
      bitmap.data[at] = (bitmap.data[at] as number) & ~(0x80 >> (x & 7))
    }
  }
  blitBitmap(bitmap, logo, left, top)
}

let last: { readonly data: QrData; readonly segment: QrSegment } | undefined

/** Returns the segment of data, and keeps the last one, because layout asks for a code's size several times before it is drawn. */
function segmentOf(data: QrData): QrSegment {
  if (last?.data !== data) last = { data, segment: makeSegment(data) }
  return last.segment
}

function makeSegment(data: QrData): QrSegment {
  if (data.length === 0) {
    throw new ReceiptError('a QR code cannot be empty', { code: 'QR_EMPTY' })
  }
  if (typeof data !== 'string') return { data, mode: 'byte' }
  if (/^[0-9]+$/.test(data)) return { data, mode: 'numeric' }
  if (/^[0-9A-Z $%*+\-./:]+$/.test(data)) return { data, mode: 'alphanumeric' }
  if (/\p{Surrogate}/u.test(data)) {
    throw new ReceiptError('the text of a QR code holds half of a character', {
      code: 'QR_NOT_TEXT',
      hint: 'a lone surrogate cannot be stored; the text was probably cut inside an emoji',
    })
  }
  return { data: encodeUtf8(data), mode: 'byte' }
}

/** The smallest version (up to 40) that holds the segment. */
function versionFor(segment: QrSegment, level: QrLevel, leastVersion: number): number {
  for (let version = leastVersion; version <= 40; version++) {
    if (segment.data.length <= qrCapacity(version, level, segment.mode)) return version
  }
  const most = qrCapacity(40, level, segment.mode)
  const unit = segment.mode === 'byte' ? 'bytes' : 'characters'
  throw new ReceiptError(
    `a QR code of level ${level} holds ${most} ${unit} of this text, and it has ${segment.data.length}`,
    { code: 'QR_TOO_LONG', hint: 'shorten the text, or take a lower level: L holds the most' },
  )
}

function sizeOf(version: number): number {
  return 17 + 4 * version
}
