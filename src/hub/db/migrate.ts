/** `hub migrate`: makes the roles, the schema and the jobs of a hub, or brings them to the newest form. */

import { setTimeout } from 'node:timers/promises'
import { Migrator, sql } from 'kysely'
import { XiaopiaoError } from '../../model/errors.js'
import { codeOf } from '../../model/realms.js'
import { need } from '../need.js'
import { type HubPlace, readHubAddress } from './address.js'
import { migrationsFor } from './migrations.js'
import { type HubDb, type HubPool, openPool } from './open-db.js'

/** The implementation of `migrateHub` in `entry.ts`. */
export async function migrate(db: string): Promise<readonly string[]> {
  const place = readHubAddress(db)
  const owner = await openPool(place, { max: 3 })
  try {
    await makeRoles(owner.db, place)
    return await inTurn(owner.db, place, () => migrateSchema(owner, place))
  } finally {
    await owner.db.destroy()
  }
}

const TURN_POLL_MS = 100

/**
 * Does the work while no other process migrates the same schema, because if two create or grant the same thing at the same moment,
 * PostgreSQL lets one of them fail. It asks for the lock again and again, because a query that waited would end at its time limit before a
 * long migration does. The lock of a process that dies ends with its connection.
 */
function inTurn<T>(db: HubDb, { schema }: HubPlace, work: () => Promise<T>): Promise<T> {
  const key = sql`hashtext(${`${schema} migrate`})`
  return db.connection().execute(async (own) => {
    const isTaken = async () => {
      const { rows } = await sql<{
        taken: boolean
      }>`select pg_try_advisory_lock(${key}) as taken`.execute(own)
      return rows[0]?.taken === true
    }
    while (!(await isTaken())) await setTimeout(TURN_POLL_MS)
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(own)
    }
  })
}

async function migrateSchema(owner: HubPool, place: HubPlace): Promise<readonly string[]> {
  await sql`create schema if not exists ${sql.ref(place.schema)}`.execute(owner.db)
  const done = await migrator(owner.db, place).migrateToLatest()
  if (done.error !== undefined) throw newerOr(done.error)
  await sql`grant usage on schema ${sql.ref(place.schema)} to ${sql.ref(place.serve)}, ${sql.ref(place.keeper)}`.execute(
    owner.db,
  )
  await migrateWorker(owner, place)
  return (done.results ?? []).map(({ migrationName }) => migrationName)
}

/**
 * Checks that the schema has been migrated and that row level security applies to the role.
 *
 * @throws XiaopiaoError `HUB_UNMIGRATED`, or `HUB_ROLE` if the role could see all tenants
 */
export async function checkServing({ db }: HubPool, place: HubPlace): Promise<void> {
  const { rows } = await sql<{
    name: string
    is_free: boolean
    owns: boolean
    ready: boolean
  }>`select current_user as name, rolsuper or rolbypassrls as is_free,
      exists (select 1 from pg_tables where schemaname = ${place.schema} and tableowner = current_user) as owns,
      to_regclass(${`${place.schema}.slip`}) is not null as ready
    from pg_roles where rolname = current_user`
    .execute(db)
    .catch((error) => {
      throw ROLE_MISSING.test(String(error)) ? unmigrated(place, error) : error
    })
  const [role] = rows
  if (role === undefined || !role.ready) throw unmigrated(place)
  if (role.is_free || role.owns) {
    throw new XiaopiaoError(
      `the role ${role.name} may see all tenants, so that it must not serve`,
      {
        code: 'HUB_ROLE',
        path: 'db',
        hint: `take the rights SUPERUSER and BYPASSRLS from ${role.name}, and the tables; hub migrate makes a role without them`,
      },
    )
  }
}

/** Errors of a connection that fails because its role is missing, which the migration makes. */
const ROLE_MISSING =
  /role ".*" does not exist|permission denied to set role|invalid value for parameter "role"/

function unmigrated({ schema }: HubPlace, cause?: unknown): XiaopiaoError {
  return new XiaopiaoError(`the database has no hub in the schema ${schema}`, {
    code: 'HUB_UNMIGRATED',
    path: 'db',
    hint: 'run xiaopiao hub migrate with the same --db',
    cause,
  })
}

