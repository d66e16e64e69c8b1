/** All that layout may know of a printer. Derived from its profile; every length is in dots. */

export interface FontCell {
  readonly widthDots: number
  readonly heightDots: number
}

export interface Metrics {
  /** Printable dots of a line. */
  readonly widthDots: number
  readonly dotsPerMm: number
  /** White paper on each side of the print area that is surely there; part of the quiet zone of symbols. Default 0. */
  readonly marginDots?: number
  /** Cells of the single-width fonts; A is always there. */
  readonly fonts: {
    readonly A: FontCell
    readonly B?: FontCell
    readonly C?: FontCell
    readonly small?: FontCell
  }
  /** The cell of a two-byte character, whatever the font. */
  readonly hanzi: FontCell
  /** Of the small font. Default: as large as all others. */
  readonly smallHanzi?: FontCell
  /** Distance from the top of one line of Font A to the next one's. */
  readonly lineSpacingDots: number
  /** Least distance of lines that a receipt asks for, whatever their font. Default 0: as close as their font allows. */
  readonly leastLineDots?: number
  /** x of a run is a multiple of this: 1 where the printer moves by dots, a cell where only by blanks. */
  readonly placementGridDots: number
  /** Heights of what is printed as dots are multiples of this: 24 where pictures are sent in columns. Default 1. */
  readonly pictureRowDots?: number
  /** Side of a dot of pictures: places and modules of symbols are multiples of it. 2 on a head of 9 pins. Default 1. */
  readonly pictureDotDots?: number
  /** Largest multiple of width and height that the printer knows. Default 8. */
  readonly greatestSize?: number
  /** Feed before a cut (or to the tear bar), so that the last line is outside. */
  readonly headToCutterDots: number
}

/** Cells of the small font, which is drawn. */
export const SMALL_FONT: { readonly half: FontCell; readonly hanzi: FontCell } = {
  half: { widthDots: 9, heightDots: 17 },
  hanzi: { widthDots: 16, heightDots: 16 },
}
