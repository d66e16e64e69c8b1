/** A queue that outlives the process: jobs are taken while a printer is away, and printed in order when it is back. */

import { rerouteJobs, retryJob } from '../journal/decisions.js'
import type { JobFilter, JobRecord } from '../journal/types.js'
import { deviceKeyOf } from '../model/device-key.js'
import { readOptions } from '../model/options.js'
import type { PrintJob } from '../model/print-job.js'
import { openJobPrinter } from './job-printer.js'
import { ADD_RULES, QUEUE_RULES } from './option-rules.js'
import type { PrintQueueOptions, QueueOutcome } from './queue-options.js'
import { QueueWorker } from './queue-worker.js'
import { type AddOptions, checkAddress, takeJob } from './take-job.js'
import type { JobPrinter } from './types.js'

export type { PrintQueueOptions, QueueOutcome }

export interface PrintQueue {
  /**
   * Takes a job, which is written to the journal when the promise resolves. A job id that is known already is not taken again.
   * @throws OptionError; TransportError `URI_UNSUPPORTED`, `URI_INVALID` for an address without a printer; JournalError
   */
  add(job: Uint8Array | PrintJob, options: AddOptions): Promise<JobRecord>
  list(filter?: JobFilter): Promise<readonly JobRecord[]>
  /**
   * Puts a job that failed, is uncertain or was cancelled into the queue again.
   * @param marked whether to head it 补打. Default: true unless no byte of it was ever sent
   */
  retry(jobId: string, marked?: boolean): Promise<JobRecord>
  cancel(jobId: string): Promise<JobRecord>
  /**
   * Moves a job, or all jobs that wait at a printer, to another printer. A job given by its id is moved even if it failed or is uncertain,
   * and headed 补打 if a part of it may be on paper.
   * @returns the number of jobs moved; 0 if none was waiting
   */
  reroute(
    what: { readonly jobId: string } | { readonly printer: string },
    to: string,
  ): Promise<number>
  /** Starts printing the jobs that wait, and those added later. Called by `openQueue`. */
  wake(): void
  /** Resolves when no job waits. */
  idle(): Promise<void>
  /** Marks an uncertain job as done, because a person has seen all of it on paper. */
  seen(jobId: string): Promise<JobRecord>
  /** Finishes the jobs that are under way, then stops. Jobs that wait stay in the journal. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Opens the queue that a journal keeps, and begins to print. Jobs of one printer are printed in the order in which they were added. An
 * uncertain job is left for a person to decide, and does not hold up the others.
 *
 * @example
 * const journal = await fileJournal('jobs.jsonl')
 * await using queue = openQueue({ journal })
 * const job = { jobId: 'order 17', printer: 'tcp://192.168.1.50' }
 * const { state } = await queue.add(compile(receipt, { profile }), job)
 * state // 'queued'
 */
export function openQueue(options: PrintQueueOptions): PrintQueue {
  readOptions<PrintQueueOptions>('openQueue', options, QUEUE_RULES)
  const { journal } = options
  const ending = new AbortController()
  const workers = new Map<string, QueueWorker>()
  const printers = new Map<string, JobPrinter>()

  const printerAt = (uri: string): JobPrinter => {
    const printer =
      printers.get(uri) ??
      (options.open === undefined ? openJobPrinter(uri, { journal }) : options.open(uri))
    printers.set(uri, printer)
    return printer
  }

  const onFailure = (error: unknown) => {
    ending.abort()
    const { onError } = options
    queueMicrotask(() => {
      if (onError === undefined) throw error
      onError(error)
    })
  }

  /** Returns the worker of a printer. Different spellings of one address get the same worker. */
  const workerAt = (uri: string): QueueWorker => {
    const key = deviceKeyOf(uri)
    const known = workers.get(key)
    if (known !== undefined) return known
    const worker = new QueueWorker(uri, { options, printerAt, ending: ending.signal, onFailure })
    workers.set(key, worker)
    return worker
  }

  const check = (uri: string) => checkAddress(uri, { isOwn: options.open !== undefined })

  const wakeAll = async () => {
    const waiting = await journal.list({ states: ['queued', 'started'] })
    for (const { printer } of waiting) workerAt(printer).wake()
  }

  const close = async () => {
    ending.abort()
    await Promise.all([...workers.values()].map((worker) => worker.idle()))
  }

  const queue: PrintQueue = {
    async add(job, added) {
      const taken = readOptions<AddOptions>('queue.add', added, ADD_RULES)
      check(taken.printer)
      const record = await takeJob(journal, job, taken)
      if (record.state === 'queued' && !ending.signal.aborted) workerAt(record.printer).wake()
      return record
    },
    list: (filter) => journal.list(filter),
    async retry(jobId, marked) {
      const record = await retryJob(journal, jobId, marked)
      workerAt(record.printer).wake()
      return record
    },
    cancel: (jobId) => journal.append({ type: 'cancelled', jobId }),
    async reroute(what, to) {
      check(to)
      const { length } = await rerouteJobs(journal, what, to)
      if (length > 0) workerAt(to).wake()
      return length
    },
    seen: (jobId) => journal.append({ type: 'seen', jobId }),
    wake: () => void wakeAll().catch(onFailure),
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
