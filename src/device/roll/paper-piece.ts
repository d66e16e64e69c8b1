/** Paper that has come out of a device, and commands that wait to become paper. */

import type { MachineParts } from '../../emulator/machine-parts.js'
import type { Command } from '../../encoders/escpos/commands/index.js'
import type { Paper, PaperCut } from '../../model/paper.js'
import type { Profile } from '../../model/profile.js'

/** A piece of paper that has come out. */
export interface PaperPiece {
  /** Number of the piece, counted from 1 since the device exists. */
  readonly number: number
  readonly paper: Paper
  /** Undefined if the piece was torn off, still hangs in the printer, or the power went. */
  readonly cut: PaperCut['mode'] | undefined
}

export interface Drawable {
  readonly command: Command
  /** Offset of the command's first byte since the device was switched on. */
  readonly offset: number
}

/** The roll that a device prints on. The device is given it, because the emulator that draws on it is most of the code. */
export interface Roll {
  /** Rows that have come out since the device exists; those that are fed back and out again count once. */
  readonly printedRows: number
  /** Whether something was drawn, fed or cut that has not come out yet. */
  readonly behind: boolean
  readonly outRow: number
  /** The row to which the paper moves next: the end of the drawing, or a cut before that. */
  readonly nextRow: number
  /** The cut that is to be made now. */
  readonly dueCut: PaperCut | undefined
  /** Whether the paper in the printer is longer than anyone would leave it. */
  readonly isLong: boolean
  readonly papers: readonly Paper[]
  readonly pieces: readonly PaperPiece[]
  readonly present: { readonly number: number; readonly row: number }
  draw(command: Drawable): void
  moveTo(row: number): number
  makeCut(): PaperPiece | undefined
  tear(): PaperPiece | undefined
  clear(): void
  restart(): void
  rows(from: number, to: number): Uint8Array
}

export type MakeRoll = (profile: Profile, keepPieces: number, parts: MachineParts) => Roll
