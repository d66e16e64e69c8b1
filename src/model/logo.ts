/** Pictures kept in a printer's memory, so that a receipt names them by a key of two characters. */

import type { Bitmap } from './bitmap.js'

export interface StoredLogo {
  /** Two printable ASCII characters for `GS ( L`; a number from 1 to 255 for `FS p`. */
  readonly key: string
  /** Hash of its dots, from `hashOfBitmap`. */
  readonly hash: string
  readonly widthDots: number
  readonly heightDots: number
}

/**
 * A hash of size and dots in 16 hex digits: two 32-bit FNV-1a sums with different beginnings.
 *
 * @example
 * hashOfBitmap(bitmap).length // 16
 */
export function hashOfBitmap({ widthDots, heightDots, data }: Bitmap): string {
  return [0x811c9dc5, 0x01234567]
    .map((beginning) => {
      let sum = beginning
      const add = (byte: number) => {
        sum = Math.imul(sum ^ byte, 0x01000193) >>> 0
      }
      for (const size of [widthDots, heightDots]) {
        add(size & 0xff)
        add(size >> 8)
      }
      for (const byte of data) add(byte)
      return sum.toString(16).padStart(8, '0')
    })
    .join('')
}
