/** The jobs of a virtual printer: the bytes that each connection sent, and those of them that were executed. */

import type { Profile } from '../../model/profile.js'
import type { VirtualJob } from './job-views.js'
import { ReceivedJob } from './virtual-job.js'

export interface JobListOptions {
  readonly profile: Profile
  readonly keepJobs?: number
}

export class JobList {
  /** Jobs that have ended and printed, oldest first. */
  readonly printed: VirtualJob[] = []
  readonly #options: JobListOptions
  readonly #onPrinted: (job: VirtualJob) => void
  readonly #waiting: ((job: VirtualJob) => void)[] = []
  readonly #all: ReceivedJob[] = []

  constructor(options: JobListOptions, onPrinted: (job: VirtualJob) => void) {
    this.#options = options
    this.#onPrinted = onPrinted
  }

  /** Resolves with the next job that ends after the call. */
  next(): Promise<VirtualJob> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Begins a job. @param offset of the job's first byte in all bytes that the device receives */
  begin(offset: number): void {
    this.#all.push(new ReceivedJob(this.#options.profile, offset))
    this.#forget(this.#all)
  }

  received(bytes: Uint8Array): void {
    this.#all.at(-1)?.addReceived(bytes)
  }

  executed(offset: number, bytes: Uint8Array): void {
    this.#all.findLast((job) => job.start <= offset)?.addExecuted(bytes)
  }

  end(connection: 'ended' | 'broken'): void {
    const job = this.#all.at(-1)
    if (job === undefined || job.connection !== 'open') return
    job.connection = connection
    if (!job.prints) return
    this.printed.push(job)
    this.#forget(this.printed)
    this.#onPrinted(job)
    for (const resolve of this.#waiting.splice(0)) resolve(job)
  }

  #forget(jobs: unknown[]): void {
    const { keepJobs } = this.#options
    if (keepJobs !== undefined && jobs.length > keepJobs) jobs.shift()
  }
}
