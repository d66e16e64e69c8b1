/** Pictures in columns, for `ESC *`: bands of 24 or 8 dots, each printed as a line. */

import { type Bitmap, bytesPerRow } from '../../model/bitmap.js'
import type { Command, CommandOut } from './commands/index.js'
import { realtimeAt } from './realtime.js'

/** Height of a band on paper in dots, for 8-dot columns as well, because their dots print three times as high. */
const BAND_DOTS = 24

/**
 * Pushes a picture as bands with a line spacing of their height, which is restored afterwards; blank bands are fed.
 * With columns of 8 dots three rows become one, by majority. A picture whose height is not a multiple of 24 takes more
 * paper than it has rows.
 */
export function pushColumns(
  bitmap: Bitmap,
  columnDots: 8 | 24,
  lineSpacingDots: number,
  out: CommandOut,
  reportDot: () => void,
): void {
  const bytes = columnDots / 8
  out.push({ kind: 'lineSpacing', n: BAND_DOTS })
  for (let y = 0; y < bitmap.heightDots; y += BAND_DOTS) {
    const band = columnsOf(bitmap, y)
    const columns = withoutBlankEnd(columnDots === 24 ? band : everyThird(band), bytes)
    out.push(...safeImages(columns, bytes, reportDot), { kind: 'lineFeed' })
  }
  out.push({ kind: 'lineSpacing', n: lineSpacingDots })
}

/** Does the same as `columnImages`, but breaks a real-time request inside a column by adding a black dot. */
function safeImages(columns: Uint8Array, bytes: number, reportDot: () => void): Command[] {
  const images = columnImages(columns, bytes)
  if (images !== undefined) return images
  const changed = columns.slice()
  for (let at = realtimeAt(changed); at >= 0; at = realtimeAt(changed)) changed[at] = 0x11
  reportDot()
  return columnImages(changed, bytes) ?? []
}

/**
 * Makes one `ESC *` of columns of 24 dots. If the printer would take their bytes for a real-time request, a new
 * `ESC *` begins between those bytes. Undefined if a request is inside a single column.
 */
export function columnImages(
  columns: Uint8Array,
  bytes = 3,
  m = bytes === 3 ? 33 : 1,
): Command[] | undefined {
  const images: Command[] = []
  let from = 0
  const push = (to: number) => {
    if (to === from) return
    const data = columns.subarray(from, to)
    images.push({ kind: 'bitImage', m, columns: data.length / bytes, data })
    from = to
  }
  for (let at = realtimeAt(columns); at >= 0; at = realtimeAt(columns, at + 1)) {
    const cut = Math.ceil((at + 1) / bytes) * bytes
    if (cut > at + 1) return undefined
    push(cut)
  }
  push(columns.length)
  return images
}

export function withoutBlankEnd(columns: Uint8Array, bytes: number): Uint8Array {
  let end = columns.length
  while (end > 0 && columns[end - 1] === 0) end--
  return columns.subarray(0, Math.ceil(end / bytes) * bytes)
}

/** Makes columns of 8 dots from columns of 24: each dot covers three rows, and is black if at least two of them are. */
function everyThird(columns: Uint8Array): Uint8Array {
  const low = new Uint8Array(columns.length / 3)
  for (let x = 0; x < low.length; x++) {
    const high =
      ((columns[x * 3] as number) << 16) |
      ((columns[x * 3 + 1] as number) << 8) |
      (columns[x * 3 + 2] as number)
    for (let i = 0; i < 8; i++) {
      const three = (high >> (21 - 3 * i)) & 7
      if (three === 7 || three === 6 || three === 5 || three === 3) {
        low[x] = (low[x] as number) | (0x80 >> i)
      }
    }
  }
  return low
}

/** Columns of 24 rows from `top` on: three bytes each, topmost dot in the high bit. */
export function columnsOf({ widthDots, heightDots, data }: Bitmap, top: number): Uint8Array {
  const stride = bytesPerRow(widthDots)
  const columns = new Uint8Array(widthDots * 3)
  const end = Math.min(heightDots, top + 24)
  for (let y = Math.max(top, 0); y < end; y++) {
    const place = (y - top) >> 3
    const bit = 0x80 >> ((y - top) & 7)
    for (let i = 0; i < stride; i++) {
      let byte = data[y * stride + i] as number
      for (let x = i * 8; byte !== 0; x++, byte = (byte << 1) & 0xff) {
        if ((byte & 0x80) === 0) continue
        const at = x * 3 + place
        columns[at] = (columns[at] as number) | bit
      }
    }
  }
  return columns
}
