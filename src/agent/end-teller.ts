/**
 * Brings the ends of slips from the journal into the outbox, each once, and notes in the journal what the hub has confirmed. So the journal
 * tells at any start which ends the hub may not know.
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
  /** A report waits in the outbox. */
  readonly onReport: () => void
}

/** A hub takes larger bodies than that. */
const MOST_BYTES = 2 << 20

export class EndTeller {
  readonly #options: TellerOptions
  /** Ends that are in the outbox, and not yet noted in the journal as told. */
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

  /** If the slip has ended, its end goes into the outbox. Returns whether nothing more will come of it. */
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

  /** Slips whose ends could not be written down: they are to be settled again. */
  get untold(): readonly string[] {
    return [...this.#untold]
  }

  /** Tells the end of a slip that the journal does not have, or has with other content. */
  tell(claim: { readonly slip: string; readonly epoch: number }, end: SlipEnd): Promise<void> {
    return this.#append({ event: bareEnd(claim, end, this.now) })
  }

  /** The hub has confirmed these reports: the journal notes it, so that the next start does not make them again. */
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

  /** Notes are read and written in turn, because two changes of one note would lose one of them. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task)
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** The journal has the bytes of a slip in doubt, and the hub has not if it came from the LAN. */
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
