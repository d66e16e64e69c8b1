/** The common part of virtual printers that poll: they ask a server for jobs, print them, and report the results. */

import { encodeCommand } from '../../../encoders/escpos/codec.js'
import type { Profile } from '../../../model/profile.js'
import type { VirtualDevice } from '../../device.js'
import type { CloudFault, Front, FrontHost, LinkBreak } from '../front.js'

export interface CloudMachine {
  readonly device: VirtualDevice
  readonly profile: Profile
}

/** A job that is being printed. */
export interface PolledJob {
  /** Name by which the server knows the job. */
  readonly name: string | undefined
  /** Number of cuts that the device had made before the job, which is finished by one more cut. */
  readonly cutsBefore: number
  /** Bytes that the device has not taken yet. */
  waiting: Uint8Array
}

/** DLE DC4 fn 8: a job that stopped is given up, and its rest never comes out. */
const CLEAR = encodeCommand({
  kind: 'realtimeClear',
  data: Uint8Array.of(1, 3, 20, 1, 6, 2, 8),
})
/** Interval at which the printer checks whether the paper has come out. */
const LOOK_MS = 10
/** How often a confirmation that got no answer is sent again. */
const CONFIRM_TRIES = 3
const POLL_MS = 5000

export abstract class PollingPrinter implements Front {
  readonly uri: string
  connections = 0
  protected readonly pollMs: number
  protected readonly machine: CloudMachine
  protected readonly faults = new Set<CloudFault>()
  protected job: PolledJob | undefined
  protected isOff = false
  protected isClosed = false
  readonly #host: FrontHost
  #isHeld = false
  #running: Promise<void> = Promise.resolve()
  readonly #pauses = new Set<() => void>()

  constructor(
    { url, pollMs = POLL_MS }: { readonly url: string; readonly pollMs?: number },
    host: FrontHost,
    machine: CloudMachine,
  ) {
    this.uri = url
    this.pollMs = pollMs
    this.#host = host
    this.machine = machine
  }

  /** Polls the server once and acts on its answer. */
  protected abstract turn(): Promise<void>

  /** Aborts running requests. */
  protected abstract abort(): void

  run(): void {
    this.#running = this.#poll()
  }

  misbehave(fault: CloudFault): void {
    this.faults.add(fault)
  }

  /** Drops the device's answers, because this link does not carry them: a job is answered by its confirmation. */
  say(): boolean {
    return true
  }

  more(): void {
    const { job } = this
    while (job !== undefined && !this.#isHeld && job.waiting.length > 0) {
      const count = this.#host.take(job.waiting)
      job.waiting = job.waiting.subarray(count)
      if (count === 0) return
    }
  }

  hold(held: boolean): void {
    this.#isHeld = held
    this.more()
  }

  breakLink(how: LinkBreak): void {
    this.abort()
    if (how === 'powerCut') this.#forget()
  }

  async switchOff(): Promise<void> {
    this.isOff = true
    this.abort()
    this.#forget()
  }

  async switchOn(): Promise<void> {
    this.isOff = false
    this.#wake()
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.abort()
    this.#wake()
    await this.#running
    this.#forget()
  }

  protected get isGone(): boolean {
    return this.isOff || this.isClosed
  }

  protected begin(name: string | undefined, bytes: Uint8Array): PolledJob {
    this.connections++
    const job = { name, cutsBefore: this.machine.device.cuts, waiting: bytes }
    this.job = job
    this.#host.begun?.()
    this.more()
    return job
  }

  /** Waits until the paper has come out. A job that stops in the middle is given up; a job that a power cut ended is gone. */
  protected async printed(job: PolledJob): Promise<'printed' | 'stopped' | 'gone'> {
    const { device } = this.machine
    while (this.job === job && device.cuts === job.cutsBefore && !device.offline) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    if (this.job !== job) return 'gone'
    const hasStopped = device.cuts === job.cutsBefore
    if (hasStopped) {
      job.waiting = new Uint8Array(0)
      this.#host.take(CLEAR)
    } else this.#host.ended?.()
    this.#forget()
    return hasStopped ? 'stopped' : 'printed'
  }

  /** Sends the server the result of a job, several times if no answer comes. */
  protected async tell(send: (tries: number) => Promise<void>): Promise<void> {
    for (let tries = 0; tries < CONFIRM_TRIES && !this.isGone; tries++) {
      try {
        return await send(tries)
      } catch {
        await this.pause(this.pollMs)
      }
    }
  }

  /** Waits `ms` milliseconds, but ends at once if the printer is switched on or closed. */
  protected pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#pauses.delete(end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.#pauses.add(end)
    })
  }

  async #poll(): Promise<void> {
    while (!this.isClosed) {
      // A poll that fails is not repeated, because the next poll comes anyway.
      if (!this.isOff) await this.turn().catch(() => {})
      if (!this.isClosed) await this.pause(this.pollMs)
    }
  }

  #forget(): void {
    if (this.job === undefined) return
    this.job = undefined
    this.#host.closed?.()
  }

  #wake(): void {
    for (const end of [...this.#pauses]) end()
  }
}
