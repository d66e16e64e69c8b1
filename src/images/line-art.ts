/** Distinguishes line art from photos, and finds the grey level below which line art is ink. */

import type { Grey } from './grey.js'

/** Least share of the pixels that counts as ink. */
const INK_PART = 1 / 200
/** Tones from here on are so near to white that they may be the tint of the paper. */
const PALE = 224
/** Least difference between ink and paper. Pure yellow differs by 18, and the noise of a JPEG by a few. */
const LEAST_CONTRAST = 12
/** Least difference between a pixel of an edge and its neighbours. */
const EDGE_SPREAD = 48
/** Tones below this are black ink, for which a threshold of 128 also finds the smoothed edges. */
const DARK = 64

/** Chooses `threshold` for line art, and `floyd-steinberg` for all other pictures; see `lineArtLevel`. */
export function chooseDither(grey: Grey): 'threshold' | 'floyd-steinberg' {
  return lineArtLevel(grey) === undefined ? 'floyd-steinberg' : 'threshold'
}

/**
 * Returns the level below which line art is ink, or undefined for a photo. Line art has one ink, which is black or, as in an orange logo,
 * a colour on white; the tones are then spread so that the colour counts as black. Greys (64 to 223) are the smoothed edges of its
 * strokes, so they have a much lighter or darker neighbour. A grey that is like its neighbours is a tone, which a threshold would lose.
 * Line art has tones in at most a fiftieth of its pixels, greys in at most a third, and some ink. In doubt, a picture counts as a photo,
 * because diffusion does little harm to line art.
 */
export function lineArtLevel(grey: Grey): number | undefined {
  const ink = paleInk(grey)
  if (ink === undefined) return isLineArt(grey) ? 128 : undefined
  const spread = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.max(0, Math.round((255 * (value - ink)) / (255 - ink))),
  )
  const data = grey.data.map((value) => spread[value] as number)
  return isLineArt({ ...grey, data }) ? Math.round((ink + 255) / 2) : undefined
}

/** Returns the tone of the darkest ink on white paper, if it is grey or coloured; undefined if a threshold of 128 is enough. */
function paleInk({ data }: Grey): number | undefined {
  const least = data.length * INK_PART
  if (hasDarkInk(data, least)) return undefined
  const histogram = new Uint32Array(256)
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number
    histogram[value] = (histogram[value] as number) + 1
  }
  const tone = (from: number, step: number) => {
    let count = 0
    let at = from
    for (; at >= 0 && at < 256; at += step) {
      count += histogram[at] as number
      if (count > 0 && count >= least) break
    }
    return at
  }
  const ink = tone(0, 1)
  if (tone(255, -1) < 255 - LEAST_CONTRAST || ink > 255 - LEAST_CONTRAST) return undefined
  if (ink < PALE) return ink
  // A pale tint over most of the picture is its background, which must not print as a black box.
  let inked = 0
  for (let value = 0; value <= (ink + 255) / 2; value++) inked += histogram[value] as number
  return inked * 2 < data.length ? ink : undefined
}

/** Whether the picture has black ink. For most photos, the loop ends within the first rows. */
function hasDarkInk(data: Uint8Array, least: number): boolean {
  let dark = 0
  for (let i = 0; i < data.length; i++) {
    if ((data[i] as number) < DARK && ++dark >= least) return true
  }
  return false
}

function isLineArt({ widthPx, heightPx, data }: Grey): boolean {
  let greys = 0
  let tones = 0
  let dark = 0
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at++) {
      const value = data[at] as number
      if (value < DARK) dark++
      if (value < DARK || value > 223) continue
      greys++
      const across = x > 0 ? (data[at - 1] as number) : value
      const ahead = x < widthPx - 1 ? (data[at + 1] as number) : value
      const above = y > 0 ? (data[at - widthPx] as number) : value
      const below = y < heightPx - 1 ? (data[at + widthPx] as number) : value
      const spread = Math.max(across, ahead, above, below) - Math.min(across, ahead, above, below)
      if (spread >= EDGE_SPREAD) continue
      // For a photo, the loop mostly ends here within the first rows.
      if (++tones * 50 > data.length) return false
    }
  }
  const total = data.length
  const inked = dark >= total * INK_PART || greys === 0
  return inked && greys * 3 <= total
}
