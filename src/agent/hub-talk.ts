/** Sends the reports in the outbox to the hub, in order. A slip is only taken after all of them have been sent. */

import type { AgentEvent } from '../hub-api/agent-shapes.js'
import { type Alarm, BackOff, type BackOffLimits } from './back-off.js'
import type { EndTeller } from './end-teller.js'
import { AgentError } from './errors.js'
import { type HubLink, HubRefusal } from './hub-link.js'
import type { LineState } from './line-state.js'
import type { Numbered, Outbox } from './outbox.js'
import type { Report } from './reports.js'

/** Limits of one request: the number of reports, and of their characters, because a fact may contain the bytes of a slip. */
const MOST_REPORTS = 200
const MOST_CHARACTERS = 1 << 20
/** Codes with which the hub refuses a report for ever, however often it is sent. */
const REFUSED: ReadonlySet<string> = new Set(['BODY_INVALID', 'BODY_TOO_LARGE'])

export interface TalkOptions {
  readonly link: HubLink
  readonly outbox: Outbox<Report>
  readonly teller: EndTeller
  readonly backOff: BackOffLimits
  readonly line: LineState
}

export class HubTalk {
  readonly #options: TalkOptions
  #flushing: Promise<void> | undefined

  constructor(options: TalkOptions) {
    this.#options = options
  }

  /** True after a report of a batch was refused. Reports are then sent one by one, to find it. */
  #isCareful = false

  /** Resolves when the hub has every report that was in the outbox when this was called. */
  async flush(): Promise<void> {
    const { outbox } = this.#options
    const { lastSeq } = outbox
    while ((outbox.pending[0]?.seq ?? lastSeq + 1) <= lastSeq) {
      this.#flushing ??= this.#tellBatch().finally(() => {
        this.#flushing = undefined
      })
      await this.#flushing
    }
  }

  /** Sends reports as they come into the outbox, until the agent ends. */
  async run(alarm: Alarm, ending: AbortSignal): Promise<void> {
    const { backOff: limits, line, outbox } = this.#options
    const backOff = new BackOff(limits)
    while (!ending.aborted) {
      try {
        await this.flush()
        backOff.reset()
        if (outbox.pending.length === 0) await alarm.wait(limits.mostMs, ending)
      } catch (error) {
        line.failed(error)
        await alarm.wait(backOff.next(), ending)
      }
    }
  }

  async #tellBatch(): Promise<void> {
    const { outbox, teller, line } = this.#options
    const batch = this.#isCareful ? outbox.pending.slice(0, 1) : batchOf(outbox.pending)
    const ackSeq = await this.#send(batch)
    this.#isCareful &&= outbox.pending.length > 1
    line.succeeded()
    if (ackSeq > outbox.lastSeq) throw rolledBack(ackSeq, outbox.lastSeq)
    const confirmed = batch.filter(({ seq }) => seq <= ackSeq)
    if (confirmed.length === 0) {
      throw new AgentError('the hub takes none of the reports that it is sent', {
        code: 'HUB_UNREACHABLE',
        hint: 'look into the log of the hub; they are sent again',
      })
    }
    // The journal notes them first, because reports that the outbox drops and the journal does not note would be made again.
    await teller.confirm(confirmed)
    await outbox.confirm(ackSeq)
  }

  /** Returns the number up to which the hub has every report, or has refused it for ever. */
  async #send(batch: readonly Numbered<Report>[]): Promise<number> {
    const { link, line } = this.#options
    const events = batch.map(({ seq, report }) => ({ ...report.event, seq }) as AgentEvent)
    try {
      return await link.tell(events)
    } catch (error) {
      if (!(error instanceof HubRefusal) || !REFUSED.has(error.code)) throw error
      const [first] = batch
      if (batch.length > 1 || first === undefined) {
        this.#isCareful = true
        throw error
      }
      // The report is skipped, because it would block all others and keep the store from printing. A person is told.
      this.#isCareful = false
      line.failed(refused(first, error))
      return first.seq
    }
  }
}

function batchOf(pending: readonly Numbered<Report>[]): readonly Numbered<Report>[] {
  let characters = 0
  const most = pending.slice(0, MOST_REPORTS)
  const end = most.findIndex(({ report }) => {
    characters += JSON.stringify(report).length
    return characters > MOST_CHARACTERS
  })
  return end < 0 ? most : most.slice(0, Math.max(end, 1))
}

function refused({ seq, report }: Numbered<Report>, cause: HubRefusal): AgentError {
  const { what } = report.event
  return new AgentError(`the hub refuses report ${seq} (${what}) for ever: ${cause.message}`, {
    code: 'REPORT_REFUSED',
    hint: 'its slip waits for a person at the hub; check that hub and agent are of one version',
    cause,
  })
}

/** The error of a folder that is older than the reports that the hub has: its journal does not know which slips were printed since. */
function rolledBack(ackSeq: number, lastSeq: number): AgentError {
  return new AgentError(
    `the hub has ${ackSeq} reports of this agent, and its folder knows of ${lastSeq}`,
    {
      code: 'AGENT_ROLLED_BACK',
      hint: 'the folder was restored from a backup: enrol a new agent in an empty folder',
    },
  )
}
