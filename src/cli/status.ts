/** `xiaopiao status`: shows the status of a printer, once or at each change. */

import type { Command } from 'commander'
import { openPrinter } from '../printer/open-printer.js'
import { troubleOf } from '../printer/status.js'
import type { PrinterStatus } from '../printer/types.js'
import { transportFor } from '../transports/uri.js'
import { exitCodes, inputError } from './fail.js'
import { secondsMs } from './numbers.js'

interface Options {
  readonly watch?: boolean
  readonly json?: boolean
  readonly timeout: string
}

export function addStatus(program: Command): void {
  program
    .command('status <uri>')
    .description('ask a printer how it is; nothing is printed')
    .option('--watch', 'go on, and say each change; ends with Ctrl-C')
    .option('--json', 'as JSON, one line each time')
    .option('--timeout <seconds>', 'give up after so long', '10')
    .addHelpText(
      'after',
      `
Ends with 3 when the printer cannot print as it is, or does not answer.

Examples:
  xiaopiao status tcp://192.168.1.50
  xiaopiao status usb: --watch`,
    )
    .action(async (uri: string, { watch, json, timeout }: Options) => {
      const timeoutMs = secondsMs('--timeout', timeout)
      const transport = await transportFor(uri)
      if (!transport.twoWay) {
        throw inputError(
          'PRINTER_ONE_WAY',
          `${uri}: over this way a printer cannot answer`,
          `look at the queue itself, or try xiaopiao doctor ${uri}`,
        )
      }
      await using printer = openPrinter(transport)
      const show = (status: PrinterStatus) => {
        process.stdout.write(`${json ? JSON.stringify(status) : statusLine(status)}\n`)
      }
      if (watch) {
        const stop = new AbortController()
        process.once('SIGINT', () => stop.abort())
        process.once('SIGTERM', () => stop.abort())
        for await (const status of printer.watch({ signal: stop.signal })) show(status)
        return
      }
      const status = await printer.status({ timeoutMs })
      show(status)
      if (!status.answered || troubleOf(status) !== undefined) {
        process.exitCode = exitCodes.notPrinted
      }
    })
}

export function statusLine(status: PrinterStatus): string {
  if (!status.answered) return 'no answer'
  const { online, paper, cover, error, drawerPin } = status
  const line = online === 'unknown' ? 'unknown' : online ? 'online' : 'offline'
  return `${line}, paper ${paper}, cover ${cover}, error ${error}, drawer pin ${drawerPin}`
}
