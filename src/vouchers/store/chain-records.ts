/** Loads records in the order in which the store took them, and refuses any record that is not as it was recorded. */

import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { ChainRecord, RecordsQuery } from '../chain-record.js'
import { VoucherError } from '../errors.js'
import type { ChainFault } from '../verification.js'
import { changedFault } from './check-record.js'
import type { EntryRow, NewEntry, StoreTables } from './tables.js'

/**
 * Loads a page of records.
 * @throws VoucherError `RECORD_CHANGED` for the first record of the page that is not as it was recorded
 */
export async function loadRecords(
  db: Kysely<StoreTables>,
  { after, limit }: RecordsQuery,
  key: KeyObject | undefined,
): Promise<readonly ChainRecord[]> {
  const rows = await db
    .selectFrom('entry')
    .selectAll()
    .where('n', '>', after)
    .orderBy('n')
    .limit(limit)
    .execute()
  return rows.map((row) => {
    const fault = readableFault(row, key)
    if (fault !== undefined) throw recordError(fault)
    return recordOf(row)
  })
}

/** Finds the fault of a record, also if its body was changed so that it is not JSON any more. */
export function readableFault(
  row: Omit<EntryRow, 'n'>,
  key: KeyObject | undefined,
): ChainFault | undefined {
  try {
    return changedFault(row, key)
  } catch {
    const { chain, seq } = row
    return { kind: 'changed', chain, seq, message: 'the body is not one that can be read' }
  }
}

export function recordError({
  kind,
  chain,
  seq,
  message,
}: Pick<ChainFault, 'kind' | 'chain' | 'seq' | 'message'>): VoucherError {
  return new VoucherError(`record ${seq} of chain ${chain}: ${message}`, {
    code: kind === 'missing' ? 'RECORD_MISSING' : 'RECORD_CHANGED',
    path: `${chain}[${seq}]`,
    hint: 'run vouchers verify, which names every such record, and restore a backup of the store',
  })
}

function recordOf(row: EntryRow): ChainRecord {
  const { n, chain, seq, kind, prev, hash, body } = row
  return {
    ...{ n, chain, seq, kind, prev, hash, body },
    voucherId: row.voucher_id,
    recordedAt: row.recorded_at,
    bodyHash: row.body_hash,
  }
}

export function entryOf(record: ChainRecord): NewEntry & Omit<EntryRow, 'n'> {
  const { chain, seq, kind, prev, hash, body } = record
  return {
    ...{ chain, seq, kind, prev, hash, body },
    voucher_id: record.voucherId,
    recorded_at: record.recordedAt,
    body_hash: record.bodyHash,
  }
}
