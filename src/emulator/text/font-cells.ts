/** The cells of the fonts that a printer has. */
import type { FontCell } from '../../model/metrics.js'
import type { FontId } from '../../model/style.js'

/** The cell of a font; a printer without it prints Font B for C, and A for B. */
export function cellOf(
  fonts: { readonly A: FontCell } & { readonly [id in FontId]?: FontCell },
  font: FontId,
): FontCell {
  if (font === 'C') return fonts.C ?? fonts.B ?? fonts.A
  return fonts[font] ?? fonts.A
}
