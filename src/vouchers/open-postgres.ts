/** Makes and opens stores in PostgreSQL. */

import type { Kysely, Transaction } from 'kysely'
import type { Archive } from './archive.js'
import { hashLink, isSameHash } from './chain.js'
import { VoucherError } from './errors.js'
import { readKeyFile, readOrMakeKey } from './key-file.js'
import type { PostgresPlace } from './postgres-url.js'
import type { StoreEngine } from './store/engine.js'
import type { PostgresOptions } from './store/postgres.js'
import { postgresFailure, type StoreFailure } from './store/postgres-errors.js'
import type { RowWriter } from './store/row-writer.js'
import type { ShopCopy } from './store/shop-copy.js'
import type { StoreTables } from './store/tables.js'

/** Number of newest records on which a key is tried: several, because one of them may have been changed. */
const KEY_SAMPLE = 10

/** Makes the archive over the tables of an engine. */
export type MakeArchive = (engine: StoreEngine, key: Uint8Array | undefined) => Promise<Archive>

/**
 * Makes a store in PostgreSQL and opens it.
 * @throws VoucherError `STORE_EXISTS`, `STORE_KEY`, `STORE_READ_ONLY`, `STORE_UNREACHABLE`, `STORE_NOT_DURABLE`
 */
export async function createPostgresArchive(
  place: PostgresPlace,
  keyFile: string | undefined,
  makeArchive: MakeArchive,
): Promise<Archive> {
  if (place.shop !== undefined) throw madeByPush()
  const file = neededKey(keyFile)
  return withEngine(place, async (engine) => {
    if (!(await makeStore(engine, place))) {
      throw storeIsThere(place)
    }
    return makeArchive(engine, await readOrMakeKey(file))
  })
}

/**
 * Opens a store in PostgreSQL, or the copy of a shop.
 * @param keyFile may be left out for the copy of a shop, which is then verified as far as that is possible without the key
 * @throws VoucherError `STORE_MISSING`, `STORE_KEY`, `STORE_UNREACHABLE`, `STORE_NOT_DURABLE`, `STORE_NEWER`
 */
export async function openPostgresArchive(
  place: PostgresPlace,
  keyFile: string | undefined,
  makeArchive: MakeArchive,
): Promise<Archive> {
  const isKeyless = place.shop !== undefined && keyFile === undefined
  const key = isKeyless ? undefined : await readKeyFile(neededKey(keyFile))
  return withEngine(place, async (engine) => {
    const { stepsTaken } = await import('./store/migrate.js')
    const taken = await stepsTaken(engine.db)
    if (taken === 'none') {
      throw new VoucherError(`no store is in ${place.name}`, {
        code: 'STORE_MISSING',
        path: 'store',
        hint:
          place.shop === undefined
            ? 'check the address; vouchers init makes a new store'
            : 'check the address; the first vouchers push of the shop makes its copy',
      })
    }
    if (taken === 'some') await takeSteps(place)
    if (key !== undefined) await checkKey(engine.db, key)
    return makeArchive(engine, key)
  })
}

/**
 * Opens the copy of a shop for a push, and makes the copy if it does not exist.
 *
 * @throws VoucherError `STORE_ADDRESS` if no shop is named, `STORE_UNREACHABLE`, `STORE_NOT_DURABLE`, `STORE_NEWER`
 */
export async function openShopCopy(place: PostgresPlace): Promise<ShopCopy> {
  if (place.shop === undefined) {
    throw new VoucherError('the address does not say whose copy it is', {
      code: 'STORE_ADDRESS',
      path: 'to',
      hint: 'put the name of the shop behind it: postgres://user@host/database?shop=07',
    })
  }
  return withEngine(place, async (engine) => {
    const { stepsTaken } = await import('./store/migrate.js')
    const { ShopCopy } = await import('./store/shop-copy.js')
    const taken = await stepsTaken(engine.db)
    if (taken === 'none') await makeStore(engine, place)
    if (taken === 'some') await takeSteps(place)
    return new ShopCopy(engine)
  })
}

function storeIsThere({ name }: PostgresPlace): VoucherError {
  return new VoucherError(`a store is in ${name} already`, {
    code: 'STORE_EXISTS',
    path: 'store',
    hint: 'use it as it is, or choose another schema; a store is never overwritten',
  })
}

export function neededKey(keyFile: string | undefined): string {
  if (keyFile !== undefined) return keyFile
  throw new VoucherError('a store in PostgreSQL needs a key file', {
    code: 'STORE_KEY',
    path: 'keyFile',
    hint: 'give keyFile (--key-file FILE): a file of this counter, a copy of the one that vouchers init has made',
  })
}

function madeByPush(): VoucherError {
  return new VoucherError('the copy of a shop is made by its first push', {
    code: 'STORE_READ_ONLY',
    path: 'store',
    hint: 'leave shop out of the address to make a store that counters write to',
  })
}

/**
 * Fills a store without records in one transaction. A store that does not exist is made first, and dropped again if filling fails.
 *
 * @throws VoucherError `STORE_EXISTS`, `STORE_READ_ONLY`
 */
