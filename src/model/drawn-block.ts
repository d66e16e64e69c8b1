/** The text that a block prints as dots. It is kept because nothing can read it back from the bytes. */
export interface DrawnBlock {
  /** Offsets of the block's bytes; `to` is exclusive. */
  readonly from: number
  readonly to: number
  /** The pieces of text in reading order. */
  readonly pieces: readonly DrawnPiece[]
}

export interface DrawnPiece {
  readonly text: string
  readonly x: number
  readonly widthDots: number
  /** First row from the top of the block, and number of rows. Default: all rows of the block. */
  readonly y?: number
  readonly heightDots?: number
  /** True for text that is always drawn; false for text that is drawn only if its whole line is. */
  readonly isDots: boolean
}
