/** The common part of virtual printers that poll: no host can connect to them, so they ask a server, print what they get, and tell of it. */

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
  /** By which the server knows it. */
  readonly name: string | undefined
  /** Cuts that the device had made before; each job ends with one. */
  readonly cutsBefore: number
  /** Not yet taken by the device. */
  waiting: Uint8Array
}

/** DLE DC4 fn 8: a job that stopped is given up, and its rest never comes out. */
const CLEAR = encodeCommand({
  kind: 'realtimeClear',
  data: Uint8Array.of(1, 3, 20, 1, 6, 2, 8),
})
/** Between two looks at whether the paper has come out. */
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

  /** Asks once, and does what follows from the answer. */
  protected abstract turn(): Promise<void>

  /** Breaks the connection of whatever is under way. */
  protected abstract abort(): void

  run(): void {
    this.#running = this.#poll()
  }

  misbehave(fault: CloudFault): void {
    this.faults.add(fault)
  }

  /** It says nothing by this link: a job is answered by its confirmation. */
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

  /** Waits for the paper. A job that stops in the middle is given up; one that lost its power is gone. */
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

  /** Tells the server what became of a job; what got no answer is told again. */
  protected async tell(send: (tries: number) => Promise<void>): Promise<void> {
    for (let tries = 0; tries < CONFIRM_TRIES && !this.isGone; tries++) {
      try {
        return await send(tries)
      } catch {
        await this.pause(this.pollMs)
      }
    }
  }

  /** Over at once if the printer is switched on or closed. */
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
      // A server that is away is asked again at the next poll.
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
