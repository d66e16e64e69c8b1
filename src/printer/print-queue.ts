/** A queue that outlives the process: orders are taken while a printer is away, and printed in order when it is back. */

import { rerouteJobs, retryJob } from '../journal/decisions.js'
import type { JobFilter, JobPayload, JobRecord, Journal } from '../journal/types.js'
import { readOptions } from '../model/options.js'
import type { PrintJob } from '../model/print-job.js'
import { isBytes } from '../model/realms.js'
import { NotStarted, PrintError } from './errors.js'
import { openPrinter } from './open-printer.js'
import { ADD_RULES, QUEUE_RULES } from './option-rules.js'
import { pause } from './pause.js'
import type { Printer, PrintOptions, PrintResult } from './types.js'

export interface PrintQueueOptions {
  readonly journal: Journal
  /** The printer at an address; it has to use the same journal. Default: `openPrinter(uri, { journal })`. */
  readonly open?: (uri: string) => Printer
  /** What each job is printed with. */
  readonly print?: Pick<PrintOptions, 'onPaperOut' | 'onUncertain' | 'timeoutMs'>
  /** A printer that is away is tried again after so long at first, then less often. Default 1000. */
  readonly retryMs?: number
  /** Longest pause between two tries. Default 15000. */
  readonly maxRetryMs?: number
  /** Told of each attempt. A job that did not start stays in the queue; one that is uncertain waits for a person. */
  readonly onOutcome?: (outcome: QueueOutcome) => void
  /** Told when the journal cannot be used any more; the queue has stopped. Default: it is thrown and not caught. */
  readonly onError?: (error: unknown) => void
}

export interface QueueOutcome {
  readonly jobId: string
  readonly result?: PrintResult
  readonly error?: unknown
}

export interface AddOptions {
  readonly jobId: string
  /** Address of the printer. */
  readonly printer: string
  readonly title?: string
  /** Default 1. */
  readonly copies?: number
}

