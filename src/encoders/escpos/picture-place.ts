/** Saves bytes of a picture as far as the profile allows it: white at the left is not sent, and doubled dots are halved. */

import { type Bitmap, blitBitmap, bytesPerRow, createBitmap } from '../../model/bitmap.js'
import type { Profile } from '../../model/profile.js'
import type { Command } from './commands/index.js'

/** A picture as it is sent, between the commands that move it to the right and back. */
export interface PlacedPicture {
  readonly bitmap: Bitmap
  readonly before: readonly Command[]
  readonly after: readonly Command[]
  /** Left margin that the printer has after `before`, in dots. */
  readonly marginDots: number
  /** Whether `ESC a` places the picture. Its width must not change then, because its place follows from it. */
  readonly isAligned: boolean
}

/** The bytes in each row that hold ink in some row, from `from` to `to` (exclusive). */
interface Ink {
  readonly from: number
  readonly to: number
}

function inkOf({ widthDots, heightDots, data }: Bitmap): Ink {
  const stride = bytesPerRow(widthDots)
  let from = stride
  let to = 0
  for (let y = 0; y < heightDots; y++) {
    const row = y * stride
    for (let i = stride - 1; i >= to; i--) if (data[row + i] !== 0) to = i + 1
    for (let i = 0; i < from; i++) if (data[row + i] !== 0) from = i
  }
  return { from: Math.min(from, to), to }
}

/** Places a picture at `x`, without the white bytes at the right of all rows and, if the printer can move it, at the left. */
export function placePicture(bitmap: Bitmap, x: number, profile: Profile): PlacedPicture {
  const { from, to } = inkOf(bitmap)
  const ink = { left: x + from * 8, right: x + Math.min(bitmap.widthDots, to * 8) }
  const cut = (left: number, widthDots: number) => cutAt(bitmap, x - left, widthDots)
  const isInked = ink.left < ink.right
  const way = isInked && profile.imageCommand === 'gs-v-0' ? profile.picturePlace : 'dots'
  if (way === 'left-margin' && ink.left > 0) {
    return {
      bitmap: cut(ink.left, ink.right - ink.left),
      before: [{ kind: 'leftMargin', dots: ink.left }],
      after: [{ kind: 'leftMargin', dots: 0 }],
      marginDots: ink.left,
      isAligned: false,
    }
  }
  const aligned = way === 'align' ? alignedPlace(ink, profile.widthDots) : undefined
  if (aligned !== undefined) {
    return {
      bitmap: cut(aligned.left, aligned.widthDots),
      before: [{ kind: 'align', n: aligned.n }],
      after: [{ kind: 'align', n: 0 }],
      marginDots: 0,
      isAligned: true,
    }
  }
  return {
    bitmap: cut(0, ink.right),
    before: [],
    after: [],
    marginDots: 0,
    isAligned: false,
  }
}

/** The `widthDots` columns from `-dx` on. */
function cutAt(bitmap: Bitmap, dx: number, widthDots: number): Bitmap {
  if (dx === 0 && widthDots === bitmap.widthDots) return bitmap
  const narrow = createBitmap(widthDots, bitmap.heightDots)
  blitBitmap(narrow, bitmap, dx, 0)
  return narrow
}

/** Finds the narrowest width in whole bytes that holds the ink, centred or at the right; undefined if it saves no bytes. */
function alignedPlace({ left, right }: { left: number; right: number }, paperDots: number) {
  const mostBytes = bytesPerRow(right) - 1
  for (let bytes = bytesPerRow(right - left); bytes <= mostBytes; bytes++) {
    const widthDots = bytes * 8
    const free = paperDots - widthDots
    for (const n of [1, 2]) {
      // A half dot is rounded by each printer in its own way.
      if (n === 1 && free % 2 !== 0) continue
      const at = n === 1 ? free / 2 : free
      if (at >= 0 && at <= left && right <= at + widthDots) return { n, left: at, widthDots }
    }
  }
  return undefined
}

/** Half of the picture in both directions, if it is made of squares of 2 × 2 dots; else undefined. */
export function halvedBitmap({ widthDots, heightDots, data }: Bitmap): Bitmap | undefined {
  if (heightDots % 2 !== 0 || widthDots < 16) return undefined
  const stride = bytesPerRow(widthDots)
  const half = createBitmap(Math.ceil(widthDots / 2), heightDots / 2)
  const halfStride = bytesPerRow(half.widthDots)
  for (let y = 0; y < heightDots; y += 2) {
    for (let i = 0; i < stride; i++) {
      const byte = data[y * stride + i] as number
      if (byte !== data[(y + 1) * stride + i] || ((byte ^ (byte >> 1)) & 0x55) !== 0)
        return undefined
      const bits =
        ((byte >> 4) & 0x08) | ((byte >> 3) & 0x04) | ((byte >> 2) & 0x02) | ((byte >> 1) & 0x01)
      const at = (y / 2) * halfStride + (i >> 1)
      half.data[at] = (half.data[at] as number) | ((i & 1) === 0 ? bits << 4 : bits)
    }
  }
  return half
}
