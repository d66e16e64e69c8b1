/** Pictures as they were meant: the bands that one was sent in, joined. */
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'
import type { Paper, PrintedImage } from '../model/paper.js'

/** Bands of one picture, from the top. */
export function imageBands(paper: Paper): PrintedImage[][] {
  const whole: PrintedImage[][] = []
  for (const image of paper.images) {
    const last = whole.at(-1)
    if (image.continues && last !== undefined) last.push(image)
    else whole.push([image])
  }
  return whole
}

/** Each picture at the place of its first band. */
export function wholeImages(paper: Paper): PrintedImage[] {
  return imageBands(paper).map((bands) => ({
    ...(bands[0] as PrintedImage),
    bitmap: joined(bands.map(({ bitmap }) => bitmap)),
  }))
}

function joined(bands: readonly Bitmap[]): Bitmap {
  const [first] = bands as [Bitmap]
  if (bands.length === 1) return first
  const heightDots = bands.reduce((sum, band) => sum + band.heightDots, 0)
  const data = new Uint8Array(heightDots * bytesPerRow(first.widthDots))
  let at = 0
  for (const band of bands) {
    data.set(band.data, at)
    at += band.data.length
  }
  return { widthDots: first.widthDots, heightDots, data }
}
