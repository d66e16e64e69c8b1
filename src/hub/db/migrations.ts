/** The steps that bring the hub's schema to the newest form. A step that has been released is never changed. */

import { type Kysely, type Migration, type MigrationProvider, sql } from 'kysely'
import { HELD_STATES, SLIP_STATES, WAITING_STATES } from '../../hub-api/states.js'

const words = (values: readonly string[]) => sql.raw(values.map((one) => `'${one}'`).join(', '))

/** Tables whose rows have a column `tenant`. A row of the table `tenant` itself belongs to the tenant with its id. */
const OWNED = [
  'api_key',
  'store',
  'agent',
  'enrol_code',
  'printer',
  'route',
  'payload',
  'slip',
  'event',
  'template',
  'webhook',
  'audit',
] as const

/** @param serve the role that serves, @param keeper the role that may list tenants */
export function migrationsFor(serve: string, keeper: string): MigrationProvider {
  const first: Migration = {
    async up(db) {
      await createSetUp(db)
      await createLedger(db)
      await createRecords(db)
      await fence(db, serve, keeper)
    },
  }
  const second: Migration = {
    up: (db) => createCloudPrinters(db, serve),
  }
  const third: Migration = {
    up: (db) => createLearning(db, serve),
  }
  const fourth: Migration = { up: createTimes }
  const steps = {
    ...{ '0001-hub': first, '0002-cloud-printers': second, '0003-statistics': third },
    '0004-times': fourth,
  }
  return { getMigrations: async () => steps }
}

/**
 * Makes a function with which the serving role runs ANALYZE on tables that have changed much. PostgreSQL does so once a minute at most, and the plans
 * that are made in the first minute of a new hub would read all slips of a tenant to find one.
 */
async function createLearning(db: Kysely<unknown>, serve: string): Promise<void> {
  await run(
    db,
    sql`create function learn() returns void language plpgsql security definer set search_path from current as $$
      declare one name;
      begin
        for one in select relname from pg_stat_user_tables where schemaname = current_schema()
          and relname in ('slip', 'payload', 'event', 'printer', 'agent') and n_mod_since_analyze > 100 + n_live_tup / 4
        loop
          execute format('analyze %I', one);
        end loop;
      end $$`,
    sql`revoke all on function learn() from public`,
    sql`grant execute on function learn() to ${sql.ref(serve)}`,
  )
}

/**
 * Makes the indexes by which housekeeping finds old rows. Rows of one time lie together, so that a block range index (BRIN) is enough, which costs
 * next to nothing when a slip is inserted.
 */
async function createTimes(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create index event_at on event using brin (at_hub) with (autosummarize = on)`,
    sql`create index payload_at on payload using brin (created_at) with (autosummarize = on)`,
    sql`create index slip_ended on slip using brin (ended_at) with (autosummarize = on)`,
    sql`create index audit_at on audit using brin (at) with (autosummarize = on)`,
  )
}

/** Makes the table of printers that poll. Each has its own address, of which only the hash is stored. */
async function createCloudPrinters(db: Kysely<unknown>, serve: string): Promise<void> {
  await run(
    db,
    sql`create table cloud_printer (
      tenant uuid not null, printer uuid not null, agent uuid not null, hash bytea not null unique, mac text,
      primary key (tenant, printer), foreign key (tenant, printer) references printer, foreign key (tenant, agent) references agent)`,
    ...fenced('cloud_printer', serve),
  )
}

async function createSetUp(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table tenant (
      id uuid primary key, name text not null, policy jsonb not null default '{}', created_at timestamptz not null default now())`,
    sql`create table api_key (
      tenant uuid not null references tenant, id uuid not null, name text not null, hash bytea not null unique,
      scopes text[] not null, created_at timestamptz not null default now(), revoked_at timestamptz, primary key (tenant, id))`,
    sql`create table store (
      tenant uuid not null references tenant, id uuid not null, name text not null, primary key (tenant, id), unique (tenant, name))`,
    sql`create table agent (
      tenant uuid not null, id uuid not null, store uuid not null, kind text not null default 'store', name text not null,
      public_key text, version text, enrolled_at timestamptz not null default now(), revoked_at timestamptz,
      last_seq bigint not null default 0, seen_at timestamptz, online boolean not null default false,
      primary key (tenant, id), foreign key (tenant, store) references store)`,
    sql`create table enrol_code (
      tenant uuid not null, hash bytea not null, store uuid not null, expires_at timestamptz not null, agent uuid,
      primary key (tenant, hash), foreign key (tenant, store) references store)`,
    sql`create table printer (
      tenant uuid not null, id uuid not null, store uuid not null, agent uuid, name text not null, profile text,
      status jsonb, status_at timestamptz, primary key (tenant, id), unique (tenant, store, name),
      foreign key (tenant, store) references store, foreign key (tenant, agent) references agent)`,
    sql`create index printer_agent on printer (tenant, agent)`,
    sql`create table route (
      tenant uuid not null, store uuid not null, role text not null, category text, printer uuid not null, position int not null,
      foreign key (tenant, store) references store, foreign key (tenant, printer) references printer)`,
    sql`create index route_store on route (tenant, store)`,
    sql`create table template (
      tenant uuid not null references tenant, name text not null, version int not null, body jsonb not null,
      created_by text not null, created_at timestamptz not null default now(), primary key (tenant, name, version))`,
    sql`create table webhook (
      tenant uuid not null references tenant, id uuid not null, url text not null, secret text not null, events text[] not null,
      primary key (tenant, id))`,
  )
}

