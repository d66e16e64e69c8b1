/** `image`: a picture, converted to dots. Its pixels are loaded before the layout starts, because the layout reads no files. */

import { ditherModes } from '../images/dither-modes.js'
import { sharedBitmap } from '../images/image-to-bitmap.js'
import { isUntouched } from '../images/loaded-pixels.js'
import { pictureDiagnostics } from '../images/picture-diagnostics.js'
import { pictureHeightDots } from '../layout/measure.js'
import { alignedOffset } from '../layout/place.js'
import { type Bitmap, type Pixels, paddedBitmap } from '../model/bitmap.js'
import { ReceiptError, withoutCardNumbers } from '../model/errors.js'
import * as s from '../model/shape.js'
import type { Element, ElementContext } from './element.js'
import { alignSchema } from './fields.js'
import type { ImageNode } from './nodes.js'
import { placeFields } from './spacing.js'

export const imageElement: Element<ImageNode> = {
  schema: s.object<ImageNode>({
    kind: s.literal('image'),
    src: s.text(1),
    width: s.optional(
      s.either(
        [s.whole(1), s.pattern(/^\d+(\.\d+)?(%|mm)$/, 'a width such as "60%" or "40mm"')],
        'a number of dots, or a width such as "60%" or "40mm"',
      ),
    ),
    dither: s.optional(s.oneOf(ditherModes)),
    stored: s.optional(s.pattern(/^[ -~]{1,3}$/, 'a key of 1 to 3 printable ASCII characters')),
    serpentine: s.optional(s.flag),
    gamma: s.optional(s.number(0.1, 10)),
    contrast: s.optional(s.number(-100, 100)),
    sharpen: s.optional(s.number(0, 5)),
    align: s.optional(alignSchema),
    ...placeFields,
  }),
  layout(node, box, context) {
    const pixels = pixelsOf(node.src, `${box.path}.src`, context)
    if (box.widthDots < 1) {
      throw new ReceiptError('there is no room for a picture', {
        code: 'BOX_TOO_NARROW',
        path: box.path,
        hint: 'make its column wider',
      })
    }
    const { dither, serpentine, gamma, contrast, sharpen } = node
    const drawn = sharedBitmap(pixels, {
      maxWidthDots: box.widthDots,
      widthDots: widthOf(node.width, box.widthDots, context.metrics.dotsPerMm),
      dither,
      serpentine,
      gamma,
      contrast,
      sharpen,
    })
    reportPicture(pixels, drawn, `${box.path}.src`, context)
    const bitmap = paddedBitmap(drawn, pictureHeightDots(drawn.heightDots, context.metrics))
    const align = node.align ?? box.align
    const offset = alignedOffset(align, box.widthDots, bitmap.widthDots, 1)
    const stored = node.stored === undefined ? {} : { stored: node.stored }
    return [{ kind: 'image', x: box.x + offset, bitmap, ...stored, path: box.path }]
  },
}

/**
 * Returns the picture that the caller gave under a name.
 * @throws ReceiptError `IMAGE_NOT_GIVEN`
 */
export function pixelsOf(name: string, path: string, context: ElementContext): Pixels {
  const pixels = Object.hasOwn(context.images, name) ? context.images[name] : undefined
  if (pixels !== undefined) {
    checkPixels(pixels, path)
    return pixels
  }
  throw new ReceiptError(`no picture named ${JSON.stringify(shortened(name))} was given`, {
    code: 'IMAGE_NOT_GIVEN',
    path,
    hint: 'load it with loadImage() and pass it in the option images',
  })
}

/** Reports a picture that prints as white paper, or without a part that was not loaded. */
export function reportPicture(
  pixels: Pixels,
  drawn: Bitmap,
  path: string,
  context: ElementContext,
): void {
  for (const diagnostic of pictureDiagnostics(pixels, drawn, path)) context.report(diagnostic)
}

/** Checks the pixels, which a caller without type checking may give in any form. @throws ReceiptError `IMAGE_INVALID` */
function checkPixels(given: Pixels | null, path: string): void {
  if (given !== null && isUntouched(given)) return
  if (given !== null && ArrayBuffer.isView(given.data)) {
    const { widthPx, heightPx, data } = given
    const sides = [widthPx, heightPx].every((side) => Number.isInteger(side) && side > 0)
    if (sides && data.length === widthPx * heightPx * 4) return
  }
  throw new ReceiptError('the picture is not widthPx × heightPx pixels of RGBA', {
    code: 'IMAGE_INVALID',
    path,
    hint: 'give { widthPx, heightPx, data } with four bytes a pixel; loadImage() makes them',
  })
}

function widthOf(
  width: number | string | undefined,
  boxDots: number,
  dotsPerMm: number,
): number | undefined {
  if (width === undefined) return undefined
  if (typeof width === 'number') return Math.min(width, boxDots)
  const value = Number.parseFloat(width)
  const dots = Math.round(width.endsWith('mm') ? value * dotsPerMm : (boxDots * value) / 100)
  return Math.min(Math.max(dots, 1), boxDots)
}

function shortened(name: string): string {
  const src = withoutCardNumbers(name)
  return src.length > 60 ? `${src.slice(0, 60)}…` : src
}

/**
 * A picture: `image('logo', { width: '60%', align: 'center' })`.
 *
 * @example
 * image('logo.png', { align: 'center' }) // { kind: 'image', src: 'logo.png', align: 'center' }
 */
export function image(src: string, options: Omit<ImageNode, 'kind' | 'src'> = {}): ImageNode {
  return { kind: 'image', src, ...options }
}
