/**
 * Reads dots that were coded arithmetically. Each dot is coded by how probable black is after the dots around it that are known, so that
 * a dot in the middle of a stroke takes a small part of a bit. Glyphs take a quarter less than deflated ones, and a few can be
 * read without their whole page. `scripts/pack-glyphs.mjs` is the other side.
 */

/** Number of glyphs that are coded together, because each code costs a length and ends on a whole byte. */
export const GROUP = 16

/**
 * Returns the fourteen nearest dots that are known as a number, those that matter most in its lowest bits. They are three of the row
 * itself, five of the row above, five of the second row above, and one of the third.
 *
 * @param row the row so far, rightmost dot in the lowest bit, as are the three rows above it, from the nearest
 * @param x place of the dot that is asked for
 */
export function contextOf(
  row: number,
  above: number,
  second: number,
  third: number,
  widthDots: number,
  x: number,
): number {
  const right = widthDots - 1 - x
  // The row continues with two white dots beyond the right edge, so that the shift cannot be negative.
  const far = (second << 2) >> right
  return (
    ((row >> (right + 1)) & 7) |
    ((((above << 2) >> right) & 31) << 3) |
    (((far >> 1) & 7) << 8) |
    (((third >> right) & 1) << 11) |
    ((far & 1) << 12) |
    (((far >> 4) & 1) << 13)
  )
}

export interface DotModel {
  readonly widthDots: number
  readonly heightDots: number
  /** Probability of black in each context, in 256ths. The number of contexts is a power of two. */
  readonly model: Uint8Array
}

/**
 * Decodes the dots of a group of glyphs.
 * @param code coded dots of `count` glyphs
 * @returns the glyphs one after the other: rows of whole bytes, leftmost dot in the high bit
 */
export function decodeDots(
  code: Uint8Array,
  { widthDots, heightDots, model }: DotModel,
  count: number,
): Uint8Array {
  const perRow = (widthDots + 7) >> 3
  const dots = new Uint8Array(count * perRow * heightDots)
  const mask = model.length - 1
  let next = 0
  const byte = () => code[next++] ?? 0
  let value = (byte() << 16) | (byte() << 8) | byte()
  let range = 0xffffff
  let out = 0
  for (let glyph = 0; glyph < count; glyph++) {
    let [above, second, third] = [0, 0, 0]
    for (let y = 0; y < heightDots; y++) {
      let row = 0
      for (let x = 0; x < widthDots; x++) {
        const context = contextOf(row, above, second, third, widthDots, x) & mask
        const bound = (range >>> 8) * (model[context] as number)
        if (value < bound) {
          range = bound
          row |= 1 << (widthDots - 1 - x)
        } else {
          range -= bound
          value -= bound
        }
        for (; range < 0x10000; range <<= 8) value = (value << 8) | byte()
      }
      const bits = row << (perRow * 8 - widthDots)
      for (let i = perRow - 1; i >= 0; i--) dots[out++] = bits >> (8 * i)
      third = second
      second = above
      above = row
    }
  }
  return dots
}
