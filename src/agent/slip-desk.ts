/**
 * The desk of an agent: it writes every slip, from the hub or from the LAN, to the journal, and the end of every slip to the outbox. Only the
 * journal decides what is on paper.
 *
 * The order is the same for each slip. Its bytes are in the journal before it may begin; the queue prints it; its end is written to the journal,
 * then to the outbox, and only then sent. The process may end between any two of these steps: an end that the journal has and the outbox
 * lacks is added at the next start.
 */

import type { Taken } from '../hub-api/agent-shapes.js'
import {
  type JobEvent,
  type JobPayload,
  type JobRecord,
  type Journal,
  JournalError,
} from '../journal/types.js'
import { jobOf } from '../printer/job-payload.js'
import type { QueueOutcome } from '../printer/queue-options.js'
import { isBroken, missingEvent, Troubles } from './attempts.js'
import type { EndTeller } from './end-teller.js'
import { judgeTaken } from './judge-taken.js'
import {
  endOf,
  formatNote,
  type GivenBack,
  jobIdOf,
  readNote,
  type SlipNote,
  toldOf,
} from './note.js'
import type { SlipQueue } from './printing.js'
import { noteOfTaken, type SlipJob } from './slip-job.js'

export interface DeskOptions {
  readonly journal: Journal
  readonly teller: EndTeller
  /** The time by the hub's clock, as far as it is known. */
  readonly nowMs: () => number
  /** How long a printer must be in trouble before its slips that cannot begin are given back to the hub. */
  readonly holdMs: number
  /** The address of a printer by its id at the hub; undefined if the agent has no such printer. */
  readonly uriOf: (printer: string) => string | undefined
}

/** A slip that has not ended. */
interface OpenSlip {
  readonly expiresAtMs: number | undefined
  /** Whether it can be given back to the hub. A slip from the LAN is only here. */
  readonly isFromHub: boolean
  readonly uri: string
}

const EXPIRED: GivenBack = { outcome: 'expired', reason: 'expired' }

export class SlipDesk {
  readonly #options: DeskOptions
  #queue: SlipQueue | undefined
  readonly #open = new Map<string, OpenSlip>()
  /** Jobs by the ids that their slips have on the LAN. */
  readonly #jobIds = new Map<string, string>()
  readonly #waiters = new Map<string, (() => void)[]>()
  /** Events that the journal could not write, and jobs that no printer can print. */
  readonly #missing = new Map<string, JobEvent>()
  readonly #broken = new Set<string>()
  readonly #troubles = new Troubles()
  #isClosed = false

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /**
   * Reads the journal after a start: ends that the hub has not confirmed are written to the outbox, unless they are in it already, and slips that
   * have expired meanwhile are ended before the queue begins.
   */
  async recover(): Promise<void> {
    const { journal } = this.#options
    for (const record of await journal.list()) {
      const note = readNote(record)
      if (note === undefined) continue
      this.#jobIds.set(note.id, record.jobId)
      const end = endOf(record, note)
      if (end !== undefined && note.told === toldOf(note, end)) continue
      this.#keepOpen(record.jobId, record.printer, note)
      await this.settle(record.jobId)
      if (this.#open.has(record.jobId)) await this.#putInAgain(record, note)
    }
    await this.#dropExpired()
  }

  /** Moves a waiting slip to the current address of its printer, because the address may have changed since. */
  async #putInAgain({ jobId, state, marked, printer: before }: JobRecord, note: SlipNote) {
    const { journal, uriOf } = this.#options
    const printer = uriOf(note.printer) ?? before
    if (state === 'queued' && printer !== before) {
      await journal.append({ type: 'moved', jobId, printer })
      this.#keepOpen(jobId, printer, note)
    }
    // The process ended before the queue could retry the slip.
    if (state === 'failed') {
      await journal.append({ type: 'retried', jobId, marked, ifStill: 'failed', printer })
      this.#keepOpen(jobId, printer, note)
    }
  }

  /** Sets the queue that prints the slips. */
  begin(queue: SlipQueue): void {
    this.#queue = queue
  }

