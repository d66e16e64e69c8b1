/**
 * A virtual printer that nobody can connect to: it polls a server by Star CloudPRNT, fetches its jobs as pictures, and
 * confirms them. Its paper and its faults are those of the virtual printer on any other link.
 */

import { encodeCommand } from '../../../encoders/escpos/codec.js'
import type { Profile } from '../../../model/profile.js'
import type { VirtualDevice } from '../../device.js'
import type { DeviceState } from '../../device-state.js'
import type { CloudFault, Front, FrontHost, LinkBreak } from '../front.js'
import type { CloudPrntOptions } from './cloud-options.js'
import { CloudRequests, type PollAnswer } from './cloud-requests.js'
import { pictureJob } from './picture-job.js'

interface CloudMachine {
  readonly device: VirtualDevice
  readonly profile: Profile
}

interface Job {
  readonly token: string | undefined
  /** Cuts that the device had made before; each job ends with one. */
  readonly cutsBefore: number
  /** Not yet taken by the device. */
  waiting: Uint8Array
}

const PNG = 'image/png'
const OK = '200 OK'
/** DLE DC4 fn 8: a job that stopped is given up, and its rest never comes out. */
const CLEAR = encodeCommand({
  kind: 'realtimeClear',
  data: Uint8Array.of(1, 3, 20, 1, 6, 2, 8),
})
/** Between two looks at whether the paper has come out. */
const LOOK_MS = 10
/** How often a confirmation that got no answer is sent again. */
const CONFIRM_TRIES = 3

export function cloudFront(
  options: CloudPrntOptions,
  host: FrontHost,
  machine: CloudMachine,
): Front {
  const printer = new CloudPrinter(options, host, machine)
  printer.run()
  return printer
}

class CloudPrinter implements Front {
  readonly uri: string
  connections = 0
  readonly #pollMs: number
  readonly #host: FrontHost
  readonly #machine: CloudMachine
  readonly #requests: CloudRequests
  readonly #faults = new Set<CloudFault>()
  #job: Job | undefined
  /** A confirmation that is sent after the next poll. */
  #late: string | undefined
  #isHeld = false
  #isOff = false
  #isClosed = false
  #running: Promise<void> = Promise.resolve()
  readonly #pauses = new Set<() => void>()

  constructor(options: CloudPrntOptions, host: FrontHost, machine: CloudMachine) {
    this.uri = options.url
    this.#pollMs = options.pollMs ?? 5000
    this.#host = host
    this.#machine = machine
    this.#requests = new CloudRequests({
      url: options.url,
      mac: options.mac ?? '00:11:62:00:00:01',
    })
  }

  run(): void {
    this.#running = this.#poll()
  }

  misbehave(fault: CloudFault): void {
    this.#faults.add(fault)
  }

  /** It says nothing by this link: a job is answered by its confirmation. */
  say(): boolean {
    return true
  }

  more(): void {
    const job = this.#job
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
    this.#requests.abort()
    if (how === 'powerCut') this.#forget()
  }

  async switchOff(): Promise<void> {
    this.#isOff = true
    this.#requests.abort()
    this.#forget()
  }

  async switchOn(): Promise<void> {
    this.#isOff = false
    this.#wake()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#requests.abort()
    this.#wake()
    await this.#running
    this.#forget()
  }

  async #poll(): Promise<void> {
    while (!this.#isClosed) {
      // A server that is away is asked again at the next poll.
      if (!this.#isOff) await this.#turn().catch(() => {})
      if (!this.#isClosed) await this.#pause(this.#pollMs)
    }
  }

  async #turn(): Promise<void> {
    const { device } = this.#machine
    const answer = await this.#requests.poll({
      statusCode: statusCode(device.state),
      printingInProgress: this.#job !== undefined,
      jobToken: this.#job?.token,
    })
    if (this.#late !== undefined) {
      const token = this.#late
      this.#late = undefined
      await this.#requests.confirm(OK, token, 1)
    }
    const isFree = this.#job === undefined && !device.offline && !this.#isOff
    if (answer.jobReady && isFree) await this.#fetch(answer)
  }

  /** One that is printing polls on meanwhile. */
  async #fetch({ mediaTypes, jobToken }: PollAnswer): Promise<void> {
    if (!mediaTypes.includes(PNG)) return this.#requests.confirm('510 Incompatible media', jobToken)
    const png = await this.#download(jobToken)
    if (this.#isOff || this.#isClosed) return
    if (png === undefined) return this.#requests.confirm('520 Download timeout', jobToken)
    const bytes = jobBytes(png, this.#machine.profile)
    if (bytes === undefined) return this.#requests.confirm('511 Media decoding error', jobToken)
    this.connections++
    this.#job = { token: jobToken, cutsBefore: this.#machine.device.cuts, waiting: bytes }
    this.#host.begun?.()
    this.more()
    const printing = this.#print(this.#job)
    // The next poll is not earlier because the job is short.
    await Promise.race([printing, this.#pause(this.#pollMs)])
  }

  async #download(token: string | undefined): Promise<Uint8Array | undefined> {
    try {
      const first = await this.#requests.get(PNG, token)
      if (this.#faults.delete('download-timeout')) return undefined
      return this.#faults.delete('get-again') ? await this.#requests.get(PNG, token) : first
    } catch {
      return undefined
    }
  }

  /** Waits for the paper. A job that stops in the middle is given up. */
  async #print(job: Job): Promise<void> {
    const { device } = this.#machine
    while (this.#job === job && device.cuts === job.cutsBefore && !device.offline) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    if (this.#job !== job) return
    if (device.cuts === job.cutsBefore) {
      job.waiting = new Uint8Array(0)
      this.#host.take(CLEAR)
      return this.#forget()
    }
    this.#host.ended?.()
    this.#forget()
    await this.#confirm(job.token)
  }

  async #confirm(token: string | undefined): Promise<void> {
    if (this.#faults.delete('lose-delete')) return
    if (this.#faults.delete('late-delete')) {
      this.#late = token
      return
    }
    for (let tries = 0; tries < CONFIRM_TRIES && !this.#isOff && !this.#isClosed; tries++) {
      try {
        return await this.#requests.confirm(OK, token, tries)
      } catch {
        await this.#pause(this.#pollMs)
      }
    }
  }

  #forget(): void {
    if (this.#job === undefined) return
    this.#job = undefined
    this.#host.closed?.()
  }

  /** Over at once if the printer is switched on or closed. */
  #pause(ms: number): Promise<void> {
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

  #wake(): void {
    for (const end of [...this.#pauses]) end()
  }
}

function jobBytes(png: Uint8Array, profile: Profile): Uint8Array | undefined {
  try {
    return pictureJob(png, profile)
  } catch {
    return undefined
  }
}

function statusCode({ cover, paper, error }: DeviceState): string {
  if (cover === 'open') return '420 Cover open'
  if (paper === 'end') return '410 Out of paper'
  if (error !== 'none') return '400 Printer error'
  return paper === 'near-end' ? '211 Paper low' : OK
}
