/** Tenants and their API keys. A key is shown once, and only its hash is kept. */

import { createHash, randomBytes } from 'node:crypto'
import type { Scope } from '../../hub-api/scopes.js'
import { addAudit } from '../audit.js'
import { type HubDb, inTenant } from '../db/open-db.js'
import type { TenantPolicy } from '../db/tables.js'
import { newId } from '../new-id.js'

const KEY_MARK = 'xpk'

export interface NewTenant {
  readonly tenant: string
}

export async function addTenant(
  db: HubDb,
  name: string,
  policy: TenantPolicy = {},
): Promise<NewTenant> {
  const tenant = newId()
  await inTenant(db, tenant, async (trx) => {
    await trx
      .insertInto('tenant')
      .values({ id: tenant, name, policy: JSON.stringify(policy) })
      .execute()
    await addAudit(trx, { tenant, who: 'operator', what: 'tenant', detail: { name } })
  })
  return { tenant }
}

/** Makes an API key, which contains its tenant's id, because keys are looked up per tenant. @returns the key, which cannot be shown again */
export async function addApiKey(
  db: HubDb,
  tenant: string,
  { name, scopes }: { readonly name: string; readonly scopes: readonly Scope[] },
): Promise<string> {
  const key = `${KEY_MARK}_${tenant.replaceAll('-', '')}_${randomBytes(24).toString('base64url')}`
  await inTenant(db, tenant, async (trx) => {
    const id = newId()
    await trx
      .insertInto('api_key')
      .values({ tenant, id, name, hash: hashOfKey(key), scopes: [...scopes] })
      .execute()
    await addAudit(trx, {
      tenant,
      who: 'operator',
      what: 'api-key',
      subject: id,
      detail: { name, scopes },
    })
  })
  return key
}

export function hashOfKey(key: string): Uint8Array {
  return createHash('sha256').update(key).digest()
}

/** The tenant that a key names, which is not verified yet; undefined if the text does not have the form of a key. */
export function tenantOfKey(key: string): string | undefined {
  const [, hex] = /^xpk_([0-9a-f]{32})_[\w-]{32}$/.exec(key) ?? []
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
