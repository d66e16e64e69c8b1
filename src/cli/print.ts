/** `xiaopiao print`: sends a receipt or a byte file to a printer and says how far it is known to have got. */

import type { Command } from 'commander'
import { openPrinter } from '../printer/index.js'
import { transportFor } from '../transports/uri.js'
import { inputError } from './fail.js'
import { type ReceiptOptions, readJob, readProfile, showDiagnostics, withReceipt } from './input.js'

interface Options extends ReceiptOptions {
  readonly to: string
  readonly timeout: string
  readonly json?: boolean
}

export function addPrint(program: Command): void {
  withReceipt(program.command('print <receipt.json|bytes.bin>'))
    .description('print, and wait for what the printer can prove')
    .requiredOption('--to <uri>', 'tcp://host[:9100] or file:PATH')
    .option('--timeout <seconds>', 'give up waiting after so long', '60')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao print sale.json --data sale.data.json --to tcp://192.168.1.50 --profile generic-80
  xiaopiao print job.bin --to file:/dev/usb/lp0 --profile generic-58`,
    )
    .action(async (path: string, options: Options) => {
      const timeoutMs = timeoutMsOf(options.timeout)
      const profile = await readProfile(options)
      const { bytes, diagnostics } = await readJob(path, profile, options)
      showDiagnostics(diagnostics)
      await using printer = openPrinter(await transportFor(options.to), { profile })
      const result = await printer.print(bytes, { timeoutMs })
      if (options.json === true) process.stdout.write(`${JSON.stringify(result)}\n`)
      else process.stdout.write(`${result.grade}: ${bytes.length} bytes to ${options.to}\n`)
    })
}

function timeoutMsOf(text: string): number {
  const seconds = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0 && seconds <= 86_400) {
    return Math.ceil(seconds * 1000)
  }
  throw inputError('TIMEOUT_INVALID', `${text} is no time to wait`, 'give seconds, up to 86400')
}
