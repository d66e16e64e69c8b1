/** The paper of a virtual device: what its commands draw, how much of that has come out, and the pieces that were cut off. */

import { execute } from '../../emulator/commands/execute.js'
import { dropLine, type Machine, powerOn } from '../../emulator/machine.js'
import { paperOf } from '../../emulator/machine-paper.js'
import type { MachineParts } from '../../emulator/machine-parts.js'
import { leavePageMode } from '../../emulator/page-mode/page-mode.js'
import { overhangOf, takePart } from '../../emulator/take-part.js'
import { bytesPerRow } from '../../model/bitmap.js'
import type { Paper, PaperCut, PaperPart } from '../../model/paper.js'
import type { Profile } from '../../model/profile.js'
import { addRows, concatPapers, joinParts, shiftPaper } from '../../paper/algebra.js'
import { hasPrint, splitPaper } from '../../paper/paper-by-cut.js'
import type { Drawable, PaperPiece, Roll } from './paper-piece.js'

/** About 5 m. A longer piece without a cut is treated as if it had been torn off. */
const MAX_PIECE_ROWS = 40_000

interface RollPiece extends PaperPiece {
  /** Counts how often the printer has been switched on, from 0. */
  readonly power: number
}

interface DueCut extends PaperCut {
  /** Row of the roll at which the head is when the cut is made. */
  readonly headRow: number
}

export class DeviceRoll implements Roll {
  readonly profile: Profile
  readonly #keepPieces: number
  readonly #printer: MachineParts
  #machine: Machine
  /** Number of times that the printer was switched on. */
  #powers = 1
  #pieces: RollPiece[] = []
  #number = 1
  /** Row of the roll at which the present piece begins; `#parts` is the paper of it that was taken off the machine. */
  #pieceRow = 0
  #parts: PaperPart[] = []
  /** Rows of the roll that have come out. */
  #outRow = 0
  #furthestRow = 0
  #dueCuts: DueCut[] = []
  /** Rows that have come out since the device exists; those that are fed back and out again count once. */
  printedRows = 0

  constructor(profile: Profile, keepPieces: number, parts: MachineParts) {
    this.profile = profile
    this.#keepPieces = keepPieces
    this.#printer = parts
    this.#machine = this.#switchedOn()
  }

