/** The parts of the hub that are handed to a front, which adds paths beside the API on the same ledger. These types need no other package. */

import type { Scope } from '../hub-api/scopes.js'
import type { Outcome } from '../hub-api/states.js'

/** An agent inside the hub. */
export interface AgentName {
  readonly tenant: string
  readonly agent: string
}

/** A slip that an agent inside the hub has taken. */
export interface InnerTaken {
  readonly slip: string
  readonly epoch: number
  /** Whether the paper is headed 补打. */
  readonly marked: boolean
  /** True if the agent had taken the slip before and has not reported its end. */
  readonly again: boolean
  readonly payload: {
    readonly hash: string
    /** Bytes in base64 that print the heading of a second copy. */
    readonly heading: string | null
  }
}

/** The status of a printer, as its agent reports it. */
export interface InnerStatus {
  readonly online: boolean | 'unknown'
  readonly paper: 'ok' | 'near-end' | 'end' | 'unknown'
  readonly cover: 'closed' | 'open' | 'unknown'
  readonly error: string
}

/** A report of an agent inside the hub: the ledger numbers it, and the time is the hub's. */
export type InnerEvent =
  | { readonly what: 'started'; readonly slip: string; readonly epoch: number }
  | {
      readonly what: 'ended'
      readonly slip: string
      readonly epoch: number
      readonly outcome: Outcome
      readonly reason?: string
    }
  | { readonly what: 'printer'; readonly printer: string; readonly status: InnerStatus }

/** The ledger as an agent inside the hub uses it: the same rules as for one in a store, without signatures. */
export interface InnerLedger {
  /** Takes the next slip of a printer; undefined if none waits. Until its end is reported, further calls return the same slip. */
  take(name: AgentName, printer: string): Promise<InnerTaken | undefined>
  payload(name: AgentName, hash: string): Promise<Uint8Array>
  /** Keeps a report of the agent. Reports are kept in the order in which they are told. */
  tell(name: AgentName, event: InnerEvent): Promise<void>
}

/** The verified sender of a request. */
export interface Caller {
  readonly tenant: string
  /** Id of the agent; empty if the caller has an API key. */
  readonly agent: string
  /** The name under which the rate limit counts its requests. */
  readonly sender: string
}

/** The part of hono's context of a request that a front uses. */
export interface FrontContext {
  readonly req: {
    readonly method: string
    param(name: string): string | undefined
    query(name: string): string | undefined
    header(name: string): string | undefined
    json(): Promise<unknown>
    text(): Promise<string>
  }
  body(
    data: string | Uint8Array<ArrayBuffer> | null,
    status?: number,
    headers?: Record<string, string>,
  ): Response
  json(value: object, status?: number): Response
  redirect(path: string): Response
}

/** A front's answer to a request. */
export type FrontAnswer = (context: FrontContext) => Response | Promise<Response>

/** Paths of a front, with parameters as `:name`. */
export interface FrontApp {
  get(path: string, answer: FrontAnswer): unknown
  post(path: string, answer: FrontAnswer): unknown
  delete(path: string, answer: FrontAnswer): unknown
}

export interface HubParts {
  readonly app: FrontApp
  readonly ledger: InnerLedger
  /** The hub's database, only for fronts of this package, because its tables may change in any version. */
  readonly db: object
  /** Finds the tenant of an API key. @throws HubError `UNAUTHORIZED`, `SCOPE_MISSING` */
  whoAsks(authorization: string | undefined, scope: Scope): Promise<Caller>
  /** Registers work that is done before the database is closed. */
  onClose(work: () => Promise<void> | void): void
}

export type HubFront = (parts: HubParts) => Promise<void> | void
