/**
 * A virtual printer that nobody can connect to: it polls a server by Star CloudPRNT, fetches its jobs as pictures, and
 * confirms them. Its paper and its faults are those of the virtual printer on any other link.
 */

import type { Profile } from '../../../model/profile.js'
import type { DeviceState } from '../../device-state.js'
import type { Front, FrontHost } from '../front.js'
import type { CloudPrntOptions } from './cloud-options.js'
import { CloudRequests, type PollAnswer } from './cloud-requests.js'
import { pictureJob } from './picture-job.js'
import { type CloudMachine, type PolledJob, PollingPrinter } from './polling-printer.js'

const PNG = 'image/png'
const OK = '200 OK'

export function cloudFront(
  options: CloudPrntOptions,
  host: FrontHost,
  machine: CloudMachine,
): Front {
  const printer = new CloudPrinter(options, host, machine)
  printer.run()
  return printer
}

class CloudPrinter extends PollingPrinter {
  readonly #requests: CloudRequests
  /** Token of a job whose confirmation is sent after the next poll. */
  #late: string | undefined

  constructor(options: CloudPrntOptions, host: FrontHost, machine: CloudMachine) {
    super(options, host, machine)
    this.#requests = new CloudRequests({
      url: options.url,
      mac: options.mac ?? '00:11:62:00:00:01',
    })
  }

  protected abort(): void {
    this.#requests.abort()
  }

  protected async turn(): Promise<void> {
    const { device } = this.machine
    const answer = await this.#requests.poll({
      statusCode: statusCode(device.state),
      printingInProgress: this.job !== undefined,
      jobToken: this.job?.name,
    })
    if (this.#late !== undefined) {
      const token = this.#late
      this.#late = undefined
      await this.#requests.confirm(OK, token, 1)
    }
    const isFree = this.job === undefined && !device.offline && !this.isOff
    if (answer.jobReady && isFree) await this.#fetch(answer)
  }

  /** Fetches a job and prints it. The printer goes on polling while it prints. */
  async #fetch({ mediaTypes, jobToken }: PollAnswer): Promise<void> {
    if (!mediaTypes.includes(PNG)) return this.#requests.confirm('510 Incompatible media', jobToken)
    const png = await this.#download(jobToken)
    if (this.isGone) return
    if (png === undefined) return this.#requests.confirm('520 Download timeout', jobToken)
    const bytes = jobBytes(png, this.machine.profile)
    if (bytes === undefined) return this.#requests.confirm('511 Media decoding error', jobToken)
    const printing = this.#print(this.begin(jobToken, bytes))
    // A job that takes long does not hold up the polls, and a short job does not bring the next poll forward.
    await Promise.race([printing, this.pause(this.pollMs)])
  }

  async #download(token: string | undefined): Promise<Uint8Array | undefined> {
    try {
      const first = await this.#requests.get(PNG, token)
      if (this.faults.delete('download-timeout')) return undefined
      return this.faults.delete('get-again') ? await this.#requests.get(PNG, token) : first
    } catch {
      return undefined
    }
  }

  async #print(job: PolledJob): Promise<void> {
    if ((await this.printed(job)) !== 'printed' || this.faults.delete('lose-delete')) return
    if (this.faults.delete('late-delete')) this.#late = job.name
    else await this.tell((tries) => this.#requests.confirm(OK, job.name, tries))
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
