/** What the dots of a block say, which no printer and no emulator can read back from its bytes. */
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
