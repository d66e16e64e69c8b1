/**
 * A virtual printer that polls a server by Epson Server Direct Print: it gets a picture with the answer, prints it, and sends the
 * result before it asks again. Its faults have the names of those of CloudPRNT: `get-again` and `download-timeout` lose the answer,
 * `lose-delete` loses the result, and `late-delete` sends the result after the next question.
 */

import type { Profile } from '../../../model/profile.js'
import type { DeviceState } from '../../device-state.js'
import type { Front, FrontHost } from '../front.js'
import type { DirectPrintOptions } from './cloud-options.js'
import { bitmapJob } from './picture-job.js'
import { type CloudMachine, type PolledJob, PollingPrinter } from './polling-printer.js'

/** Time after which a printer gives up a request. */
const ANSWER_MS = 15_000
/** The status bit of a printer that has printed everything and has no error. */
const DONE = 0x0000_0002

export function directFront(
  options: DirectPrintOptions,
  host: FrontHost,
  machine: CloudMachine,
): Front {
  const printer = new DirectPrinter(options, host, machine)
  printer.run()
  return printer
}

interface Asked {
  readonly name: string | undefined
  /** Commands of the job; undefined if the answer cannot be read. */
  readonly bytes: Uint8Array | undefined
}

class DirectPrinter extends PollingPrinter {
  readonly #id: string
  #ending = new AbortController()
  /** A result that is sent after the next question. */
  #late: string | undefined
  /** Status bits that the server knows, because the printer reports each change of them. */
  #toldBits = DONE

  constructor(options: DirectPrintOptions, host: FrontHost, machine: CloudMachine) {
    super(options, host, machine)
    this.#id = options.id ?? 'xiaopiao'
  }

  protected abort(): void {
    this.#ending.abort()
    this.#ending = new AbortController()
  }

  protected async turn(): Promise<void> {
    const { offline, state } = this.machine.device
    const bits = bitsOf(offline ? codeOf(state) : '')
    if (bits !== this.#toldBits)
      await this.#post({ ConnectionType: 'SetStatus', Status: statusXml(bits) })
    this.#toldBits = bits
    if (offline) return
    const answer = await this.#post({ ConnectionType: 'GetRequest' })
    if (this.#late !== undefined) {
      const result = this.#late
      this.#late = undefined
      await this.#post(result)
    }
    const isLost = this.faults.delete('get-again') || this.faults.delete('download-timeout')
    const asked = isLost ? undefined : readJob(answer, this.machine.profile)
    if (asked === undefined || this.isGone) return
    if (asked.bytes === undefined) return this.#tell(asked.name, 'SchemaError')
    await this.#print(this.begin(asked.name, asked.bytes))
  }

  async #print(job: PolledJob): Promise<void> {
    const end = await this.printed(job)
    if (end === 'gone' || this.faults.delete('lose-delete')) return
    const code = end === 'printed' ? '' : codeOf(this.machine.device.state)
    // The result tells the server the status, so only a status that differs from it is reported as a change.
    this.#toldBits = bitsOf(code)
    if (this.faults.delete('late-delete')) this.#late = resultXml(job.name, code)
    else await this.#tell(job.name, code)
  }

  #tell(name: string | undefined, code: string): Promise<void> {
    return this.tell(async () => void (await this.#post(resultXml(name, code))))
  }

  /** @param what fields, or the text of `ResponseFile` */
  async #post(what: string | Readonly<Record<string, string>>): Promise<string> {
    const fields =
      typeof what === 'string' ? { ConnectionType: 'SetResponse', ResponseFile: what } : what
    const limit = AbortSignal.timeout(ANSWER_MS)
    const response = await fetch(this.uri, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, ID: this.#id, Name: '' }),
      signal: AbortSignal.any([limit, this.#ending.signal]),
    })
    if (!response.ok) throw new Error(`the server answers with ${response.status}`)
    return response.text()
  }
}

/** Reads the job in an answer; undefined if it brings none. A job inside another element is dropped, as real firmware does. */
function readJob(xml: string, profile: Profile): Asked | undefined {
  if (!/^\s*(?:<\?xml[^>]*>\s*)?<PrintRequestInfo\b/.test(xml)) return undefined
  const name = /<printjobid>([\w.-]{1,30})<\/printjobid>/.exec(xml)?.[1]
  const image = /<image width="(\d+)" height="(\d+)"[^>]*>([\w+/=]+)<\/image>/.exec(xml)
  const [, width, height, dots = ''] = image ?? []
  const [widthDots, heightDots] = [Number(width), Number(height)]
  const data = new Uint8Array(Buffer.from(dots, 'base64'))
  const isWhole = image !== null && data.length === ((widthDots + 7) >> 3) * heightDots
  const bytes = isWhole ? bitmapJob({ widthDots, heightDots, data }, profile) : undefined
  return { name, bytes }
}

function codeOf({ cover, paper }: DeviceState): string {
  if (cover === 'open') return 'EPTR_COVER_OPEN'
  return paper === 'end' ? 'EPTR_REC_EMPTY' : 'EPTR_MECHANICAL'
}

/** @param code empty if the job was printed */
function resultXml(name: string | undefined, code: string): string {
  const id = name === undefined ? '' : `<printjobid>${name}</printjobid>`
  const isDone = code === ''
  return [
    '<?xml version="1.0" encoding="UTF-8"?><PrintResponseInfo Version="2.00"><ePOSPrint>',
    `<Parameter><devid>local_printer</devid>${id}</Parameter><PrintResponse>`,
    '<response xmlns="http://www.epson-pos.com/schemas/2011/03/epos-print"',
    ` success="${isDone}" code="${code}" status="${bitsOf(code)}" battery="0"/>`,
    '</PrintResponse></ePOSPrint></PrintResponseInfo>',
  ].join('')
}

function statusXml(bits: number): string {
  const hex = bits.toString(16).padStart(8, '0')
  return `<?xml version="1.0"?><statusmonitor Version="1.00"><printerstatus devicename="local_printer" asbstatus="0x${hex}"/></statusmonitor>`
}

/** The status bits of the manual of ePOS-Print XML: printing is done, or the reason why the printer cannot print. */
function bitsOf(code: string): number {
  if (code === '') return DONE
  if (code === 'EPTR_COVER_OPEN') return 0x0000_0028
  return code === 'EPTR_REC_EMPTY' ? 0x0008_0008 : 0x0000_0408
}
