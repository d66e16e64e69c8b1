/** The rule of retention: it may remove all old vouchers except those that something still depends on. */

import type { Kysely } from 'kysely'
import type { SpareReason } from '../backup-options.js'
import { batchName, chainOf } from './places.js'
import type { EntryRow, StoreTables, VoucherRow } from './tables.js'

export interface RetentionRule {
  /** Vouchers of business days before this one are old. */
  readonly before: string
  /** The first instant of the day `before`, in milliseconds since 1970. */
  readonly since: number
  /** Last position of each chain in the backup. */
  readonly backed: ReadonlyMap<string, number>
  /** Batches that are settled. */
  readonly settled: ReadonlySet<string>
  /** Position of the last settlement in each chain, which has listed the late trades before it. */
  readonly lastSettled: ReadonlyMap<string, number>
}

export type VoucherEntry = Pick<EntryRow, 'chain' | 'seq' | 'kind' | 'recorded_at'>

export async function loadSettled(
  db: Kysely<StoreTables>,
): Promise<Pick<RetentionRule, 'settled' | 'lastSettled'>> {
  const settled = new Set<string>()
  const lastSettled = new Map<string, number>()
  const batches = db.selectFrom('batch').selectAll().where('settled_seq', 'is not', null)
  for (const batch of await batches.execute()) {
    const chain = chainOf(batch)
    settled.add(batchName(batch))
    lastSettled.set(chain, Math.max(lastSettled.get(chain) ?? 0, batch.settled_seq as number))
  }
  return { settled, lastSettled }
}

/** Entries of the vouchers by their ids, without the bodies. */
export async function loadVoucherEntries(
  db: Kysely<StoreTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly VoucherEntry[]>> {
  const rows = await db
    .selectFrom('entry')
    .select(['voucher_id', 'chain', 'seq', 'kind', 'recorded_at'])
    .where('voucher_id', 'in', ids)
    .orderBy('n')
    .execute()
  const byVoucher = new Map<string, VoucherEntry[]>(ids.map((id) => [id, []]))
  for (const { voucher_id, ...entry } of rows) byVoucher.get(voucher_id as string)?.push(entry)
  return byVoucher
}

/** Why the voucher must stay; undefined if it may go. */
export function reasonToSpare(
  row: VoucherRow,
  entries: readonly VoucherEntry[],
  rule: RetentionRule,
): SpareReason | undefined {
  if (row.day >= rule.before) return 'later'
  if (row.result === 'unknown') return 'unknown'
  if (row.type === 'preauth' && row.state === 'open') return 'open'
  if (!rule.settled.has(batchName(row))) return 'unsettled'
  if (row.late_seq > (rule.lastSettled.get(chainOf(row)) ?? 0)) return 'unsettled'
  const isLater = ({ kind, recorded_at }: VoucherEntry) =>
    kind !== 'trade' && recorded_at >= rule.since
  if (entries.some(isLater)) return 'later'
  const isNewer = ({ chain, seq }: VoucherEntry) => seq > (rule.backed.get(chain) ?? 0)
  return entries.some(isNewer) ? 'newer' : undefined
}
