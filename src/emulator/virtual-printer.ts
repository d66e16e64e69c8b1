/** A printer made of dots: bytes go in, in pieces of any size, and a Paper comes out. */
import { type Decoded, Decoder } from '../encoders/escpos/codec.js'
import {
  BYTES,
  CALLBACK,
  needed,
  type OptionRules,
  PROFILE,
  readArgument,
  readOptions,
} from '../model/options.js'
import type { Paper, PaperPart } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { execute } from './commands/execute.js'
import { type Machine, powerOn } from './machine.js'
import { endStream, paperOf } from './machine-paper.js'
import { overhangOf, takePart } from './take-part.js'

export interface VirtualPrinterOptions {
  /** Width, fonts, charset and habits of the printer that is played. */
  readonly profile: Profile
  /**
   * Called with each printed part, which the printer then forgets, so that a stream without end prints in bounded memory. Called
   * in `write()` and `end()`, whenever there are rows above the print head or entries of the log. Default: all of the paper
   * is kept, up to 200,000 rows (25 m), and `end()` returns it.
   */
  readonly onPart?: (part: PaperPart) => void
}

const VIRTUAL_RULES: OptionRules<VirtualPrinterOptions> = {
  profile: needed(PROFILE),
  onPart: CALLBACK,
}

/** Number of bytes that are printed before the rows of them are handed out. */
const STEP_BYTES = 8192

/**
 * Prints ESC/POS bytes as the profile's printer would. Never throws on any bytes; the same bytes give the same paper,
 * wherever they are cut into pieces.
 *
 * @example
 * const printer = new VirtualPrinter({ profile })
 * printer.write(bytes)
 * paperToText(printer.end()) // '合计 ￥12.50'
 */
export class VirtualPrinter {
  readonly #machine: Machine
  readonly #decoder = new Decoder({ bands: true })
  readonly #onPart: VirtualPrinterOptions['onPart']

  /** @throws OptionError */
  constructor(options: VirtualPrinterOptions) {
    const { profile, onPart } = readOptions<VirtualPrinterOptions>(
      'VirtualPrinter',
      options,
      VIRTUAL_RULES,
    )
    this.#machine = powerOn(profile)
    this.#onPart = onPart
    if (onPart === undefined) return
    const { paper } = this.#machine
    paper.overhang = overhangOf(profile)
    paper.handOut = (rows) => this.#handOut(rows)
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      this.#execute(this.#decoder.write(bytes.subarray(at, at + STEP_BYTES)))
      this.#handOut('done')
    }
  }

  /**
   * The paper printed by now, without the rows that were handed out. A line that was not ended by a feed is not on
   * it yet.
   */
  get paper(): Paper {
    return paperOf(this.#machine)
  }

  /** Ends the stream and returns the paper. The rest in the print buffer is noted, not printed. With `onPart` the paper is empty. */
  end(): Paper {
    this.#execute(this.#decoder.end())
    endStream(this.#machine)
    this.#handOut('all')
    return paperOf(this.#machine)
  }

  #execute(commands: readonly Decoded[]): void {
    for (const { command, offset } of commands) execute(this.#machine, command, offset)
  }

  #handOut(rows: 'done' | 'all'): void {
    if (this.#onPart === undefined) return
    const part = takePart(this.#machine, rows)
    if (part !== undefined) this.#onPart(part)
  }
}

/**
 * Prints a whole stream on one paper. A line that no feed has ended is not printed, but noted.
 *
 * @throws OptionError for text instead of bytes, or an id instead of the profile
 *
 * @example
 * printBytes(bytes, profile).widthDots // 384
 */
export function printBytes(bytes: Uint8Array, profile: Profile): Paper {
  readArgument('printBytes', 'bytes', bytes, BYTES)
  readArgument('printBytes', 'profile', profile, PROFILE)
  const printer = new VirtualPrinter({ profile })
  printer.write(bytes)
  return printer.end()
}
