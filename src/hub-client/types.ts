/** Requests to a hub and its answers, in plain types. The tests compare them with the shapes by which the hub checks. */

import type { SlipState } from '../hub-api/states.js'

export type { SlipState }

/** A part of the bytes that begins and ends with an empty line buffer, as `compile` gives it. */
export interface SlipSegment {
  readonly kind: 'print' | 'pulse'
  readonly from: number
  readonly to: number
  readonly firstLine: number
  readonly lastLine: number
  readonly paths: readonly string[]
}

/** Bytes that were made for the very printer; `payloadOf` makes them from the result of `compile`. */
export interface SlipPayload {
  /** Bytes in base64. */
  readonly bytes: string
  readonly segments?: readonly SlipSegment[]
  /** Bytes in base64 that print the heading of a second copy. */
  readonly heading?: string
}

/** A slip to print: `printer` or `role`, and `payload` or `template`. */
export interface SlipRequest {
  /** Made by you, and the same for each try: the same key and content are the same slip. 1 to 128 letters, digits and signs. */
  readonly key: string
  /** Id of the printer at the hub. */
  readonly printer?: string
  readonly role?: { readonly store: string; readonly role: string; readonly category?: string }
  readonly payload?: SlipPayload
  readonly template?: {
    readonly name: string
    /** Default: the newest. */
    readonly version?: number
    readonly data: Readonly<Record<string, unknown>>
  }
  /** Number of slips under this key, each printed once. Default 1, at most 5. */
  readonly copies?: number
  /** Time in ISO 8601. If no agent has taken the slip by then, it never prints. */
  readonly expiresAt?: string
  /** A title for people, such as `order 17`. */
  readonly title?: string
}

export interface SlipDecision {
  readonly what: 'seen' | 'copied'
  readonly by: string
  readonly at: string
  readonly reason?: string | undefined
}

export interface Slip {
  readonly id: string
  readonly key: string
  /** Counted from 1; copies that a person wants have higher indexes than those of the request. */
  readonly copyIndex: number
  readonly printer: string
  readonly store: string
  readonly state: SlipState
  readonly epoch: number
  readonly agent: string | null
  /** True if the agent that holds the slip is silent, so that a person may decide. */
  readonly unconfirmed: boolean
  /** Why it ended in this state, for example `paper-out`. */
  readonly reason: string | null
  /** How far the paper got, counted in segments. */
  readonly reach: {
    readonly segments: number
    readonly printed: number
    readonly sent: number
  } | null
  readonly payloadHash: string
  readonly paperHash: string | null
  readonly copyOf: string | null
  /** Whether the paper is headed 补打. */
  readonly marked: boolean
  readonly wantedBy: string | null
  readonly origin: 'hub' | 'lan' | 'copy'
  readonly decision: SlipDecision | null
  readonly title: string | null
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly takenAt: string | null
  readonly endedAt: string | null
}

export interface SlipHistory {
  readonly slip: Slip
  readonly events: readonly {
    readonly agent: string
    readonly seq: number
    readonly what: string
    /** Whether the report changed the slip's state. If not, it is kept as evidence. */
    readonly moved: boolean
    readonly atAgent: string
    readonly atHub: string
    readonly detail: Readonly<Record<string, unknown>>
  }[]
  readonly copies: readonly string[]
}

export interface SlipQuery {
  /** `open`: doubtful or unconfirmed, and nobody has decided. */
  readonly state?: SlipState | 'unconfirmed' | 'open'
  readonly printer?: string
  readonly store?: string
  readonly key?: string
}

export interface HubPrinter {
  readonly id: string
  readonly store: string
  readonly name: string
  readonly profile: string | null
  readonly agent: string | null
  readonly status: {
    readonly online: boolean | 'unknown'
    readonly paper: 'ok' | 'near-end' | 'end' | 'unknown'
    readonly cover: 'closed' | 'open' | 'unknown'
    readonly error: string
  } | null
  readonly statusAt: string | null
  /** Number of slips that wait for the printer. */
  readonly waiting: number
}

export interface HubStore {
  readonly id: string
  readonly name: string
}

/** The body of a webhook's call. */
export interface WebhookCall {
  /** The same for each repetition of the call. */
  readonly id: string
  readonly event: 'slip.ended' | 'slip.decided' | 'slip.copied'
  readonly at: string
  readonly slip: {
    readonly id: string
    readonly key: string
    readonly copyIndex: number
    readonly state: string
    readonly reason: string | null
    readonly copyOf: string | null
    readonly printer: string
  }
}
