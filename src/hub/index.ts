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

export type { Taken } from '../hub-api/agent-shapes.js'
export type { Scope } from '../hub-api/manage-shapes.js'
export type { Shaped } from '../hub-api/plain-shapes.js'
export { isWebhookOf, type WebhookHeaders } from '../hub-api/webhook-signature.js'
export { migrateHub } from './db/migrate.js'
export type { Caller } from './http/callers.js'
export type { InnerEvent } from './ledger/report.js'
export type { AgentName } from './ledger/take.js'
export { type MadeTenant, makeApiKey, makeTenant, type TenantOptions } from './new-tenant.js'
export { type Hub, openHub } from './open-hub.js'
export type { HubOptions } from './options.js'
export type { HubFront, HubParts, InnerLedger } from './parts.js'
