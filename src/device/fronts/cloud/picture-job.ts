/** A picture that came to a printer that polls, in the commands of the virtual printer, so that its paper, roll and faults are those of any job. */

import { encodeCommand } from '../../../encoders/escpos/codec.js'
import { type Bitmap, bytesPerRow } from '../../../model/bitmap.js'
import { joinBytes } from '../../../model/join-bytes.js'
import type { Profile } from '../../../model/profile.js'
import { decodeGolden } from '../../../paper/diff/golden-png.js'

/** Rows of a command; the paper can end between any two rows of one. */
const BAND_ROWS = 128

/** The picture as a job: printed, fed to the cutter and cut. @throws XiaopiaoError if it is no PNG */
export function pictureJob(png: Uint8Array, profile: Profile): Uint8Array {
  return bitmapJob(decodeGolden(png, 'the job').bitmap, profile)
}

/** The same of dots. */
export function bitmapJob(bitmap: Bitmap, profile: Profile): Uint8Array {
  const shown = cropped(bitmap, profile.widthDots)
  const stride = bytesPerRow(shown.widthDots)
  const parts: Uint8Array[] = [encodeCommand({ kind: 'initialize' })]
  for (let row = 0; row < shown.heightDots; row += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, shown.heightDots - row)
    const data = shown.data.subarray(row * stride, (row + rows) * stride)
    parts.push(encodeCommand({ kind: 'raster', m: 0, bytesPerRow: stride, rows, data }))
  }
  parts.push(encodeCommand({ kind: 'cutFeed', m: 66, n: 0 }))
  return joinBytes(parts)
}

/** The head has no dots beyond its width. */
function cropped({ widthDots, heightDots, data }: Bitmap, limit: number): Bitmap {
  if (widthDots <= limit) return { widthDots, heightDots, data }
  const from = bytesPerRow(widthDots)
  const into = limit >> 3
  const shown = new Uint8Array(into * heightDots)
  for (let y = 0; y < heightDots; y++) {
    shown.set(data.subarray(y * from, y * from + into), y * into)
  }
  return { widthDots: into * 8, heightDots, data: shown }
}
