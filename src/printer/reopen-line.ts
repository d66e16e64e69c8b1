/** Gets a connection again after one was lost. */

import { XiaopiaoError } from '../model/errors.js'
import type { Transport } from '../transports/types.js'
import { pause } from './pause.js'
import type { OpenLine, SharedPrinter } from './shared-printer.js'
import type { PrinterOptions } from './types.js'

const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 2000

/** Tries to connect again, with longer and longer pauses, for `forMs` milliseconds. Returns undefined if that time is over. */
export async function reopenLine(
  {
    shared,
    transport,
    options,
    signal,
  }: {
    readonly shared: SharedPrinter
    readonly transport: Transport
    readonly options: PrinterOptions
    readonly signal: AbortSignal
  },
  forMs: number,
): Promise<OpenLine | undefined> {
  const until = performance.now() + forMs
  const left = () => Math.max(Math.ceil(until - performance.now()), 1)
  for (let wait = FIRST_RETRY_MS; performance.now() < until && !signal.aborted; wait *= 2) {
    try {
      const both = AbortSignal.any([signal, AbortSignal.timeout(left())])
      return await shared.open(transport, options, both)
    } catch (error) {
      if (!(error instanceof XiaopiaoError)) throw error
      await pause(Math.min(wait, LAST_RETRY_MS, left()), signal)
    }
  }
  return undefined
}
