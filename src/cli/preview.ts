/** `xiaopiao preview`: the paper that a receipt or a byte file makes, as a picture. */

import { extname } from 'node:path'
import type { Command } from 'commander'
import { type Paper, paperToPng, paperToSvg, paperToText, printBytes } from '../emulator/index.js'
import { inputError } from './fail.js'
import {
  type ReceiptOptions,
  readJob,
  readProfile,
  showDiagnostics,
  withReceipt,
  writeOutput,
} from './input.js'

const drawings: Readonly<Record<string, (paper: Paper) => Uint8Array | string>> = {
  '.png': (paper) => paperToPng(paper),
  '.svg': paperToSvg,
  '.txt': (paper) => `${paperToText(paper)}\n`,
}

export function addPreview(program: Command): void {
  withReceipt(program.command('preview <receipt.json|bytes.bin>'))
    .description(
      'show what a printer does with a receipt, or with any ESC/POS bytes; one pixel is one dot',
    )
    .requiredOption('-o, --output <file>', 'a .png, .svg or .txt file')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao preview sale.json --data sale.data.json --profile generic-80 -o sale.png
  xiaopiao preview captured.bin --profile generic-58 -o captured.png`,
    )
    .action(async (path: string, options: ReceiptOptions & { readonly output: string }) => {
      const { output } = options
      const draw = drawings[extname(output).toLowerCase()]
      if (draw === undefined) {
        throw inputError(
          'OUTPUT_UNKNOWN',
          `${output} is no kind of picture known here`,
          'name a .png, .svg or .txt file',
        )
      }
      const profile = await readProfile(options)
      const { bytes, diagnostics } = await readJob(path, profile, options)
      await writeOutput(output, draw(printBytes(bytes, profile)))
      showDiagnostics(diagnostics)
    })
}