export interface PrintQueue {
  /** Takes a job; it is on the disk when the promise resolves. A job id that is known already is not taken again. */
  add(job: Uint8Array | PrintJob, options: AddOptions): Promise<JobRecord>
  list(filter?: JobFilter): Promise<readonly JobRecord[]>
  /**
   * Puts a job that failed, is uncertain or was cancelled into the queue again.
   * @param marked headed 补打. Default: unless nothing of it was ever sent
   */
  retry(jobId: string, marked?: boolean): Promise<JobRecord>
  cancel(jobId: string): Promise<JobRecord>
  /**
   * Gives a job, or all that wait at a printer, to another printer. One that is named is printed there also where it failed or is
   * uncertain, headed 补打 if a part of it may be on paper.
   */
  reroute(
    what: { readonly jobId: string } | { readonly printer: string },
    to: string,
  ): Promise<number>
  /** Prints what waits, and goes on printing what is added. Called by `openQueue`. */
  wake(): void
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  /** A person has found all of a job that is uncertain on paper: it is done. */
  seen(jobId: string): Promise<JobRecord>
  /** Ends after the jobs that are under way; what waits stays in the journal. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Opens the queue that a journal keeps, and begins to print. Jobs of one printer are printed in the order in which they were added; one
 * that is uncertain is left for a person, and does not hold up the others.
 *
 * @example
 * const queue = openQueue({ journal: await fileJournal('jobs.jsonl') })
 * await queue.add(compile(receipt, { profile }), { jobId: 'order 17', printer: 'tcp://192.168.1.50' })
 */
export function openQueue(options: PrintQueueOptions): PrintQueue {
  readOptions<PrintQueueOptions>('openQueue', options, QUEUE_RULES)
  const { journal } = options
  const open = options.open ?? ((uri: string) => openPrinter(uri, { journal }))
  const ending = new AbortController()
  const workers = new Map<string, Worker>()
  const printers = new Map<string, Printer>()

  const workerAt = (uri: string): Worker => {
    let worker = workers.get(uri)
    if (worker === undefined) {
      const printer = printers.get(uri) ?? open(uri)
      printers.set(uri, printer)
      worker = new Worker(uri, printer, options, ending.signal)
      workers.set(uri, worker)
    }
    return worker
  }

  const wakeAll = async () => {
    const waiting = await journal.list({ states: ['queued', 'started'] })
    for (const uri of new Set(waiting.map(({ printer }) => printer))) workerAt(uri).wake()
  }

  const add: PrintQueue['add'] = async (job, added) => {
    const {
      jobId,
      printer,
      title,
      copies = 1,
    } = readOptions<AddOptions>('queue.add', added, ADD_RULES)
    const known = await journal.get(jobId)
    if (known !== undefined) return known
    const payload = payloadOf(job)
    const event = { type: 'queued', jobId, printer, copies, payload } as const
    const record = await journal.append(title === undefined ? event : { ...event, title })
    if (!ending.signal.aborted) workerAt(printer).wake()
    return record
  }

  const close = async () => {
    ending.abort()
    await Promise.all([...workers.values()].map((worker) => worker.idle()))
  }

  const queue: PrintQueue = {
    add,
    list: (filter) => journal.list(filter),
    async retry(jobId, marked) {
      const record = await retryJob(journal, jobId, marked)
      workerAt(record.printer).wake()
      return record
    },
    cancel: (jobId) => journal.append({ type: 'cancelled', jobId }),
    async reroute(what, to) {
      const { length } = await rerouteJobs(journal, what, to)
      if (length > 0) workerAt(to).wake()
      return length
    },
    seen: (jobId) => journal.append({ type: 'seen', jobId }),
    wake: () => void wakeAll(),
    async idle() {
      for (;;) {
        await Promise.all([...workers.values()].map((worker) => worker.idle()))
        if (ending.signal.aborted) return
        if ((await journal.list({ states: ['queued'] })).length === 0) return
        await wakeAll()
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
  queue.wake()
  return queue
}

/** Prints what waits at one printer, one job after the other. */
class Worker {
  readonly #uri: string
  readonly #printer: Printer
  readonly #options: PrintQueueOptions
  readonly #ending: AbortSignal
  #running: Promise<void> | undefined
  #again = false
  #reclaimed = false

  constructor(uri: string, printer: Printer, options: PrintQueueOptions, ending: AbortSignal) {
    this.#uri = uri
    this.#printer = printer
    this.#options = options
    this.#ending = ending
  }

  wake(): void {
    this.#again = true
    this.#running ??= this.#run()
      .catch((error: unknown) => {
        const { onError } = this.#options
        queueMicrotask(() => {
          if (onError === undefined) throw error
          onError(error)
        })
      })
      .finally(() => {
        this.#running = undefined
      })
  }

  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    const { journal, retryMs = 1000, maxRetryMs = 15_000 } = this.#options
    let waitMs = retryMs
    while (this.#again) {
      this.#again = false
      if (!this.#reclaimed) await this.#reclaim()
      for (;;) {
        if (this.#ending.aborted) return
        const [next] = await journal.list({ states: ['queued'], printer: this.#uri })
        if (next === undefined) break
        if (await this.#print(next)) {
          waitMs = retryMs
          continue
        }
        await pause(waitMs, this.#ending)
        waitMs = Math.min(waitMs * 2, maxRetryMs)
      }
    }
  }

  /** False: the printer is away; try the same job again later. */
  async #print(record: JobRecord): Promise<boolean> {
    const { journal, onOutcome, print } = this.#options
    const { jobId, copies, marked, title } = record
    const payload = await journal.payload(jobId)
    if (payload === undefined) {
      const reason = 'nothing to print was written down'
      await journal.append({ type: 'failed', jobId, reason, printed: 0, sent: 0 })
      return true
    }
    try {
      const options = { ...print, jobId, copies, marked, ...(title === undefined ? {} : { title }) }
      const result = await this.#printer.print(jobOf(payload), options)
      onOutcome?.({ jobId, result })
      return true
    } catch (error) {
      onOutcome?.({ jobId, error })
      if (!(error instanceof PrintError)) throw error
      const now = await journal.get(jobId)
      if (now?.state === 'failed' && now.sent === 0) {
        await journal.append({ type: 'retried', jobId, marked })
      } else if (now?.state !== 'queued') return true
      return !(error instanceof NotStarted)
    }
  }

  async #reclaim(): Promise<void> {
    const { journal, onOutcome } = this.#options
    const left = await journal.list({ states: ['started'], printer: this.#uri })
    if (left.length > 0) {
      for (const { jobId, state } of await this.#printer.interrupted()) {
        if (state !== 'done') onOutcome?.({ jobId, error: await this.#earlier(jobId) })
      }
    }
    this.#reclaimed = true
  }

  /** The error that an earlier process could not tell. */
  async #earlier(jobId: string): Promise<unknown> {
    const payload = await this.#options.journal.payload(jobId)
    const job = payload === undefined ? { bytes: new Uint8Array(0) } : jobOf(payload)
    return this.#printer.print(job, { jobId }).catch((error: unknown) => error)
  }
}

function payloadOf(job: Uint8Array | PrintJob): JobPayload {
  if (isBytes(job)) return { bytes: job.slice() }
  const { bytes, segments } = job
  const heading = job.reprintHeading?.()
  return {
    bytes: bytes.slice(),
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { heading }),
  }
}

function jobOf({ bytes, segments, heading }: JobPayload): PrintJob {
  return {
    bytes,
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { reprintHeading: () => heading }),
  }
}