async function createLedger(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    // The key contains the tenant too, because one tenant could otherwise learn whether another one has printed the same bytes.
    sql`create table payload (
      tenant uuid not null, hash text not null, size int not null, bytes bytea not null, segments jsonb, heading bytea, key_id text,
      created_at timestamptz not null default now(), primary key (tenant, hash))`,
    // Stored uncompressed, because dots do not shrink much, and compressing them costs more than the space is worth.
    sql`alter table payload alter column bytes set storage external`,
    sql`create table slip (
      id uuid primary key, tenant uuid not null, store uuid not null, key text not null, copy_index int not null,
      content_hash text not null, payload_hash text not null, printer uuid not null,
      state text not null check (state in (${words(SLIP_STATES)})), epoch int not null default 0, agent uuid,
      reason text, reach jsonb, paper_hash text, copy_of uuid, marked boolean not null default false, wanted_by text,
      origin text not null, decision text, decided_by text, decided_at timestamptz, decided_why text, title text,
      created_at timestamptz not null default now(), expires_at timestamptz, taken_at timestamptz, ended_at timestamptz,
      unique (tenant, key, copy_index), foreign key (tenant, printer) references printer,
      check (not marked or wanted_by is not null))
      with (fillfactor = 80)`,
    // The database enforces that a printer has one held slip at most, because two hub processes cannot enforce it between them.
    sql`create unique index slip_held on slip (printer) where state in (${words(HELD_STATES)})`,
    sql`create index slip_waiting on slip (printer, epoch, id) where state in (${words(WAITING_STATES)})`,
    sql`create index slip_expiring on slip (tenant, expires_at)
      where expires_at is not null and state in (${words(WAITING_STATES)})`,
    sql`create index slip_open on slip (tenant, id)
      where state in ('taken', 'printing', 'partial', 'uncertain') and decision is null`,
    sql`create index slip_newest on slip (tenant, id)`,
    sql`create index slip_copies on slip (copy_of) where copy_of is not null`,
    sql`create index slip_payload on slip (tenant, payload_hash)`,
  )
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table event (
      tenant uuid not null, agent uuid not null, seq bigint not null, slip uuid, what text not null, moved boolean not null,
      detail jsonb not null, at_agent timestamptz not null, at_hub timestamptz not null default now(), primary key (agent, seq))`,
    sql`create index event_slip on event (slip) where slip is not null`,
    sql`create table audit (
      tenant uuid not null, id uuid not null, at timestamptz not null default now(), who text not null, what text not null,
      subject uuid, detail jsonb not null default '{}', primary key (tenant, id))`,
    sql`create index audit_subject on audit (tenant, subject)`,
  )
}

/**
 * Separates the tenants by row level security. It does not apply to the owner of a table unless it is forced, nor ever to a superuser, so that the
 * hub serves by a role that is neither. If no tenant is set, `current_tenant` returns null, to which no row is equal.
 */
async function fence(db: Kysely<unknown>, serve: string, keeper: string): Promise<void> {
  const serving = sql.ref(serve)
  await run(
    db,
    sql`create function current_tenant() returns uuid language sql stable as
      $$ select nullif(current_setting('xiaopiao.tenant', true), '')::uuid $$`,
    ...OWNED.flatMap((table) => fenced(table, serve)),
    sql`alter table tenant enable row level security`,
    sql`alter table tenant force row level security`,
    sql`create policy own on tenant using (id = (select current_tenant()))`,
    sql`grant select, insert, update on tenant to ${serving}`,
    sql`create policy keep on tenant for select to ${sql.ref(keeper)} using (true)`,
    sql`grant select (id) on tenant to ${sql.ref(keeper)}`,
  )
}

/** Statements that restrict the serving role to the current tenant's rows of a table. */
function fenced(table: string, serve: string): ReturnType<typeof sql>[] {
  return [
    sql`alter table ${sql.ref(table)} enable row level security`,
    sql`alter table ${sql.ref(table)} force row level security`,
    sql`create policy own on ${sql.ref(table)} using (tenant = (select current_tenant()))`,
    sql`grant select, insert, update, delete on ${sql.ref(table)} to ${sql.ref(serve)}`,
  ]
}

async function run(
  db: Kysely<unknown>,
  ...statements: readonly ReturnType<typeof sql>[]
): Promise<void> {
  for (const one of statements) await one.execute(db)
}
