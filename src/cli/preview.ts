/** `xiaopiao preview`: draws the paper that a receipt or a byte file makes. */

import type { Command } from 'commander'
import { printBytes } from '../emulator/virtual-printer.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { Paper } from '../model/paper.js'
import { withDrawnTexts } from '../paper/drawn-texts.js'
import { inputError } from './fail.js'
import { readProfile } from './input.js'
import { showDiagnostics } from './output.js'
import {
  drawingFor,
  type PictureFlags,
  withOutput,
  withPictures,
  writePictures,
} from './pictures.js'
import { type ReceiptOptions, readJob, withReceipt } from './receipt-input.js'

export function addPreview(program: Command): void {
  const command = withPictures(withReceipt(program.command('preview <receipt.json|bytes.bin>')))
  withOutput(command, 'requiredOption')
    .description(
      'show what a printer does with a receipt, or with any ESC/POS bytes; one pixel is one dot',
    )
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao preview sale.json --data sale.data.json --profile generic-80 -o sale.png
  xiaopiao preview sale.json --data sale.data.json --profile generic-80 -o sale.png --edge --marks --scale 2
  xiaopiao preview sale.json --data sale.data.json --profile generic-80 -o sale.pdf
  xiaopiao preview captured.bin --profile generic-58 -o captured.png
  xiaopiao compile sale.json --profile generic-80 -o - | xiaopiao preview - --profile generic-80 -o - > sale.png`,
    )
    .action(
      async (
        path: string,
        options: ReceiptOptions &
          PictureFlags & { readonly output: string; readonly format?: string },
      ) => {
        const { output, format } = options
        const draw = drawingFor(output, format)
        const profile = await readProfile(options)
        const { bytes, diagnostics, drawnBlocks } = await readJob(path, profile, options)
        if (bytes.length === 0) {
          throw inputError(
            'JOB_EMPTY',
            'there are no bytes to show',
            'see why the program that made them wrote none',
          )
        }
        const paper = withDrawnTexts(printBytes(bytes, profile), drawnBlocks)
        await writePictures(output, draw, paper, options)
        const lost = lostOf(paper)
        showDiagnostics([...diagnostics, ...lost])
        if (options.strict === true && lost.length > 0) {
          const message = `${lost.length} things did not print as they were meant`
          throw inputError(
            'PAPER_LOST',
            message,
            'see the lines above; without --strict it is a warning',
          )
        }
      },
    )
}

/** Turns the notes of the paper into warnings, for example about a code that is too wide or a line that no feed ended. */
function lostOf({ notes }: Paper): readonly Diagnostic[] {
  return notes.map(({ code, message, offset }) => {
    return { severity: 'warning', code, message, path: `byte ${offset}` }
  })
}
