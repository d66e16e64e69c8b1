/** The macro of a printer: `GS :` records what is printed, `GS ^` prints it again. A device without paper keeps one for its answers. */
import type { Command } from '../encoders/escpos/commands/index.js'

/** Most bytes of a macro; more are not stored (TM-T88III specification p. 121). */
const MAX_MACRO = 2048

/**
 * Macros may run at most a multiple of the stream, because five bytes run up to half a megabyte, and a hostile
 * stream would never end.
 */
const MAX_BYTES = 600_000
const BYTES_PER_BYTE = 10

/** The state of a printer's macro, which survives `ESC @` (TM-T88III specification p. 121). */
export class Macro {
  /** The bytes of the macro; empty if none is defined. */
  bytes = new Uint8Array(0)
  /** The bytes so far, while a macro is being defined. */
  #recording: number[] | undefined
  #isRunning = false
  /** Number of bytes that all runs of macros have executed. */
  #ran = 0

  readonly #isThere: boolean

  /** @param isThere false: a printer without macros, on which `GS :` and `GS ^` do nothing */
  constructor(isThere = true) {
    this.#isThere = isThere
  }

  /** Adds the command to the macro if one is being defined. The printer obeys the command as well. */
  record(command: Command, encode: (command: Command) => Uint8Array): void {
    const recording = this.#recording
    if (recording === undefined || recording.length >= MAX_MACRO) return
    if (command.kind === 'macroDefine' || command.kind === 'macroRun') return
    recording.push(...encode(command).subarray(0, MAX_MACRO - recording.length))
  }

  /** Obeys GS :, which begins a definition and also ends it. */
  define(): void {
    if (this.#isRunning || !this.#isThere) return
    if (this.#recording !== undefined) this.bytes = Uint8Array.from(this.#recording)
    this.#recording = this.#recording === undefined ? [] : undefined
  }

  /** Begins a GS ^ if the macro may run now. During a definition, that clears definition and macro. After `ready`, call `end`. */
  begin(): 'ready' | 'running' | 'dropped' | 'missing' {
    if (this.#isRunning || !this.#isThere) return 'running'
    if (this.#recording !== undefined) {
      this.#recording = undefined
      this.bytes = new Uint8Array(0)
      return 'dropped'
    }
    if (this.bytes.length === 0) return 'missing'
    this.#isRunning = true
    return 'ready'
  }

  /** Whether the macro may run once more, `offset` bytes into the stream. If so, that run is counted. */
  mayRun(offset: number): boolean {
    if (this.#ran + this.bytes.length > MAX_BYTES + BYTES_PER_BYTE * offset) return false
    this.#ran += this.bytes.length
    return true
  }

  end(): void {
    this.#isRunning = false
  }
}
