/** Recognises streams in the language of another printer by their first bytes, because on paper they are rubbish. */
import type { Command } from '../encoders/escpos/commands/index.js'
import type { Machine } from './machine.js'

/** Length of the beginning of a stream that is looked at, because jobs in another language show it at their beginning. */
const BEGINNING_BYTES = 2048

/** Lines that begin jobs in languages for labels; no receipt has such a line. */
const LABEL_LINES: readonly (readonly [language: string, line: RegExp])[] = [
  ['ZPL', /^\s*(CT~~CD,|\^XA|~[A-Z]{2}\d*\^XA)/],
  ['TSPL', /^\s*(SIZE +[\d.]+ *(mm|dot)?,|GAP +[\d.]+ *(mm|dot)?,)/i],
  ['CPCL', /^! (U1 |\d+ \d+ \d+ \d+ \d+)/],
  ['EPL', /^(q\d{2,4}|Q\d{2,4},\d{1,3}(\+\d+)?|[AB]\d+,\d+,[0-3],[^,]+,\d+,\d+,.*)$/],
]

/** Notes once that the stream looks like another language, if it does. */
export function noteLanguage(machine: Machine, command: Command, offset: number): void {
  if (machine.isLanguageNamed || offset > BEGINNING_BYTES) return
  const language = languageOf(command)
  if (language === undefined) return
  machine.isLanguageNamed = true
  const message = `the stream looks like ${language}, and this printer reads ESC/POS: send it to a printer of that language, or have the program write ESC/POS`
  machine.paper.note('LOOKS_LIKE', message, offset)
}

function languageOf(command: Command): string | undefined {
  switch (command.kind) {
    case 'text': {
      const line = String.fromCharCode(...command.bytes.subarray(0, 200))
      return LABEL_LINES.find(([, pattern]) => pattern.test(line))?.[0]
    }
    // Star Line Mode: ESC GS a aligns, ESC RS a and F set the head and the font.
    case 'unknown':
      return starLanguage(hexOf(command.bytes))
    // Star raster mode: ESC * r A begins it.
    case 'bitImage':
      return command.m === 0x72 ? 'Star raster mode' : undefined
    default:
      return undefined
  }
}

function starLanguage(hex: string): string | undefined {
  if (hex === '1b,2a,72') return 'Star raster mode'
  return /^1b,(1d,(61|53|50)|1e,(61|46|41))$/.test(hex) ? 'Star Line Mode' : undefined
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 3), (byte) => byte.toString(16)).join()
}
