/** A hub of a test file: PostgreSQL, a tenant with an API key, and agents that sign as real ones do. */

import { readHubAddress } from '../../src/hub/db/address.js'
import { openPool } from '../../src/hub/db/open-db.js'
import { type HubOptions, migrateHub, openHub } from '../../src/hub/index.js'
import { addApiKey, addTenant } from '../../src/hub/manage/tenants.js'
import type { Enrolled } from '../../src/hub-api/agent-shapes.js'
import { SCOPES, type Scope } from '../../src/hub-api/scopes.js'
import { authorizationOf, newAgentKey } from '../../src/hub-api/signing.js'
import { type PostgresServer, startPostgres } from '../postgres-server.js'

export interface Asked {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  readonly json: any
  readonly headers: Headers
}

export type Ask = (method: string, path: string, body?: unknown) => Promise<Asked>

export interface TestTenant {
  readonly tenant: string
  readonly key: string
  readonly ask: Ask
}

export interface TestAgent extends Enrolled {
  readonly ask: Ask
  readonly privateKey: string
  bytes(hash: string): Promise<Uint8Array | number>
}

export interface TestHub {
  readonly url: string
  readonly server: PostgresServer
  readonly hub: Awaited<ReturnType<typeof openHub>>
  tenant(name: string, scopes?: readonly Scope[]): Promise<TestTenant>
  /** An agent of a store, enrolled with a code of the tenant. */
  agent(tenant: TestTenant, store: string, name?: string): Promise<TestAgent>
  stop(): Promise<void>
}

/** A tenant with one store, whose agent has said which printers it has. */
export interface TestShop {
  readonly shop: TestTenant
  readonly store: string
  readonly agent: TestAgent
  /** The first printer, and the others. */
  readonly printers: readonly [string, ...string[]]
}

/** @param printers as the agent says them */
export async function openShop(
  hub: TestHub,
  printers: readonly object[] = [{ name: '前台' }],
): Promise<TestShop> {
  const shop = await hub.tenant('面馆')
  const store = (await shop.ask('POST', '/v1/stores', { name: '人民路' })).json.id
  const agent = await hub.agent(shop, store)
  const hello = await agent.ask('POST', '/v1/agent/hello', { version: '1.2.3', printers })
  return { shop, store, agent, printers: hello.json.printers.map(({ id }: { id: string }) => id) }
}

export async function startHub(options: Partial<HubOptions> = {}): Promise<TestHub> {
  const server = await startPostgres()
  const db = server.url()
  await migrateHub(db)
  const hub = await openHub({
    ...{ db, port: 0, mqttPort: 0, log: 'silent', requestsPerSecond: 100_000, pollMs: 1000 },
    webhooks: 'anywhere',
    ...options,
  })
  const own = await openPool(readHubAddress(db), { role: readHubAddress(db).serve, max: 2 })
  const { url } = hub
  return {
    ...{ url, server, hub },
    async tenant(name, scopes = SCOPES) {
      const { tenant } = await addTenant(own.db, name)
      const key = await addApiKey(own.db, tenant, { name: 'test', scopes })
      return { tenant, key, ask: askBy(url, () => `Bearer ${key}`) }
    },
    async agent({ ask }, store, name = 'counter') {
      const code = await ask('POST', '/v1/agents/codes', { store })
      const { privateKey, publicKey } = newAgentKey()
      const enrolment = { code: code.json.code, publicKey, name, version: '1.0.0' }
      const { json } = await askBy(url)('POST', '/v1/agent/enrol', enrolment)
      const enrolled = json as Enrolled
      const sign = (method: string, path: string, body: Uint8Array) =>
        authorizationOf({ ...enrolled, privateKey }, { method, path, body }, Date.now())
      return {
        ...{ ...enrolled, privateKey, ask: askBy(url, sign) },
        async bytes(hash) {
          const path = `/v1/payload/${hash}`
          const authorization = sign('GET', path, new Uint8Array())
          const answer = await fetch(`${url}${path}`, { headers: { authorization } })
          if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
          await answer.body?.cancel()
          return answer.status
        },
      }
    },
    async stop() {
      await own.db.destroy()
      await hub.close()
      await server.stop()
    },
  }
}

type Authorize = (method: string, path: string, body: Uint8Array) => string

export function askBy(url: string, authorize?: Authorize): Ask {
  return async (method, path, body) => {
    const bytes = body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body))
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: bytes }),
      headers: authorize === undefined ? {} : { authorization: authorize(method, path, bytes) },
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return {
      status: answer.status,
      json: isJson ? JSON.parse(text) : text,
      headers: answer.headers,
    }
  }
}

export const payloadOf = (text: string) => ({ bytes: Buffer.from(`${text}\n`).toString('base64') })
