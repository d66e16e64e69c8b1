/**
 * Copies the ends of slips from the journal to the outbox, each once, and notes in the journal which ones the hub has confirmed. So the journal
 * shows at each start which ends the hub may not know.
 */

import type { JobPayload, Journal } from '../journal/types.js'
import { endOf, formatNote, readNote, type SlipEnd, type SlipNote, toldOf } from './note.js'
import type { Numbered, Outbox } from './outbox.js'
import { bareEnd, endReports, type Report } from './reports.js'

export interface TellerOptions {
  readonly journal: Journal
  readonly outbox: Outbox<Report>
  /** The time by the hub's clock, as far as it is known. */
  readonly nowMs: () => number
  /** Called after a report was written to the outbox. */
  readonly onReport: () => void
}

/** Longest payload that a fact carries, which is below the hub's limit for a body. */
const MOST_BYTES = 2 << 20

export class EndTeller {
  readonly #options: TellerOptions
  /** Ends by job that are in the outbox and not yet noted in the journal as told. */
  readonly #told = new Map<string, string>()
  /** Ends that could not be written into the outbox. */
  readonly #untold = new Set<string>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: TellerOptions) {
    this.#options = options
    for (const { report } of options.outbox.pending) {
      if (report.jobId !== undefined && report.told !== undefined) {
        this.#told.set(report.jobId, report.told)
      }
    }
  }

  get now(): string {
    return new Date(this.#options.nowMs()).toISOString()
  }

  /** Writes the slip's end to the outbox, if it has one. Returns false if the slip is still open. */
  async settle(jobId: string): Promise<boolean> {
    const record = await this.#options.journal.get(jobId)
    const note = record === undefined ? undefined : readNote(record)
    if (record === undefined || note === undefined) return true
    const end = endOf(record, note)
    if (end === undefined) return false
    const told = toldOf(note, end)
    if (note.told !== told && this.#told.get(jobId) !== told) {
      this.#told.set(jobId, told)
      try {
        const payload = await this.#payloadOf(jobId, note)
        for (const event of endReports(record, note, { end, at: this.now, payload })) {
          await this.#append({ event, jobId, told })
        }
      } catch (error) {
        this.#told.delete(jobId)
        this.#untold.add(jobId)
        throw error
      }
    }
    this.#untold.delete(jobId)
    return true
  }

  /** Jobs whose ends could not be written to the outbox, so that they have to be settled again. */
  get untold(): readonly string[] {
    return [...this.#untold]
  }

  /** Writes the end of a slip to the outbox that the journal does not have, or has with other content. */
  tell(claim: { readonly slip: string; readonly epoch: number }, end: SlipEnd): Promise<void> {
    return this.#append({ event: bareEnd(claim, end, this.now) })
  }

  /** Notes in the journal that the hub has confirmed these reports, so that the next start does not make them again. */
  async confirm(reports: readonly Numbered<Report>[]): Promise<void> {
    for (const { report } of reports) {
      const { jobId, told } = report
      if (jobId === undefined || told === undefined) continue
      await this.changeNote(jobId, (note) => ({ ...note, told }))
      if (this.#told.get(jobId) === told) this.#told.delete(jobId)
    }
  }

  async changeNote(jobId: string, change: (note: SlipNote) => SlipNote): Promise<void> {
    const { journal } = this.#options
    await this.inTurn(async () => {
      const record = await journal.get(jobId)
      const note = record === undefined ? undefined : readNote(record)
      if (note === undefined) return
      await journal.append({ type: 'noted', jobId, note: formatNote(change(note)) })
    })
  }

  /** Runs tasks that change notes one after the other, because one of two concurrent changes of a note would be lost. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task)
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** The bytes of a slip from the LAN, which the hub does not have. The journal has them if the slip is in doubt. */
  async #payloadOf(jobId: string, { origin }: SlipNote): Promise<JobPayload | undefined> {
    if (origin !== 'lan') return undefined
    const payload = await this.#options.journal.payload(jobId)
    return payload !== undefined && payload.bytes.length <= MOST_BYTES ? payload : undefined
  }

  async #append(report: Report): Promise<void> {
    await this.#options.outbox.append(report)
    this.#options.onReport()
  }
}