  /** Returns how many slips wait for the printer or are being printed. */
  openAt(uri: string): number {
    let count = 0
    for (const slip of this.#open.values()) if (slip.uri === uri) count++
    return count
  }

  /**
   * Prints or answers a slip that was taken, as the journal allows, and resolves when its end is in the outbox.
   * @param bytesOf fetches the bytes; it is called only if they are to be printed
   */
  async take(taken: Taken, uri: string, bytesOf: () => Promise<JobPayload>): Promise<void> {
    const { journal, teller, nowMs } = this.#options
    const { slip, epoch, expiresAt, title, marked } = taken
    const jobId = jobIdOf(taken.key, taken.copyIndex)
    const claim = { slip, epoch }
    let payload: JobPayload | undefined
    for (;;) {
      const record = await journal.get(jobId)
      const verdict = judgeTaken(record, taken)
      if (verdict.what === 'tell') return teller.tell(claim, verdict.end)
      if (verdict.what === 'wait') {
        await teller.changeNote(jobId, (note) => ({ ...note, claim }))
        await this.settle(jobId)
        break
      }
      const isLate = expiresAt !== null && Date.parse(expiresAt) <= nowMs()
      if (isLate) return teller.tell(claim, EXPIRED)
      if (payload === undefined) {
        // The slip is judged again after its bytes were fetched, because meanwhile the same key may have been handed in on the LAN.
        payload = await bytesOf()
        continue
      }
      const job = { jobId, uri, note: noteOfTaken(taken, teller.now), payload, marked }
      const printed = await this.print(title === null ? job : { ...job, title }, record)
      const own = readNote(printed)?.claim
      if (own?.slip === slip && own.epoch === epoch) break
    }
    await this.over(jobId)
  }

  /** Adds a slip to the queue, or adds it again if the journal's record `known` was given back. */
  async print(job: SlipJob, known?: JobRecord): Promise<JobRecord> {
    const { journal, teller } = this.#options
    const { jobId, uri, payload, title, marked = false } = job
    const queue = this.#queue
    if (queue === undefined) throw new Error('the desk has no queue yet')
    const note = formatNote(job.note)
    this.#keepOpen(jobId, uri, job.note)
    this.#jobIds.set(job.note.id, jobId)
    if (known !== undefined) {
      const again = { type: 'retried', jobId, marked, ifStill: known.state, printer: uri } as const
      const record = await teller.inTurn(() => journal.append({ ...again, payload, note }))
      queue.wake()
      return record
    }
    const named = { jobId, printer: uri, note, marked, raw: true }
    const record = await queue.add(
      jobOf(payload),
      title === undefined ? named : { ...named, title },
    )
    // Another request with the same key may have been faster, and its slip may have ended.
    await this.settle(jobId)
    return record
  }

  /** Resolves when the end of a slip is in the outbox. */
  async over(jobId: string): Promise<void> {
    if (this.#isClosed || !this.#open.has(jobId)) return
    await new Promise<void>((resolve) => {
      this.#waiters.set(jobId, [...(this.#waiters.get(jobId) ?? []), resolve])
    })
  }

  async settle(jobId: string): Promise<void> {
    if (!(await this.#options.teller.settle(jobId))) return
    this.#open.delete(jobId)
    for (const resolve of this.#waiters.get(jobId) ?? []) resolve()
    this.#waiters.delete(jobId)
  }

  /** To be called by the queue after each attempt. */
  async attempted(outcome: QueueOutcome): Promise<void> {
    const { jobId } = outcome
    const uri = this.#open.get(jobId)?.uri
    if (uri !== undefined) this.#troubles.note(uri, outcome)
    if (isBroken(outcome)) this.#broken.add(jobId)
    const missing = missingEvent(outcome, await this.#options.journal.get(jobId))
    if (missing !== undefined) this.#missing.set(jobId, missing)
    await this.settle(jobId)
  }

  jobIdOf(slipId: string): string | undefined {
    return this.#jobIds.get(slipId)
  }

  /** The reasons why printers cannot begin a slip. */
  get troubles(): Troubles {
    return this.#troubles
  }

  /** Releases all that wait for the end of a slip, because the agent ends. */
  close(): void {
    this.#isClosed = true
    for (const waiters of this.#waiters.values()) for (const resolve of waiters) resolve()
    this.#waiters.clear()
  }

  /** To be called about every second: ends expired slips, gives back slips that cannot begin, and retries writes that failed. */
  async tick(): Promise<void> {
    const { teller, holdMs } = this.#options
    await this.#writeMissing()
    for (const jobId of teller.untold) await this.settle(jobId)
    await this.#dropExpired()
    await this.#dropBroken()
    for (const [jobId, { uri, isFromHub }] of [...this.#open]) {
      const trouble = this.#troubles.at(uri)
      if (!isFromHub || trouble === undefined) continue
      const { reason, sinceMs } = trouble
      if (performance.now() - sinceMs < holdMs) continue
      await this.#end(jobId, { outcome: 'not-started', reason })
    }
  }

  async #writeMissing(): Promise<void> {
    for (const [jobId, event] of [...this.#missing]) {
      await this.#unlessElsewhere(() => this.#options.journal.append(event))
      this.#missing.delete(jobId)
      await this.settle(jobId)
    }
  }

  async #dropBroken(): Promise<void> {
    for (const jobId of [...this.#broken]) {
      const { state, reason = 'refused' } = (await this.#options.journal.get(jobId)) ?? {}
      this.#broken.delete(jobId)
      const outcome = this.#open.get(jobId)?.isFromHub === false ? 'expired' : 'not-started'
      if (state === 'failed') await this.#end(jobId, { outcome, reason })
    }
  }

  async #dropExpired(): Promise<void> {
    const nowMs = this.#options.nowMs()
    for (const [jobId, { expiresAtMs }] of [...this.#open]) {
      if (expiresAtMs !== undefined && expiresAtMs <= nowMs) await this.#end(jobId, EXPIRED)
    }
  }

  /** Ends a slip that has not begun. If the queue has begun it first, the journal refuses this. */
  async #end(jobId: string, givenBack: GivenBack): Promise<void> {
    const { journal, teller } = this.#options
    await this.#unlessElsewhere(() =>
      teller.inTurn(async () => {
        const record = await journal.get(jobId)
        const note = record === undefined ? undefined : readNote(record)
        // A slip that has ended stays as it is: the journal would also cancel one that may be partly on paper, which must not be given back.
        if (record === undefined || note === undefined || endOf(record, note) !== undefined) return
        await journal.append({
          type: 'cancelled',
          jobId,
          note: formatNote({ ...note, givenBack }),
        })
      }),
    )
    await this.settle(jobId)
  }

  /** Appends an event, and ignores if the journal refuses it because the queue has changed the job's state first. */
  async #unlessElsewhere(append: () => Promise<unknown>): Promise<void> {
    try {
      await append()
    } catch (error) {
      if (!(error instanceof JournalError) || error.code !== 'JOB_STATE') throw error
    }
  }

  #keepOpen(jobId: string, uri: string, { expiresAt, origin }: SlipNote): void {
    const expiresAtMs = expiresAt === undefined ? undefined : Date.parse(expiresAt)
    this.#open.set(jobId, { expiresAtMs, uri, isFromHub: origin === 'hub' })
  }
}
