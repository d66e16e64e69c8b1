/** The door for printers that poll by Star CloudPRNT (protocol guide 2.4.0): an agent inside the hub represents each printer. */

import type { FrontContext, HubParts, InnerStatus } from '../hub/parts.js'
import { paperToPng } from '../paper/views/paper-png.js'
import type { CloudPrinter } from './cloud-printers.js'
import { type Asked, type BodyReader, decoded, PollingDoor } from './polling-door.js'
import { isGood, judgeConfirmation, judgePoll, type Poll, readToken, tokenOf } from './rules.js'

const PNG = 'image/png'

/** The JSON of a poll; empty for other requests. */
interface PollBody extends Partial<Poll> {
  readonly printerMAC?: string | null
}

const READER: BodyReader<PollBody> = {
  read: async (context) => (context.req.method === 'POST' ? pollBody(context) : {}),
  // A poll may leave out all but its status code. The secret in the path identifies the printer then.
  nameOf: (body, context) => body.printerMAC ?? context.req.query('mac'),
}

export class CloudDoor {
  readonly #door: PollingDoor
  /** Tokens of slips that are being printed, by printer. A process that has just started knows none, and reports `uncertain` instead of `partial`. */
  readonly #printing = new Map<string, string>()

  constructor(parts: HubParts) {
    this.#door = new PollingDoor(parts)
  }

  answer(
    context: FrontContext,
    work: (asked: Asked<PollBody>) => Promise<Response>,
  ): Promise<Response> {
    return this.#door.answer(context, READER, work)
  }

  async poll({ context, printer, body }: Asked<PollBody>): Promise<Response> {
    const { held, next } = printer
    const statusCode = decoded(body.statusCode ?? '200 OK')
    const poll = { statusCode, printingInProgress: body.printingInProgress === true }
    const token = held === undefined ? undefined : tokenOf(held)
    const wasPrinting = token !== undefined && this.#printing.get(printer.printer) === token
    const { end, mayOffer } = judgePoll(held, poll, wasPrinting)
    if (end !== undefined && held !== undefined) await this.#door.ended(printer, held, end)
    this.#remember(printer, poll.printingInProgress ? token : undefined)
    await this.#door.tellStatus(printer, statusCode, statusOf(statusCode))
    const offered = held?.isFetched === false ? held : next
    const answer =
      mayOffer && offered !== undefined
        ? { jobReady: true, mediaTypes: [PNG], jobToken: tokenOf(offered), deleteMethod: 'DELETE' }
        : { jobReady: false }
    return context.json(answer)
  }

  async fetch(asked: Asked<PollBody>): Promise<Response> {
    const { context, printer } = asked
    if (context.req.query('type') !== PNG) return context.body(null, 415)
    const { held, next } = printer
    const wanted = held ?? next
    const token = context.req.query('token')
    if (wanted === undefined || (token ?? tokenOf(wanted)) !== tokenOf(wanted)) {
      return context.body(null, 404)
    }
    const taken = await this.#door.take(printer)
    if (taken === undefined) return context.body(null, 404)
    // Another request was faster, or the offered slip has expired. The slip that was taken instead is offered with its own token later.
    if (tokenOf(taken) !== tokenOf(wanted)) return context.body(null, 404)
    const paper = await this.#door.paper(asked, taken)
    if (paper === undefined) return context.body(null, 404)
    if (held?.isFetched !== true) await this.#door.started(printer, taken)
    return context.body(new Uint8Array(paperToPng(paper)), 200, {
      'content-type': PNG,
      'cache-control': 'no-store',
    })
  }

  /** Ends a slip. The answer is 200 even if the slip was closed long ago, because a printer repeats a request that got no answer. */
  async confirm({ context, printer }: Asked<PollBody>): Promise<Response> {
    const token = context.req.query('token')
    const code = decoded(context.req.query('code') ?? '')
    const slip = token === undefined ? await this.#door.last(printer) : readToken(token)
    if (slip !== undefined) await this.#door.ended(printer, slip, judgeConfirmation(code))
    return context.body(null, 200)
  }

  #remember({ printer }: CloudPrinter, token: string | undefined): void {
    if (token === undefined) this.#printing.delete(printer)
    else this.#printing.set(printer, token)
  }
}

/** Reads the JSON of a poll; empty if there is none, because some firmware polls without JSON. */
async function pollBody(context: FrontContext): Promise<PollBody> {
  const body: unknown = await context.req.json().catch(() => ({}))
  return typeof body === 'object' && body !== null ? (body as PollBody) : {}
}

function statusOf(code: string): InnerStatus {
  const paper = code.startsWith('410') ? 'end' : code.startsWith('21') ? 'near-end' : 'ok'
  return {
    online: isGood(code),
    paper,
    cover: code.startsWith('42') ? 'open' : 'closed',
    error: isGood(code) || /^4[12]/.test(code) ? 'none' : 'other',
  }
}
