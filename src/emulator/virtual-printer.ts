/** A printer made of dots: bytes go in, in pieces of any size, and a Paper comes out. */
import { Decoder } from '../encoders/escpos/codec.js'
import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { breakPending } from './characters.js'
import { execute } from './execute.js'
import { dropLine, type Machine, powerOn } from './machine.js'

export interface VirtualPrinterOptions {
  /** Width, fonts, charset and habits of the printer that is played. */
  readonly profile: Profile
}

/**
 * Prints ESC/POS bytes as the profile's printer would. Never throws on any bytes; the same bytes give the same paper,
 * wherever they are cut into pieces.
 *
 * @example
 * const printer = new VirtualPrinter({ profile })
 * printer.write(bytes)
 * const png = paperToPng(printer.end())
 */
export class VirtualPrinter {
  readonly #machine: Machine
  readonly #decoder = new Decoder()

  constructor(options: VirtualPrinterOptions) {
    this.#machine = powerOn(options.profile)
  }

  write(bytes: Uint8Array): void {
    for (const { command, offset } of this.#decoder.write(bytes)) {
      execute(this.#machine, command, offset)
    }
  }

  /** What is printed by now. A line that no feed has ended is not on it. */
  get paper(): Paper {
    return paperOf(this.#machine)
  }

  /** The stream is over: what stays in the print buffer is not printed, and noted. */
  end(): Paper {
    for (const { command, offset } of this.#decoder.end()) execute(this.#machine, command, offset)
    endStream(this.#machine)
    return paperOf(this.#machine)
  }
}

/** Notes what stays in the print buffer. */
export function endStream(machine: Machine): void {
  breakPending(machine)
  dropLine(machine, 'LINE_NOT_PRINTED', 'The stream ends without a feed; not printed')
  if (machine.page !== undefined) {
    const message = 'The stream ends in page mode; the page is not printed'
    machine.paper.note('PAGE_NOT_PRINTED', message, machine.line.offset)
  }
}

/** All of a stream on one paper; a line that no feed has ended is not printed, and noted. */
export function printBytes(bytes: Uint8Array, profile: Profile): Paper {
  const printer = new VirtualPrinter({ profile })
  printer.write(bytes)
  return printer.end()
}

function paperOf(machine: Machine): Paper {
  const { paper } = machine
  const bitmap = paper.bitmap()
  return {
    widthDots: bitmap.widthDots,
    heightDots: bitmap.heightDots,
    bitmap,
    glyphs: [...paper.glyphs],
    images: [...paper.images],
    symbols: [...paper.symbols],
    lines: [...paper.lines],
    cuts: [...paper.cuts],
    pulses: [...machine.pulses],
    replies: machine.replies,
    unknown: [...machine.unknown],
    notes: [...paper.notes],
  }
}
