/** Names of the methods that turn greys into dots. */

export const ditherModes = [
  'auto',
  'threshold',
  'otsu',
  'floyd-steinberg',
  'atkinson',
  'jarvis',
  'stucki',
  'sierra',
  'bayer',
  'bayer-4',
  'blue-noise',
] as const

/**
 * How greys become dots. `auto` chooses by the picture, see `lineArtLevel`. `otsu` is a threshold found in the histogram, `bayer` the 8 ×
 * 8 matrix, `bayer-4` the 4 × 4 matrix, `blue-noise` a mask without a visible pattern.
 */
export type DitherMode = (typeof ditherModes)[number]
