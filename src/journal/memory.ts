/** A journal that lasts as long as the process: for tests, and for programs whose jobs need not outlive them. */

import { isOver, payloadIn } from './next-record.js'
import { Records } from './records.js'
import type { JobPayload, Journal } from './types.js'

export interface MemoryJournalOptions {
  /** How many jobs that are done or cancelled are remembered. Default 10000. */
  readonly keepOver?: number
}

/**
 * Makes a journal in memory, which is lost when the process ends.
 *
 * @example
 * const journal = memoryJournal()
 * await using printer = openPrinter('tcp://192.168.1.50', { profile, journal })
 * await printer.print(receipt, { jobId: 'order 17' })
 * const again = await printer.print(receipt, { jobId: 'order 17' })
 * again.alreadyDone // true
 */
export function memoryJournal({ keepOver = 10_000 }: MemoryJournalOptions = {}): Journal {
  const records = new Records()
  const payloads = new Map<string, JobPayload>()
  let over = 0
  return {
    async append(event) {
      const record = records.next(event, new Date().toISOString())
      records.keep(record)
      const payload = payloadIn(event)
      if (payload !== undefined) payloads.set(event.jobId, payload)
      if (isOver(record) && event.type !== 'noted') {
        payloads.delete(record.jobId)
        over++
        if (over > keepOver * 2) {
          records.forgetOver(keepOver)
          over = keepOver
        }
      }
      return record
    },
    get: async (jobId) => records.get(jobId),
    list: async (filter) => records.list(filter),
    payload: async (jobId) => payloads.get(jobId),
    close: async () => {},
  }
}
