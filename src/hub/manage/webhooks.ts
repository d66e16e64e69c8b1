/** Webhooks: addresses that are called when a slip ends, is decided or is copied. */

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

/** Name of the task for graphile-worker, whose jobs are in a separate schema; see `migrate.ts`. */
export const WEBHOOK_TASK = 'webhook'

export interface WebhookJob {
  readonly tenant: string
  readonly webhook: string
  readonly call: WebhookCall
}

/** How long a tenant's webhooks are cached: until then another hub process may not know a new one. */
const KEPT_MS = 2000
const MOST_KEPT = 10_000

export interface WebhookNotifier {
  notify(trx: HubTransaction, tenant: string, event: SlipNotice, slip: SlipRow): Promise<void>
  /** Drops the cached webhooks of a tenant, because they have changed. */
  forget(tenant: string): void
}

/**
 * Makes a notifier, which adds a call of each webhook that wants the event to the transaction, so that the call is made if and only if the slip has
 * moved. The webhooks are cached for a moment, because most tenants have none and each report would read them.
 *
 * @param worker the schema of the jobs
 */
export function webhookNotifier(worker: string): WebhookNotifier {
  const kept = new Map<string, { readonly until: number; readonly all: readonly Wanted[] }>()
  const enqueue = sql.ref(`${worker}.enqueue`)
  const notify: WebhookNotifier['notify'] = async (trx, tenant, event, slip) => {
    let known = kept.get(tenant)
    if (known === undefined || known.until < Date.now()) {
      const all = await trx.selectFrom('webhook').select(['id', 'events']).execute()
      known = { until: Date.now() + KEPT_MS, all }
      if (kept.size > MOST_KEPT) kept.clear()
      kept.set(tenant, known)
    }
    for (const { id: webhook, events } of known.all) {
      if (!events.includes(event)) continue
      const job: WebhookJob = { tenant, webhook, call: callOf(event, slip) }
      const name = `${webhook}/${job.call.id}`
      await sql`select ${enqueue}(${WEBHOOK_TASK}, ${JSON.stringify(job)}::json, ${name})`.execute(
        trx,
      )
    }
  }
  return { notify, forget: (tenant) => void kept.delete(tenant) }
}

interface Wanted {
  readonly id: string
  readonly events: readonly string[]
}

function callOf(event: SlipNotice, slip: SlipRow): WebhookCall {
  const { id, key, copy_index, state, reason, copy_of, printer } = slip
  return {
    ...{ id: newId(), event, at: new Date().toISOString() },
    slip: { id, key, copyIndex: copy_index, state, reason, copyOf: copy_of, printer },
  }
}
