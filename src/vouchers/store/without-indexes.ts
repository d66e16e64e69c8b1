/** Fills tables without the indexes of searches: sorting a million values once takes less than finding the place of each. */

import { type Kysely, sql, type Transaction } from 'kysely'
import { isPostgres } from './postgres-dialect.js'
import type { StoreTables } from './tables.js'

interface Index {
  readonly name: string
  /** The statement that makes the index. */
  readonly definition: string
}

/**
 * Drops the indexes, runs `work` and makes them again, all in the transaction. Indexes of keys and constraints stay, because without them
 * a row could come twice.
 */
export async function withoutIndexes<T>(
  trx: Transaction<StoreTables>,
  work: () => Promise<T>,
): Promise<T> {
  const indexes = await loadIndexes(trx)
  for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(trx)
  const result = await work()
  for (const { definition } of indexes) await sql.raw(definition).execute(trx)
  return result
}

async function loadIndexes(trx: Kysely<StoreTables>): Promise<readonly Index[]> {
  const { rows } = await (isPostgres(trx)
    ? sql<Index>`select indexname as name, indexdef as definition from pg_indexes
        where schemaname = current_schema() and not exists (
          select 1 from pg_constraint where conname = indexname and connamespace = current_schema()::regnamespace)
        order by indexname`
    : sql<Index>`select name, sql as definition from sqlite_master
        where type = 'index' and sql is not null order by name`
  ).execute(trx)
  return rows
}
