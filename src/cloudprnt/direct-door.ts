/** The door for printers that poll by Epson Server Direct Print: an agent inside the hub represents each printer. */

import type { FrontContext, HubParts, InnerStatus } from '../hub/parts.js'
import type { CloudPrinter } from './cloud-printers.js'
import {
  type DirectResult,
  isTroubled,
  judgeAsk,
  judgeResult,
  printJobIdOf,
  readPrintJobId,
  statusOfBits,
} from './direct-rules.js'
import { jobXml, readResults, readStatus } from './direct-xml.js'
import { type Asked, type BodyReader, PollingDoor } from './polling-door.js'

type Form = Readonly<Record<string, string>>

/** How long a printer gets no slip after a job that failed, or after a status that shows trouble. */
const TROUBLE_MS = 30_000
const MOST_KEPT = 100_000
const XML = { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' }

const READER: BodyReader<Form> = {
  read: async (context) => Object.fromEntries(new URLSearchParams(await context.req.text())),
  // ID and name are set by hand in the printer, and may be empty.
  nameOf: ({ ID: id = '', Name: name = '' }) =>
    `${id}${name}` === '' ? undefined : `${id}/${name}`,
}

export class DirectDoor {
  readonly #door: PollingDoor
  /** The time until which a printer gets no slips, by printer. */
  readonly #troubled = new Map<string, number>()

  constructor(parts: HubParts) {
    this.#door = new PollingDoor(parts)
  }

  /** Answers any request of a printer. */
  answer(context: FrontContext): Promise<Response> {
    return this.#door.answer(context, READER, (asked) => this.#answer(asked))
  }

  /** An unknown kind of request is answered with 200 too, because a printer repeats a request until it is accepted. */
  async #answer(asked: Asked<Form>): Promise<Response> {
    const { context, printer, body } = asked
    const { ConnectionType: kind, ResponseFile: results = '', Status: status = '' } = body
    if (kind === 'GetRequest') return this.#ask(asked)
    if (kind === 'SetResponse') {
      for (const result of readResults(results)) await this.#end(printer, result)
    }
    if (kind === 'SetStatus') await this.#tellStatus(printer, readStatus(status))
    return context.body(null, 200)
  }

  async #ask(asked: Asked<Form>): Promise<Response> {
    const { context, printer } = asked
    const { held, next } = printer
    const end = judgeAsk(held)
    if (end !== undefined && held !== undefined) await this.#door.ended(printer, held, end)
    const isFree = (this.#troubled.get(printer.printer) ?? 0) <= Date.now()
    const waits = held?.isFetched === false || next !== undefined
    const xml = isFree && waits ? await this.#job(asked) : undefined
    return context.body(xml ?? '', 200, XML)
  }

  /** Makes the XML of the next job; undefined if no slip waits, or if another request of the printer was faster. */
  async #job(asked: Asked<Form>): Promise<string | undefined> {
    const { printer } = asked
    const taken = await this.#door.take(printer)
    if (taken === undefined) return undefined
    const { held } = printer
    // The slip was taken by another request of the printer after this one had come, and that request hands it out.
    if (taken.again && held?.slip !== taken.slip) return undefined
    const paper = await this.#door.paper(asked, taken)
    if (paper === undefined) return undefined
    const xml = jobXml(printJobIdOf(taken), paper.bitmap)
    await this.#door.started(printer, taken)
    if (xml === undefined) {
      await this.#door.ended(printer, taken, { outcome: 'uncertain', reason: 'job-too-large' })
    }
    return xml
  }

  async #end(printer: CloudPrinter, result: DirectResult): Promise<void> {
    const { printJobId, status, success } = result
    const slip =
      printJobId === undefined ? await this.#door.last(printer) : readPrintJobId(printJobId)
    if (slip !== undefined) await this.#door.ended(printer, slip, judgeResult(result))
    await this.#tellStatus(printer, status)
    if (!success) this.#block(printer)
  }

  async #tellStatus(printer: CloudPrinter, bits: number | undefined): Promise<void> {
    if (bits === undefined) return
    const status: InnerStatus = statusOfBits(bits)
    if (isTroubled(status)) this.#block(printer)
    else this.#troubled.delete(printer.printer)
    await this.#door.tellStatus(printer, String(bits), status)
  }

  #block({ printer }: CloudPrinter): void {
    if (this.#troubled.size > MOST_KEPT) this.#troubled.clear()
    this.#troubled.set(printer, Date.now() + TROUBLE_MS)
  }
}