export async function restoreIntoPostgres<T>(
  place: PostgresPlace,
  load: (trx: Transaction<StoreTables>, writer: RowWriter) => Promise<T>,
): Promise<T> {
  if (place.shop !== undefined) throw madeByPush()
  const { sql } = await import('kysely')
  const restore = async (engine: StoreEngine) => {
    const { db } = engine
    const hadSchema = await hasSchema(db, place)
    const isMade = await makeStore(engine, place)
    let result: T
    try {
      result = await db.transaction().execute(async (trx) => {
        const writer = await engine.writerOf(trx)
        await sql`lock table entry in access exclusive mode`.execute(trx)
        if ((await trx.selectFrom('entry').select('n').limit(1).execute()).length > 0) {
          throw storeIsThere(place)
        }
        return load(trx, writer)
      })
    } catch (error) {
      if (isMade) await dropStore(engine, place, { schema: !hadSchema })
      throw error
    }
    // The query planner has no statistics yet of tables that were filled just now.
    await sql`vacuum analyze entry, voucher`.execute(db)
    await db.destroy()
    return result
  }
  // Without a timeout of queries, because building an index over millions of rows takes long.
  return withEngine(place, restore, { queryTimeoutMs: 0 })
}

async function dropStore(
  { db }: StoreEngine,
  { schema: name }: PostgresPlace,
  { schema }: { readonly schema: boolean },
): Promise<void> {
  const { sql } = await import('kysely')
  if (schema) return void (await sql`drop schema ${sql.id(name)} cascade`.execute(db))
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = ${name}`.execute(db)
  for (const table of rows) await sql`drop table ${sql.id(name, table.name)} cascade`.execute(db)
}

async function withEngine<Opened>(
  place: PostgresPlace,
  work: (engine: StoreEngine) => Promise<Opened>,
  options: PostgresOptions = {},
): Promise<Opened> {
  const { storeError } = await import('./store/store-errors.js')
  const { openPostgres } = await import('./store/postgres.js')
  const engine = await openPostgres(place, options)
  try {
    await checkServer(engine.db, place)
    return await work(engine)
  } catch (error) {
    await engine.db.destroy()
    throw storeError(error)
  }
}

/**
 * Refuses a server that may lose commits it has acknowledged, because a store holds money, and a database that cannot hold every
 * character. The library cannot change these two settings.
 */
async function checkServer(db: Kysely<StoreTables>, { schema }: PostgresPlace): Promise<void> {
  const { sql } = await import('kysely')
  const { rows } = await sql<{ fsync: string; encoding: string; usable: boolean | null }>`select
    current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
    (select has_schema_privilege(oid, 'usage') from pg_namespace where nspname = ${schema}) as usable`.execute(
    db,
  )
  const [settings] = rows
  if (settings?.fsync === 'off') {
    throw new VoucherError('the server of the store does not write its commits to the disk', {
      code: 'STORE_NOT_DURABLE',
      path: 'store',
      hint: 'set fsync = on in postgresql.conf and restart the server',
    })
  }
  if (settings?.encoding !== 'UTF8') {
    throw new VoucherError('the database of the store cannot hold every character', {
      code: 'STORE_UNREACHABLE',
      path: 'store',
      hint: 'make a database with encoding UTF8: createdb --encoding UTF8 --template template0 NAME',
    })
  }
  // Without this right the schema looks empty.
  if (settings.usable === false) {
    const [code, message, hint] = postgresFailure('42501') as StoreFailure
    throw new VoucherError(message, { code, path: 'store', hint })
  }
}

/**
 * Makes the store unless it exists. Two programs that make the same store wait for each other.
 *
 * @returns whether this call has made it
 */
async function makeStore({ db }: StoreEngine, place: PostgresPlace): Promise<boolean> {
  const { sql } = await import('kysely')
  const { stepsTaken } = await import('./store/migrate.js')
  const { schema } = place
  const name = `xiaopiao ${schema}`
  return db.connection().execute(async (own) => {
    await sql`select pg_advisory_lock(hashtext(${name}))`.execute(own)
    try {
      // The schema may exist because it was made for a user who may not make schemas.
      if (!(await hasSchema(own, place))) await sql`create schema ${sql.id(schema)}`.execute(own)
      if ((await stepsTaken(own)) !== 'none') return false
      await takeSteps(place)
      return true
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${name}))`.execute(own)
    }
  })
}

async function hasSchema(db: Kysely<StoreTables>, { schema }: PostgresPlace): Promise<boolean> {
  const { sql } = await import('kysely')
  const { rows } = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(db)
  return rows.length > 0
}

/** Runs the migrations over a separate connection without a timeout, because building an index over millions of rows takes long. */
async function takeSteps(place: PostgresPlace): Promise<void> {
  const { openPostgres } = await import('./store/postgres.js')
  const { migrate } = await import('./store/migrate.js')
  const { db } = await openPostgres(place, { queryTimeoutMs: 0 })
  try {
    await migrate(db, place.schema)
  } finally {
    await db.destroy()
  }
}

/**
 * Refuses a key that is not the store's, because a second counter with another key would continue the chains in a way that cannot be
 * verified.
 */
async function checkKey(db: Kysely<StoreTables>, key: Uint8Array): Promise<void> {
  const newest = await db
    .selectFrom('entry')
    .select(['chain', 'seq', 'kind', 'prev', 'body_hash', 'hash'])
    .orderBy('n', 'desc')
    .limit(KEY_SAMPLE)
    .execute()
  const fits = newest.some(({ body_hash: bodyHash, hash, ...link }) =>
    isSameHash(hashLink({ ...link, bodyHash }, key), hash),
  )
  if (fits || newest.length === 0) return
  throw new VoucherError('the key file is not that of this store', {
    code: 'STORE_KEY',
    path: 'keyFile',
    hint: 'copy the key file of the counter that made the store; all of them need the same one',
  })
}
