/** Finds the caller: an API key or an agent that signs. The answer does not tell an unknown key or agent from a wrong signature. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import type { Scope } from '../../hub-api/scopes.js'
import {
  isSigned,
  isTimely,
  readAuthorization,
  SIGNATURE_MS,
  type SignedRequest,
} from '../../hub-api/signing.js'
import type { AgentKeys } from '../agent-keys.js'
import { type HubDb, inTenant } from '../db/open-db.js'
import { hashOfKey, tenantOfKey } from '../manage/tenants.js'
import type { Caller } from '../parts.js'

const KEPT_MS = 5000
const MOST_KEPT = 50_000
/** An agent's `seen_at` is written once in this time at most, because each write is a commit. */
const TOUCH_MS = 15_000

export interface Callers {
  /** @throws HubError `UNAUTHORIZED`, `SCOPE_MISSING` */
  byKey(header: string | undefined, scope: Scope): Promise<Caller>
  /** @throws HubError `UNAUTHORIZED`, `TIME_OFF`, `NONCE_USED` */
  bySignature(header: string | undefined, request: SignedRequest): Promise<Caller>
}

interface KnownKey {
  readonly until: number
  readonly caller: Caller | undefined
  readonly scopes: readonly string[]
}

export function callersOf(db: HubDb, agents: AgentKeys): Callers {
  const known = new Map<string, KnownKey>()
  const nonces = new NonceBook()
  const touched = new Map<string, number>()
  const findKey = async (key: string): Promise<KnownKey> => {
    const kept = known.get(key)
    if (kept !== undefined && kept.until > Date.now()) return kept
    const found = { until: Date.now() + KEPT_MS, ...(await loadKey(db, key)) }
    if (known.size > MOST_KEPT) known.clear()
    known.set(key, found)
    return found
  }
  return {
    async byKey(header, scope) {
      const [scheme, key = ''] = (header ?? '').split(' ')
      if (scheme !== 'Bearer' || tenantOfKey(key) === undefined) throw unauthorized()
      const { caller, scopes } = await findKey(key)
      if (caller === undefined) throw unauthorized()
      if (!scopes.includes(scope)) {
        throw new HubError('SCOPE_MISSING', `the key lacks the scope ${scope}`, {
          hint: `use a key that was made with --scope ${scope}`,
        })
      }
      return caller
    },
    async bySignature(header, request) {
      const claim = readAuthorization(header)
      if (claim === undefined) throw unauthorized()
      const { tenant, agent, nonce } = claim
      const key = await agents.find(tenant, agent)
      if (key === undefined || !isSigned(claim, request, key)) throw unauthorized()
      const now = Date.now()
      if (!isTimely(claim, now)) {
        throw new HubError('TIME_OFF', 'the clock of the agent is wrong', {
          hint: 'sign by the time that the answer names',
        })
      }
      if (!nonces.isNew(`${agent}.${nonce}`, now)) {
        throw new HubError('NONCE_USED', 'the request was sent before', {
          hint: 'sign each try with a nonce of its own',
        })
      }
      if (now - (touched.get(agent) ?? 0) > TOUCH_MS) {
        if (touched.size > MOST_KEPT) touched.clear()
        touched.set(agent, now)
        await touch(db, tenant, agent)
      }
      return { tenant, agent, sender: agent }
    },
  }
}

/**
 * Remembers nonces for as long as a signature is valid. Each process has its own book. A request that is replayed to another process is harmless,
 * because takes and reports may be repeated.
 */
class NonceBook {
  #newer = new Set<string>()
  #older = new Set<string>()
  #turnedAt = 0

  isNew(nonce: string, nowMs: number): boolean {
    // Twice the time, because a signature is valid before and after its time.
    if (nowMs - this.#turnedAt > 2 * SIGNATURE_MS) {
      this.#older = this.#newer
      this.#newer = new Set()
      this.#turnedAt = nowMs
    }
    if (this.#newer.has(nonce) || this.#older.has(nonce)) return false
    this.#newer.add(nonce)
    return true
  }
}

async function loadKey(db: HubDb, key: string): Promise<Pick<KnownKey, 'caller' | 'scopes'>> {
  const tenant = tenantOfKey(key) as string
  const row = await inTenant(db, tenant, (trx) =>
    trx
      .selectFrom('api_key')
      .select(['id', 'scopes'])
      .where('hash', '=', hashOfKey(key))
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  )
  if (row === undefined) return { caller: undefined, scopes: [] }
  return { caller: { tenant, agent: '', sender: row.id }, scopes: row.scopes }
}

async function touch(db: HubDb, tenant: string, agent: string): Promise<void> {
  await inTenant(db, tenant, (trx) =>
    trx
      .updateTable('agent')
      .set({ seen_at: sql<Date>`now()`, online: true })
      .where('id', '=', agent)
      .execute(),
  )
}

function unauthorized(): HubError {
  return new HubError('UNAUTHORIZED', 'who asks is not known', {
    hint: 'send Authorization: Bearer KEY, or the signature of an agent that is enrolled',
  })
}
