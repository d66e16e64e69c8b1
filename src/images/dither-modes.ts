/** The ways in which grey becomes dots, by name. */

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
 * How greys become dots. `auto` looks at the picture: see `lineArtLevel`. `otsu` is a threshold found in the histogram,
 * `bayer` the 8 × 8 matrix, `blue-noise` a mask without a pattern.
 */
export type DitherMode = (typeof ditherModes)[number]
