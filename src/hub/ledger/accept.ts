/** Accepts slips: a key and its content are one slip, however often they are sent. */

import { sql } from 'kysely'
import { contentHashOf } from '../../hub-api/content-hash.js'
import { HubError } from '../../hub-api/errors.js'
import type { Accepted, RoleWanted, SlipRequest } from '../../hub-api/slip-shapes.js'
import { gathered, type Settled } from '../db/gather.js'
import { type HubTransaction, inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import { newId } from '../new-id.js'
import type { LedgerContext } from './context.js'
import { type Insertion, insertSlips } from './insert-slips.js'
import { boundPayload, type ReadyPayload, readyPayload } from './ready-payload.js'
import { routeSlip } from './route-slip.js'
import { slipOfRow } from './slip-of-row.js'

export interface AcceptedSlip extends Accepted {
  /** False if the key was known. */
  readonly isNew: boolean
}

export type AcceptSlip = (tenant: string, request: SlipRequest) => Promise<AcceptedSlip>

/**
 * Makes the function that accepts slips. Requests of one moment share a transaction.
 *
 * @throws HubError `KEY_CONFLICT`, `PRINTER_UNKNOWN`, `ROLE_UNKNOWN`, `TEMPLATE_UNKNOWN`, `TEMPLATE_INVALID`
 */
export function acceptor(context: LedgerContext): AcceptSlip {
  const accept = gathered<SlipRequest, Kept>({
    nameOf: ({ key }) => key,
    work: (tenant, requests) => keepAll(context, tenant, requests),
  })
  return async (tenant, request) => {
    checkChoice(request, 'printer', 'role')
    checkChoice(request, 'payload', 'template')
    const { rows, owner, isNew } = await accept(tenant, request)
    const [first] = rows as [SlipRow]
    if (isNew) {
      for (const _ of rows) context.count('accepted')
      if (owner !== null) context.wake(tenant, owner, first.printer)
    }
    const silence = { nowMs: 0, afterMs: Number.POSITIVE_INFINITY, seenAt: null }
    return { slip: slipOfRow(first, silence), slips: rows.map(({ id }) => id), isNew }
  }
}

/** The slips of a key. */
interface Kept {
  readonly rows: readonly SlipRow[]
  /** The agent to wake. */
  readonly owner: string | null
  readonly isNew: boolean
}

async function keepAll(
  context: LedgerContext,
  tenant: string,
  requests: readonly SlipRequest[],
): Promise<readonly Settled<Kept>[]> {
  const { pool, db, seal } = context
  const settled: Settled<Kept>[] = new Array(requests.length)
  const ready = new Map<number, Insertion>()
  for (const [i, request] of requests.entries()) {
    try {
      ready.set(i, await insertionOf(context, tenant, request))
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      settled[i] = { error }
    }
  }
  const fresh = await insertSlips(pool, { seal, tenant }, [...ready.values()])
  const older = [...ready.values()].filter(({ request: { key, copies = 1 } }) => {
    return fresh.get(key)?.rows.length !== copies
  })
  const keys = older.map(({ request }) => request.key)
  const known =
    keys.length === 0 ? new Map() : await inTenant(db, tenant, (trx) => knownSlips(trx, keys))
  for (const [i, insertion] of ready) {
    const { key } = insertion.request
    const made = fresh.get(key)
    const rows = known.get(key) ?? made?.rows ?? []
    settled[i] = settle(insertion, { rows, owner: made?.owner ?? null, isNew: made !== undefined })
  }
  return settled
}

/** The result of a request: its slips, or an error if the key belongs to another content. */
function settle({ request, contentHash }: Insertion, kept: Kept): Settled<Kept> {
  const { rows, isNew } = kept
  const { key, copies = 1 } = request
  if (rows.length === 0) return { error: unknownPrinter() }
  if (rows[0]?.content_hash !== contentHash) return { error: keyConflict(key) }
  // An agent reports its facts one by one, so that some copies of a key that was handed in at its store may still be missing here.
  const isCounted = !isNew && rows.every(({ origin }) => origin === 'hub')
  if (isCounted && rows.length !== copies) return { error: copiesConflict(key, rows.length) }
  return { value: kept }
}

/** Prepares a request for insertion. The database is only asked for templates and roles. */
async function insertionOf(
  { db, bind }: LedgerContext,
  tenant: string,
  request: SlipRequest,
): Promise<Insertion> {
  const ids = Array.from({ length: request.copies ?? 1 }, newId)
  const { printer, payload } = request
  if (printer !== undefined && payload !== undefined) {
    const ready = readyPayload(payload)
    // The content hash of ready bytes is the hash of the payload.
    return { request, printer, payload: ready, contentHash: ready.hash, ids }
  }
  const found = await inTenant(db, tenant, async (trx) => {
    const at = printer ?? (await printerOfRole(trx, request.role as RoleWanted))
    return { printer: at, payload: await payloadOf(trx, bind, { request, printer: at }) }
  })
  return { request, ...found, contentHash: contentHashOf(request), ids }
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

/** Reads the slips that were handed in under each key, without copies that a person wanted. */
async function knownSlips(
  trx: HubTransaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly SlipRow[]>> {
  const rows = await trx
    .selectFrom('slip')
    .selectAll()
    .where(sql<boolean>`key = any(${keys}::text[])`)
    .where('copy_of', 'is', null)
    .orderBy('copy_index')
    .execute()
  const found = new Map<string, SlipRow[]>()
  for (const row of rows) found.set(row.key, [...(found.get(row.key) ?? []), row])
  return found
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

function copiesConflict(key: string, copies: number): HubError {
  const papers = copies === 1 ? '1 copy' : `${copies} copies`
  return new HubError('KEY_CONFLICT', `the key ${key} was handed in with ${papers}`, {
    path: 'copies',
    hint: 'the same slip is sent with the same number of copies; give a new slip a key of its own',
  })
}
