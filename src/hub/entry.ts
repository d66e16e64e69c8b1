/** The hub's functions. Each loads the packages that it needs when it is called, because most installations have no hub. */

import type { Scope } from '../hub-api/scopes.js'
import { needAll } from './need.js'
import type { MadeTenant, TenantOptions } from './new-tenant.js'
import type { Hub } from './open-hub.js'
import type { HubOptions } from './options.js'

const DATABASE = ['pg', 'kysely'] as const
const JOBS = 'graphile-worker'
const SERVER = ['hono', '@hono/node-server', 'pino', 'prom-client'] as const

/**
 * Starts a hub process on a database that `migrateHub` has prepared.
 *
 * @throws OptionError; XiaopiaoError `HUB_UNMIGRATED`, `HUB_ROLE`, `HUB_SECOND`, `PACKAGE_MISSING`
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const hub = await openHub({ db: 'postgres://hub@db.example/chain', port: 8620 })
 */
export async function openHub(options: HubOptions): Promise<Hub> {
  await needAll([...DATABASE, JOBS, ...SERVER])
  const [{ startHub }, { bindTemplate }] = await Promise.all([
    import('./open-hub.js'),
    import('./bind-template.js'),
  ])
  return startHub(options, bindTemplate)
}

/**
 * Makes the roles and the schema of a hub, or brings them to the newest form. The user who connects must be allowed to make roles and schemas; the
 * hub itself serves by a role without such rights.
 *
 * @param db `postgres://owner@host/database?schema=xiaopiao_hub`
 * @returns the steps that were taken
 * @throws OptionError `HUB_ADDRESS`; XiaopiaoError `HUB_NEWER` if a newer version has migrated the schema, `PACKAGE_MISSING`
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const steps = await migrateHub('postgres://owner@db.example/chain')
 */
export async function migrateHub(db: string): Promise<readonly string[]> {
  await needAll([...DATABASE, JOBS])
  const { migrate } = await import('./db/migrate.js')
  return migrate(db)
}

/**
 * Makes a tenant.
 *
 * @param db as for `migrateHub`
 * @throws OptionError `HUB_ADDRESS`; XiaopiaoError `HUB_UNMIGRATED`, `PACKAGE_MISSING`
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const { tenant, key } = await makeTenant('postgres://owner@db.example/chain', { name: '面馆' })
 */
export async function makeTenant(db: string, options: TenantOptions): Promise<MadeTenant> {
  await needAll(DATABASE)
  const { newTenant } = await import('./new-tenant.js')
  return newTenant(db, options)
}

/**
 * Makes an API key of a tenant.
 *
 * @param db as for `migrateHub`
 * @returns the key, which cannot be shown again
 * @throws as `makeTenant`
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const { tenant } = await makeTenant('postgres://owner@db.example/chain', { name: '面馆' })
 * const key = await makeApiKey('postgres://owner@db.example/chain', tenant, { name: 'pos', scopes: ['slips:write'] })
 */
export async function makeApiKey(
  db: string,
  tenant: string,
  given: { readonly name: string; readonly scopes: readonly Scope[] },
): Promise<string> {
  await needAll(DATABASE)
  const { newApiKey } = await import('./new-tenant.js')
  return newApiKey(db, tenant, given)
}
