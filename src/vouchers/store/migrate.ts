/** Brings a store to the newest form, and refuses one that a newer version has written. */

import { type Kysely, Migrator, sql } from 'kysely'
import { VoucherError } from '../errors.js'
import { KNOWN_MIGRATIONS, migrationProvider } from './migrations.js'
import type { StoreTables } from './tables.js'

/** Table in which Kysely notes the steps (migrations) that were taken. */
const MIGRATION_TABLE = 'xiaopiao_migration'

/**
 * Returns how many of the steps were taken; `none` means that the place is empty.
 *
 * @throws VoucherError `STORE_NEWER`
 */
export async function stepsTaken(db: Kysely<StoreTables>): Promise<'none' | 'some' | 'all'> {
  const done = await stepsDone(db)
  const unknown = done.filter((name) => !KNOWN_MIGRATIONS.includes(name))
  if (unknown.length > 0) {
    throw new VoucherError('a newer version of xiaopiao has written this store', {
      code: 'STORE_NEWER',
      path: 'store',
      hint: `update xiaopiao; this version does not know ${unknown.join(', ')}`,
    })
  }
  if (done.length === 0) return 'none'
  return done.length === KNOWN_MIGRATIONS.length ? 'all' : 'some'
}

/**
 * Takes the missing steps in one transaction and under a lock, so that another program that does the same waits.
 *
 * @param schema of PostgreSQL, which also holds the tables of Kysely
 * @throws VoucherError `STORE_NEWER`
 */
export async function migrate(db: Kysely<StoreTables>, schema?: string): Promise<void> {
  if ((await stepsTaken(db)) === 'all') return
  const migrator = new Migrator({
    db,
    provider: migrationProvider,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

async function stepsDone(db: Kysely<StoreTables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === MIGRATION_TABLE)) return []
  const { rows } = await sql<{
    name: string
  }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db)
  return rows.map(({ name }) => name)
}
