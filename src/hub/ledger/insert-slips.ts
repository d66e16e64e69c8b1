/** New slips with their bytes, written by one statement. */

import { type RawBuilder, sql } from 'kysely'
import type { SlipRequest } from '../../hub-api/slip-shapes.js'
import { withoutCardNumbers } from '../../model/errors.js'
import { type HubPool, onceInTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { Seal } from '../seal.js'
import type { ReadyPayload } from './ready-payload.js'

/** A request whose printer and bytes are known. */
export interface Insertion {
  readonly request: SlipRequest
  readonly printer: string
  readonly payload: ReadyPayload
  readonly contentHash: string
  /** Ids of its copies. They are made in the order in which requests came, because slips of a printer are taken in the order of their ids. */
  readonly ids: readonly string[]
}

/** The new slips of a key. */
export interface Inserted {
  readonly rows: readonly SlipRow[]
  /** The agent of their printer. */
  readonly owner: string | null
}

/**
 * Writes the insertions whose printer exists and whose key is new; no two of them may have the same key. The first copy decides: the unique index
 * of keys accepts or refuses it, and the others follow it, so that of two simultaneous requests with one key all slips come from one of them.
 *
 * A slip is offered at once if its agent is connected and has no other slip of this printer. Others stay `accepted`, so that they may still be given
 * to another printer.
 *
 * @returns the new slips by key
 */
export async function insertSlips(
  pool: HubPool,
  { seal, tenant }: { readonly seal: Seal; readonly tenant: string },
  insertions: readonly Insertion[],
): Promise<ReadonlyMap<string, Inserted>> {
  const found = new Map<string, { readonly rows: SlipRow[]; readonly owner: string | null }>()
  if (insertions.length === 0) return found
  const statement = inserting({ seal, tenant }, insertions)
  for (const { owner, ...row } of await onceInTenant(pool, tenant, statement, 'payloads stay')) {
    const known = found.get(row.key) ?? { rows: [], owner }
    known.rows.push(row)
    found.set(row.key, known)
  }
  return found
}

export function inserting(
  { seal, tenant }: { readonly seal: Seal; readonly tenant: string },
  insertions: readonly Insertion[],
): RawBuilder<SlipRow & { owner: string | null }> {
  // All processes insert in the order of keys, so that they cannot wait for each other in a circle.
  const inOrder = insertions.toSorted((a, b) => (a.request.key < b.request.key ? -1 : 1))
  const copies = inOrder.flatMap(copiesOf)
  return sql<SlipRow & { owner: string | null }>`
    with asked as (
      select * from ${slipsTable(inOrder)} as a (n, printer, key, id, content_hash, payload_hash, title, expires_at)
    ), target as (
      select a.*, p.store, p.agent as owner, coalesce(g.online, false)
          and row_number() over (partition by a.printer order by a.n) = 1
          and not exists (select 1 from slip b where b.printer = p.id and b.state in ('taken', 'printing'))
          and not exists (select 1 from slip b where b.printer = p.id and b.state = 'offered') as is_free
      from asked a join printer p on p.id = a.printer left join agent g on g.tenant = p.tenant and g.id = p.agent
      where not exists (select 1 from slip k where k.tenant = ${tenant}::uuid and k.key = a.key)
    ), kept as (
      insert into payload (tenant, hash, size, bytes, segments, heading, key_id)
      select ${tenant}::uuid, y.* from ${payloadsTable(inOrder, seal, tenant)} as y (hash, size, bytes, segments, heading, key_id)
      where y.hash in (select payload_hash from target) on conflict do nothing
    ), first as (
      insert into slip (id, tenant, store, key, copy_index, content_hash, payload_hash, printer, state, origin, title, expires_at)
      select t.id, ${tenant}::uuid, t.store, t.key, 1, t.content_hash, t.payload_hash, t.printer,
        case when t.is_free then 'offered' else 'accepted' end, 'hub', t.title, t.expires_at
      from target t on conflict do nothing returning *
    ), rest as (
      insert into slip (id, tenant, store, key, copy_index, content_hash, payload_hash, printer, state, origin, title, expires_at)
      select c.id, f.tenant, f.store, f.key, c.copy_index, f.content_hash, f.payload_hash, f.printer,
        'accepted', 'hub', f.title, f.expires_at
      from first f join unnest(${copies.map(({ key }) => key)}::text[], ${copies.map(({ copyIndex }) => copyIndex)}::int[],
        ${copies.map(({ id }) => id)}::uuid[]) as c (key, copy_index, id) on c.key = f.key
      on conflict do nothing returning *
    ) select m.*, t.owner from (select * from first union all select * from rest) m join target t on t.key = m.key
      order by m.copy_index`
}

function slipsTable(insertions: readonly Insertion[]) {
  const column = <T>(of: (insertion: Insertion) => T) => insertions.map(of)
  const titles = column(({ request: { title } }) =>
    title === undefined ? null : withoutCardNumbers(title),
  )
  return sql`unnest(${column((_) => 0).map((_, i) => i)}::int[], ${column(({ printer }) => printer)}::uuid[],
    ${column(({ request }) => request.key)}::text[], ${column(({ ids }) => ids[0])}::uuid[],
    ${column(({ contentHash }) => contentHash)}::text[], ${column(({ payload }) => payload.hash)}::text[],
    ${titles}::text[], ${column(({ request }) => request.expiresAt ?? null)}::timestamptz[])`
}

/** Each payload once, even if several slips have the same bytes. */
function payloadsTable(insertions: readonly Insertion[], seal: Seal, tenant: string) {
  const byHash = new Map(insertions.map(({ payload }) => [payload.hash, payload]))
  const sealed = [...byHash.values()].map((payload) => {
    const place = `${tenant}/${payload.hash}`
    const { bytes, keyId } = seal.close(payload.bytes, place)
    const heading = payload.heading && seal.close(payload.heading, `${place}/heading`).bytes
    const segments = payload.segments === null ? null : JSON.stringify(payload.segments)
    return { hash: payload.hash, size: payload.bytes.length, bytes, segments, heading, keyId }
  })
  const column = <T>(of: (one: (typeof sealed)[number]) => T) => sealed.map(of)
  return sql`unnest(${column(({ hash }) => hash)}::text[], ${column(({ size }) => size)}::int[],
    ${column(({ bytes }) => bytes)}::bytea[], ${column(({ segments }) => segments)}::jsonb[],
    ${column(({ heading }) => heading)}::bytea[], ${column(({ keyId }) => keyId)}::text[])`
}

/** The copies after the first one. */
function copiesOf({ request: { key }, ids }: Insertion) {
  return ids.slice(1).map((id, i) => ({ key, copyIndex: i + 2, id }))
}
