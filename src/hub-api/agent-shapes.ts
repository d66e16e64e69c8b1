/** The bodies that an agent sends and gets. */

import * as z from 'zod/mini'
import {
  count,
  id,
  key,
  name,
  outcome,
  reach,
  reason,
  type Shaped,
  segment,
  sha256,
  time,
} from './plain-shapes.js'
import { payloadShape } from './slip-shapes.js'

const sequence = z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER))

export const enrolRequestShape = z.strictObject({
  /** The one-time code, in the form `TENANT.CODE`. */
  code: z.string().check(z.maxLength(128)),
  /** 32 bytes in base64url, see `newAgentKey`. */
  publicKey: z.string().check(z.regex(/^[\w-]{43}$/, { error: 'a public key in base64url' })),
  name,
  version: z.string().check(z.maxLength(32)),
})
export type EnrolRequest = Shaped<typeof enrolRequestShape>
export const enrolledShape = z.object({ tenant: id, agent: id, store: id, nowMs: z.number() })
export type Enrolled = Shaped<typeof enrolledShape>

export const printerStatusShape = z.strictObject({
  online: z.union([z.boolean(), z.literal('unknown')]),
  paper: z.enum(['ok', 'near-end', 'end', 'unknown']),
  cover: z.enum(['closed', 'open', 'unknown']),
  error: z.string().check(z.regex(/^[^\p{Cc}\p{Cs}]{0,64}$/u, { error: 'a state of the printer' })),
})
export type ReportedStatus = Shaped<typeof printerStatusShape>

/** A printer that an agent found. `name` is what the store calls it; only the agent knows its address. */
export const foundPrinterShape = z.strictObject({
  name,
  /** Id of the profile: `generic-80`. */
  profile: z.exactOptional(z.string().check(z.maxLength(64))),
  status: z.exactOptional(printerStatusShape),
})
export const helloRequestShape = z.strictObject({
  version: z.string().check(z.maxLength(32)),
  printers: z.array(foundPrinterShape).check(z.maxLength(100)),
})
export type HelloRequest = Shaped<typeof helloRequestShape>
/** `owned` is false if the printer of this name belongs to another agent; a person may hand it over. */
export const helloShape = z.object({
  nowMs: z.number(),
  printers: z.array(z.object({ name, id, owned: z.boolean() })),
  /** Interval at which the agent asks without being woken; it adds some random jitter. */
  pollMs: count,
  /** Address of the MQTT broker that delivers wake-ups; null if this hub has none. */
  mqtt: z.nullable(z.object({ url: z.string() })),
})
export type Hello = Shaped<typeof helloShape>

export const takeRequestShape = z.strictObject({ printer: id })
export const takenShape = z.object({
  slip: id,
  epoch: count,
  /** A slip that is on paper already under this key and copy index must not be printed again, whoever handed it in. */
  key,
  copyIndex: count,
  printer: id,
  /** Whether the paper is headed 补打. */
  marked: z.boolean(),
  contentHash: sha256,
  payload: z.object({
    hash: sha256,
    size: count,
    segments: z.nullable(z.array(segment)),
    /** Bytes in base64 that print the heading of a second copy. */
    heading: z.nullable(z.string()),
  }),
  title: z.nullable(z.string()),
  expiresAt: z.nullable(z.string()),
  /** True if this agent had taken the slip already. It then looks up the epoch in its journal. */
  again: z.boolean(),
})
export type Taken = Shaped<typeof takenShape>

const head = { seq: sequence, at: time }

/** Reports, numbered by the agent from 1. Each number counts once, however often it is sent. */
export const agentEventShape = z.discriminatedUnion('what', [
  /** The first byte is about to be sent. */
  z.strictObject({ ...head, what: z.literal('started'), slip: id, epoch: count }),
  z.strictObject({
    ...head,
    what: z.literal('ended'),
    slip: id,
    epoch: count,
    outcome,
    reason: z.exactOptional(reason),
    reach: z.exactOptional(reach),
    paperHash: z.exactOptional(sha256),
  }),
  /** A slip that was handed in at the agent while the hub was out of reach, and has ended. */
  z.strictObject({
    ...head,
    what: z.literal('fact'),
    key,
    copyIndex: count,
    printer: id,
    contentHash: sha256,
    payloadHash: sha256,
    outcome: z.enum([
      'printed',
      'processed',
      'accepted-by-printer',
      'handed-over',
      'partial',
      'uncertain',
      'expired',
    ]),
    reason: z.exactOptional(reason),
    reach: z.exactOptional(reach),
    paperHash: z.exactOptional(sha256),
    title: z.exactOptional(name),
    /** Time at which the agent accepted the slip. */
    acceptedAt: time,
    /** The bytes that were printed, so that a person can ask for a copy. */
    payload: z.exactOptional(payloadShape),
  }),
  z.strictObject({ ...head, what: z.literal('printer'), printer: id, status: printerStatusShape }),
])
export type AgentEvent = Shaped<typeof agentEventShape>
export const eventsRequestShape = z.strictObject({
  events: z.array(agentEventShape).check(z.minLength(1), z.maxLength(500)),
})
/** The hub has stored all reports up to `ackSeq`, so that the agent may delete them. */
export const eventsAckShape = z.object({ ackSeq: z.number() })
