/** Whole pictures, joined from the bands in which they were sent. */
import type { Paper, PrintedImage } from '../../model/paper.js'
import { stackBitmaps } from '../stack-bitmaps.js'

/** Groups the images of a paper by picture: the bands of each, from the top. */
export function imageBands(paper: Paper): PrintedImage[][] {
  const whole: PrintedImage[][] = []
  for (const image of paper.images) {
    const last = whole.at(-1)
    if (image.continues && last !== undefined) last.push(image)
    else whole.push([image])
  }
  return whole
}

/** Returns the whole pictures, each at the place of its first band. */
export function wholeImages(paper: Paper): PrintedImage[] {
  return imageBands(paper).map((bands) => ({
    ...(bands[0] as PrintedImage),
    bitmap: stackBitmaps(bands.map(({ bitmap }) => bitmap)),
  }))
}
