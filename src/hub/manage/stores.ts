/** Stores, and which printer has which role in them. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import type { PrintRoute } from '../../hub-api/manage-shapes.js'
import { type HubDb, type HubTransaction, inTenant } from '../db/open-db.js'
import { newId } from '../new-id.js'

export interface StoreRow {
  readonly id: string
  readonly name: string
}

/** @throws HubError `NAME_TAKEN` */
export async function addStore(db: HubDb, tenant: string, name: string): Promise<StoreRow> {
  const row = await inTenant(db, tenant, (trx) =>
    trx
      .insertInto('store')
      .values({ tenant, id: newId(), name })
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'name'])
      .executeTakeFirst(),
  )
  if (row === undefined) throw nameTaken('a store', name)
  return row
}

export function listStores(db: HubDb, tenant: string): Promise<readonly StoreRow[]> {
  return inTenant(db, tenant, (trx) =>
    trx.selectFrom('store').select(['id', 'name']).orderBy('name').execute(),
  )
}

/** @throws HubError `NOT_FOUND`, `PRINTER_UNKNOWN` */
export async function setRoutes(
  db: HubDb,
  { tenant, store }: { readonly tenant: string; readonly store: string },
  routes: readonly PrintRoute[],
): Promise<readonly PrintRoute[]> {
  return inTenant(db, tenant, async (trx) => {
    await checkStore(trx, store)
    await trx.deleteFrom('route').where('store', '=', store).execute()
    for (const { role, category = null, printer, order = 1 } of routes) {
      const { rows } = await sql`
        insert into route (tenant, store, role, category, printer, position)
        select p.tenant, p.store, ${role}, ${category}, p.id, ${order} from printer p
        where p.id = ${printer}::uuid and p.store = ${store}::uuid returning role`.execute(trx)
      if (rows.length === 0) throw noPrinter()
    }
    return routesOf(trx, store)
  })
}

/** @throws HubError `NOT_FOUND` */
export function getRoutes(
  db: HubDb,
  { tenant, store }: { readonly tenant: string; readonly store: string },
): Promise<readonly PrintRoute[]> {
  return inTenant(db, tenant, async (trx) => {
    await checkStore(trx, store)
    return routesOf(trx, store)
  })
}

async function routesOf(trx: HubTransaction, store: string): Promise<readonly PrintRoute[]> {
  const rows = await trx
    .selectFrom('route')
    .selectAll()
    .where('store', '=', store)
    .orderBy('role')
    .orderBy('position')
    .execute()
  return rows.map(({ role, category, printer, position }) => ({
    ...{ role, printer, order: position },
    ...(category === null ? {} : { category }),
  }))
}

/** @throws HubError `NOT_FOUND` */
export async function checkStore(trx: HubTransaction, store: string): Promise<void> {
  const found = await trx
    .selectFrom('store')
    .select('id')
    .where('id', '=', store)
    .executeTakeFirst()
  if (found === undefined) throw new HubError('NOT_FOUND', 'no store has this id')
}

export function noPrinter(): HubError {
  return new HubError('PRINTER_UNKNOWN', 'no printer of the store has this id', { path: 'printer' })
}

export function nameTaken(what: string, name: string): HubError {
  return new HubError('NAME_TAKEN', `${what} is called ${name} already`, { path: 'name' })
}
