/** `xiaopiao print`: sends a receipt or a byte file to a printer, and says how far the job is known to have got. */

import type { Command } from 'commander'
import { fileJournal } from '../journal/file.js'
import { didYouMean } from '../model/nearest-names.js'
import { openPrinter } from '../printer/open-printer.js'
import type { PrintOptions, StopPolicy } from '../printer/types.js'
import { transportFor } from '../transports/uri.js'
import { inputError } from './fail.js'
import { readProfile } from './input.js'
import { readNumber, secondsMs } from './numbers.js'
import { showDiagnostics } from './output.js'
import { type ReceiptOptions, readJob, withReceipt } from './receipt-input.js'

interface Options extends ReceiptOptions {
  readonly to: string
  readonly timeout: string
  readonly json?: boolean
  readonly copies: string
  readonly pause: string
  readonly onPaperOut?: string
  readonly reprint?: boolean
  readonly marked?: boolean
  readonly jobId?: string
  readonly journal?: string
  readonly raw?: boolean
  readonly finishLine?: boolean
}

const POLICIES: readonly StopPolicy[] = ['wait', 'cancel', 'leave']

export function addPrint(program: Command): void {
  withReceipt(program.command('print <receipt.json|bytes.bin>'))
    .description('print, and wait for what the printer can prove')
    .requiredOption(
      '--to <uri>',
      'tcp://host[:9100], file:PATH, serial:PATH?baud=9600, usb:, cups:QUEUE or ipp://…',
    )
    .option('--timeout <seconds>', 'give up waiting after so long', '60')
    .option('--copies <number>', 'how many', '1')
    .option('--pause <seconds>', 'time to tear a copy off before the next one', '0')
    .option('--on-paper-out <policy>', 'when the printer stops: wait, cancel the rest, or leave it')
    .option('--reprint', 'if it stops in the middle, print all of it again, headed 补打')
    .option(
      '--marked',
      'headed 补打: a marked copy, also of a job that the journal has as done or as uncertain',
    )
    .option('--job-id <id>', 'name of the job; with --journal it is printed once only')
    .option('--journal <file>', 'write down what becomes of the job')
    .option('--raw', 'send a byte file also where it is a picture, a document or an archive')
    .option('--finish-line', 'end a last line of bytes that has no line feed')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao print sale.json --data sale.data.json --to tcp://192.168.1.50 --profile generic-80
  xiaopiao print job.bin --to file:/dev/usb/lp0 --profile generic-58
  xiaopiao print sale.json --to tcp://192.168.1.50 --profile generic-80 --job-id 17 --journal jobs.jsonl
  xiaopiao print - --to usb: --profile generic-80 < sale.json`,
    )
    .action(async (path: string, options: Options) => {
      const timeoutMs = secondsMs('--timeout', options.timeout)
      const profile = await readProfile(options)
      const job = await readJob(path, profile, options)
      showDiagnostics(job.diagnostics)
      const printOptions = { ...printOptionsOf(options), timeoutMs }
      const journal = options.journal === undefined ? undefined : await fileJournal(options.journal)
      const transport = await transportFor(options.to)
      await using printer = openPrinter(
        transport,
        journal === undefined ? { profile } : { profile, journal },
      )
      const result = await printer.print(job, printOptions)
      showDiagnostics(result.warnings)
      if (options.json === true) process.stdout.write(`${JSON.stringify(result)}\n`)
      else if (result.alreadyDone)
        process.stdout.write(`done before: ${options.jobId}; --marked prints a marked copy\n`)
      else process.stdout.write(`${result.grade}: ${result.bytesSent} bytes to ${options.to}\n`)
    })
}

function printOptionsOf(options: Options): PrintOptions {
  const { onPaperOut, jobId, reprint, marked, raw, finishLine } = options
  const policy = POLICIES.find((one) => one === onPaperOut)
  if (onPaperOut !== undefined && policy === undefined) {
    const hint = didYouMean(onPaperOut, POLICIES) ?? `use ${POLICIES.join(', ')}`
    throw inputError('POLICY_INVALID', `--on-paper-out has no policy ${onPaperOut}`, hint)
  }
  const rule = { min: 1, max: 999, isWhole: true, code: 'COPIES_INVALID' }
  const copies = readNumber('--copies', options.copies, rule)
  return {
    copies,
    ...(marked === true ? { marked } : {}),
    ...(raw === true ? { raw } : {}),
    ...(finishLine === true ? { finishLine } : {}),
    pauseBetweenCopiesMs: options.pause === '0' ? 0 : secondsMs('--pause', options.pause),
    ...(policy === undefined ? {} : { onPaperOut: policy }),
    ...(jobId === undefined ? {} : { jobId }),
    ...(reprint === true ? { onUncertain: 'reprint-marked' as const } : {}),
  }
}
