/** The options that pictures of paper have in common, and the writing of them: as one, or one for each cut. */

import { extname } from 'node:path'
import type { Command } from 'commander'
import {
  type Paper,
  type PictureOptions,
  papersByCut,
  paperToPng,
  paperToSvg,
  paperToText,
} from '../entries/emulator.js'
import { inputError } from './fail.js'
import { writeOutput } from './input.js'

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
  '.txt': (paper) => `${paperToText(paper)}\n`,
}

/** Writes the paper to `path`, or each of its papers to a numbered file beside it. */
export async function writePictures(
  path: string,
  draw: Draw,
  paper: Paper,
  flags: PictureFlags,
): Promise<void> {
  const options = pictureOptions(flags)
  if (flags.perCut !== true) return writeOutput(path, draw(paper, options))
  const extension = extname(path)
  const stem = path.slice(0, path.length - extension.length)
  for (const [i, piece] of papersByCut(paper).entries()) {
    await writeOutput(`${stem}-${i + 1}${extension}`, draw(piece, options))
  }
}

export function pictureOptions(flags: PictureFlags): PictureOptions {
  const { edge = false, marks = false } = flags
  if (flags.scale === undefined) return { edge, marks }
  const scale = Number(flags.scale)
  if (!/^\d+$/.test(flags.scale) || scale < 1 || scale > 16) {
    throw inputError('SCALE_INVALID', `${flags.scale} is no scale`, 'give 1 to 16')
  }
  return { edge, marks, scale }
}
