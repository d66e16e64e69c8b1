/** Removes the bytes of deleted rows from a store, because a database leaves them in its files until it needs the space. */

import { type Kysely, sql } from 'kysely'
import { CARRIED_TABLES, type TableName } from './carried-tables.js'
import type { StoreTables } from './tables.js'

/**
 * VACUUM rewrites the file without free pages, and the checkpoint empties the write-ahead log, which holds the old pages.
 *
 * @returns false if another program is reading from the log, so that it could not be emptied
 */
export async function scrubSqlite(db: Kysely<StoreTables>): Promise<boolean> {
  await sql`vacuum`.execute(db)
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db)
  return rows[0]?.busy === 0
}

/** Rewrites the tables and makes new statistics, because those of the planner hold the most common values of each column. */
export async function scrubPostgres(db: Kysely<StoreTables>): Promise<boolean> {
  for (const table of Object.keys(CARRIED_TABLES) as TableName[]) {
    await sql`vacuum (full, analyze) ${sql.table(table)}`.execute(db)
  }
  return true
}
