/** The parts of a profile that other rooms need: its metrics for layout, its charset for shaping. */
import { type CanDraw, type Charset, makeCharset } from '../charsets/charset.js'
import { type Metrics, SMALL_FONT } from '../model/metrics.js'
import type { Profile } from '../model/profile.js'

const MM_PER_INCH = 25.4

/**
 * Derives from a profile all that layout may know of the printer.
 *
 * @example
 * metricsOf(profile).widthDots // 384
 */
export function metricsOf(profile: Profile): Metrics {
  return {
    widthDots: profile.widthDots,
    dotsPerMm: dotsPerMm(profile.dpi),
    marginDots: marginDots(profile),
    ...cellsOf(profile),
    lineSpacingDots: profile.lineSpacingDots,
    headToCutterDots: profile.headToCutterDots,
    ...(profile.sizeBy === 'esc' ? { greatestSize: 2 } : {}),
    placementGridDots: profile.absolutePosition ? 1 : profile.fonts.A.widthDots,
    ...pictureUnits(profile),
  }
}

/**
 * Makes the charset of a printer from its profile; `canDraw` says which other characters the embedded glyphs have.
 *
 * @example
 * charsetOf(profile).zone // 'gbk'
 */
export function charsetOf(profile: Profile, canDraw?: CanDraw): Charset {
  return makeCharset({
    zone: profile.charset,
    pages: profile.codePages,
    ...(canDraw === undefined ? {} : { canDraw }),
  })
}

/** Tolerance, because rolls are not cut to the tenth of a millimetre, and sit a little to one side. */
const LOOSE_MM = 1
/** Largest margin that is assumed, because a roll wider than the head may have all its excess on one side. */
const LARGEST_MARGIN_MM = 3

function marginDots({ paperMm, widthDots, dpi }: Profile): number {
  const perMm = dotsPerMm(dpi)
  const sideMm = (paperMm - widthDots / perMm) / 2 - LOOSE_MM
  return Math.floor(Math.max(0, Math.min(sideMm, LARGEST_MARGIN_MM)) * perMm)
}

/** Returns the height of a picture's band. On a head of 9 pins the upper eight pins print a band, each of them two dots high. */
function pictureUnits({ head, imageCommand }: Profile): Partial<Metrics> {
  if (head === '9-pin') return { pictureRowDots: 16, pictureDotDots: 2 }
  return imageCommand.startsWith('esc-star') ? { pictureRowDots: 24 } : {}
}

/** Converts dpi to dots per mm, and rounds a nearly whole result, because 203 dpi is the rounded name of 8 dots per mm. */
function dotsPerMm(dpi: number): number {
  const exact = dpi / MM_PER_INCH
  return Math.abs(exact - Math.round(exact)) < 0.01 ? Math.round(exact) : exact
}

/** Returns the cells of all fonts. A head of 9 pins has no small hanzi, because its normal ones have only 16×16 pins. */
function cellsOf({ fonts, hanzi, head }: Profile): Pick<Metrics, 'fonts' | 'hanzi' | 'smallHanzi'> {
  if (head === '9-pin') return { fonts, hanzi }
  return { fonts: { ...fonts, small: SMALL_FONT.half }, hanzi, smallHanzi: SMALL_FONT.hanzi }
}
