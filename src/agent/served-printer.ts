/** A printer of the agent, as the hub knows it and as it was seen last. */

import type { ReportedStatus } from '../hub-api/agent-shapes.js'
import { Alarm } from './back-off.js'

export interface ServedPrinter {
  readonly name: string
  readonly uri: string
  /** Its id at the hub, and whether this agent is the one that prints there; undefined until the hub has said so. */
  id: string | undefined
  owned: boolean
  /** A slip may have been taken that this process knows nothing of, because no answer to the last request has come. */
  mayHold: boolean
  /** As it was seen last. */
  status: ReportedStatus | undefined
  /** Rings if a slip may wait. */
  readonly alarm: Alarm
  readonly statusAlarm: Alarm
}

/** @param id that the hub has told at an earlier start: the store is served by it before the hub answers again */
export function servedPrinter(name: string, uri: string, id: string | undefined): ServedPrinter {
  const alarms = { alarm: new Alarm(), statusAlarm: new Alarm() }
  return { name, uri, id, owned: id !== undefined, mayHold: true, status: undefined, ...alarms }
}
