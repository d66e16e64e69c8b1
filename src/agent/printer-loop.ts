/** Takes slips for one printer, one after the other, until the agent ends. */

import type { Taken } from '../hub-api/agent-shapes.js'
import { hashOf } from '../hub-api/content-hash.js'
import type { JobPayload } from '../journal/types.js'
import { BackOff, type BackOffLimits, jittered } from './back-off.js'
import { AgentError } from './errors.js'
import { type HubLink, HubRefusal } from './hub-link.js'
import type { HubTalk } from './hub-talk.js'
import type { Lanes } from './lanes.js'
import type { LineState } from './line-state.js'
import type { ServedPrinter } from './served-printer.js'
import type { SlipDesk } from './slip-desk.js'

export interface PrinterLoopContext {
  readonly link: HubLink
  readonly talk: HubTalk
  readonly desk: SlipDesk
  readonly backOff: BackOffLimits
  /** The interval that the hub names, or that of the user's option. */
  readonly pollMs: () => number
  readonly line: LineState
  /** Limits concurrent requests for all printers, because a store with a hundred of them must not overload a slow hub. */
  readonly lanes: Lanes
  readonly ending: AbortSignal
}

/**
 * Takes slips, has them printed and reports them, while the printer can begin and the hub answers. If the answer to a `take` was lost, the agent asks
 * again even if the printer is in trouble or belongs to another agent by now, because no other agent gets that slip.
 */
export async function servePrinter(
  printer: ServedPrinter,
  context: PrinterLoopContext,
): Promise<void> {
  const { desk, backOff: limits, pollMs, line, ending } = context
  const { uri, alarm } = printer
  const backOff = new BackOff(limits)
  while (!ending.aborted) {
    try {
      const mayBegin = printer.owned && desk.troubles.at(uri) === undefined
      if ((mayBegin || printer.mayHold) && (await takeOne(printer, context))) backOff.reset()
      else await alarm.wait(jittered(pollMs()), ending)
    } catch (error) {
      line.failed(error)
      await alarm.wait(backOff.next(), ending)
    }
  }
}

/** Takes a slip and handles it to its end. Returns false if none waited. */
async function takeOne(
  printer: ServedPrinter,
  { talk, link, desk, line, lanes, ending }: PrinterLoopContext,
): Promise<boolean> {
  const { id, uri } = printer
  if (id === undefined) return false
  await talk.flush()
  const taken = await lanes.run(async () => (ending.aborted ? undefined : ask(printer, id, link)))
  if (ending.aborted) return false
  line.succeeded()
  if (taken === undefined) return false
  await desk.take(taken, uri, () => fetchPayload(link, taken))
  return true
}

async function ask(printer: ServedPrinter, id: string, link: HubLink): Promise<Taken | undefined> {
  printer.mayHold = true
  try {
    const taken = await link.take(id)
    printer.mayHold = false
    return taken
  } catch (error) {
    if (!(error instanceof HubRefusal) || error.code !== 'NOT_FOUND') throw error
    // The printer belongs to another agent, and this agent holds no slip of it.
    printer.mayHold = false
    if (printer.owned) throw error
    return undefined
  }
}

async function fetchPayload(link: HubLink, { payload }: Taken): Promise<JobPayload> {
  const { hash, segments, heading } = payload
  const bytes = await link.payload(hash)
  if (hashOf(bytes) !== hash) {
    throw new AgentError('the bytes of a slip are not those that its hash says', {
      code: 'HUB_UNREACHABLE',
      hint: 'look for a proxy that changes what it passes on; nothing was printed',
    })
  }
  return {
    bytes,
    ...(segments === null ? {} : { segments }),
    ...(heading === null ? {} : { heading: new Uint8Array(Buffer.from(heading, 'base64')) }),
  }
}
