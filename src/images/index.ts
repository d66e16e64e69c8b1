/** Sub-path `xiaopiao/images`: image files to pixels, and pixels to dots. */

export type { Bitmap, Pixels } from '../model/bitmap.js'
export type { Adjustments } from './adjust.js'
export type { DitherOptions } from './dither.js'
export {
  type DitherMode,
  ditherModes,
  type ImageOptions,
  imageToBitmap,
} from './image-to-bitmap.js'
export { type ImageSource, type LoadOptions, loadImage, type RawImage } from './load.js'
export { pictureDiagnostics } from './picture-diagnostics.js'
