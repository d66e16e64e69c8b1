/** The macro of a printer: `GS :` records what is printed, `GS ^` prints it again. A device without paper keeps one for its answers. */
import type { Command } from '../encoders/escpos/commands/index.js'

/** More than this is not stored (TM-T88III specification p. 121). */
const MAX_MACRO = 2048

/**
 * Macros may run at most a multiple of the stream, because five bytes run up to half a megabyte, and a hostile
 * stream would never end.
 */
const MAX_BYTES = 600_000
const BYTES_PER_BYTE = 10

/** Outlives `ESC @` (TM-T88III specification p. 121). */
export class Macro {
  /** None is an empty one. */
  bytes = new Uint8Array(0)
  /** The bytes so far, while a macro is being defined. */
  #recording: number[] | undefined
  #isRunning = false
  /** Bytes that were run. */
  #ran = 0

  readonly #isThere: boolean

  /** @param isThere false: a printer without macros, on which `GS :` and `GS ^` do nothing */
  constructor(isThere = true) {
    this.#isThere = isThere
  }

  /** Keeps the command where a macro is being defined; it is obeyed all the same. */
  record(command: Command, encode: (command: Command) => Uint8Array): void {
    const recording = this.#recording
    if (recording === undefined || recording.length >= MAX_MACRO) return
    if (command.kind === 'macroDefine' || command.kind === 'macroRun') return
    recording.push(...encode(command).subarray(0, MAX_MACRO - recording.length))
  }

  /** GS : begins a definition, and ends it. */
  define(): void {
    if (this.#isRunning || !this.#isThere) return
    if (this.#recording !== undefined) this.bytes = Uint8Array.from(this.#recording)
    this.#recording = this.#recording === undefined ? [] : undefined
  }

  /** GS ^: whether it may be run now. In the middle of a definition it clears both; `ready` is to be followed by `end`. */
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

  /** Whether it may be run once more behind so many bytes of the stream. */
  mayRun(offset: number): boolean {
    if (this.#ran + this.bytes.length > MAX_BYTES + BYTES_PER_BYTE * offset) return false
    this.#ran += this.bytes.length
    return true
  }

  end(): void {
    this.#isRunning = false
  }
}
