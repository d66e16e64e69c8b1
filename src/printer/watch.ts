/**
 * Watches the status of a printer. A printer that reports changes itself is listened to; any other is asked at intervals.
 */

import type { Transport } from '../transports/types.js'
import { pause } from './pause.js'
import { rulesOf } from './rules.js'
import type { SharedPrinter } from './shared-printer.js'
import { UNKNOWN_STATUS } from './status.js'
import type { PrinterOptions, PrinterStatus, WatchOptions } from './types.js'

export interface Watched {
  readonly shared: SharedPrinter
  readonly options: PrinterOptions
  readonly resolveTransport: () => Promise<Transport>
  readonly isClosed: () => boolean
}

const INTERVAL_MS = 2000

/** Yields each status that differs from the one before. */
export async function* watchStatus(
  watched: Watched,
  { signal, intervalMs = INTERVAL_MS }: WatchOptions,
): AsyncGenerator<PrinterStatus, void, void> {
  const { shared, isClosed } = watched
  const stop = signal ?? new AbortController().signal
  const letGo = shared.hold()
  let before: string | undefined
  try {
    while (!stop.aborted && !isClosed()) {
      const changed = new AbortController()
      const status = await ask(watched, stop, () => changed.abort())
      const now = JSON.stringify(status)
      if (now !== before) {
        before = now
        yield status
      }
      await pause(intervalMs, AbortSignal.any([stop, changed.signal]))
    }
  } finally {
    await letGo()
  }
}

/** Asks for the status. Returns `UNKNOWN_STATUS` if the printer cannot be reached. */
async function ask(
  { shared, options, resolveTransport }: Watched,
  signal: AbortSignal,
  onChange: () => void,
): Promise<PrinterStatus> {
  const refused = () => new Error('the watcher has gone')
  const asking = shared.turns.run(
    async () => {
      const transport = await resolveTransport()
      const { asks, answerMs, mayEnableAutoStatus } = rulesOf(options, transport)
      if (!asks) return UNKNOWN_STATUS
      const { session } = await shared.open(transport, options, signal)
      session.onStatus(onChange)
      // Switched on each time, because each ESC @ of a job switches it off.
      if (mayEnableAutoStatus) await session.enableAutoStatus(answerMs)
      return session.askStatus(answerMs, signal)
    },
    signal,
    refused,
  )
  return asking.catch(() => UNKNOWN_STATUS)
}
