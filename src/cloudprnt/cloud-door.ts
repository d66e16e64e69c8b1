/** The door for printers that poll by Star CloudPRNT (protocol guide 2.4.0): each printer is an agent inside the hub. */

import type { HubDb } from '../hub/db/open-db.js'
import { isOutage } from '../hub/db/outage.js'
import type { FrontContext, HubParts, InnerLedger, InnerStatus, InnerTaken } from '../hub/parts.js'
import type { Profile } from '../model/profile.js'
import { generic80 } from '../profiles/generic-80.js'
import { profiles } from '../profiles/list.gen.js'
import { bindMac, type CloudPrinter, findCloudPrinter, lastFetched } from './cloud-printers.js'
import { headingOf, pictureOfSlip } from './picture.js'
import {
  type CloudEnd,
  type CloudSlip,
  isGood,
  judgeConfirmation,
  judgePoll,
  type Poll,
  readToken,
  tokenOf,
} from './rules.js'

const PNG = 'image/png'
/** A printer's word is written down so often at most, because each writing is a commit. */
const TOUCH_MS = 15_000
const MOST_KEPT = 100_000

interface Asked {
  readonly context: FrontContext
  readonly printer: CloudPrinter
  /** Of the printer's body; empty unless it polls. */
  readonly body: PollBody
}

interface PollBody extends Partial<Poll> {
  readonly printerMAC?: string | null
}

export class CloudDoor {
  readonly #db: HubDb
  readonly #ledger: InnerLedger
  /** Tokens of slips that are being printed, by printer; a process that begins knows of none, and then doubt is told instead of a part. */
  readonly #printing = new Map<string, string>()
  readonly #told = new Map<string, { readonly at: number; readonly code: string }>()

  constructor({ db, ledger }: HubParts) {
    this.#db = db as HubDb
    this.#ledger = ledger
  }

  /** An address that nobody has is answered like any path that is not there. */
  async answer(
    context: FrontContext,
    work: (asked: Asked) => Promise<Response>,
  ): Promise<Response> {
    try {
      const printer = await findCloudPrinter(this.#db, context.req.param('secret') ?? '')
      if (printer === undefined) return context.body(null, 404)
      const body = context.req.method === 'POST' ? await pollBody(context) : {}
      // A poll may leave out all but its status code, and the secret says who it is.
      const mac = body.printerMAC ?? context.req.query('mac')
      if (mac !== undefined && !(await bindMac(this.#db, printer, mac.toLowerCase()))) {
        return context.body(null, 403)
      }
      return await work({ context, printer, body })
    } catch {
      // The printer asks again; a fault of the database must not look like a job that is not there.
      return context.body(null, 503)
    }
  }

  async poll({ context, printer, body }: Asked): Promise<Response> {
    const { held, next } = printer
    const statusCode = decoded(body.statusCode ?? '200 OK')
    const poll = { statusCode, printingInProgress: body.printingInProgress === true }
    const token = held === undefined ? undefined : tokenOf(held)
    const wasPrinting = token !== undefined && this.#printing.get(printer.printer) === token
    const { end, mayOffer } = judgePoll(held, poll, wasPrinting)
    if (end !== undefined && held !== undefined) await this.#end(printer, held, end)
    this.#remember(printer, poll.printingInProgress ? token : undefined)
    await this.#tellStatus(printer, statusCode)
    const offered = held?.isFetched === false ? held : next
    const answer =
      mayOffer && offered !== undefined
        ? { jobReady: true, mediaTypes: [PNG], jobToken: tokenOf(offered), deleteMethod: 'DELETE' }
        : { jobReady: false }
    return context.json(answer)
  }

  async fetch({ context, printer }: Asked): Promise<Response> {
    if (context.req.query('type') !== PNG) return context.body(null, 415)
    const { held, next } = printer
    const wanted = held ?? next
    const token = context.req.query('token')
    if (wanted === undefined || (token ?? tokenOf(wanted)) !== tokenOf(wanted)) {
      return context.body(null, 404)
    }
    const taken = await this.#ledger.take(printer, printer.printer)
    if (taken === undefined) return context.body(null, 404)
    const slip = { slip: taken.slip, epoch: taken.epoch }
    // Another request was faster, or the one that was offered has expired: what is taken now is offered by its own token.
    if (tokenOf(slip) !== tokenOf(wanted)) return context.body(null, 404)
    const isFetched = held?.isFetched === true
    const png = await this.#picture(printer, taken).catch((error: unknown) => {
      if (isFetched || isOutage(error)) throw error
    })
    if (png === undefined) return this.#giveBack(context, printer, slip)
    if (!isFetched) await this.#ledger.tell(printer, { what: 'started', ...slip })
    return context.body(new Uint8Array(png), 200, {
      'content-type': PNG,
      'cache-control': 'no-store',
    })
  }

  /** A slip of which no picture can be made, unless another request has given it out meanwhile: the others go before it from now on. */
  async #giveBack(
    context: FrontContext,
    printer: CloudPrinter,
    slip: Pick<CloudSlip, 'slip' | 'epoch'>,
  ): Promise<Response> {
    const now = await findCloudPrinter(this.#db, context.req.param('secret') ?? '')
    if (now?.held?.isFetched === false) {
      await this.#end(printer, slip, { outcome: 'not-started', reason: 'unprintable' })
    }
    return context.body(null, 404)
  }

  /** Answered with 200 also for a slip that was closed long ago, because a printer repeats what got no answer. */
  async confirm({ context, printer }: Asked): Promise<Response> {
    const token = context.req.query('token')
    const code = decoded(context.req.query('code') ?? '')
    const slip = token === undefined ? await lastFetched(this.#db, printer) : readToken(token)
    if (slip !== undefined) await this.#end(printer, slip, judgeConfirmation(code))
    return context.body(null, 200)
  }

  async #picture(printer: CloudPrinter, { marked, payload }: InnerTaken): Promise<Uint8Array> {
    const bytes = await this.#ledger.payload(printer, payload.hash)
    const heading = headingOf(marked, payload.heading)
    return pictureOfSlip({ bytes, heading, profile: profileOf(printer) })
  }

  async #end(
    printer: CloudPrinter,
    { slip, epoch }: Pick<CloudSlip, 'slip' | 'epoch'>,
    end: CloudEnd,
  ): Promise<void> {
    await this.#ledger.tell(printer, { what: 'ended', slip, epoch, ...end })
  }

  #remember({ printer }: CloudPrinter, token: string | undefined): void {
    if (token === undefined) this.#printing.delete(printer)
    else this.#printing.set(printer, token)
  }

  async #tellStatus(printer: CloudPrinter, code: string): Promise<void> {
    const before = this.#told.get(printer.printer)
    const now = Date.now()
    if (before?.code === code && now - before.at < TOUCH_MS) return
    if (this.#told.size > MOST_KEPT) this.#told.clear()
    this.#told.set(printer.printer, { at: now, code })
    const status = statusOf(code)
    await this.#ledger.tell(printer, { what: 'printer', printer: printer.printer, status })
  }
}

/** Firmware that sends no JSON still polls. */
async function pollBody(context: FrontContext): Promise<PollBody> {
  const body: unknown = await context.req.json().catch(() => ({}))
  return typeof body === 'object' && body !== null ? (body as PollBody) : {}
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function profileOf({ profile }: CloudPrinter): Profile {
  return profiles.find(({ id }) => id === profile) ?? generic80
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
