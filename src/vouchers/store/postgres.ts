/** Stores in PostgreSQL by the package `pg`: several counters may use one at the same time. */

import {
  CompiledQuery,
  Kysely,
  type PostgresPool,
  type PostgresPoolClient,
  type Transaction,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { codeOf, isError } from '../../model/realms.js'
import { VoucherError } from '../errors.js'
import type { PostgresPlace } from '../postgres-url.js'
import type { StoreEngine } from './engine.js'
import { KnownTerminals } from './known-terminals.js'
import { StorePostgresDialect } from './postgres-dialect.js'
import { isOvertaken, isServerAnswer } from './postgres-errors.js'
import type { RowWriter } from './row-writer.js'
import { scrubPostgres } from './scrub.js'
import type { StoreTables } from './tables.js'

const CONNECT_TIMEOUT_MS = 10_000
/** A server that no longer answers must not hold up the counter. Migrations may take longer, so they run without this limit. */
const QUERY_TIMEOUT_MS = 60_000

/**
 * Settings of every connection: only the store's schema, commits that are on the disk, at most ten seconds of waiting for a lock, and an
 * end of the transactions of frozen programs, which would keep their locks. The cost of random pages is low, because every query has its
 * index and a modern disk reads any page as fast as the next one.
 */
const SESSION = `select set_config(name, value, false) from (values
  ('search_path', $1), ('lock_timeout', '10s'), ('idle_in_transaction_session_timeout', '60s'),
  ('default_transaction_isolation', 'read committed'), ('bytea_output', 'hex'), ('random_page_cost', '1.1'), ('standard_conforming_strings', 'on'),
  ('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end)
) as setting (name, value)`

export interface PostgresOptions {
  /** Timeout of a query in milliseconds. Default: 60 seconds; 0 waits for ever. */
  readonly queryTimeoutMs?: number
}

/**
 * Opens a pool of connections to a store in PostgreSQL.
 * @throws VoucherError `STORE_MISSING` if the package is not installed
 */
export async function openPostgres(
  place: PostgresPlace,
  { queryTimeoutMs = QUERY_TIMEOUT_MS }: PostgresOptions = {},
): Promise<StoreEngine> {
  const { Pool, types } = await importPg()
  const pool = new Pool({
    connectionString: place.connectionString,
    application_name: 'xiaopiao',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    allowExitOnIdle: true,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        PARSERS[oid] ?? types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  })
  // An idle connection that the server closes is taken out of the pool; the next query opens another.
  pool.on('error', ignore)
  // A connection that breaks between two queries must not end the program; the next query on it throws.
  pool.on('connect', (client) => client.on('error', ignore))
  const dialect = new StorePostgresDialect({ pool: poolOf(pool, place.schema) })
  const db = new Kysely<StoreTables>({ dialect })
  return {
    db,
    transact: (work) => db.transaction().execute(work),
    writerOf: postgresWriter,
    terminals: () => new KnownTerminals(),
    keepTerminals: ignore,
    isCopy: place.shop !== undefined,
    snapshot: (work) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(work),
    scrub: () => scrub(place),
    locksRows: true,
    isOvertaken: (error) => isOvertaken(codeOf(error)),
    isTaken: () => false,
    release: async () => undefined,
  }
}

/** Scrubs over a separate connection without a timeout, because tables of millions of rows are rewritten. */
async function scrub(place: PostgresPlace): Promise<boolean> {
  const { db } = await openPostgres(place, { queryTimeoutMs: 0 })
  try {
    return await scrubPostgres(db)
  } finally {
    await db.destroy()
  }
}

async function importPg(): Promise<Pick<typeof import('pg'), 'Pool' | 'types'>> {
  try {
    const { default: pg } = await import('pg')
    return pg
  } catch (cause) {
    throw new VoucherError('a store in PostgreSQL needs the package pg, which is not installed', {
      code: 'STORE_MISSING',
      path: 'store',
      hint: 'run npm install pg',
      cause,
    })
  }
}

/** Parses amounts, times and sums of them, which the driver would give as text. */
function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number)) return number
  throw new VoucherError('a number of the store is too large, or is not whole', {
    code: 'STORE_DAMAGED',
    path: 'store',
    hint: 'run vouchers verify, which names what was changed',
  })
}

/** Parses bytes, which are hexadecimal digits after `\\x`; the driver would make a Buffer of them. */
function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}

/** Parsers by the OIDs of their types: int8, numeric and bytea. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: wholeNumber,
  1700: wholeNumber,
  17: bytes,
}

/** Connections that are set up before their first use, and are closed once they are broken. */
function poolOf(pool: Pool, schema: string): PostgresPool {
  const ready = new WeakSet<PoolClient>()
  return {
    end: () => pool.end(),
    async connect() {
      const client = guarded(await connected(pool))
      if (ready.has(client.inner)) return client
      try {
        await client.query(SESSION, [`"${schema}"`])
      } catch (error) {
        client.release(true)
        throw error
      }
      ready.add(client.inner)
      return client
    },
  }
}

async function connected(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw coded(error, 'ETIMEDOUT')
  }
}

function guarded(inner: PoolClient): PostgresPoolClient & { readonly inner: PoolClient } {
  let fault: unknown
  const onError = (error: unknown) => {
    fault ??= error
  }
  inner.on('error', onError)
  const ask = async (text: string, values: readonly unknown[]) => {
    if (fault !== undefined) throw coded(fault, 'CONNECTION_LOST')
    try {
      return await inner.query(text, [...values])
    } catch (error) {
      if (error instanceof VoucherError || isServerAnswer(codeOf(error))) throw error
      onError(error)
      throw coded(error, 'CONNECTION_LOST')
    }
  }
  // Runs queries one after the other, because rows are handed over without waiting for those before them.
  let last: Promise<unknown> = Promise.resolve()
  const query = (text: string, values: readonly unknown[] = []) => {
    const answer = last.then(() => ask(text, values))
    last = answer.catch(ignore)
    return answer
  }
  return {
    inner,
    query: query as unknown as PostgresPoolClient['query'],
    release(destroy = false) {
      inner.off('error', onError)
      // A query that is still under way, or was answered half, must not meet the next user of the connection.
      inner.release(destroy || fault !== undefined)
    },
  }
}

/** Adds a code to an error without one, because the driver reports a lost connection by several messages and without a code. */
function coded(error: unknown, code: string): unknown {
  if (!isError(error) || codeOf(error) !== undefined) return error
  return Object.assign(new Error(error.message, { cause: error }), { code })
}

/** A writer that does not wait for each row, because the connection of a transaction runs its queries in order. */
async function postgresWriter(trx: Transaction<StoreTables>): Promise<RowWriter> {
  const connection = await trx.getExecutor().provideConnection(async (own) => own)
  let last: Promise<unknown> = Promise.resolve()
  let failure: { readonly error: unknown } | undefined
  return {
    run(sql, values) {
      const query = CompiledQuery.raw(numbered(sql), [...values])
      last = connection.executeQuery(query).catch((error) => {
        failure ??= { error }
      })
    },
    async done() {
      await last
      if (failure !== undefined) throw failure.error
    },
  }
}

const statements = new Map<string, string>()

/** Replaces each `?` by `$1`, `$2`, …; this is safe because the few statements of the library have `?` only for values. */
function numbered(sql: string): string {
  const known = statements.get(sql)
  if (known !== undefined) return known
  let count = 0
  const text = sql.replace(/\?/g, () => `$${++count}`)
  statements.set(sql, text)
  return text
}

function ignore(): undefined {
  return undefined
}
