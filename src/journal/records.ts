/** The records of a journal in memory, in the order of its queue. */

import { deviceKeyOf } from '../model/device-key.js'
import { isOver, nextRecord } from './next-record.js'
import type { JobEvent, JobFilter, JobRecord } from './types.js'

export class Records {
  readonly #byId = new Map<string, JobRecord>()
  #lastOrder = 0

  get size(): number {
    return this.#byId.size
  }

  get(jobId: string): JobRecord | undefined {
    return this.#byId.get(jobId)
  }

  /** Returns the record after the event, without keeping it. @throws JournalError */
  next(event: JobEvent, at: string): JobRecord {
    return nextRecord(this.#byId.get(event.jobId), event, at, this.#lastOrder + 1)
  }

  keep(record: JobRecord): void {
    this.#byId.set(record.jobId, record)
    this.#lastOrder = Math.max(this.#lastOrder, record.order)
  }

  list({ states, printer }: JobFilter = {}): JobRecord[] {
    const key = printer === undefined ? undefined : deviceKeyOf(printer)
    // Each address is compared once, because thousands of jobs wait at a few printers, and the queue lists them after each job.
    const isThere = new Map<string, boolean>()
    const isAtPrinter = (address: string) => {
      const known = isThere.get(address) ?? deviceKeyOf(address) === key
      isThere.set(address, known)
      return known
    }
    return [...this.#byId.values()]
      .filter((record) => states?.includes(record.state) ?? true)
      .filter((record) => key === undefined || isAtPrinter(record.printer))
      .sort((a, b) => a.order - b.order)
  }

  /** Forgets the oldest jobs that are over, so that `count` of them are left. */
  forgetOver(count: number): readonly JobRecord[] {
    const over = [...this.#byId.values()].filter(isOver)
    over.sort((a, b) => (a.changedAt < b.changedAt ? -1 : 1))
    const gone = over.slice(0, Math.max(over.length - count, 0))
    for (const { jobId } of gone) this.#byId.delete(jobId)
    return gone
  }
}
