/** Connections to the hub's database, each as the role that its work needs. */

import type { Writable } from 'node:stream'
import { Kysely, PostgresDialect, type PostgresPool, type RawBuilder, sql } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { codeOf } from '../../model/realms.js'
import { need } from '../need.js'
import type { HubPlace } from './address.js'
import type { HubTables } from './tables.js'

const CONNECT_TIMEOUT_MS = 10_000
/** Limit of a query, because a server that disappeared without closing its connections must not hold up all requests. */
const QUERY_TIMEOUT_MS = 15_000

/**
 * Settings of the query planner. Each query of the hub reads a few rows by an index. Its plan is made once per connection, perhaps while the tables
 * are still empty, and must be good when they are full.
 */
const PLANS = [
  ...['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'enable_material=off'],
  'jit=off',
  'plan_cache_mode=force_generic_plan',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

export type HubDb = Kysely<HubTables>
/** A connection in a transaction of one tenant, see `inTenant`. */
export type HubTransaction = Kysely<HubTables>

export interface HubPool {
  readonly pool: Pool
  readonly db: HubDb
}

export interface PoolOptions {
  /** The role as which connections act. Default: the user who connects. */
  readonly role?: string
  readonly max?: number
}

/** @throws XiaopiaoError `PACKAGE_MISSING` if pg is not installed */
export async function openPool(
  place: HubPlace,
  { role, max = 10 }: PoolOptions = {},
): Promise<HubPool> {
  const { Pool, types } = await importPg()
  const as = role === undefined ? '' : ` -c role=${role}`
  const pool = new Pool({
    connectionString: place.connectionString,
    application_name: 'xiaopiao hub',
    options: `-c search_path=${place.schema} -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s ${PLANS}${as}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    // Queries are sent without waiting for each other's answers. A driver that is too old for this option sends them one by one.
    pipeline: true,
    max,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  })
  // An idle connection that the server closes is taken out of the pool; the next query opens another.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return {
    pool,
    db: new Kysely<HubTables>({ dialect: new PostgresDialect({ pool: prepared(pool) }) }),
  }
}

const INT8 = 20

/** Limit of prepared statements, which is more than the hub has. A statement beyond it is planned each time. */
const MOST_STATEMENTS = 400
const statements = new Map<string, string>()
/** PostgreSQL's code if a connection keeps a plan for tables that a migration has changed since. */
const STALE_PLAN = '0A000'

/**
 * Makes each connection of a pool plan a statement once and keep the plan, because planning the few long ones costs more than executing them.
 */
function prepared(pool: Pool): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const stream = streamOf(client)
      let isStale = false
      let begun: Promise<unknown> | undefined
      let committed: Promise<unknown> | undefined
      const query = async (text: string, values: readonly unknown[] = []) => {
        if (text === 'commit' && committed !== undefined) return committed
        if (text.startsWith(BEGIN)) stream?.cork()
        const sent = client.query(named(text, values))
        if (text.startsWith(BEGIN)) {
          // The next statement is sent right after `begin`, and throws if `begin` has failed.
          begun = sent
          sent.catch(ignore)
          return BEGUN
        }
        if (text.endsWith(AND_COMMIT)) {
          // If the transaction has failed, this ends it without effect.
          committed = client.query('commit')
          committed.catch((error) => {
            isStale ||= isUnfit(error)
          })
        }
        if (begun !== undefined) stream?.uncork()
        try {
          const [first, done] = await Promise.allSettled([begun, sent])
          begun = undefined
          resultOf(first)
          return resultOf(done)
        } catch (error) {
          isStale ||= isUnfit(error)
          throw error
        }
      }
      return { query, release: () => client.release(isStale) } as unknown as PoolClient
    },
  } as PostgresPool
}

/** Marks the last statement of a transaction, so that the commit is sent together with it. */
export const AND_COMMIT = '/* and commit */'
const BEGIN = 'begin;'
const BEGUN = { command: 'BEGIN', rowCount: 0, rows: [] }

/** The socket of a connection, which is corked to send several messages at once; undefined if the driver has none under this name. */
function streamOf(client: PoolClient): Pick<Writable, 'cork' | 'uncork'> | undefined {
  return (client as unknown as { readonly connection?: { readonly stream?: Writable } }).connection
    ?.stream
}

function resultOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

function named(text: string, values: readonly unknown[]) {
  if (values.length === 0) return { text }
  const known = statements.get(text)
  if (known !== undefined) return { name: known, text, values: [...values] }
  if (statements.size >= MOST_STATEMENTS) return { text, values: [...values] }
  const name = `xp${statements.size}`
  statements.set(text, name)
  return { name, text, values: [...values] }
}

/**
 * The lock of a tenant's payloads. With `payloads stay`, which any number of transactions may hold, no payload is deleted, because a new slip may
 * refer to an old one. A transaction that deletes payloads holds `payloads go` alone.
 */
export type PayloadLock = 'payloads stay' | 'payloads go'

const LOCKS: Readonly<Record<PayloadLock, (tenant: string) => string>> = {
  'payloads stay': (tenant) => `select pg_advisory_xact_lock_shared(hashtext('${tenant}'), 2)`,
  'payloads go': (tenant) => `select pg_advisory_xact_lock(hashtext('${tenant}'), 2)`,
}

/**
 * Runs work of one tenant in one transaction. It reads and writes only rows of the tenant, because row level security compares them with a setting
 * that ends with the transaction. One message begins the transaction and makes the setting, which saves a round trip.
 *
 * @param tenant an id
 */
export function inTenant<T>(
  db: HubDb,
  tenant: string,
  work: (trx: HubTransaction) => Promise<T>,
  payloads?: PayloadLock,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql.raw(beginning(tenant, payloads)).execute(connection)
    try {
      const done = await work(connection)
      await COMMIT.execute(connection)
      return done
    } catch (error) {
      // A connection that is lost has rolled back already.
      await ROLLBACK.execute(connection).catch(ignore)
      throw error
    }
  })
}

/**
 * Runs one statement of one tenant as a transaction. `begin` and `commit` are sent together with it, because on a busy machine waiting for each
 * answer costs more than the work.
 *
 * @param tenant an id
 */
export async function onceInTenant<Row>(
  { pool, db }: HubPool,
  tenant: string,
  statement: RawBuilder<Row>,
  payloads?: PayloadLock,
): Promise<readonly Row[]> {
  const { sql: text, parameters } = statement.compile(db)
  const client = await pool.connect()
  const stream = streamOf(client)
  let isUnsure = false
  try {
    stream?.cork()
    const queries = [
      client.query(beginning(tenant, payloads)),
      client.query(named(text, parameters)),
      // If the transaction has failed, this ends it without effect.
      client.query('commit'),
    ] as const
    stream?.uncork()
    const all = await Promise.allSettled(queries)
    const [begun, done, ended] = all
    resultOf(begun)
    const { rows } = resultOf(done) as { readonly rows: Row[] }
    resultOf(ended)
    return rows
  } catch (error) {
    isUnsure = isUnfit(error)
    throw error
  } finally {
    client.release(isUnsure)
  }
}

/** @throws TypeError if the tenant is no id */
function beginning(tenant: string, payloads: PayloadLock | undefined): string {
  if (!UUID.test(tenant)) throw new TypeError('the tenant is no id')
  const lock = payloads === undefined ? '' : `; ${LOCKS[payloads](tenant)}`
  return `${BEGIN} set local xiaopiao.tenant = '${tenant}'${lock}`
}

/** Whether a connection must not be used again. An error without a code means that the server has not answered, perhaps inside a transaction. */
function isUnfit(error: unknown): boolean {
  const code = codeOf(error)
  return code === undefined || code === STALE_PLAN
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const COMMIT = sql.raw('commit')
const ROLLBACK = sql.raw('rollback')

async function importPg(): Promise<Pick<typeof import('pg'), 'Pool' | 'types'>> {
  const { default: pg } = await need<{ default: typeof import('pg') }>('pg')
  return pg
}

function ignore(): undefined {
  return undefined
}
