/** A printer of the agent, with its id at the hub and its last known status. */

import type { ReportedStatus } from '../hub-api/agent-shapes.js'
import { Alarm } from './back-off.js'

export interface ServedPrinter {
  readonly name: string
  readonly uri: string
  /** Its id at the hub, undefined until the hub has told it, and whether the printer belongs to this agent. */
  id: string | undefined
  owned: boolean
  /** True if the answer to the last `take` is missing, so that the hub may have given out a slip of which this process does not know. */
  mayHold: boolean
  /** The last known status. */
  status: ReportedStatus | undefined
  /** Rings when a slip may be waiting. */
  readonly alarm: Alarm
  readonly statusAlarm: Alarm
}

/** Makes a printer. @param id the id that the hub told at an earlier start, with which the LAN is served until the hub answers again */
export function servedPrinter(name: string, uri: string, id: string | undefined): ServedPrinter {
  const alarms = { alarm: new Alarm(), statusAlarm: new Alarm() }
  return { name, uri, id, owned: id !== undefined, mayHold: true, status: undefined, ...alarms }
}
