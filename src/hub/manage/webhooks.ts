/** Addresses that are told of slips. */

import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import { WEBHOOK_EVENTS, type WebhookCall } from '../../hub-api/manage-shapes.js'
import { addAudit } from '../audit.js'
import { type HubDb, type HubTransaction, inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { SlipNotice } from '../ledger/context.js'
import { newId } from '../new-id.js'

export interface Webhook {
  readonly id: string
  readonly url: string
  readonly events: readonly SlipNotice[]
}

export function addWebhook(
  db: HubDb,
  tenant: string,
  given: { readonly url: string; readonly events?: readonly SlipNotice[] | undefined },
): Promise<Webhook & { readonly secret: string }> {
  const { url, events = WEBHOOK_EVENTS } = given
  const made = { id: newId(), url, events, secret: randomBytes(32).toString('base64url') }
  return inTenant(db, tenant, async (trx) => {
    await trx
      .insertInto('webhook')
      .values({ tenant, ...made, events: [...events] })
      .execute()
    const detail = { host: new URL(url).host }
    await addAudit(trx, { tenant, who: 'api', what: 'webhook', subject: made.id, detail })
    return made
  })
}

export function listWebhooks(db: HubDb, tenant: string): Promise<readonly Webhook[]> {
  return inTenant(db, tenant, async (trx) => {
    const rows = await trx.selectFrom('webhook').select(['id', 'url', 'events']).execute()
    return rows.map((row) => ({ ...row, events: row.events as SlipNotice[] }))
  })
}

/** @throws HubError `NOT_FOUND` */
export async function removeWebhook(db: HubDb, tenant: string, id: string): Promise<void> {
  await inTenant(db, tenant, async (trx) => {
    const gone = await trx
      .deleteFrom('webhook')
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst()
    if (gone === undefined) throw new HubError('NOT_FOUND', 'no webhook has this id')
    await addAudit(trx, { tenant, who: 'api', what: 'webhook-removed', subject: id })
  })
}

/** The jobs are in a schema of their own; see `migrate.ts`. */
export const WEBHOOK_TASK = 'webhook'

export interface WebhookJob {
  readonly tenant: string
  readonly webhook: string
  readonly call: WebhookCall
}

/**
 * Puts a call of each of the tenant's webhooks that wants the event into the transaction: it is made if and only if the slip has moved.
 *
 * @param worker the schema of the jobs
 */
export async function enqueueCalls(
  trx: HubTransaction,
  worker: string,
  {
    tenant,
    event,
    slip,
  }: { readonly tenant: string; readonly event: SlipNotice; readonly slip: SlipRow },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from webhook where ${event} = any(events)`.execute(trx)
  for (const { id: webhook } of rows) {
    const job: WebhookJob = { tenant, webhook, call: callOf(event, slip) }
    const enqueue = sql.ref(`${worker}.enqueue`)
    await sql`select ${enqueue}(${WEBHOOK_TASK}, ${JSON.stringify(job)}::json, ${`${webhook}/${job.call.id}`})`.execute(
      trx,
    )
  }
}

function callOf(event: SlipNotice, slip: SlipRow): WebhookCall {
  const { id, key, copy_index, state, reason, copy_of, printer } = slip
  return {
    ...{ id: newId(), event, at: new Date().toISOString() },
    slip: { id, key, copyIndex: copy_index, state, reason, copyOf: copy_of, printer },
  }
}
