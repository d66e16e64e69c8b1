/** Prints the jobs of a queue that wait at one printer. */

import { type JobEvent, type JobRecord, JournalError } from '../journal/types.js'
import { LockError } from '../locks/file-lock.js'
import { messageOf } from '../model/realms.js'
import { NotStarted, PrintError } from './errors.js'
import { jobOf } from './job-payload.js'
import { pause } from './pause.js'
import type { PrintQueueOptions, QueueOutcome } from './queue-options.js'
import type { JobPrinter } from './types.js'

/** State that the workers of a queue share. */
export interface WorkerContext {
  readonly options: PrintQueueOptions
  readonly printerAt: (uri: string) => JobPrinter
  /** Aborts when the queue is closed. */
  readonly ending: AbortSignal
  readonly onFailure: (error: unknown) => void
}

/** Prints the jobs that wait at one printer, one after the other. */
export class QueueWorker {
  readonly #uri: string
  readonly #context: WorkerContext
  #running: Promise<void> | undefined
  #again = false
  #reclaimed = false

  /** @param uri one spelling of the printer's address; jobs may spell it differently */
  constructor(uri: string, context: WorkerContext) {
    this.#uri = uri
    this.#context = context
  }

  wake(): void {
    this.#again = true
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#context.onFailure(error))
      .finally(() => {
        this.#running = undefined
      })
  }

  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    const { ending, options } = this.#context
    const { journal, retryMs = 1000, maxRetryMs = 15_000 } = options
    let waitMs = retryMs
    while (this.#again) {
      this.#again = false
      for (;;) {
        if (ending.aborted) return
        const [next] = await journal.list({ states: ['queued'], printer: this.#uri })
        if (next === undefined && this.#reclaimed) break
        if ((await this.#reclaim()) && (next === undefined || (await this.#print(next)))) {
          waitMs = retryMs
          continue
        }
        await pause(waitMs, ending)
        waitMs = Math.min(waitMs * 2, maxRetryMs)
      }
    }
  }

  /** Prints one job. Returns false if the printer is away, so that the same job is tried again later. */
  async #print(record: JobRecord): Promise<boolean> {
    const { options, printerAt } = this.#context
    const { journal, onOutcome, print } = options
    const { jobId, copies, marked, title, printer } = record
    const payload = await journal.payload(jobId)
    if (payload === undefined) {
      const reason = 'nothing to print was written down'
      await this.#decide({ type: 'failed', jobId, reason, printed: 0, sent: 0 })
      return true
    }
    try {
      const named = { ...print, jobId, copies, marked, ...(title === undefined ? {} : { title }) }
      // The bytes were checked when the job was added.
      const given = { ...named, raw: true }
      const result = await printerAt(printer).print(jobOf(payload), given)
      onOutcome?.({ jobId, result })
      return true
    } catch (error) {
      const now = await journal.get(jobId)
      if (!(error instanceof PrintError)) {
        onOutcome?.({ jobId, error })
        if (error instanceof JournalError || now?.state !== 'queued') throw error
        // A job that cannot be printed at all must not hold up the jobs after it.
        await this.#decide({
          type: 'failed',
          jobId,
          reason: messageOf(error),
          printed: 0,
          sent: 0,
        })
        return true
      }
      const isRefused = error instanceof NotStarted && error.reason === 'journal'
      if (isRefused && now !== undefined && now.state !== 'queued') {
        // While this process waited for the printer, another one took the job, and will write its outcome into the journal.
        onOutcome?.({ jobId, elsewhere: now })
        return true
      }
      onOutcome?.({ jobId, error })
      if (now?.state === 'failed' && now.sent === 0) {
        await this.#decide({ type: 'retried', jobId, marked, ifStill: 'failed' })
      } else if (now?.state !== 'queued') return true
      return !(error instanceof NotStarted)
    }
  }

  /** Writes an event of a job into the journal, unless another process has taken the job since this one read its state. */
  async #decide(event: JobEvent): Promise<void> {
    const { journal, onOutcome } = this.#context.options
    const { jobId } = event
    try {
      await journal.append(event)
    } catch (error) {
      if (!(error instanceof JournalError) || error.code !== 'JOB_STATE') throw error
      const elsewhere = await journal.get(jobId)
      if (elsewhere !== undefined) onOutcome?.({ jobId, elsewhere })
    }
  }

  /**
   * Takes over jobs that an earlier process left. Returns false if another process holds the printer, because it
   * may be printing them.
   */
  async #reclaim(): Promise<boolean> {
    if (this.#reclaimed) return true
    const { options, printerAt } = this.#context
    const { journal, onOutcome } = options
    const left = await journal.list({ states: ['started'], printer: this.#uri })
    if (left.length > 0) {
      try {
        for (const { jobId } of await printerAt(this.#uri).interrupted()) {
          onOutcome?.(await this.#earlier(jobId))
        }
      } catch (error) {
        if (error instanceof LockError) return false
        throw error
      }
    }
    this.#reclaimed = true
    return true
  }

  /** Returns the outcome that an earlier process did not live to report, also for a job that the printer had confirmed in full. */
  async #earlier(jobId: string): Promise<QueueOutcome> {
    const { options, printerAt } = this.#context
    const payload = await options.journal.payload(jobId)
    // This call only asks the journal for the outcome and prints nothing. A job that no queue took has no payload, so any bytes do.
    const job = payload === undefined ? { bytes: Uint8Array.of(0x0a) } : jobOf(payload)
    try {
      return { jobId, result: await printerAt(this.#uri).print(job, { jobId }) }
    } catch (error) {
      return { jobId, error }
    }
  }
}
