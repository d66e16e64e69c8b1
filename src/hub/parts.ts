/** What a front gets of the hub: paths of its own beside the API, on the same ledger. */

import type { Hono } from 'hono'
import type { Taken } from '../hub-api/agent-shapes.js'
import type { Scope } from '../hub-api/manage-shapes.js'
import type { Caller } from './http/callers.js'
import type { InnerEvent } from './ledger/report.js'
import type { AgentName } from './ledger/take.js'

/** The ledger as an agent inside the hub uses it: the same rules as for one in a store, without signatures. */
export interface InnerLedger {
  /** Undefined if nothing waits. Asked again it gives the same slip until its end is reported. */
  take(name: AgentName, printer: string): Promise<Taken | undefined>
  payload(name: AgentName, hash: string): Promise<Uint8Array>
  /** Keeps a report of the agent, in the order in which it is told. */
  tell(name: AgentName, event: InnerEvent): Promise<void>
}

export interface HubParts {
  readonly app: Hono
  readonly ledger: InnerLedger
  /** The hub's database, which only fronts of this package can ask: its tables are no promise. */
  readonly db: object
  /** Whose API key it is. @throws HubError `UNAUTHORIZED`, `SCOPE_MISSING` */
  whoAsks(authorization: string | undefined, scope: Scope): Promise<Caller>
  /** Called before the database is closed. */
  onClose(work: () => Promise<void> | void): void
}

export type HubFront = (parts: HubParts) => Promise<void> | void
