/** The measures of a printer that layout uses. They are derived from its profile; every length is in dots. */

export interface FontCell {
  readonly widthDots: number
  readonly heightDots: number
}

export interface Metrics {
  /** Printable dots of a line. */
  readonly widthDots: number
  readonly dotsPerMm: number
  /** White paper that is certain on each side of the print area, and may serve as quiet zone of symbols. Default 0. */
  readonly marginDots?: number
  /** Cells of the half-width characters of each font that the printer has; every printer has A. */
  readonly fonts: {
    readonly A: FontCell
    readonly B?: FontCell
    readonly C?: FontCell
    readonly small?: FontCell
  }
  /** The cell of a two-byte character, whatever the font. */
  readonly hanzi: FontCell
  /** The cell of a two-byte character in the small font. Default: `hanzi`. */
  readonly smallHanzi?: FontCell
  /** Distance from the top of one line of Font A to the next one's. */
  readonly lineSpacingDots: number
  /** Least distance between the tops of lines that the receipt asks for. Default 0: as close as their fonts allow. */
  readonly leastLineDots?: number
  /** The x of a run is a multiple of this: 1 if the printer moves by dots, the width of a cell if it moves only by blanks. */
  readonly placementGridDots: number
  /** Heights of pictures are multiples of this: 24 if they are sent in columns. Default 1. */
  readonly pictureRowDots?: number
  /** Side of a picture's dot in dots. Places and module sizes of symbols are multiples of it. 2 on a head of 9 pins. Default 1. */
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
