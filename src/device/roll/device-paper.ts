/** The paper path of a virtual device: how far the paper has moved, how fast, and what is due on the way. */

import type { MachineParts } from '../../emulator/machine-parts.js'
import type { Paper, PaperCut } from '../../model/paper.js'
import type { Profile } from '../../model/profile.js'
import { DeviceMotor } from './device-motor.js'
import { Marks } from './marks.js'
import type { Drawable, MakeRoll, PaperPiece, Roll } from './paper-piece.js'

export interface DevicePaperOptions {
  readonly profile: Profile
  readonly speedMmPerSecond?: number
  readonly keepPieces?: number
  /** The NV memory, the macro, and the function that is told of effects. */
  readonly printer: MachineParts
  readonly makeRoll: MakeRoll
}

export interface DevicePaperHost {
  isOffline(): boolean
  /** The motor has run, so that rows may move. */
  tick(): void
}

/** The listeners that want each row at once. Without them the paper is drawn only when it is asked for, or when a command has effects. */
export interface PaperWatcher {
  printed(from: number, to: number): void
  cut(piece: PaperPiece | undefined, cut: PaperCut | undefined): void
}

export class DevicePaper {
  readonly #dotsPerMm: number
  readonly #roll: Roll
  readonly #motor: DeviceMotor
  readonly #isPaced: boolean
  readonly #host: DevicePaperHost
  readonly #printedMarks = new Marks()
  readonly #cutMarks = { before: new Marks(), after: new Marks() }
  #watcher: PaperWatcher | undefined
  /** Commands that are executed but not drawn yet, because the paper has not been asked for. */
  #undrawn: Drawable[] = []
  #cuts = 0
  readonly #forgetRoll: (() => void)[] = []
  #endRow = Number.POSITIVE_INFINITY

  constructor(options: DevicePaperOptions, host: DevicePaperHost) {
    const { profile, speedMmPerSecond, keepPieces } = options
    this.#dotsPerMm = profile.dpi / 25.4
    this.#host = host
    this.#isPaced = speedMmPerSecond !== undefined
    const rowsPerSecond = (speedMmPerSecond ?? Number.POSITIVE_INFINITY) * this.#dotsPerMm
    this.#motor = new DeviceMotor(rowsPerSecond, () => host.tick())
    this.#roll = options.makeRoll(profile, keepPieces ?? Number.POSITIVE_INFINITY, options.printer)
  }

  /** Sets the watcher, which is told of rows and cuts from now on. */
  watch(watcher: PaperWatcher | undefined): void {
    this.#catchUp()
    this.#watcher = watcher
  }

  get printedMm(): number {
    this.#catchUp()
    return this.#roll.printedRows / this.#dotsPerMm
  }

