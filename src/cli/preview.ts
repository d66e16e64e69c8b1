/** `xiaopiao preview`: the paper that a receipt or a byte file makes, as a picture. */

import type { Command } from 'commander'
import { paperToPng, paperToSvg, paperToText, printBytes } from '../emulator/index.js'
import {
  type ReceiptOptions,
  readJob,
  readProfile,
  showDiagnostics,
  withReceipt,
  writeOutput,
} from './input.js'

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
      const profile = await readProfile(options)
      const { bytes, diagnostics } = await readJob(path, profile, options)
      const paper = printBytes(bytes, profile)
      const { output } = options
      if (output.endsWith('.svg')) await writeOutput(output, paperToSvg(paper))
      else if (output.endsWith('.txt')) await writeOutput(output, `${paperToText(paper)}\n`)
      else await writeOutput(output, paperToPng(paper))
      showDiagnostics(diagnostics)
    })
}