/** Makes the roles that are missing. */
async function makeRoles(db: HubDb, { serve, keeper, worker }: HubPlace): Promise<void> {
  for (const role of [serve, keeper, worker]) {
    await raced(async () => {
      const { rows } = await sql`select 1 from pg_roles where rolname = ${role}`.execute(db)
      if (rows.length > 0) return
      await sql`create role ${sql.ref(role)} nologin nosuperuser nobypassrls noinherit`.execute(db)
    })
    // The user who connects acts as the role, and so has to be a member of it.
    await raced(() => sql`grant ${sql.ref(role)} to current_user`.execute(db)).catch(alreadyMember)
  }
}

/** Codes of PostgreSQL if another process has just made the same thing: the object exists, its row exists, or its row has changed. */
const RACES: readonly (string | undefined)[] = ['42710', '23505', 'XX000']
const MAX_RACES = 10

/**
 * Repeats the work if another process did the same at the same moment. Roles belong to the whole server, so that hubs in two of its databases
 * may make the same ones, and an advisory lock is seen in one database only.
 */
async function raced(work: () => Promise<unknown>): Promise<void> {
  for (let lost = 1; ; lost++) {
    try {
      await work()
      return
    } catch (error) {
      if (lost === MAX_RACES || !RACES.includes(codeOf(error))) throw error
    }
  }
}

/** Ignores that PostgreSQL refuses a membership in a circle. A superuser needs no membership. */
function alreadyMember(error: unknown): void {
  if ((error as { code?: string }).code !== '0LP01') throw error
}

function migrator(db: HubDb, place: HubPlace): Migrator {
  return new Migrator({
    db,
    provider: migrationsFor(place.serve, place.keeper),
    migrationTableSchema: place.schema,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
}

function newerOr(error: unknown): unknown {
  if (!String(error).includes('previously executed migration')) return error
  return new XiaopiaoError('a newer version of xiaopiao has migrated the hub', {
    code: 'HUB_NEWER',
    path: 'db',
    hint: 'update xiaopiao on this machine',
    cause: error,
  })
}

/**
 * Migrates graphile-worker. Its jobs belong to a separate role, because they belong to no tenant and hold only ids. The serving role adds them by
 * one function, in the transaction that they report.
 */
async function migrateWorker(owner: HubPool, place: HubPlace): Promise<void> {
  const { serve, worker } = place
  const own = sql.ref(worker)
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner.db)
  const database = sql.ref(rows[0]?.name ?? '')
  await sql`create schema if not exists ${own} authorization ${own}`.execute(owner.db)
  // The first migration of graphile-worker asks for its schema, which exists, and for the right to create one.
  await sql`grant create on database ${database} to ${own}`.execute(owner.db)
  const { runMigrations } = await need<typeof import('graphile-worker')>('graphile-worker')
  const { pool } = await openPool(place, { role: worker, max: 2 })
  try {
    await runMigrations({ pgPool: pool, schema: worker, logger: await silentLogger() })
  } finally {
    await pool.end()
    await sql`revoke create on database ${database} from ${own}`.execute(owner.db)
  }
  await sql`create or replace function ${sql.ref(`${worker}.enqueue`)}(task text, body json, name text) returns void
    language sql security definer set search_path = ${own} as
    $$ select ${sql.ref(`${worker}.add_job`)}(task, body, job_key => name) $$`.execute(owner.db)
  await sql`alter function ${sql.ref(`${worker}.enqueue`)}(text, json, text) owner to ${own}`.execute(
    owner.db,
  )
  await sql`revoke all on function ${sql.ref(`${worker}.enqueue`)}(text, json, text) from public`.execute(
    owner.db,
  )
  await sql`grant usage on schema ${own} to ${sql.ref(serve)}`.execute(owner.db)
  await sql`grant execute on function ${sql.ref(`${worker}.enqueue`)}(text, json, text) to ${sql.ref(serve)}`.execute(
    owner.db,
  )
}

/** Makes a logger that drops the messages of graphile-worker. */
export async function silentLogger(): Promise<import('graphile-worker').Logger> {
  const { Logger } = await need<typeof import('graphile-worker')>('graphile-worker')
  return new Logger(() => () => undefined)
}