  /** Executes a command; what it draws comes out by `moveTo`. */
  draw({ command, offset }: Drawable): void {
    const { paper } = this.#machine
    const known = paper.cuts.length
    const partsKnown = this.#parts.length
    execute(this.#machine, command, offset)
    const handedOut = this.#parts.slice(partsKnown).flatMap(({ cuts }) => cuts)
    const onSheet = paper.cuts.map((cut) => ({ ...cut, y: cut.y + paper.rowsAbove }))
    for (const cut of [...handedOut, ...onSheet].slice(known)) {
      const headRow = Math.min(this.#headRow, cut.y + this.profile.headToCutterDots)
      this.#dueCuts.push({ ...cut, headRow })
    }
  }

  /** Whether something was drawn, fed or cut that has not come out yet. */
  get behind(): boolean {
    return this.#outRow !== this.#headRow || this.#dueCuts.length > 0
  }

  get outRow(): number {
    return this.#outRow
  }

  /** The row to which the paper moves next: the end of the drawing, or a cut before that. */
  get nextRow(): number {
    return this.#dueCuts[0]?.headRow ?? this.#headRow
  }

  /** Moves the paper until this row of the roll is under the head. Returns the first row that may have changed. */
  moveTo(row: number): number {
    // A glyph may be higher than its cell, and reach into rows that are out.
    const from = Math.max(0, Math.min(this.#outRow, row) - this.#machine.paper.overhang)
    this.printedRows += Math.max(0, row - this.#furthestRow)
    this.#furthestRow = Math.max(this.#furthestRow, row)
    this.#outRow = row
    return from
  }

  /** The cut that is to be made now. */
  get dueCut(): PaperCut | undefined {
    const [cut] = this.#dueCuts
    return cut !== undefined && cut.headRow <= this.#outRow ? cut : undefined
  }

  /** Makes the due cut. Returns the piece that came off; undefined at a row that is cut already. */
  makeCut(): PaperPiece | undefined {
    const cut = this.#dueCuts.shift()
    if (cut === undefined || cut.y <= this.#pieceRow) return undefined
    return this.#takeOff(cut.y, cut.offset, cut.mode)
  }

  /** Whether the paper in the printer is longer than anyone would leave it. */
  get isLong(): boolean {
    return this.#outRow - this.#pieceRow > MAX_PIECE_ROWS
  }

  /** Tears off the paper that has come out. Returns the piece, if there is paper. */
  tear(): PaperPiece | undefined {
    if (this.#outRow <= this.#pieceRow) return undefined
    return this.#takeOff(this.#outRow, Number.MAX_SAFE_INTEGER, undefined)
  }

  /** Drops the print buffer, and everything that was drawn and has not come out. */
  clear(): void {
    const machine = this.#machine
    leavePageMode(machine)
    dropLine(machine, 'LINE_LOST', 'the buffers were cleared')
    machine.pending.bytes = []
    machine.dueCuts = []
    if (!this.behind) return
    const rest = this.paperInPrinter
    takePart(machine, 'all')
    machine.paper.rowsAbove = this.#outRow
    this.#dueCuts = []
    this.#parts = [shiftPaper(rest, this.#pieceRow)]
  }

  /** Switches the power off and on. The NV memory keeps its content. */
  restart(): void {
    const rest = this.paperInPrinter
    const isEmpty = this.#pieces.some(({ power }) => power === this.#powers - 1)
      ? !hasPrint(rest, 0)
      : rest.heightDots === 0
    if (isEmpty)
      this.#pieces.push({ number: 0, paper: rest, cut: undefined, power: this.#powers - 1 })
    else this.#keep(rest, undefined)
    const { nvImages } = this.#machine
    this.#powers++
    this.#pieceRow = 0
    this.#outRow = 0
    this.#furthestRow = 0
    this.#parts = []
    this.#dueCuts = []
    this.#machine = this.#switchedOn()
    this.#machine.nvImages = nvImages
  }

  /** A paper for each time that the printer was switched on. */
  get papers(): readonly Paper[] {
    const last = this.#powers - 1
    return Array.from({ length: this.#powers }, (_, index) => {
      const papers = this.#pieces.filter(({ power }) => power === index).map(({ paper }) => paper)
      return concatPapers(index === last ? [...papers, this.paperInPrinter] : papers)
    })
  }

  /** The pieces that were cut off. Paper that hangs in the printer comes last, if any of it is printed on. */
  get pieces(): readonly PaperPiece[] {
    const off = this.#pieces.filter(({ number }) => number > 0)
    const present = this.paperInPrinter
    if (!hasPrint(present, 0)) return off
    return [...off, { number: this.#number, paper: present, cut: undefined }]
  }

  /** The number that the piece in the printer has, and the row of the roll at which it begins. */
  get present(): { readonly number: number; readonly row: number } {
    return { number: this.#number, row: this.#pieceRow }
  }

  /** The paper that has come out and was not cut off. */
  get paperInPrinter(): Paper {
    const joined = this.#joined()
    const made = withoutCuts(joined, this.#dueCuts, this.#pieceRow)
    const rows = this.#outRow - this.#pieceRow
    if (this.#outRow === this.#headRow || rows >= joined.heightDots) return made
    return splitPaper(made, rows, Number.MAX_SAFE_INTEGER)[0]
  }

  /** The dots of rows of the piece in the printer, `to` exclusive; both count from the top of the roll. */
  rows(from: number, to: number): Uint8Array {
    const stride = bytesPerRow(this.profile.widthDots)
    const rows = new Uint8Array(Math.max(0, to - from) * stride)
    const { data, rowsAbove, usedRows } = this.#machine.paper
    for (const { y, bitmap } of this.#parts) addRows(rows, (y - from) * stride, bitmap.data)
    addRows(rows, (rowsAbove - from) * stride, data.subarray(0, usedRows * stride))
    return rows
  }

  get #headRow(): number {
    const { rowsAbove, headRow } = this.#machine.paper
    return rowsAbove + headRow
  }

  #switchedOn(): Machine {
    const machine = powerOn(this.profile, this.#printer)
    machine.paper.overhang = overhangOf(this.profile)
    machine.paper.handOut = (rows) => this.#take(machine, rows)
    return machine
  }

  #take(machine: Machine, rows: 'done' | 'all'): void {
    const part = takePart(machine, rows)
    if (part !== undefined) this.#parts.push(part)
  }

  #takeOff(row: number, offset: number, mode: PaperCut['mode'] | undefined): PaperPiece {
    // Rows that may still be drawn on stay in the machine as well.
    this.#take(this.#machine, 'done')
    const [paper, rest] = splitPaper(this.#joined(), row - this.#pieceRow, offset)
    this.#pieceRow = row
    this.#parts = [shiftPaper(rest, row)]
    return this.#keep(withoutCuts(paper, this.#dueCuts, row - paper.heightDots), mode)
  }

  /** The whole present piece, joined from its parts. */
  #joined(): Paper {
    const present = shiftPaper(paperOf(this.#machine), this.#machine.paper.rowsAbove)
    return joinParts([...this.#parts, present], this.profile, this.#pieceRow)
  }

  #keep(paper: Paper, cut: PaperCut['mode'] | undefined): PaperPiece {
    const piece = { number: this.#number++, paper, cut, power: this.#powers - 1 }
    this.#pieces.push(piece)
    if (this.#pieces.length > this.#keepPieces) this.#pieces.shift()
    return piece
  }
}

function withoutCuts(paper: Paper, cuts: readonly PaperCut[], row: number): Paper {
  if (cuts.length === 0) return paper
  const isDue = (one: PaperCut) =>
    cuts.some(({ y, offset }) => y === one.y + row && offset === one.offset)
  return { ...paper, cuts: paper.cuts.filter((cut) => !isDue(cut)) }
}
