/** The part that both protocols of polling printers share: it finds the printer of an address, its slips and their paper, and records its reports. */

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

/** An unchanged status of a printer is written at most this often, because each write is a commit. */
const TOUCH_MS = 15_000
const MOST_KEPT = 100_000
/** Heading of a marked copy whose slip has none, in letters that every printer has. */
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
   * Answers a request. An unknown address is answered like an unknown path.
   * @param nameOf returns the name that the printer gives itself; if it is undefined, the secret in the path is enough
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
      // The printer asks again. A fault of the database must not look like a missing job.
      return context.body(null, 503)
    }
  }

  /** Takes the next slip; undefined if none waits. Until its end is reported, further calls return the same slip. */
  take(printer: CloudPrinter): Promise<InnerTaken | undefined> {
    return this.#ledger.take(printer, printer.printer)
  }

  /** Must be called before the first byte of the slip is sent. */
  async started(printer: CloudPrinter, { slip, epoch }: SlipName): Promise<void> {
    await this.#ledger.tell(printer, { what: 'started', slip, epoch })
  }

  async ended(printer: CloudPrinter, { slip, epoch }: SlipName, end: CloudEnd): Promise<void> {
    await this.#ledger.tell(printer, { what: 'ended', slip, epoch, ...end })
  }

  /** Finds the slip that the printer fetched last, for reports that name no slip. */
  last(printer: CloudPrinter): Promise<SlipName | undefined> {
    return lastFetched(this.#db, printer)
  }

  /**
   * Draws a slip as the dots of our virtual printer's paper, so that it does not need the printer's fonts. Undefined if it cannot be drawn: the slip
   * is then given back, unless its bytes were handed out already, and other slips go before it from now on.
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

  /** Reports the printer's status. @param code the code that the status was read from; an unchanged one is not written again at once */
  async tellStatus(printer: CloudPrinter, code: string, status: InnerStatus): Promise<void> {
    const before = this.#told.get(printer.printer)
    const now = Date.now()
    if (before?.code === code && now - before.at < TOUCH_MS) return
    if (this.#told.size > MOST_KEPT) this.#told.clear()
    this.#told.set(printer.printer, { at: now, code })
    await this.#ledger.tell(printer, { what: 'printer', printer: printer.printer, status })
  }
}

/** Reads the requests of one protocol. */
export interface BodyReader<B> {
  read(context: FrontContext): Promise<B>
  nameOf(body: B, context: FrontContext): string | undefined
}

/** Decodes a code in a request, which may be percent-encoded as in an address. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Returns the heading of a marked copy. @param given the slip's own heading in base64 */
function headingOf(isMarked: boolean, given: string | null): Uint8Array | undefined {
  if (!isMarked) return undefined
  return given === null ? PLAIN_HEADING : new Uint8Array(Buffer.from(given, 'base64'))
}

function profileOf({ profile }: CloudPrinter): Profile {
  return profiles.find(({ id }) => id === profile) ?? generic80
}
