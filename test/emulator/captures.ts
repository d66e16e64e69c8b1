/** Streams and what must come out of them: our own in fixtures/streams, and those of other programs where their folder is at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { type Bitmap, createBitmap } from '../../src/model/bitmap.js'
import type { MultibyteZone } from '../../src/model/charset.js'

export interface ExpectedImage {
  readonly widthDots: number
  readonly heightDots: number
  /** The dots that the paper must have somewhere. */
  readonly picture: Bitmap | undefined
}

export interface Capture {
  readonly name: string
  readonly bytes: Uint8Array
  readonly widthDots: number
  readonly codePageTable: string
  readonly charset: MultibyteZone
  readonly chineseModeAtPowerOn: boolean
  readonly expect: {
    readonly text: readonly string[]
    readonly qr: readonly string[]
    readonly barcodes: readonly { readonly symbology: string; readonly data: string }[]
    readonly images: readonly ExpectedImage[]
    readonly cuts: number | null
    readonly drawer: number | null
    readonly status_replies: number | null
  }
}

const fixtures = new URL('../../fixtures/streams/', import.meta.url).pathname
/** Beside the project. */
const captures = new URL('../../../shared/captures/', import.meta.url).pathname

/** Invented data, encoded by hand after manuals, and one stream of receiptline for it. */
export const ownStreams = (): Capture[] => capturesIn(fixtures, '')

export function readCaptures(): Capture[] {
  if (!existsSync(captures)) return []
  return readdirSync(captures, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => capturesIn(captures, `${entry.name}/`))
}

function capturesIn(folder: string, prefix: string): Capture[] {
  return readdirSync(join(folder, prefix))
    .filter((name) => name.endsWith('.json'))
    .map((name) => readCapture(folder, prefix + name.slice(0, -5)))
}

function readCapture(folder: string, name: string): Capture {
  const about = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const { codepages, multibyte } = about.printer
  const images = about.expect.images.map((image: Record<string, string | number>) => ({
    widthDots: image.widthDots ?? image.width,
    heightDots: image.heightDots ?? image.height,
    picture: typeof image.png === 'string' ? pictureOf(join(folder, image.png)) : undefined,
  }))
  return {
    name,
    bytes: new Uint8Array(readFileSync(join(folder, `${name}.bin`))),
    widthDots: about.width_dots,
    codePageTable: codepages,
    charset: multibyte ?? 'none',
    chineseModeAtPowerOn: about.printer.multibyte_on_at_start === true,
    expect: { ...about.expect, images },
  }
}

/** Darker than half is black. */
function pictureOf(path: string): Bitmap {
  const { width, height, channels, depth, data } = decode(readFileSync(path))
  const bitmap = createBitmap(width, height)
  const stride = bitmap.data.length / height
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = y * Math.ceil((width * depth) / 8) + (x >> 3)
      const dark =
        depth === 1
          ? (((data[bit] as number) >> (7 - (x & 7))) & 1) === 0
          : (data[(y * width + x) * channels] as number) < 128
      if (dark)
        bitmap.data[y * stride + (x >> 3)] =
          (bitmap.data[y * stride + (x >> 3)] as number) | (0x80 >> (x & 7))
    }
  }
  return bitmap
}
