/** `xiaopiao compile`: writes the printer bytes of a receipt to a file. */

import type { Command } from 'commander'
import { readProfile } from './input.js'
import { showDiagnostics, writeOutput } from './output.js'
import { compileFile, type ReceiptOptions, withReceipt } from './receipt-input.js'

interface Options extends ReceiptOptions {
  readonly output: string
  readonly json?: boolean
}

export function addCompile(program: Command): void {
  withReceipt(program.command('compile <receipt.json>'))
    .description('compile a receipt to the bytes that print it')
    .requiredOption('-o, --output <file>', 'where to write the bytes; - is the standard output')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao compile sale.json --data sale.data.json --profile generic-58 -o sale.bin
  xiaopiao compile sale.json --profile generic-58 --set widthDots=416 -o sale.bin
  xiaopiao compile - --profile generic-80 -o - < sale.json > sale.bin`,
    )
    .action(async (path: string, options: Options) => {
      const profile = await readProfile(options)
      const { bytes, diagnostics } = await compileFile(path, profile, options)
      await writeOutput(options.output, bytes)
      if (options.json === true) {
        const result = { output: options.output, bytes: bytes.length, diagnostics }
        process.stdout.write(`${JSON.stringify(result)}\n`)
      } else showDiagnostics(diagnostics)
    })
}
