/** What all printers that poll have in common, whatever they speak: whose address it is, their slips, their paper and their word. */

import { printBytes } from '../emulator/virtual-printer.js'
import type { HubDb } from '../hub/db/open-db.js'
import { isOutage } from '../hub/db/outage.js'
import type { FrontContext, HubParts, InnerLedger, InnerStatus, InnerTaken } from '../hub/parts.js'
import { joinBytes } from '../model/join-bytes.js'
import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { generic80 } from '../profiles/generic-80.js'
import { profiles } from '../profiles/list.gen.js'
import { bindMac, type CloudPrinter, findCloudPrinter, lastFetched } from './cloud-printers.js'
import type { CloudEnd, CloudSlip } from './rules.js'

/** A request of a printer. */
export interface Asked<B> {
  readonly context: FrontContext
  readonly printer: CloudPrinter
  readonly body: B
}

type SlipName = Pick<CloudSlip, 'slip' | 'epoch'>

/** A printer's word is written down so often at most, because each writing is a commit. */
const TOUCH_MS = 15_000
const MOST_KEPT = 100_000
/** Letters that every printer has, for slips that bring no heading. */
const PLAIN_HEADING = new TextEncoder().encode('\n*** REPRINT ***\n\n')

export class PollingDoor {
  readonly #db: HubDb
  readonly #ledger: InnerLedger
  readonly #told = new Map<string, { readonly at: number; readonly code: string }>()

  constructor({ db, ledger }: HubParts) {
    this.#db = db as HubDb
    this.#ledger = ledger
  }

  /**
   * Answers a request. An address that nobody has is answered like any path that is not there.
   * @param nameOf by which the printer says who it is; undefined if it does not, and then the secret says it
   */
  async answer<B>(
    context: FrontContext,
    { read, nameOf }: BodyReader<B>,
    work: (asked: Asked<B>) => Promise<Response>,
  ): Promise<Response> {
    try {
      const printer = await findCloudPrinter(this.#db, context.req.param('secret') ?? '')
      if (printer === undefined) return context.body(null, 404)
      const body = await read(context)
      const name = nameOf(body, context)
      if (name !== undefined && !(await bindMac(this.#db, printer, name.toLowerCase()))) {
        return context.body(null, 403)
      }
      return await work({ context, printer, body })
    } catch {
      // The printer asks again; a fault of the database must not look like a job that is not there.
      return context.body(null, 503)
    }
  }

  /** Undefined if nothing waits. Asked again it gives the same slip until its end is told. */
  take(printer: CloudPrinter): Promise<InnerTaken | undefined> {
    return this.#ledger.take(printer, printer.printer)
  }

  /** To be told before the first byte of the slip goes out. */
  async started(printer: CloudPrinter, { slip, epoch }: SlipName): Promise<void> {
    await this.#ledger.tell(printer, { what: 'started', slip, epoch })
  }

  async ended(printer: CloudPrinter, { slip, epoch }: SlipName, end: CloudEnd): Promise<void> {
    await this.#ledger.tell(printer, { what: 'ended', slip, epoch, ...end })
  }

  /** The slip that the printer was given last, for those that name none. */
  last(printer: CloudPrinter): Promise<SlipName | undefined> {
    return lastFetched(this.#db, printer)
  }

  /**
   * A slip as it is to come out: the dots of our own paper, so that no text of ours needs the printer's fonts. Undefined for one of which no picture
   * can be made. It is given back, unless its bytes are out already, and the others go before it from now on.
   */
  async paper({ context, printer }: Asked<unknown>, taken: InnerTaken): Promise<Paper | undefined> {
    try {
      return await this.#draw(printer, taken)
    } catch (error) {
      const { held } = printer
      if ((held?.slip === taken.slip && held.isFetched) || isOutage(error)) throw error
      const now = await findCloudPrinter(this.#db, context.req.param('secret') ?? '')
      if (now?.held?.isFetched === false) {
        await this.ended(printer, taken, { outcome: 'not-started', reason: 'unprintable' })
      }
      return undefined
    }
  }

  async #draw(printer: CloudPrinter, { marked, payload }: InnerTaken): Promise<Paper> {
    const bytes = await this.#ledger.payload(printer, payload.hash)
    const heading = headingOf(marked, payload.heading)
    const all = heading === undefined ? bytes : joinBytes([heading, bytes])
    return printBytes(all, profileOf(printer))
  }

  /** @param code that the status was read from; the same one is not written again at once */
  async tellStatus(printer: CloudPrinter, code: string, status: InnerStatus): Promise<void> {
    const before = this.#told.get(printer.printer)
    const now = Date.now()
    if (before?.code === code && now - before.at < TOUCH_MS) return
    if (this.#told.size > MOST_KEPT) this.#told.clear()
    this.#told.set(printer.printer, { at: now, code })
    await this.#ledger.tell(printer, { what: 'printer', printer: printer.printer, status })
  }
}

/** How the requests of a protocol are read. */
export interface BodyReader<B> {
  read(context: FrontContext): Promise<B>
  nameOf(body: B, context: FrontContext): string | undefined
}

/** Of a code in a request, which may be encoded as in an address. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** @param given the slip's own heading in base64 */
function headingOf(isMarked: boolean, given: string | null): Uint8Array | undefined {
  if (!isMarked) return undefined
  return given === null ? PLAIN_HEADING : new Uint8Array(Buffer.from(given, 'base64'))
}

function profileOf({ profile }: CloudPrinter): Profile {
  return profiles.find(({ id }) => id === profile) ?? generic80
}
