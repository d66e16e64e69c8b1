/** The bodies that a POS sends and gets. */

import * as z from 'zod/mini'
import {
  base64,
  count,
  id,
  key,
  name,
  person,
  reach,
  reason,
  roleName,
  type Shaped,
  segment,
  sha256,
  state,
  time,
  whole,
} from './plain-shapes.js'

/** Bytes that `compile` made for the very printer. */
export const payloadShape = z.strictObject({
  bytes: base64,
  segments: z.exactOptional(z.array(segment).check(z.maxLength(500))),
  /** Bytes that print the heading of a second copy. */
  heading: z.exactOptional(base64),
})
export type SlipPayload = Shaped<typeof payloadShape>

/** A template that the hub has stored. The hub binds the data to it and compiles it for the printer's profile. */
export const boundShape = z.strictObject({
  name,
  /** Default: the newest when the slip is accepted. */
  version: z.exactOptional(whole(1, 1_000_000)),
  data: z.record(z.string(), z.unknown()),
})
export type BoundTemplate = Shaped<typeof boundShape>

export const roleShape = z.strictObject({
  store: id,
  role: roleName,
  /** Category of the dishes, such as `noodles`. If it has no route, the role's route without a category is used. */
  category: z.exactOptional(roleName),
})
export type RoleWanted = Shaped<typeof roleShape>

/** The most copies that a request may ask for. Copies that a person wants later have indexes above this number. */
export const MAX_COPIES = 5

/** A slip to print: it has `printer` or `role`, and `payload` or `template`. */
export const slipRequestShape = z.strictObject({
  /** Made by the POS, and the same for each try: the same key and content are the same slip. */
  key,
  printer: z.exactOptional(id),
  role: z.exactOptional(roleShape),
  payload: z.exactOptional(payloadShape),
  template: z.exactOptional(boundShape),
  /** Number of slips under the key, each printed once, for example one for the customer and one for the merchant. Default 1. */
  copies: z.exactOptional(whole(1, MAX_COPIES)),
  /** If no agent has taken the slip by then, it never prints. */
  expiresAt: z.exactOptional(time),
  /** A title for people, such as `order 17`. */
  title: z.exactOptional(name),
})
export type SlipRequest = Shaped<typeof slipRequestShape>

export const decisionShape = z.object({
  what: z.enum(['seen', 'copied']),
  by: z.string(),
  at: z.string(),
  reason: z.optional(z.string()),
})

export const slipShape = z.object({
  id,
  key,
  /** From 1 to `MAX_COPIES`; copies that a person wants have higher indexes. */
  copyIndex: count,
  printer: id,
  store: id,
  state,
  epoch: count,
  /** The agent that has or had it. */
  agent: z.nullable(id),
  /** True if the agent that holds the slip is silent, so that a person may decide. */
  unconfirmed: z.boolean(),
  /** Why it ended in this state, for example `paper-out`. */
  reason: z.nullable(z.string()),
  reach: z.nullable(reach),
  payloadHash: sha256,
  /** SHA-256 of the paper's dots, if the agent knows them. */
  paperHash: z.nullable(z.string()),
  /** The slip that it is a copy of. It is headed 补打 then. */
  copyOf: z.nullable(id),
  marked: z.boolean(),
  /** The person, or `policy:NAME`, that wanted the copy. */
  wantedBy: z.nullable(z.string()),
  /** `hub`: handed in at the hub; `lan`: at the agent of the store, while the hub was out of reach; `copy`: made as a marked copy. */
  origin: z.enum(['hub', 'lan', 'copy']),
  decision: z.nullable(decisionShape),
  title: z.nullable(z.string()),
  createdAt: z.string(),
  expiresAt: z.nullable(z.string()),
  takenAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
})
export type Slip = Shaped<typeof slipShape>

/** The first slip of a request, and the ids of all its copies. */
export const acceptedShape = z.object({ slip: slipShape, slips: z.array(id) })
export type Accepted = Shaped<typeof acceptedShape>

export const eventShape = z.object({
  agent: id,
  seq: count,
  what: z.string(),
  /** Whether the report changed the slip's state. If not, it is kept as evidence. */
  moved: z.boolean(),
  atAgent: z.string(),
  atHub: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export const slipHistoryShape = z.object({
  slip: slipShape,
  events: z.array(eventShape),
  copies: z.array(id),
})
export type SlipHistory = Shaped<typeof slipHistoryShape>

export const slipQueryShape = z.strictObject({
  /** A state, `unconfirmed`, or `open`: doubtful or unconfirmed, and nobody has decided. */
  state: z.exactOptional(z.union([state, z.enum(['unconfirmed', 'open'])])),
  printer: z.exactOptional(id),
  store: z.exactOptional(id),
  key: z.exactOptional(key),
  limit: z.exactOptional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500))),
  /** Id of the last slip of the previous page; the newest slips come first. */
  before: z.exactOptional(id),
})
export type SlipQuery = Shaped<typeof slipQueryShape>
export const slipListShape = z.object({ slips: z.array(slipShape) })

/** A person's request for a marked copy. */
export const copyRequestShape = z.strictObject({
  by: person,
  reason,
  /** Default: the printer of the slip. */
  printer: z.exactOptional(id),
})
export type CopyRequest = Shaped<typeof copyRequestShape>
export const decisionRequestShape = z.strictObject({ by: person, reason: z.exactOptional(reason) })
export const rerouteRequestShape = z.strictObject({ by: person, printer: id })
export const oneSlipShape = z.object({ slip: slipShape })
