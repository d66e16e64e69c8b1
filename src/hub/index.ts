/**
 * The hub of a chain: slips for thousands of printers behind lines that fail, and one answer to the question what is on paper.
 *
 * A POS hands in a slip by HTTPS. The hub writes it down in PostgreSQL, wakes the agent of the printer by MQTT, and the agent takes the slip,
 * prints it and reports. What counts is the paper: once an agent has a slip, no timer gives it out a second time.
 *
 * ```ts
 * import { migrateHub, openHub } from 'xiaopiao/hub'
 *
 * const db = 'postgres://hub@db.example/chain'
 * await migrateHub(db)
 * const hub = await openHub({ db })
 * ```
 */

export type { Scope } from '../hub-api/scopes.js'
export type { Outcome } from '../hub-api/states.js'
export { isWebhookOf, type WebhookHeaders } from '../hub-api/webhook-signature.js'
export { makeApiKey, makeTenant, migrateHub, openHub } from './entry.js'
export type { MadeTenant, TenantOptions } from './new-tenant.js'
export type { Hub } from './open-hub.js'
export type { HubOptions } from './options.js'
export type {
  AgentName,
  Caller,
  FrontAnswer,
  FrontApp,
  FrontContext,
  HubFront,
  HubParts,
  InnerEvent,
  InnerLedger,
  InnerStatus,
  InnerTaken,
} from './parts.js'
