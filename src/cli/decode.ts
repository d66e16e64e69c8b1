/** `xiaopiao decode`: shows what any ESC/POS stream prints, as JSON, text, a listing or a picture. */

import { once } from 'node:events'
import type { Command } from 'commander'
import { printBytes, VirtualPrinter } from '../emulator/virtual-printer.js'
import { type ListStreamOptions, listStream } from '../inspect/list-stream.js'
import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { paperToJson } from '../paper/views/paper-json.js'
import { paperToPng } from '../paper/views/paper-png.js'
import { paperToSvg } from '../paper/views/paper-svg.js'
import { paperToText } from '../paper/views/paper-text.js'
import { decodeSummary } from '../paper/views/summary.js'
import { type ColorFlags, type Paint, painter, withColor } from './color.js'
import { type ProfileOptions, readBytes, readProfile, withProfile } from './input.js'
import { writeOutput } from './output.js'
import { type PictureFlags, withPictures, writePictures } from './pictures.js'
import { STREAM } from './streams.js'

type ListingPart = Parameters<NonNullable<ListStreamOptions['paint']>>[0]

const LISTING_STYLES = {
  offset: 'dim',
  hex: 'cyan',
  mnemonic: 'yellow',
  unknown: 'red',
  remark: 'green',
} as const satisfies Record<Exclude<ListingPart, 'values'>, string>

interface Options extends ProfileOptions, PictureFlags, ColorFlags {
  readonly json?: boolean
  readonly text?: boolean
  readonly listing?: boolean
  readonly png?: string
  readonly svg?: string
  readonly paper?: string
}

export function addDecode(program: Command): void {
  withColor(withPictures(withProfile(program.command('decode <bytes.bin>'))))
    .description('decode printer bytes, of this program or of any other')
    .option(
      '--json',
      'text, symbols, images, cuts, pulses, replies, unknown bytes, what was lost, and the size of the paper',
    )
    .option('--text', 'the printed lines, and what was lost (default)')
    .option('--listing', 'every command: offset, hex, name, values, and what it did')
    .option(
      '--png <file>',
      'write the paper as a picture as well; - is the standard output, without the text',
    )
    .option('--svg <file>', 'write it as an SVG as well')
    .option(
      '--paper <file>',
      'write all that is known of the paper as JSON: glyphs, symbols, images, cuts',
    )
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao decode job.bin --profile generic-80 --listing
  xiaopiao decode job.bin --profile generic-80 --png job.png --scale 3 --marks --per-cut
  xiaopiao decode job.bin --profile generic-80 --set charset=gb18030 --json --png job.png
  xiaopiao decode - --profile generic-80 < job.bin`,
    )
    .action(async (path: string, options: Options) => {
      const profile = await readProfile(options)
      const bytes = await readBytes(path)
      if (isTextAlone(options)) {
        await writeText(bytes, profile)
        return
      }
      const paper = printBytes(bytes, profile)
      if (options.png !== undefined) await writePictures(options.png, paperToPng, paper, options)
      if (options.svg !== undefined) await writePictures(options.svg, paperToSvg, paper, options)
      if (options.paper !== undefined) {
        await writeOutput(options.paper, `${JSON.stringify(paperToJson(paper))}\n`)
      }
      if (options.listing === true) {
        const paint = listingPaint(painter(options))
        process.stdout.write(listStream(bytes, profile, { paint }))
      }
      if (options.json === true) process.stdout.write(`${JSON.stringify(decodeSummary(paper))}\n`)
      const nothingElse =
        options.json !== true && options.listing !== true && !isPictureOut(options)
      if (options.text === true || nothingElse) process.stdout.write(textWithNotes(paper))
    })
}

function listingPaint(paint: Paint): (part: ListingPart, text: string) => string {
  return (part, text) => (part === 'values' ? text : paint(LISTING_STYLES[part], text))
}

function isTextAlone({ json, listing, png, svg, paper }: Options): boolean {
  return json !== true && listing !== true && [png, svg, paper].every((one) => one === undefined)
}

/** Whether a picture goes to the standard output. */
function isPictureOut({ png, svg, paper }: Options): boolean {
  return [png, svg, paper].includes(STREAM)
}

/** Number of bytes that are printed before their text is written. */
const STEP_BYTES = 65_536

/** Writes the text part by part, and waits while the reader is slower, so that memory does not grow with the stream. */
async function writeText(bytes: Uint8Array, profile: Profile): Promise<void> {
  let text = ''
  let isEmpty = true
  const printer = new VirtualPrinter({
    profile,
    onPart: (part) => {
      text += textWithNotes(part)
    },
  })
  const flush = async () => {
    if (text === '') return
    isEmpty = false
    const isTaken = process.stdout.write(text)
    text = ''
    if (!isTaken) await once(process.stdout, 'drain')
  }
  for (let at = 0; at < bytes.length; at += STEP_BYTES) {
    printer.write(bytes.subarray(at, at + STEP_BYTES))
    await flush()
  }
  printer.end()
  await flush()
  if (isEmpty) process.stdout.write('\n')
}

/** The printed lines, followed by the notes of the paper, each with its code in brackets. */
function textWithNotes(paper: Paper): string {
  const text = paper.lines.length > 0 ? [paperToText(paper)] : []
  const notes = paper.notes.map(({ code, message }) => `[${code}] ${message}`)
  return [...text, ...notes].map((line) => `${line}\n`).join('')
}
