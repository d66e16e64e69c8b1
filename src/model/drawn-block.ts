/** The text in the dots of a block, because neither a printer nor an emulator can read it back from the bytes. */
export interface DrawnBlock {
  /** The bytes of the block: from `from` to `to`, exclusive. */
  readonly from: number
  readonly to: number
  /** In the order in which they are read. */
  readonly pieces: readonly DrawnPiece[]
}

export interface DrawnPiece {
  readonly text: string
  readonly x: number
  readonly widthDots: number
  /** Rows from the top of the block, and their number; left out: all that the block prints. */
  readonly y?: number
  readonly heightDots?: number
  /** True for what is dots in any case; false for text that is dots only if its whole line is. */
  readonly isDots: boolean
}
