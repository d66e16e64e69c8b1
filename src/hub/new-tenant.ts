/** Makes a tenant with an API key, and on request a store with the code for its first agent. */

import { SCOPES, type Scope } from '../hub-api/scopes.js'
import { readHubAddress } from './db/address.js'
import { checkServing } from './db/migrate.js'
import { openPool } from './db/open-db.js'
import { addCode } from './manage/agents.js'
import { addStore } from './manage/stores.js'
import { addApiKey, addTenant } from './manage/tenants.js'

export interface TenantOptions {
  readonly name: string
  /** Name of its first store. Default: none. */
  readonly store?: string
}

export interface MadeTenant {
  readonly tenant: string
  /** An API key with all scopes, which cannot be shown again. */
  readonly key: string
  readonly store?: string
  /** One-time code with which the store's agent is enrolled. */
  readonly code?: string
}

export async function newTenant(
  db: string,
  { name, store: storeName }: TenantOptions,
): Promise<MadeTenant> {
  return serving(db, async (own) => {
    const { tenant } = await addTenant(own, name)
    const key = await addApiKey(own, tenant, { name: 'first', scopes: SCOPES })
    if (storeName === undefined) return { tenant, key }
    const store = await addStore(own, tenant, storeName)
    const { code } = await addCode(own, tenant, { store: store.id })
    return { tenant, key, store: store.id, code }
  })
}

export function newApiKey(
  db: string,
  tenant: string,
  given: { readonly name: string; readonly scopes: readonly Scope[] },
): Promise<string> {
  return serving(db, (own) => addApiKey(own, tenant, given))
}

async function serving<T>(
  db: string,
  work: (own: Awaited<ReturnType<typeof openPool>>['db']) => Promise<T>,
): Promise<T> {
  const place = readHubAddress(db)
  const own = await openPool(place, { role: place.serve, max: 1 })
  try {
    await checkServing(own, place)
    return await work(own.db)
  } finally {
    await own.db.destroy()
  }
}