  /** Length of paper until the roll ends; infinity if it never ends. */
  get leftMm(): number {
    this.#catchUp()
    return Math.max(0, (this.#endRow - this.#roll.printedRows) / this.#dotsPerMm)
  }

  /** Loads a roll with `leftMm` of paper. `tell` is called when `nearEndMm` is left, and at the end. */
  load(
    leftMm: number,
    nearEndMm: number | undefined,
    tell: (paper: 'near-end' | 'end') => void,
  ): void {
    for (const forget of this.#forgetRoll.splice(0)) forget()
    this.#endRow = Number.POSITIVE_INFINITY
    if (leftMm === Number.POSITIVE_INFINITY) return
    this.#catchUp()
    const { printedRows } = this.#roll
    this.#endRow = printedRows + Math.round(leftMm * this.#dotsPerMm)
    const at = (row: number, paper: 'near-end' | 'end') =>
      this.#forgetRoll.push(this.#printedMarks.add(row, () => tell(paper)))
    if (nearEndMm !== undefined) {
      const nearRow = this.#endRow - Math.round(nearEndMm * this.#dotsPerMm)
      at(Math.max(printedRows, nearRow), 'near-end')
    }
    at(this.#endRow, 'end')
  }

  get cuts(): number {
    this.#catchUp()
    return this.#cuts
  }

  get papers(): readonly Paper[] {
    this.#catchUp()
    return this.#roll.papers
  }

  get pieces(): readonly PaperPiece[] {
    this.#catchUp()
    return this.#roll.pieces
  }

  get present(): { readonly number: number; readonly row: number; readonly outRow: number } {
    this.#catchUp()
    return { ...this.#roll.present, outRow: this.#roll.outRow }
  }

  rows(from: number, to: number): Uint8Array {
    this.#catchUp()
    return this.#roll.rows(from, to)
  }

  /** Calls `run` when `mm` of paper have come out in all. Returns a function that cancels this. */
  whenPrinted(mm: number, run: () => void): () => void {
    this.#catchUp()
    return this.#printedMarks.add(Math.round(mm * this.#dotsPerMm), run)
  }

  whenCut(number: number, phase: 'before' | 'after', run: () => void): () => void {
    this.#catchUp()
    return this.#cutMarks[phase].add(number, run)
  }

  /** Executes a command on paper; what it draws comes out by `move`. */
  draw(command: Drawable): void {
    if (!this.#isWatched) {
      this.#undrawn.push(command)
      return
    }
    if (this.#roll.isLong && !this.#roll.behind) this.tear()
    this.#roll.draw(command)
  }

  /** Draws the commands that are not drawn yet, because their effects cannot wait. */
  catchUp(): void {
    this.#catchUp()
  }

  /** Moves out what was drawn, as far as the motor has run. Returns false if some of it has not come out. */
  move(): boolean {
    const roll = this.#roll
    while (roll.behind) {
      this.#printedMarks.reach(roll.printedRows)
      if (this.#host.isOffline()) return false
      const { outRow, printedRows, nextRow } = roll
      const rows = Math.min(this.#motor.allowance, this.#printedMarks.next - printedRows)
      const to = Math.min(nextRow, outRow + rows)
      if (to !== outRow) {
        const from = roll.moveTo(to)
        this.#watcher?.printed(from, to)
        this.#motor.moved(Math.max(0, to - outRow))
        this.#printedMarks.reach(roll.printedRows)
      }
      if (this.#host.isOffline()) return false
      if (roll.dueCut !== undefined) this.#cut()
      else if (to === outRow) return false
      if (this.#host.isOffline()) return false
    }
    return true
  }

  /** Whether something was drawn that has not come out. */
  get isBehind(): boolean {
    return this.#roll.behind
  }

  /** Starts the motor if something has to come out and the printer is online; else stops it. */
  run(): void {
    if (this.#roll.behind && !this.#host.isOffline()) this.#motor.start()
    else this.#motor.stop()
  }

  stop(): void {
    this.#motor.stop()
  }

  /** Tears off the paper that has come out. */
  tear(): void {
    this.#catchUp()
    const piece = this.#roll.tear()
    if (piece !== undefined) this.#watcher?.cut(piece, undefined)
  }

  /** Drops everything that was drawn and has not come out of the printer. */
  clear(): void {
    this.#catchUp()
    this.#motor.stop()
    this.#roll.clear()
  }

  restart(): void {
    this.#catchUp()
    this.#motor.stop()
    this.#roll.restart()
  }

  get #isWatched(): boolean {
    const { before, after } = this.#cutMarks
    const next = Math.min(this.#printedMarks.next, before.next, after.next)
    return this.#isPaced || this.#watcher !== undefined || next !== Number.POSITIVE_INFINITY
  }

  #cut(): void {
    this.#cutMarks.before.reach(this.#cuts + 1)
    const cut = this.#roll.dueCut
    if (this.#host.isOffline() || cut === undefined) return
    this.#cuts++
    const piece = this.#roll.makeCut()
    this.#watcher?.cut(piece, cut)
    this.#cutMarks.after.reach(this.#cuts)
  }

  #catchUp(): void {
    if (this.#undrawn.length === 0) return
    const roll = this.#roll
    for (const command of this.#undrawn.splice(0)) {
      if (roll.isLong) roll.tear()
      roll.draw(command)
      while (roll.behind) {
        roll.moveTo(roll.nextRow)
        if (roll.dueCut === undefined) continue
        this.#cuts++
        roll.makeCut()
      }
    }
  }
}
