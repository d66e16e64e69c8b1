/** Warns of a picture that is blank, or of which a part is missing. */

import { type Bitmap, isBlank, type Pixels } from '../model/bitmap.js'
import type { Diagnostic } from '../model/diagnostic.js'

/**
 * Warnings about a picture and the dots that were made of it.
 * @returns `IMAGE_BLANK`, `IMAGE_PART_MISSING`; empty if all of it prints
 *
 * @example
 * pictureDiagnostics(pixels, imageToBitmap(pixels, { maxWidthDots: 384 }), 'logo.png') // []
 */
export function pictureDiagnostics(pixels: Pixels, drawn: Bitmap, path: string): Diagnostic[] {
  const found: Diagnostic[] = []
  if (isBlank(drawn)) {
    found.push({
      code: 'IMAGE_BLANK',
      severity: 'warning',
      message: 'the picture prints as blank paper: none of it is dark enough for a dot',
      path,
      hint: 'give it in a dark colour, because white on a transparent ground is white on paper; a pale picture needs dither auto or otsu',
    })
  }
  const [first] = pixels.notLoaded ?? []
  if (first !== undefined) {
    const count = pixels.notLoaded?.length ?? 0
    const more = count > 1 ? ` and ${count - 1} more` : ''
    found.push({
      code: 'IMAGE_PART_MISSING',
      severity: 'warning',
      message: `the picture names ${JSON.stringify(first)}${more}, which is not loaded and does not print`,
      path,
      hint: 'embed it in the SVG as a data: address, or export the picture as a PNG',
    })
  }
  return found
}
