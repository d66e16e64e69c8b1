/** Puts the rows of a backup into empty tables, and verifies the filled tables. */

import type { KeyObject } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { OpenBackup } from '../backup/read-backup.js'
import type { TableRow, TableRows } from '../backup/rows-text.js'
import { VoucherError } from '../errors.js'
import type { Seal } from '../seal.js'
import type { ChainFault } from '../verification.js'
import { insertRows, type Target, targetOf } from './insert-rows.js'
import { isPostgres } from './postgres-dialect.js'
import type { RowWriter } from './row-writer.js'
import { placeOf } from './store-faulty.js'
import type { StoreTables } from './tables.js'
import { verifyFilled } from './verify-store.js'
import { withoutIndexes } from './without-indexes.js'

export interface BackupLoad {
  readonly backup: OpenBackup
  readonly key: KeyObject
  /** A seal that was kept elsewhere. */
  readonly seal: string | Seal | undefined
  readonly onProgress: ((done: number, total: number) => void) | undefined
}

export interface LoadedBackup {
  readonly entries: number
  readonly vouchers: number
}

/**
 * Fills the tables and verifies them.
 * @throws VoucherError `BACKUP_FAULTY`, and as `OpenBackup.read`
 */
export async function loadBackup(
  trx: Transaction<StoreTables>,
  writer: RowWriter,
  { backup, key, seal, onProgress }: BackupLoad,
): Promise<LoadedBackup> {
  const targets = new Map<string, Target<TableRow>>()
  const targetFor = ({ table, columns }: TableRows) => {
    const target = targets.get(table) ?? targetOf<TableRow>(table, columns)
    targets.set(table, target)
    return target
  }
  const onRows = async (rows: TableRows) => {
    insertRows(writer, targetFor(rows), rows.rows)
    await writer.done()
  }
  const { found, rows } = await withoutIndexes(trx, () => backup.read({ key, onRows, onProgress }))
  if (isPostgres(trx)) {
    await countOn(trx)
    // The query planner has no statistics yet of tables that were filled just now.
    await sql`analyze entry, voucher`.execute(trx)
  }
  // The chains and the seal of the backup were compared while it was read; without another seal the newest of the store is compared again.
  const { closings, heads } = found
  const { faults, vouchers } = await verifyFilled(trx, { closings, heads, given: seal })
  const [fault] = faults
  if (fault !== undefined) throw faulty(fault)
  return { entries: rows.entry ?? 0, vouchers }
}

/** Lets the numbers of new records begin after those of the restored ones, which were inserted with their numbers. */
async function countOn(trx: Kysely<StoreTables>): Promise<void> {
  await sql`select setval(pg_get_serial_sequence('entry', 'n'), max(n)) from entry having max(n) > 0`.execute(
    trx,
  )
}

function faulty(fault: ChainFault): VoucherError {
  return new VoucherError(
    `the backup is not restored, because of a fault at ${placeOf(fault)}: ${fault.message}`,
    {
      code: 'BACKUP_FAULTY',
      path: 'file',
      hint: 'take an earlier backup, and keep this one to find out what has happened',
    },
  )
}
