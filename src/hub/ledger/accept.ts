/** Slips taken in: a key and its content are one slip, however often they are sent. */

import { sql } from 'kysely'
import { contentHashOf } from '../../hub-api/content-hash.js'
import { HubError } from '../../hub-api/errors.js'
import type { Accepted, RoleWanted, SlipRequest } from '../../hub-api/slip-shapes.js'
import { withoutCardNumbers } from '../../model/errors.js'
import { type HubTransaction, inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import { newId } from '../new-id.js'
import type { LedgerContext } from './context.js'
import { boundPayload, type ReadyPayload, readyPayload } from './ready-payload.js'
import { routeSlip } from './route-slip.js'
import { slipOfRow } from './slip-of-row.js'

export interface AcceptedSlip extends Accepted {
  /** Else the key was known. */
  readonly isNew: boolean
}

/** @throws HubError `KEY_CONFLICT`, `PRINTER_UNKNOWN`, `ROLE_UNKNOWN`, `TEMPLATE_UNKNOWN`, `TEMPLATE_INVALID` */
export async function acceptSlip(
  context: LedgerContext,
  tenant: string,
  request: SlipRequest,
): Promise<AcceptedSlip> {
  checkChoice(request, 'printer', 'role')
  checkChoice(request, 'payload', 'template')
  const contentHash = contentHashOf(request)
  const { rows, isNew } = await inTenant(context.db, tenant, async (trx) => {
    const printer = request.printer ?? (await printerOfRole(trx, request.role as RoleWanted))
    const payload = await payloadOf(trx, context.bind, { request, printer })
    const fresh = await insert(trx, { context, tenant, request, printer, payload, contentHash })
    if (fresh.length > 0) return { rows: fresh, isNew: true }
    const known = await knownSlips(trx, request.key)
    if (known.length === 0) throw unknownPrinter()
    return { rows: known, isNew: false }
  })
  const [first] = rows as [SlipRow]
  if (first.content_hash !== contentHash) throw keyConflict(request.key)
  if (isNew) {
    for (const _ of rows) context.count('accepted')
    if (first.agent !== null) context.wake(tenant, first.agent, first.printer)
  }
  const silence = { nowMs: 0, afterMs: Number.POSITIVE_INFINITY, seenAt: null }
  // A slip that nobody has taken has no agent yet; the column has carried the one to wake.
  const told = isNew ? { ...first, agent: null } : first
  return { slip: slipOfRow(told, silence), slips: rows.map(({ id }) => id), isNew }
}

function checkChoice(
  request: SlipRequest,
  one: 'printer' | 'payload',
  other: 'role' | 'template',
): void {
  if ((request[one] === undefined) !== (request[other] === undefined)) return
  throw new HubError('BODY_INVALID', `a slip needs ${one} or ${other}, and not both`, { path: one })
}

async function payloadOf(
  trx: HubTransaction,
  bind: LedgerContext['bind'],
  { request, printer }: { readonly request: SlipRequest; readonly printer: string },
): Promise<ReadyPayload> {
  const { payload, template } = request
  if (payload !== undefined) return readyPayload(payload)
  const found = await trx
    .selectFrom('printer')
    .select('profile')
    .where('id', '=', printer)
    .executeTakeFirst()
  if (found === undefined) throw unknownPrinter()
  return boundPayload(trx, bind, {
    template: template as NonNullable<typeof template>,
    profile: found.profile,
  })
}

async function printerOfRole(trx: HubTransaction, wanted: RoleWanted): Promise<string> {
  const { rows } = await sql<{
    role: string
    category: string | null
    printer: string
    position: number
    isOnline: boolean
  }>`select r.role, r.category, r.printer, r.position, coalesce(a.online, false) as "isOnline"
     from route r join printer p on p.tenant = r.tenant and p.id = r.printer
       left join agent a on a.tenant = p.tenant and a.id = p.agent
     where r.store = ${wanted.store}`.execute(trx)
  const printer = routeSlip(rows, wanted)
  if (printer === undefined) {
    throw new HubError('ROLE_UNKNOWN', `no printer of the store has the role ${wanted.role}`, {
      path: 'role',
      hint: 'PUT /v1/stores/{id}/routes says which printer has which role',
    })
  }
  return printer
}

interface Insertion {
  readonly context: LedgerContext
  readonly tenant: string
  readonly request: SlipRequest
  readonly printer: string
  readonly payload: ReadyPayload
  readonly contentHash: string
}

/**
 * One statement: payload and slips, if the printer is there and the key is not. A slip is offered at once if its agent is connected and has no
 * other one of this printer; the others stay where they may still be given to another printer. `agent` comes back as the owner to wake.
 */
async function insert(trx: HubTransaction, insertion: Insertion): Promise<readonly SlipRow[]> {
  const { tenant, request, printer, payload, contentHash } = insertion
  const { bytes, heading, keyId } = sealed(insertion)
  const ids = Array.from({ length: request.copies ?? 1 }, newId)
  const segments = payload.segments === null ? null : JSON.stringify(payload.segments)
  const title = request.title === undefined ? null : withoutCardNumbers(request.title)
  const { rows } = await sql<SlipRow>`
    with target as (
      select p.id, p.store, p.agent, coalesce(a.online, false) and not exists (
          select 1 from slip b where b.printer = p.id and b.state in ('taken', 'printing')
        ) and not exists (select 1 from slip b where b.printer = p.id and b.state = 'offered') as is_free
      from printer p left join agent a on a.tenant = p.tenant and a.id = p.agent
      where p.id = ${printer}::uuid and not exists (select 1 from slip k where k.tenant = ${tenant}::uuid and k.key = ${request.key})
    ), kept as (
      insert into payload (tenant, hash, size, bytes, segments, heading, key_id)
      select ${tenant}::uuid, ${payload.hash}, ${payload.bytes.length}::int, ${bytes}::bytea, ${segments}::jsonb, ${heading}::bytea, ${keyId}
      from target on conflict do nothing
    ), fresh as (
      insert into slip (id, tenant, store, key, copy_index, content_hash, payload_hash, printer, state, origin, title, expires_at)
      select copy.id, ${tenant}::uuid, t.store, ${request.key}, copy.n, ${contentHash}, ${payload.hash}, t.id,
        case when t.is_free and copy.n = 1 then 'offered' else 'accepted' end, 'hub', ${title}, ${request.expiresAt ?? null}::timestamptz
      from target t, unnest(${ids}::uuid[]) with ordinality as copy (id, n)
      on conflict do nothing returning *
    ) select f.*, t.agent from fresh f, target t order by f.copy_index`.execute(trx)
  return rows
}

function sealed({ context, tenant, payload }: Insertion) {
  const place = `${tenant}/${payload.hash}`
  const { bytes, keyId } = context.seal.close(payload.bytes, place)
  const heading = payload.heading && context.seal.close(payload.heading, `${place}/heading`).bytes
  return { bytes, heading, keyId }
}

function knownSlips(trx: HubTransaction, key: string): Promise<SlipRow[]> {
  return trx
    .selectFrom('slip')
    .selectAll()
    .where('key', '=', key)
    .where('copy_of', 'is', null)
    .orderBy('copy_index')
    .execute()
}

function unknownPrinter(): HubError {
  return new HubError('PRINTER_UNKNOWN', 'no printer has this id', {
    path: 'printer',
    hint: 'GET /v1/printers lists those that are there',
  })
}

function keyConflict(key: string): HubError {
  return new HubError('KEY_CONFLICT', `the key ${key} is another slip's`, {
    path: 'key',
    hint: 'a key names one content for ever; give the new slip a key of its own',
  })
}
