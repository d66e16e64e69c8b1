/** Makes and opens stores in PostgreSQL. */

import type { Kysely } from 'kysely'
import type { Archive } from './archive.js'
import { hashLink, isSameHash } from './chain.js'
import { VoucherError } from './errors.js'
import type { PostgresPlace } from './postgres-url.js'
import type { StoreEngine } from './store/engine.js'
import type { StoreTables } from './store/tables.js'

/** Records whose hashes show that a key is that of the store: several, because one of them may have been changed. */
const KEY_SAMPLE = 10

/**
 * @param readKey reads or makes the key, once the server has shown that it can be used
 * @throws VoucherError `STORE_EXISTS`, `STORE_UNREACHABLE`, `STORE_NOT_DURABLE`
 */
export async function createPostgresArchive(
  place: PostgresPlace,
  readKey: () => Promise<Uint8Array>,
): Promise<Archive> {
  return withEngine(place, async (engine) => {
    await makeStore(engine, place)
    return archiveOf(engine, await readKey())
  })
}

/** @throws VoucherError `STORE_MISSING`, `STORE_UNREACHABLE`, `STORE_NOT_DURABLE`, `STORE_NEWER`, `STORE_KEY` */
export async function openPostgresArchive(place: PostgresPlace, key: Uint8Array): Promise<Archive> {
  return withEngine(place, async (engine) => {
    const { stepsTaken } = await import('./store/migrate.js')
    const taken = await stepsTaken(engine.db)
    if (taken === 'none') {
      throw new VoucherError(`no store is in ${place.name}`, {
        code: 'STORE_MISSING',
        path: 'store',
        hint: 'Check the address; vouchers init makes a new store.',
      })
    }
    if (taken === 'some') await takeSteps(place)
    await checkKey(engine.db, key)
    return archiveOf(engine, key)
  })
}

async function withEngine(
  place: PostgresPlace,
  work: (engine: StoreEngine) => Promise<Archive>,
): Promise<Archive> {
  const { storeError } = await import('./store/store-errors.js')
  const { openPostgres } = await import('./store/postgres.js')
  const engine = await openPostgres(place)
  try {
    await checkServer(engine.db)
    return await work(engine)
  } catch (error) {
    await engine.db.destroy()
    throw storeError(error)
  }
}

async function archiveOf(engine: StoreEngine, key: Uint8Array): Promise<Archive> {
  const { SqlArchive } = await import('./store/sql-archive.js')
  return new SqlArchive(engine, key)
}

/** A server that forgets what it has acknowledged is no place for money. The library cannot change these two. */
async function checkServer(db: Kysely<StoreTables>): Promise<void> {
  const { sql } = await import('kysely')
  const { rows } = await sql<{ fsync: string; encoding: string }>`select
    current_setting('fsync') as fsync, current_setting('server_encoding') as encoding`.execute(db)
  const [settings] = rows
  if (settings?.fsync === 'off') {
    throw new VoucherError('the server of the store does not write its commits to the disk', {
      code: 'STORE_NOT_DURABLE',
      path: 'store',
      hint: 'Set fsync = on in postgresql.conf and restart the server.',
    })
  }
  if (settings?.encoding !== 'UTF8') {
    throw new VoucherError('the database of the store cannot hold every character', {
      code: 'STORE_UNREACHABLE',
      path: 'store',
      hint: 'Make a database with encoding UTF8: createdb --encoding UTF8 --template template0 NAME',
    })
  }
}

/** Two programs that make the same store wait for each other, and the second finds it there. */
async function makeStore({ db }: StoreEngine, place: PostgresPlace): Promise<void> {
  const { sql } = await import('kysely')
  const { stepsTaken } = await import('./store/migrate.js')
  const name = `xiaopiao ${place.schema}`
  await db.connection().execute(async (own) => {
    await sql`select pg_advisory_lock(hashtext(${name}))`.execute(own)
    try {
      await sql`create schema if not exists ${sql.id(place.schema)}`.execute(own)
      if ((await stepsTaken(own)) !== 'none') {
        throw new VoucherError(`a store is in ${place.name} already`, {
          code: 'STORE_EXISTS',
          path: 'store',
          hint: 'Use it as it is, or choose another schema; init never overwrites.',
        })
      }
      await takeSteps(place)
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${name}))`.execute(own)
    }
  })
}

/** By a connection without a limit of time, because an index of millions of rows takes its time. */
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

/** A second counter with another key would continue the chains so that nobody can verify them. */
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
    hint: 'Copy the key file of the counter that made the store; all of them need the same one.',
  })
}
