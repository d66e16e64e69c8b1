/**
 * Families of trades that follow one another, such as a pre-authorisation, its completion and a refund. A family is removed or kept as a
 * whole, because each trade is the proof of the others.
 */

import type { Kysely } from 'kysely'
import type { SpareReason } from '../backup-options.js'
import { loadVoucherEntries, type RetentionRule, reasonToSpare } from './retention-rule.js'
import type { StoreTables, VoucherRow } from './tables.js'

/** Ids in one query. */
const AT_ONCE = 500

export interface Families {
  /** Returns the voucher that represents the family of `id`, always the same one; undefined if `id` does not belong to a family. */
  rootOf(id: string): string | undefined
  /** All vouchers of the family that `id` belongs to, itself included. */
  membersOf(id: string): readonly string[]
  /** Roots of the families in which a voucher must stay, with the reason. */
  readonly spared: ReadonlyMap<string, SpareReason>
}

export async function loadFamilies(
  db: Kysely<StoreTables>,
  rule: RetentionRule,
): Promise<Families> {
  const parents = await loadParents(db)
  const rootOf = (id: string) => (parents.has(id) ? findRoot(parents, id) : undefined)
  const spared = new Map<string, SpareReason>()
  const members = [...parents.keys()]
  const byRoot = new Map<string, string[]>()
  for (const id of members) {
    const root = findRoot(parents, id)
    byRoot.set(root, [...(byRoot.get(root) ?? []), id])
  }
  for (let at = 0; at < members.length; at += AT_ONCE) {
    const ids = members.slice(at, at + AT_ONCE)
    const rows = await db.selectFrom('voucher').selectAll().where('id', 'in', ids).execute()
    const entries = await loadVoucherEntries(db, ids)
    for (const row of rows) {
      const reason = reasonToSpare(row, entries.get(row.id) ?? [], rule)
      if (reason !== undefined) spared.set(rootOf(row.id) as string, reason)
    }
  }
  const membersOf = (id: string) => byRoot.get(rootOf(id) ?? '') ?? [id]
  return { rootOf, membersOf, spared }
}

/** The parent of each voucher in a family, as in a union-find structure; a root is its own parent. */
async function loadParents(db: Kysely<StoreTables>): Promise<Map<string, string>> {
  const parents = new Map<string, string>()
  for (let after = ''; ; ) {
    const page = await db
      .selectFrom('voucher')
      .select(['id', 'original_id'])
      .where('original_id', 'is not', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute()
    for (const { id, original_id } of page) join(parents, id, original_id as string)
    const last = page.at(-1)
    if (last === undefined || page.length < AT_ONCE) return parents
    after = last.id
  }
}

function join(parents: Map<string, string>, a: string, b: string): void {
  for (const id of [a, b]) if (!parents.has(id)) parents.set(id, id)
  parents.set(findRoot(parents, a), findRoot(parents, b))
}

function findRoot(parents: Map<string, string>, id: string): string {
  let root = id
  for (;;) {
    const parent = parents.get(root) as string
    if (parent === root) break
    root = parent
  }
  parents.set(id, root)
  return root
}

/** The trades that follow the vouchers, as the store has them now. */
export async function loadFollowers(
  db: Kysely<StoreTables>,
  ids: readonly string[],
): Promise<readonly Pick<VoucherRow, 'id' | 'original_id'>[]> {
  return db
    .selectFrom('voucher')
    .select(['id', 'original_id'])
    .where('original_id', 'in', ids)
    .execute()
}
