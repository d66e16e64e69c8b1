/** A paper that is kept as a PNG, to compare other papers with: its dots, and its text in a chunk that viewers ignore. */
import { decode, encode } from 'fast-png'
import { type Bitmap, bytesPerRow, createBitmap } from '../../model/bitmap.js'
import { XiaopiaoError } from '../../model/errors.js'
import type { Paper } from '../../model/paper.js'
import { paperToText } from '../views/paper-text.js'

export interface Golden {
  readonly bitmap: Bitmap
  /** Text of the paper; undefined in a PNG that another program wrote. */
  readonly text: string | undefined
}

const KEYWORD = 'xiaopiao'

export function goldenOf(paper: Paper): Golden {
  const { bitmap } = paper
  return {
    // A PNG cannot have 0 rows, so an empty paper becomes one white row.
    bitmap: bitmap.heightDots === 0 ? createBitmap(bitmap.widthDots, 1) : bitmap,
    text: paperToText(paper),
  }
}

export function encodeGolden({ bitmap, text }: Golden): Uint8Array {
  const { widthDots: width, heightDots: height, data } = bitmap
  const dots = data.map((byte) => ~byte)
  const chunks = { [KEYWORD]: asciiJson(text ?? '') }
  return encode({ width, height, data: dots, channels: 1, depth: 1, text: chunks })
}

/** Reads a golden, also after another program has rewritten it: pixels darker than half are black. */
export function decodeGolden(png: Uint8Array, path: string): Golden {
  let picture: ReturnType<typeof decode>
  try {
    picture = decode(png)
  } catch (cause) {
    const message = `${path} is no PNG: ${(cause as Error).message}`
    throw new XiaopiaoError(message, { code: 'GOLDEN_UNREADABLE', hint: 'delete it' })
  }
  const { width, height, data, depth, channels, palette } = picture
  const bitmap = createBitmap(width, height)
  const most = 2 ** depth - 1
  const perRow = depth < 8 ? Math.ceil((width * channels * depth) / 8) : width * channels
  const sampleAt = (x: number, y: number) => {
    if (depth >= 8) return data[y * perRow + x * channels] ?? 0
    const bit = x * channels * depth
    return ((data[y * perRow + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & most
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sample = sampleAt(x, y)
      const isBlack =
        palette === undefined ? sample * 2 < most : (palette[sample]?.[0] ?? 255) < 128
      if (!isBlack) continue
      const at = y * bytesPerRow(width) + (x >> 3)
      bitmap.data[at] = (bitmap.data[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { bitmap, text: textIn(picture.text[KEYWORD]) }
}

/** Writes text as JSON in ASCII, because such chunks of a PNG hold only Latin-1. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function textIn(json: string | undefined): string | undefined {
  if (json === undefined) return undefined
  try {
    const text: unknown = JSON.parse(json)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}
