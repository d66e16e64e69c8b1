import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHubAddress } from '../../src/hub/db/address.js'
import { openPool } from '../../src/hub/db/open-db.js'
import { openHub } from '../../src/hub/index.js'
import { type ApiRoute, ROUTES, type RouteName } from '../../src/hub-api/routes.js'
import { authorizationOf } from '../../src/hub-api/signing.js'
import { postgresFolder } from '../postgres-server.js'
import { seeded } from '../seeded.js'
import {
  type Asked,
  askBy,
  payloadOf,
  startHub,
  type TestAgent,
  type TestHub,
  type TestTenant,
} from './start-hub.js'

const CALLS = 1000
const AT_ONCE = 20

/** All that a tenant has, by which another one may try its luck. */
interface Possessions {
  readonly owner: TestTenant
  readonly agent: TestAgent
  readonly ids: readonly string[]
  readonly slip: string
  readonly printer: string
  readonly store: string
  readonly webhook: string
  readonly template: string
  readonly hash: string
  readonly key: string
}

describe.skipIf(postgresFolder === undefined)('tenants', () => {
  let hub: TestHub
  let rich: Possessions
  let poor: Possessions

  beforeAll(async () => {
    hub = await startHub()
    rich = await settle('有')
    poor = await settle('无')
  })
  afterAll(() => hub?.stop(), 60_000)

  async function settle(name: string): Promise<Possessions> {
    const owner = await hub.tenant(name)
    const store = (await owner.ask('POST', '/v1/stores', { name: '人民路' })).json.id
    const agent = await hub.agent(owner, store)
    const printers = [{ name: '前台', profile: 'generic-80' }]
    const hello = await agent.ask('POST', '/v1/agent/hello', { version: '1', printers })
    const printer = hello.json.printers[0].id
    const key = `order-of-${name === '有' ? 'rich' : 'poor'}`
    const request = { key, printer, payload: payloadOf(`rosebud of ${name}`) }
    const { slip } = (await owner.ask('POST', '/v1/slips', request)).json
    await agent.ask('POST', '/v1/agent/take', { printer })
    const webhook = (await owner.ask('POST', '/v1/webhooks', { url: 'http://127.0.0.1:1/' })).json
      .id
    const template = `sale-of-${name}`
    const body = { template: { nodes: [{ kind: 'text', text: name }] }, by: '李娜' }
    await owner.ask('POST', `/v1/templates/${encodeURIComponent(template)}`, body)
    const ids = [slip.id, printer, store, agent.agent, webhook]
    return {
      owner,
      agent,
      ids,
      slip: slip.id,
      printer,
      store,
      webhook,
      template,
      hash: slip.payloadHash,
      key,
    }
  }

  test('a query without a tenant returns nothing, by the role that serves', async () => {
    const place = readHubAddress(hub.server.url())
    const own = await openPool(place, { role: place.serve, max: 1 })
    const tables = hub.server
      .sql(
        `select tablename from pg_tables where schemaname = '${place.schema}' and tablename not like 'migration%'`,
      )
      .split('\n')
    expect(tables.length).toBe(14)
    for (const table of tables) {
      const all = hub.server.sql(`select count(*) from ${place.schema}.${table}`)
      const { rows } = await sql`select * from ${sql.ref(table)}`.execute(own.db)
      expect([table, rows.length]).toEqual([table, 0])
      if (!['route', 'event', 'cloud_printer'].includes(table))
        expect(Number(all)).toBeGreaterThan(0)
    }
    await own.db.destroy()
  })

  test('a user who may see all rows does not serve', async () => {
    const place = readHubAddress(hub.server.url())
    hub.server.sql(`alter role ${place.serve} bypassrls`)
    const options = { db: hub.server.url(), port: 0, mqttPort: 0, log: 'silent' } as const
    await expect(openHub(options)).rejects.toMatchObject({ code: 'HUB_ROLE' })
    hub.server.sql(`alter role ${place.serve} nobypassrls`)
  })

  test(`${CALLS} random calls with another tenant's ids find no row and no hint that they exist`, async () => {
    const random = seeded(20_261_129)
    const pick = <T>(all: readonly T[]) => all[random(all.length)] as T
    const before = told(await all(rich))
    const names = Object.keys(ROUTES).filter(
      (name) => !['health', 'ready', 'enrol'].includes(name),
    ) as RouteName[]
    const unlike: unknown[] = []
    const one = async () => {
      const name = pick(names)
      const route: ApiRoute = ROUTES[name]
      // One call with the other tenant's ids, and the same call with ids that nobody has.
      const shape = random(1_000_000) / 1_000_000
      const real = await call(name, route, { of: rich, shape })
      const none = await call(name, route, { of: nobody(rich), shape })
      const text = JSON.stringify(real.json)
      for (const id of rich.ids) if (text.includes(id)) unlike.push([name, 'names', id])
      if (text.includes('rosebud') || text.includes('rich')) unlike.push([name, text])
      if (real.status !== none.status) unlike.push([name, real.status, none.status])
      const codes = [real.json?.error?.code, none.json?.error?.code]
      if (codes[0] !== codes[1]) unlike.push([name, ...codes])
    }
    for (let done = 0; done < CALLS; done += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, one))
    }
    expect(unlike).toEqual([])
    // And nothing of it has changed.
    expect(told(await all(rich))).toEqual(before)
  })

  /** The poor tenant asks for what another one has. */
  function call(
    name: RouteName,
    route: ApiRoute,
    ask: { of: Possessions; shape: number },
  ): Promise<Asked> {
    const { of, shape } = ask
    const path = route.path
      .replace(
        '{id}',
        shape < 0.8 ? idFor(name, of) : (of.ids[Math.floor(shape * 1e6) % of.ids.length] ?? ''),
      )
      .replace('{name}', encodeURIComponent(of.template))
      .replace('{version}', '1')
      .replace('{hash}', of.hash)
    const query = route.query === undefined ? '' : queryFor(name, of)
    const body = route.body === undefined ? undefined : bodyFor(name, of, shape)
    const by = route.who === 'agent' ? poor.agent.ask : poor.owner.ask
    return by(route.method.toUpperCase(), `${path}${query}`, body)
  }

  function idFor(name: RouteName, of: Possessions): string {
    if (/Routes/.test(name)) return of.store
    if (name === 'setOwner') return of.printer
    if (name === 'revokeAgent') return of.agent.agent
    return name === 'removeWebhook' ? of.webhook : of.slip
  }

  function queryFor(name: RouteName, of: Possessions): string {
    return name === 'listAudit'
      ? `?subject=${of.slip}`
      : `?printer=${of.printer}&store=${of.store}&key=${of.key}`
  }

  function bodyFor(name: RouteName, of: Possessions, shape: number): object {
    const at = new Date().toISOString()
    const unique = `${shape}`.replace('.', '')
    const person = { by: '王强', reason: '试' }
    switch (name) {
      case 'acceptSlip':
        return { key: `try-${unique}`, printer: of.printer, payload: payloadOf('x') }
      case 'rerouteSlip':
        return { by: '王强', printer: of.printer }
      case 'addStore':
        return { name: `店 ${unique}${of === rich ? 'a' : 'b'}` }
      case 'setRoutes':
        return { routes: [{ role: 'bar', printer: of.printer }] }
      case 'addPrinter':
        return { store: of.store, name: `机 ${unique}`, agent: of.agent.agent }
      case 'setOwner':
        return { agent: of.agent.agent, by: '王强' }
      case 'addCode':
        return { store: of.store }
      case 'revokeAgent':
        return { by: '王强' }
      case 'addTemplate':
        return { template: {}, by: '王强' }
      case 'addWebhook':
        return { url: 'http://127.0.0.1:1/' }
      case 'hello':
        return { version: '1', printers: [] }
      case 'take':
        return { printer: of.printer }
      case 'events':
        return {
          events: [{ seq: 1, at, what: 'ended', slip: of.slip, epoch: 1, outcome: 'printed' }],
        }
      default:
        return person
    }
  }

  /** The same kinds of ids, but of things that nobody has. */
  function nobody(of: Possessions): Possessions {
    const fresh = () =>
      `019ad000-0000-7000-8000-${Math.random().toString(16).slice(2, 14).padEnd(12, '0')}`
    const agent = { ...of.agent, agent: fresh() }
    const ids = [fresh(), fresh(), fresh(), agent.agent, fresh()]
    const [slip = '', printer = '', store = '', , webhook = ''] = ids
    const hash = 'f'.repeat(64)
    return { ...of, agent, ids, slip, printer, store, webhook, template: 'none', hash, key: 'none' }
  }

  async function all({ owner, slip, store }: Possessions): Promise<readonly Asked[]> {
    const paths = ['/v1/slips', `/v1/slips/${slip}`, '/v1/stores', '/v1/printers', '/v1/agents']
    const more = ['/v1/templates', '/v1/webhooks', '/v1/audit', `/v1/stores/${store}/routes`]
    return Promise.all([...paths, ...more].map((path) => owner.ask('GET', path)))
  }

  /** Without the times at which an agent was heard of. */
  function told(answers: readonly Asked[]): unknown {
    return JSON.parse(
      JSON.stringify(answers.map(({ json }) => json)).replace(/"seenAt":"[^"]*"/g, '"seenAt":""'),
    )
  }

  test('who has no key, a wrong one, or lacks the scope is told no more than that', async () => {
    const { url } = hub
    const strangers = [
      askBy(url),
      askBy(url, () => 'Bearer x'),
      askBy(
        url,
        () => `Bearer ${rich.owner.key.slice(0, -1)}${rich.owner.key.endsWith('A') ? 'B' : 'A'}`,
      ),
      // The key of one tenant with the name of another.
      askBy(
        url,
        () =>
          `Bearer xpk_${poor.owner.tenant.replaceAll('-', '')}_${rich.owner.key.split('_').slice(2).join('_')}`,
      ),
    ]
    const answers = await Promise.all(strangers.map((ask) => ask('GET', `/v1/slips/${rich.slip}`)))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    expect(new Set(answers.map(({ json }) => JSON.stringify(json))).size).toBe(1)
    const reader = await hub.tenant('读', ['slips:read'])
    const lacking = await reader.ask('POST', '/v1/stores', { name: 'x' })
    expect([lacking.status, lacking.json.error.code]).toEqual([403, 'SCOPE_MISSING'])
  })

  test('an agent signs each request once, by the time of the hub, and its payloads are its own', async () => {
    const { agent } = rich
    const path = '/v1/agent/take'
    const body = Buffer.from(JSON.stringify({ printer: rich.printer }))
    const send = async (authorization: string, to = path) => {
      const answer = await fetch(`${hub.url}${to}`, {
        method: 'POST',
        body,
        headers: { authorization },
      })
      return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code]
    }
    const sign = (nowMs: number) => authorizationOf(agent, { method: 'POST', path, body }, nowMs)
    const signed = sign(Date.now())
    expect(await send(signed)).toEqual([200, undefined])
    expect(await send(signed)).toEqual([401, 'NONCE_USED'])
    expect(await send(sign(Date.now() - 600_000))).toEqual([401, 'TIME_OFF'])
    expect(await send(sign(Date.now()), '/v1/agent/hello')).toEqual([401, 'UNAUTHORIZED'])
    expect(await agent.bytes(rich.hash)).toEqual(new Uint8Array(Buffer.from('rosebud of 有\n')))
    expect(await poor.agent.bytes(rich.hash)).toBe(404)
    const other = await hub.agent(rich.owner, rich.store, 'second')
    expect(await other.bytes(rich.hash)).toBe(404)
  })

  test('a code serves once, and an agent that is revoked is believed nothing more', async () => {
    const { owner, store } = rich
    const { code } = (await owner.ask('POST', '/v1/agents/codes', { store })).json
    const enrol = (publicKey: string) =>
      askBy(hub.url)('POST', '/v1/agent/enrol', { code, publicKey, name: 'n', version: '1' })
    const first = await enrol('A'.repeat(43))
    const again = await enrol('A'.repeat(43))
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.json.agent).toBe(first.json.agent)
    const stranger = await enrol('B'.repeat(43))
    expect([stranger.status, stranger.json.error.code]).toEqual([401, 'CODE_INVALID'])
    const agent = await hub.agent(owner, store, 'third')
    expect(
      (await agent.ask('POST', '/v1/agent/hello', { version: '1', printers: [] })).status,
    ).toBe(200)
    await owner.ask('POST', `/v1/agents/${agent.agent}/revoke`, { by: '李娜' })
    const hello = await agent.ask('POST', '/v1/agent/hello', { version: '1', printers: [] })
    expect(hello.status).toBe(401)
  })
})
