/** Connections to the hub's database, each as the role that its work needs. */

import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import type { Pool } from 'pg'
import { XiaopiaoError } from '../../model/errors.js'
import { importOptional } from '../../model/optional-library.js'
import type { HubPlace } from './address.js'
import type { HubTables } from './tables.js'

const CONNECT_TIMEOUT_MS = 10_000
/** A server that is gone without a word must not hold up all requests. */
const QUERY_TIMEOUT_MS = 15_000

export type HubDb = Kysely<HubTables>
export type HubTransaction = Transaction<HubTables>

export interface HubPool {
  readonly pool: Pool
  readonly db: HubDb
}

export interface PoolOptions {
  /** Connections act as this role, and not as the user who connects. Left out: as the user. */
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
    options: `-c search_path=${place.schema} -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s${as}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    max,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  })
  // An idle connection that the server closes is taken out of the pool; the next query opens another.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return { pool, db: new Kysely<HubTables>({ dialect: new PostgresDialect({ pool }) }) }
}

const INT8 = 20

/**
 * Work of one tenant, in one transaction: all that it reads and writes is the tenant's, because the rules for rows compare with the setting,
 * which ends with the transaction.
 */
export function inTenant<T>(
  db: HubDb,
  tenant: string,
  work: (trx: HubTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('xiaopiao.tenant', ${tenant}, true)`.execute(trx)
    return work(trx)
  })
}

async function importPg(): Promise<Pick<typeof import('pg'), 'Pool' | 'types'>> {
  const { default: pg } = await need<{ default: typeof import('pg') }>('pg')
  return pg
}

/**
 * A package that only a hub needs.
 *
 * @throws XiaopiaoError `PACKAGE_MISSING`
 */
export async function need<T>(name: string): Promise<T> {
  try {
    return (await importOptional(name)) as T
  } catch (cause) {
    throw new XiaopiaoError(`the hub needs the package ${name}, which is not installed`, {
      code: 'PACKAGE_MISSING',
      hint: `run npm install ${name}`,
      cause,
    })
  }
}

function ignore(): undefined {
  return undefined
}
