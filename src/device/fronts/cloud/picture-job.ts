/** Makes commands of a picture that a polling printer has fetched, so that its paper, roll and faults are those of any other job. */

import { encodeCommand } from '../../../encoders/escpos/codec.js'
import { type Bitmap, bytesPerRow } from '../../../model/bitmap.js'
import { joinBytes } from '../../../model/join-bytes.js'
import type { Profile } from '../../../model/profile.js'
import { decodeGolden } from '../../../paper/diff/golden-png.js'

/** Rows of one raster command. The paper can end between any two of them. */
const BAND_ROWS = 128

/** Makes a job that prints the picture, feeds it to the cutter and cuts. @throws XiaopiaoError if it is not a PNG */
export function pictureJob(png: Uint8Array, profile: Profile): Uint8Array {
  return bitmapJob(decodeGolden(png, 'the job').bitmap, profile)
}

/** Makes the same job of dots. */
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

/** Crops a picture to `limit` dots, because the head has no dots beyond its width. */
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
