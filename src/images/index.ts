/** Sub-path `xiaopiao/images`: image files to pixels, and pixels to dots. */

export type { Bitmap, Pixels } from '../model/bitmap.js'
export type { Adjustments } from './adjust.js'
export type { DitherOptions } from './dither.js'
export { type DitherMode, ditherModes } from './dither-modes.js'
export { type ImageOptions, imageToBitmap } from './image-to-bitmap.js'
export { type ImageSource, type LoadOptions, loadImage, type RawImage } from './load.js'
export { pictureDiagnostics } from './picture-diagnostics.js'
