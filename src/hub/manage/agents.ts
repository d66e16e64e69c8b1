/** Agents: enrolled by a one-time code, known by their own key, and revocable. */

import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Enrolled, EnrolRequest, Hello, HelloRequest } from '../../hub-api/agent-shapes.js'
import { HubError } from '../../hub-api/errors.js'
import type { HubAgent } from '../../hub-api/manage-shapes.js'
import { addAudit } from '../audit.js'
import { type HubDb, type HubTransaction, inTenant } from '../db/open-db.js'
import { newId } from '../new-id.js'
import { checkStore } from './stores.js'

const CODE_SECONDS = 3600

/** @throws HubError `NOT_FOUND` */
export function addCode(
  db: HubDb,
  tenant: string,
  {
    store,
    seconds = CODE_SECONDS,
  }: { readonly store: string; readonly seconds?: number | undefined },
): Promise<{ readonly code: string; readonly expiresAt: string }> {
  const code = `${tenant}.${randomBytes(18).toString('base64url')}`
  const expiresAt = new Date(Date.now() + seconds * 1000).toISOString()
  return inTenant(db, tenant, async (trx) => {
    await checkStore(trx, store)
    await trx
      .insertInto('enrol_code')
      .values({ tenant, hash: hashOfCode(code), store, expires_at: expiresAt, agent: null })
      .execute()
    return { code, expiresAt }
  })
}

/**
 * Enrols an agent. A code serves once, but the same code with the same key gives the same agent again, because the answer may have been lost.
 *
 * @throws HubError `CODE_INVALID`, in the same words whether it is unknown, used or too old
 */
export async function enrolAgent(db: HubDb, request: EnrolRequest): Promise<Enrolled> {
  const { code, publicKey, name, version } = request
  const tenant = code.split('.')[0] ?? ''
  if (!/^[0-9a-f-]{36}$/.test(tenant)) throw invalidCode()
  return inTenant(db, tenant, async (trx) => {
    const found = await trx
      .selectFrom('enrol_code')
      .selectAll()
      .where('hash', '=', hashOfCode(code))
      .forUpdate()
      .executeTakeFirst()
    if (found === undefined || found.expires_at.getTime() < Date.now()) throw invalidCode()
    if (found.agent !== null) {
      const known = await trx
        .selectFrom('agent')
        .select(['id', 'store'])
        .where('id', '=', found.agent)
        .where('public_key', '=', publicKey)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      if (known === undefined) throw invalidCode()
      return { tenant, agent: known.id, store: known.store, nowMs: Date.now() }
    }
    const agent = newId()
    const { store } = found
    await trx
      .insertInto('agent')
      .values({ tenant, id: agent, store, kind: 'store', name, public_key: publicKey, version })
      .execute()
    await trx.updateTable('enrol_code').set({ agent }).where('hash', '=', found.hash).execute()
    await addAudit(trx, {
      tenant,
      who: `agent:${agent}`,
      what: 'enrol',
      subject: agent,
      detail: { name },
    })
    return { tenant, agent, store, nowMs: Date.now() }
  })
}

/** Records an agent's version and the printers that it found. A printer whose name has no agent yet becomes this agent's. */
export function sayHello(
  db: HubDb,
  { tenant, agent }: { readonly tenant: string; readonly agent: string },
  { version, printers }: HelloRequest,
): Promise<Hello['printers']> {
  return inTenant(db, tenant, async (trx) => {
    const { store } = await trx
      .updateTable('agent')
      .set({ version, seen_at: sql<Date>`now()` })
      .where('id', '=', agent)
      .returning('store')
      .executeTakeFirstOrThrow()
    const known: Hello['printers'][number][] = []
    for (const found of printers) known.push(await claim(trx, { tenant, agent, store }, found))
    return known
  })
}

async function claim(
  trx: HubTransaction,
  {
    tenant,
    agent,
    store,
  }: { readonly tenant: string; readonly agent: string; readonly store: string },
  found: HelloRequest['printers'][number],
): Promise<Hello['printers'][number]> {
  const status = found.status === undefined ? null : JSON.stringify(found.status)
  const { rows } = await sql<{ id: string; agent: string | null }>`
    insert into printer as p (tenant, id, store, agent, name, profile, status, status_at)
    values (${tenant}::uuid, ${newId()}::uuid, ${store}::uuid, ${agent}::uuid, ${found.name}, ${found.profile ?? null},
      ${status}::jsonb, case when ${status}::jsonb is null then null else now() end)
    on conflict (tenant, store, name) do update set
      agent = coalesce(p.agent, excluded.agent),
      profile = case when coalesce(p.agent, excluded.agent) = excluded.agent then coalesce(excluded.profile, p.profile) else p.profile end,
      status = case when coalesce(p.agent, excluded.agent) = excluded.agent then coalesce(excluded.status, p.status) else p.status end,
      status_at = case when coalesce(p.agent, excluded.agent) = excluded.agent then coalesce(excluded.status_at, p.status_at) else p.status_at end
    returning p.id, p.agent`.execute(trx)
  const [row] = rows
  return { name: found.name, id: row?.id ?? '', owned: row?.agent === agent }
}

export function listAgents(db: HubDb, tenant: string): Promise<readonly HubAgent[]> {
  return inTenant(db, tenant, async (trx) => {
    const rows = await trx.selectFrom('agent').selectAll().orderBy('id').execute()
    return rows.map(told)
  })
}

/**
 * Revokes an agent: its key is not accepted any more, and its printers are free for another agent. The slips that it holds are unconfirmed, so that a
 * person decides about them.
 *
 * @throws HubError `NOT_FOUND`
 */
export function revokeAgent(
  db: HubDb,
  { tenant, id }: { readonly tenant: string; readonly id: string },
  by: string,
): Promise<HubAgent> {
  return inTenant(db, tenant, async (trx) => {
    const row = await trx
      .updateTable('agent')
      .set({ revoked_at: sql<Date>`coalesce(revoked_at, now())`, online: false })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) throw new HubError('NOT_FOUND', 'no agent has this id')
    await trx.updateTable('printer').set({ agent: null }).where('agent', '=', id).execute()
    await addAudit(trx, { tenant, who: by, what: 'revoke', subject: id })
    return told(row)
  })
}

/** Records whether an agent is connected by MQTT. Its signed requests by HTTPS also mark it as online. */
export async function setPresence(
  db: HubDb,
  { tenant, agent }: { readonly tenant: string; readonly agent: string },
  presence: 'online' | 'offline',
): Promise<void> {
  await inTenant(db, tenant, (trx) =>
    trx
      .updateTable('agent')
      .set({
        online: presence === 'online',
        ...(presence === 'online' ? { seen_at: sql<Date>`now()` } : {}),
      })
      .where('id', '=', agent)
      .where('revoked_at', 'is', null)
      .execute(),
  )
}

function told(row: {
  id: string
  store: string
  name: string
  kind: string
  version: string | null
  online: boolean
  seen_at: Date | null
  enrolled_at: Date
  revoked_at: Date | null
}): HubAgent {
  const { id, store, name, kind, version, online } = row
  return {
    ...{ id, store, name, kind, version, online },
    seenAt: row.seen_at?.toISOString() ?? null,
    enrolledAt: row.enrolled_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }
}

function hashOfCode(code: string): Uint8Array {
  return createHash('sha256').update(code).digest()
}

function invalidCode(): HubError {
  return new HubError('CODE_INVALID', 'the code is not good', {
    path: 'code',
    hint: 'ask for a new one: a code serves once, and only for a while',
  })
}
