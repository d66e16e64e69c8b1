/** An independent reader of codes (zxing-cpp) over bitmaps of ours. */

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  prepareZXingModule,
  type ReaderOptions,
  type ReadResult,
  readBarcodes,
} from 'zxing-wasm/reader'
import { type Bitmap, dotAt } from '../../src/model/bitmap.js'

/** Loads the reader from its file: nothing is fetched. */
export async function prepareReader(): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasmBinary = new Uint8Array(await readFile(wasm)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/** RGBA of the dots with a white margin. */
export function pictureOf(bitmap: Bitmap, margin = 0) {
  const width = bitmap.widthDots + 2 * margin
  const height = bitmap.heightDots + 2 * margin
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < bitmap.heightDots; y++) {
    for (let x = 0; x < bitmap.widthDots; x++) {
      if (!dotAt(bitmap, x, y)) continue
      const at = ((y + margin) * width + x + margin) * 4
      data[at] = data[at + 1] = data[at + 2] = 0
    }
  }
  return { data, width, height, colorSpace: 'srgb' as const }
}

export async function readCodes(
  bitmap: Bitmap,
  options: ReaderOptions = {},
  margin = 24,
): Promise<ReadResult[]> {
  const image = pictureOf(bitmap, margin) as unknown as Parameters<typeof readBarcodes>[0]
  return readBarcodes(image, { tryHarder: true, ...options })
}
