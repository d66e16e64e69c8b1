/** The bodies by which a tenant is set up: stores, printers, agents, roles, templates and webhooks. */

import * as z from 'zod/mini'
import { printerStatusShape } from './agent-shapes.js'
import { id, name, person, roleName, type Shaped, time, whole } from './plain-shapes.js'

export const storeShape = z.object({ id, name })
export const storeRequestShape = z.strictObject({ name })
export const storesShape = z.object({ stores: z.array(storeShape) })

export const printerShape = z.object({
  id,
  store: id,
  name,
  profile: z.nullable(z.string()),
  /** The only agent that prints on it. */
  agent: z.nullable(id),
  status: z.nullable(printerStatusShape),
  statusAt: z.nullable(z.string()),
  /** Number of slips that wait for the printer. */
  waiting: z.number(),
})
export type HubPrinter = Shaped<typeof printerShape>
export const printerRequestShape = z.strictObject({
  store: id,
  name,
  profile: z.exactOptional(z.string().check(z.maxLength(64))),
  agent: z.exactOptional(id),
})
export const printersShape = z.object({ printers: z.array(printerShape) })
/** Hands a printer to another agent. Slips that the old agent has taken stay with the old one. */
export const ownerRequestShape = z.strictObject({ agent: id, by: person })

export const cloudPrinterRequestShape = z.strictObject({
  by: person,
  /** `cloudprnt` is Star's protocol, `direct-print` Epson's. Default `cloudprnt`. */
  protocol: z.exactOptional(z.enum(['cloudprnt', 'direct-print'])),
})
/** `path` is the path that the printer polls, to be put after the hub's address. It contains the secret. */
export const cloudPrinterShape = z.object({ printer: id, agent: id, path: z.string() })

export const agentShape = z.object({
  id,
  store: id,
  name,
  /** `store` runs in a shop, the others inside the hub. */
  kind: z.string(),
  version: z.nullable(z.string()),
  online: z.boolean(),
  seenAt: z.nullable(z.string()),
  enrolledAt: z.string(),
  revokedAt: z.nullable(z.string()),
})
export type HubAgent = Shaped<typeof agentShape>
export const agentsShape = z.object({ agents: z.array(agentShape) })
export const codeRequestShape = z.strictObject({
  store: id,
  /** How long the code is valid. Default 3600. */
  seconds: z.exactOptional(whole(60, 604_800)),
})
export const codeShape = z.object({ code: z.string(), expiresAt: z.string() })
export const revokeRequestShape = z.strictObject({ by: person })

export const routeShape = z.strictObject({
  role: roleName,
  category: z.exactOptional(roleName),
  printer: id,
  /** Routes with a lower number come first. Default 1. */
  order: z.exactOptional(whole(1, 1000)),
})
export type PrintRoute = Shaped<typeof routeShape>
export const routesShape = z.strictObject({ routes: z.array(routeShape).check(z.maxLength(500)) })

export const templateRequestShape = z.strictObject({
  template: z.record(z.string(), z.unknown()),
  by: person,
})
export const templateShape = z.object({
  name,
  version: z.number(),
  createdAt: z.string(),
  createdBy: z.string(),
})
export const templatesShape = z.object({ templates: z.array(templateShape) })
export const templateVersionShape = z.object({
  name,
  version: z.number(),
  template: z.record(z.string(), z.unknown()),
})

/** `ended`: a slip reached its end; `decided`: a person decided about a doubtful one; `copied`: a marked copy was made. */
export const WEBHOOK_EVENTS = ['slip.ended', 'slip.decided', 'slip.copied'] as const
export const webhookRequestShape = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'an address that begins with https:// or http://' }),
  events: z.exactOptional(z.array(z.enum(WEBHOOK_EVENTS)).check(z.minLength(1))),
})
export const webhookShape = z.object({
  id,
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
})
/** The secret is shown once. The header `xiaopiao-signature` of a call is the HMAC-SHA256 of `TIME.BODY` with this secret. */
export const webhookMadeShape = z.object({ ...webhookShape.shape, secret: z.string() })
export const webhooksShape = z.object({ webhooks: z.array(webhookShape) })

/** The body of a webhook's call. `id` is the same if a call is repeated. */
export const webhookCallShape = z.object({
  id,
  event: z.enum(WEBHOOK_EVENTS),
  at: time,
  slip: z.object({
    id,
    key: z.string(),
    copyIndex: z.number(),
    state: z.string(),
    reason: z.nullable(z.string()),
    copyOf: z.nullable(id),
    printer: id,
  }),
})
export type WebhookCall = Shaped<typeof webhookCallShape>

export const auditShape = z.object({
  entries: z.array(
    z.object({
      at: z.string(),
      who: z.string(),
      what: z.string(),
      subject: z.nullable(z.string()),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
})
export const auditQueryShape = z.strictObject({
  subject: z.exactOptional(id),
  limit: z.exactOptional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500))),
})

export const errorShape = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    path: z.optional(z.string()),
    hint: z.optional(z.string()),
    /** The hub's time in milliseconds, with `TIME_OFF`. */
    nowMs: z.optional(z.number()),
  }),
})
