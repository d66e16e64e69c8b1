/** A cache of the agents' public keys. A revoked key is accepted for at most five seconds more. */

import type { KeyObject } from 'node:crypto'
import { publicKeyOf } from '../hub-api/signing.js'
import { type HubDb, inTenant } from './db/open-db.js'

const KEPT_MS = 5000
const MOST_KEPT = 50_000
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface AgentKeys {
  /** The agent's key; undefined if the agent is unknown or revoked. */
  find(tenant: string, agent: string): Promise<KeyObject | undefined>
  forget(tenant: string, agent: string): void
}

export function agentKeys(db: HubDb): AgentKeys {
  const kept = new Map<string, { readonly until: number; readonly key: KeyObject | undefined }>()
  return {
    async find(tenant, agent) {
      const name = `${tenant}/${agent}`
      const known = kept.get(name)
      if (known !== undefined && known.until > Date.now()) return known.key
      if (!UUID.test(tenant) || !UUID.test(agent)) return undefined
      const key = await load(db, tenant, agent)
      if (kept.size > MOST_KEPT) kept.clear()
      kept.set(name, { until: Date.now() + KEPT_MS, key })
      return key
    },
    forget: (tenant, agent) => void kept.delete(`${tenant}/${agent}`),
  }
}

async function load(db: HubDb, tenant: string, agent: string): Promise<KeyObject | undefined> {
  const row = await inTenant(db, tenant, (trx) =>
    trx
      .selectFrom('agent')
      .select('public_key')
      .where('id', '=', agent)
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  )
  return row?.public_key == null ? undefined : publicKeyOf(row.public_key)
}
