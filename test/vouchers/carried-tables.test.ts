/** A table that a backup does not carry would be lost at a restore without a word. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqliteEngine } from '../../src/vouchers/open-sqlite.js'
import { CARRIED_TABLES } from '../../src/vouchers/store/carried-tables.js'
import { storeFolder } from './helpers.js'

const { path, create } = storeFolder()

/** The notes of the steps that were taken, which a restore makes again. */
const OF_THE_STORE = ['xiaopiao_migration', 'xiaopiao_migration_lock']

test('a backup carries every table of the schema, whole', async () => {
  await (await create('tables')).close()
  const { db, release } = await openSqliteEngine(path('tables'))
  const { rows } = await sql<{ table: string; column: string; pk: number }>`
    select m.name as "table", c.name as "column", c.pk from sqlite_master as m, pragma_table_info(m.name) as c
    where m.type = 'table'`.execute(db)
  await db.destroy()
  await release()
  const schema = new Map<string, { columns: string[]; key: string[] }>()
  for (const { table, column, pk } of rows) {
    if (OF_THE_STORE.includes(table)) continue
    const own = schema.get(table) ?? { columns: [], key: [] }
    own.columns.push(column)
    if (pk > 0) own.key[pk - 1] = column
    schema.set(table, own)
  }
  const carried = Object.entries(CARRIED_TABLES).map(([name, { columns, key }]) => [
    name,
    { columns: columns.toSorted(), key },
  ])
  const expected = [...schema].map(([name, { columns, key }]) => [
    name,
    { columns: columns.toSorted(), key },
  ])
  expect(Object.fromEntries(carried)).toEqual(Object.fromEntries(expected))
})
