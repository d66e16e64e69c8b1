/** Commands for pictures kept in the printer: NV graphics by key, and the older NV images by number. */

import { type Bitmap, bytesPerRow } from '../../model/bitmap.js'
import { ReceiptError } from '../../model/errors.js'
import type { Profile } from '../../model/profile.js'
import { columnsOf } from './column-image.js'
import type { Command } from './commands/index.js'

/** Longest data of a `GS ( L` fn 67, which counts its bytes in 16 bits, 11 of them before the dots. */
const MAX_SHORT_BYTES = 65_535 - 11

/**
 * Makes the command that stores `bitmap` under `key`, GS ( L fn 67. It writes NV memory, which wears out.
 * @throws ReceiptError `LOGO_KEY`
 *
 * @example
 * storeLogo('L1', bitmap).kind // 'graphicsNvDefineRaster'
 */
export function storeLogo(key: string, bitmap: Bitmap): Command {
  const [kc1, kc2] = keyBytes(key)
  const { widthDots, heightDots } = bitmap
  const data = Uint8Array.of(49, ...bitmap.data)
  const kind =
    data.length > MAX_SHORT_BYTES ? 'graphicsNvDefineRasterLong' : 'graphicsNvDefineRaster'
  return { kind, a: 48, kc1, kc2, planes: 1, widthDots, heightDots, data }
}

/**
 * Makes the command that prints the logo `key`, GS ( L fn 69 or FS p.
 *
 * @example
 * printLogo('L1', 'gs-l') // { kind: 'graphicsNvPrint', kc1: 76, kc2: 49, x: 1, y: 1 }
 */
export function printLogo(key: string, way: Exclude<Profile['storedLogos'], 'none'>): Command {
  if (way === 'fs-q') return { kind: 'printNvImage', n: imageNumber(key), m: 0 }
  const [kc1, kc2] = keyBytes(key)
  return { kind: 'graphicsNvPrint', kc1, kc2, x: 1, y: 1 }
}

/**
 * Makes the command that deletes the logo `key`, GS ( L fn 66. It writes NV memory.
 *
 * @example
 * deleteLogo('L1') // { kind: 'graphicsNvDelete', kc1: 76, kc2: 49 }
 */
export function deleteLogo(key: string): Command {
  const [kc1, kc2] = keyBytes(key)
  return { kind: 'graphicsNvDelete', kc1, kc2 }
}

/** GS ( L fn 64, 51 and 48: ask for the keys that are used, the free memory and the whole memory. */
export const askLogoKeys: Command = { kind: 'graphicsNvKeys', d1: 0x4b, d2: 0x43 }
export const askLogoFree: Command = { kind: 'graphicsNvFree', fn: 51 }
export const askLogoCapacity: Command = { kind: 'graphicsNvCapacity', fn: 48 }

/**
 * Makes the command that replaces all NV images by `bitmaps`, numbered from 1, FS q; the printer resets. Sizes are rounded
 * up to multiples of 8 dots, with white.
 * @throws ReceiptError `LOGO_SIZE` above 1023 × 288 bytes of dots, which no printer takes
 *
 * @example
 * storeNvImages([bitmap]).kind // 'defineNvImages'
 */
export function storeNvImages(bitmaps: readonly Bitmap[]): Command {
  const images = bitmaps.map((bitmap) => {
    const x = bytesPerRow(bitmap.widthDots)
    const y = Math.ceil(bitmap.heightDots / 8)
    if (x > 1023 || y > 288) {
      throw new ReceiptError(
        `an NV image has at most 8184 × 2304 dots, and this ${bitmap.widthDots} × ${bitmap.heightDots}`,
        { code: 'LOGO_SIZE' },
      )
    }
    return { x, y, data: columnBytes(bitmap, x * 8, y) }
  })
  return { kind: 'defineNvImages', n: images.length, images }
}

/** Columns of whole bytes from the left, topmost dot in the high bit. */
function columnBytes(bitmap: Bitmap, columns: number, bytes: number): Uint8Array {
  const data = new Uint8Array(columns * bytes)
  for (let top = 0; top < bytes * 8; top += 24) {
    const band = columnsOf(bitmap, top)
    for (let x = 0; x < bitmap.widthDots; x++) {
      for (let i = 0; i < 3 && top / 8 + i < bytes; i++) {
        data[x * bytes + top / 8 + i] = band[x * 3 + i] as number
      }
    }
  }
  return data
}

/** Returns the two bytes of a key, which must be 20 to 7E hex. */
function keyBytes(key: string): readonly [number, number] {
  if (!/^[ -~]{2}$/.test(key)) {
    throw new ReceiptError(
      `a logo's key is two printable ASCII characters, not ${JSON.stringify(key)}`,
      {
        code: 'LOGO_KEY',
        hint: 'for example K1',
      },
    )
  }
  return [key.charCodeAt(0), key.charCodeAt(1)]
}

function imageNumber(key: string): number {
  if (/^\d{1,3}$/.test(key) && Number(key) >= 1 && Number(key) <= 255) return Number(key)
  throw new ReceiptError(`an NV image has a number from 1 to 255, not ${JSON.stringify(key)}`, {
    code: 'LOGO_KEY',
  })
}
