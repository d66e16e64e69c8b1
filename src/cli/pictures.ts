/** The options of all pictures of paper, and the writing of pictures: one of the whole paper, or one for each cut. */

import { extname } from 'node:path'
import type { Command } from 'commander'
import type { Paper } from '../model/paper.js'
import { paperToHtml } from '../paper/html/paper-html.js'
import { papersByCut } from '../paper/paper-by-cut.js'
import { paperToPdf } from '../paper/pdf/paper-pdf.js'
import type { PictureOptions } from '../paper/views/paper-picture.js'
import { paperToPng } from '../paper/views/paper-png.js'
import { paperToSvg } from '../paper/views/paper-svg.js'
import { paperToText } from '../paper/views/paper-text.js'
import { inputError } from './fail.js'
import { readNumber } from './numbers.js'
import { writeOutput } from './output.js'
import { STREAM } from './streams.js'

export interface PictureFlags {
  readonly scale?: string
  readonly edge?: boolean
  readonly marks?: boolean
  readonly perCut?: boolean
}

/** Adds `--scale`, `--edge`, `--marks` and `--per-cut`. */
export function withPictures(command: Command): Command {
  return command
    .option('--scale <n>', 'pixels of a dot in pictures, 1 to 16 (default: 1)')
    .option('--edge', 'show the paper on a desk, torn at its cuts')
    .option(
      '--marks',
      'show cuts as dashed lines with scissors; a partial cut is open in the middle',
    )
    .option('--per-cut', 'a picture for each cut: NAME-1.png, NAME-2.png and so on')
}

type Draw = (paper: Paper, options: PictureOptions) => Uint8Array | string

export const drawings: Readonly<Record<string, Draw>> = {
  '.png': paperToPng,
  '.svg': paperToSvg,
  '.pdf': pdfOf,
  '.html': htmlOf,
  '.txt': (paper) => `${paperToText(paper)}\n`,
}

/** Draws a PDF, which has the size of the paper and accepts no options of pictures. */
function pdfOf(paper: Paper, { scale, edge, marks }: PictureOptions): Uint8Array {
  if (scale === undefined && edge !== true && marks !== true) return paperToPdf(paper)
  throw inputError(
    'PDF_IS_THE_PAPER',
    'a PDF shows the paper as large as it is, without scale, edges and marks',
    'leave --scale, --edge and --marks out, or write a .png or .svg',
  )
}

/** Makes an HTML page, which has the text as text, and as dots only pictures and codes. */
function htmlOf(paper: Paper, { scale, edge, marks }: PictureOptions): string {
  if (scale === undefined && edge !== true && marks !== true) return paperToHtml(paper)
  throw inputError(
    'HTML_IS_TEXT',
    'a page of HTML shows the text, without scale, edges and marks',
    'leave --scale, --edge and --marks out, or write a .png or .svg',
  )
}

/** Adds `-o, --output` for pictures, and `--format` for the standard output, whose name has no ending. */
export function withOutput(command: Command, add: 'option' | 'requiredOption'): Command {
  return command[add](
    '-o, --output <file>',
    'a .png, .svg, .pdf, .html or .txt file, or - for the standard output',
  ).option(
    '--format <kind>',
    'png, svg, pdf, html or txt; by default the ending of the file, and png for -',
  )
}

/** Returns the function that draws the file's kind of picture, by `format`, or else by the ending of its name. */
export function drawingFor(output: string, format: string | undefined): Draw {
  const ending = output === STREAM ? '.png' : extname(output).toLowerCase()
  const draw = drawings[format === undefined ? ending : `.${format}`]
  if (draw !== undefined) return draw
  if (format !== undefined) {
    throw inputError(
      'OUTPUT_UNKNOWN',
      `no picture has the format ${format}`,
      'use png, svg, pdf, html or txt',
    )
  }
  const message = `${output} is no kind of picture known here`
  throw inputError(
    'OUTPUT_UNKNOWN',
    message,
    'name a .png, .svg, .pdf, .html or .txt file, or add --format',
  )
}

/** Writes the paper to `path`, or with `--per-cut` each piece of it to a numbered file beside it. */
export async function writePictures(
  path: string,
  draw: Draw,
  paper: Paper,
  flags: PictureFlags,
): Promise<void> {
  const options = pictureOptions(flags)
  if (flags.perCut !== true) return writeOutput(path, draw(paper, options))
  if (path === STREAM) {
    const message = 'the standard output takes one picture, and --per-cut makes several'
    throw inputError('STDOUT_TWICE', message, 'name a file, or leave --per-cut out')
  }
  const extension = extname(path)
  const stem = path.slice(0, path.length - extension.length)
  for (const [i, piece] of papersByCut(paper).entries()) {
    await writeOutput(`${stem}-${i + 1}${extension}`, draw(piece, options))
  }
}

export function pictureOptions(flags: PictureFlags): PictureOptions {
  const { edge = false, marks = false } = flags
  if (flags.scale === undefined) return { edge, marks }
  const rule = { min: 1, max: 16, isWhole: true, code: 'SCALE_INVALID' }
  const scale = readNumber('--scale', flags.scale, rule)
  return { edge, marks, scale }
}
