import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printBytes } from '../../src/entries/emulator.js'
import { rateLimit } from '../../src/hub/http/rate-limit.js'
import { isWebhookOf, openHub } from '../../src/hub/index.js'
import { type Route, routeSlip } from '../../src/hub/ledger/route-slip.js'
import { ROUTES } from '../../src/hub-api/routes.js'
import { mqttPassword } from '../../src/hub-api/signing.js'
import { mqttUser, topicOf } from '../../src/hub-api/topics.js'
import { paperToText } from '../../src/paper/views/paper-text.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { postgresFolder } from '../postgres-server.js'
import {
  askBy,
  openShop,
  payloadOf,
  startHub,
  type TestAgent,
  type TestHub,
  type TestTenant,
} from './start-hub.js'

describe.skipIf(postgresFolder === undefined)('the API', () => {
  let hub: TestHub
  let shop: TestTenant
  let store: string
  let agent: TestAgent
  let printer: string
  let bar: string
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xp-hub-'))
    writeFileSync(
      join(folder, 'keys'),
      `# of the hub\nk1:${'1'.repeat(64)}\nk2:${'2'.repeat(64)}\n`,
    )
    hub = await startHub({ payloadKeys: join(folder, 'keys') })
    const status = { online: true, paper: 'near-end', cover: 'closed', error: 'none' }
    const printers = [{ name: '前台', profile: 'generic-80', status }, { name: '吧台' }]
    const opened = await openShop(hub, printers)
    ;({ shop, store, agent } = opened)
    ;[printer, bar] = opened.printers as [string, string]
  })
  afterAll(async () => {
    await hub?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const take = async (at = printer) =>
    (await agent.ask('POST', '/v1/agent/take', { printer: at })).json

  test('says itself as OpenAPI 3.1, with each route', async () => {
    const { json } = await askBy(hub.url)('GET', '/v1/openapi.json')
    expect(json.openapi).toBe('3.1.0')
    const operations = Object.values(
      json.paths as Record<string, Record<string, { operationId: string }>>,
    )
      .flatMap((path) => Object.values(path))
      .map(({ operationId }) => operationId)
    expect(operations.sort()).toEqual(Object.keys(ROUTES).sort())
    const accept = json.paths['/v1/slips'].post
    const { schema } = accept.requestBody.content['application/json']
    expect(schema.required).toEqual(['key'])
    expect(schema.properties.copies).toMatchObject({ type: 'integer', minimum: 1, maximum: 5 })
  })

  test.each([
    [{}, 'key'],
    [{ key: 'a b' }, 'key'],
    [{ key: 'a', printr: 'x' }, ''],
    [{ key: 'a', printer: 'x' }, 'printer'],
    [{ key: 'a' }, 'printer'],
    [{ key: 'a', printer: '019ad000-0000-7000-8000-000000000001' }, 'payload'],
  ])('a wrong body %j is refused with the path %s', async (body, path) => {
    const { status, json } = await shop.ask('POST', '/v1/slips', body)
    expect([status, json.error.code, json.error.path ?? '']).toEqual([400, 'BODY_INVALID', path])
  })

  test('says printers as their agent found them', async () => {
    const { json } = await shop.ask('GET', '/v1/printers')
    const front = json.printers.find((one: { id: string }) => one.id === printer)
    expect(front).toMatchObject({ name: '前台', agent: agent.agent, status: { paper: 'near-end' } })
    const agents = (await shop.ask('GET', '/v1/agents')).json.agents
    expect(agents).toMatchObject([{ id: agent.agent, version: '1.2.3', kind: 'store', store }])
  })

  test('binds a template by version, and prints what it says', async () => {
    const template = { nodes: [{ kind: 'text', text: '合计 {{ sum }}' }] }
    const path = `/v1/templates/${encodeURIComponent('小票')}`
    expect((await shop.ask('POST', path, { template, by: '李娜' })).json.version).toBe(1)
    const changed = { nodes: [{ kind: 'text', text: '总计 {{ sum }}' }] }
    expect((await shop.ask('POST', path, { template: changed, by: '李娜' })).json.version).toBe(2)
    const printed = async (key: string, version?: number) => {
      const wanted = {
        name: '小票',
        data: { sum: '12.50' },
        ...(version === undefined ? {} : { version }),
      }
      const answer = await shop.ask('POST', '/v1/slips', { key, printer, template: wanted })
      expect(answer.status).toBe(201)
      const taken = await take()
      const bytes = (await agent.bytes(taken.payload.hash)) as Uint8Array
      await end(taken)
      expect(taken.payload.segments.length).toBeGreaterThan(0)
      return paperToText(printBytes(bytes, generic80))
    }
    expect(await printed('t-1', 1)).toContain('合计 12.50')
    expect(await printed('t-2')).toContain('总计 12.50')
    const wrong = { key: 't-3', printer, template: { name: '小票', data: {} } }
    expect((await shop.ask('POST', '/v1/slips', wrong)).json.error.code).toBe('TEMPLATE_INVALID')
    const unknown = { key: 't-4', printer, template: { name: '没有', data: {} } }
    expect((await shop.ask('POST', '/v1/slips', unknown)).json.error.code).toBe('TEMPLATE_UNKNOWN')
  })

  let seq = 0
  async function end(taken: { slip: string; epoch: number }, outcome = 'printed') {
    const event = { seq: ++seq, at: new Date().toISOString(), what: 'ended', outcome }
    const events = [{ ...event, slip: taken.slip, epoch: taken.epoch }]
    expect((await agent.ask('POST', '/v1/agent/events', { events })).status).toBe(200)
  }

  test('sends a slip of a role to its printer', async () => {
    const routes = [
      { role: 'kitchen', printer },
      { role: 'kitchen', category: 'drinks', printer: bar },
    ]
    const set = await shop.ask('PUT', `/v1/stores/${store}/routes`, { routes })
    expect(set.json.routes.length).toBe(2)
    const to = async (key: string, role: object) =>
      (
        await shop.ask('POST', '/v1/slips', {
          key,
          role: { store, ...role },
          payload: payloadOf(key),
        })
      ).json
    expect((await to('r-1', { role: 'kitchen' })).slip.printer).toBe(printer)
    expect((await to('r-2', { role: 'kitchen', category: 'drinks' })).slip.printer).toBe(bar)
    expect((await to('r-3', { role: 'kitchen', category: 'noodles' })).slip.printer).toBe(printer)
    expect((await to('r-4', { role: 'cellar' })).error.code).toBe('ROLE_UNKNOWN')
    for (const at of [printer, bar, printer]) await end(await take(at))
  })

  test('gives a slip to another printer before it is offered, while its agent is online', async () => {
    const accept = async (key: string) =>
      (await shop.ask('POST', '/v1/slips', { key, printer, payload: payloadOf(key) })).json.slip
    expect((await accept('m-0')).state).toBe('offered')
    const { id, state } = await accept('m-1')
    expect(state).toBe('accepted')
    const reroute = () => shop.ask('POST', `/v1/slips/${id}/reroute`, { by: '王强', printer: bar })
    // Its requests have shown that the agent is there; before that it may have had the slip from the shop itself.
    hub.server.sql('update xiaopiao_hub.agent set online = false')
    expect((await reroute()).json.error.code).toBe('OWNER_OFFLINE')
    hub.server.sql('update xiaopiao_hub.agent set online = true')
    expect((await reroute()).json.slip.printer).toBe(bar)
    await end(await take())
    const offered = await accept('m-2')
    expect(offered.state).toBe('offered')
    const late = await shop.ask('POST', `/v1/slips/${offered.id}/reroute`, {
      by: '王强',
      printer: bar,
    })
    expect(late.json.error.code).toBe('SLIP_OFFERED')
    await end(await take(bar))
    await end(await take())
  })

  test('calls webhooks with a signature, again until they answer, and each call has an id', async () => {
    const calls: { body: string; headers: Record<string, unknown> }[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      calls.push({ body, headers: request.headers })
      response.statusCode = calls.length === 1 ? 503 : 204
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    const { id, secret } = (await shop.ask('POST', '/v1/webhooks', { url, events: ['slip.ended'] }))
      .json
    const request = { key: 'w-1', printer, payload: payloadOf('w-1'), title: '秘密' }
    await shop.ask('POST', '/v1/slips', request)
    const taken = await take()
    await end(taken, 'uncertain')
    await expect.poll(() => calls.length, { timeout: 25_000, interval: 100 }).toBe(2)
    const [first, second] = calls as [(typeof calls)[0], (typeof calls)[0]]
    expect(second.body).toBe(first.body)
    expect(JSON.parse(second.body)).toMatchObject({
      event: 'slip.ended',
      slip: { id: taken.slip, key: 'w-1', state: 'uncertain' },
    })
    expect(second.body).not.toContain('秘密')
    const headers = {
      time: String(second.headers['xiaopiao-time']),
      signature: String(second.headers['xiaopiao-signature']),
    }
    expect(isWebhookOf(secret, second.body, headers, Date.now())).toBe(true)
    expect(isWebhookOf(secret, `${second.body} `, headers, Date.now())).toBe(false)
    expect(isWebhookOf('other', second.body, headers, Date.now())).toBe(false)
    expect(isWebhookOf(secret, second.body, headers, Date.now() + 400_000)).toBe(false)
    expect((await shop.ask('DELETE', `/v1/webhooks/${id}`)).status).toBe(204)
    server.close()
  })

  test('keeps payloads encrypted, with the newest key', async () => {
    const text = '加密的小票'
    await shop.ask('POST', '/v1/slips', { key: 'e-1', printer, payload: payloadOf(text) })
    const stored = hub.server.sql(
      `select key_id, encode(bytes, 'escape') from xiaopiao_hub.payload`,
    )
    expect(stored).toContain('k2|')
    expect(
      hub.server.sql(`select count(*) from xiaopiao_hub.payload
      where position(convert_to('${text}', 'utf8') in bytes) > 0`),
    ).toBe('0')
    const taken = await take()
    expect(Buffer.from((await agent.bytes(taken.payload.hash)) as Uint8Array).toString()).toBe(
      `${text}\n`,
    )
    await end(taken)
  })

  test('wakes an agent by MQTT, shows that it is there, and keeps it to its own topics', async () => {
    const connect = (clientId: string, username: string, password: string) =>
      mqtt.connectAsync(hub.hub.mqttUrl ?? '', { clientId, username, password, reconnectPeriod: 0 })
    const user = mqttUser(agent.tenant, agent.agent)
    await expect(connect(agent.agent, user, 'wrong')).rejects.toThrow()
    const other = await hub.agent(shop, store, 'other')
    // The signature of one agent under the name of another.
    await expect(
      connect(other.agent, mqttUser(other.tenant, other.agent), mqttPassword(agent, Date.now())),
    ).rejects.toThrow()
    const client = await connect(agent.agent, user, mqttPassword(agent, Date.now()))
    const woken: string[] = []
    client.on('message', (_topic, body) => woken.push(...JSON.parse(body.toString()).printers))
    const [granted] = await client.subscribeAsync(topicOf({ ...agent, kind: 'wake' }), { qos: 1 })
    expect(granted?.qos).toBe(1)
    for (const topic of ['#', 'xiaopiao/#', topicOf({ ...other, kind: 'wake' })]) {
      await expect(client.subscribeAsync(topic)).rejects.toThrow()
    }
    const isOnline = async () => {
      const { json } = await shop.ask('GET', '/v1/agents')
      return json.agents.find((one: { id: string }) => one.id === agent.agent).online
    }
    await expect.poll(isOnline).toBe(true)
    await shop.ask('POST', '/v1/slips', { key: 'q-1', printer, payload: payloadOf('q-1') })
    await expect.poll(() => woken).toEqual([printer])
    await end(await take())
    client.stream.destroy()
    await expect.poll(isOnline).toBe(false)
  })

  test('a second process refuses to serve without a shared broker, and names one', async () => {
    const options = { db: hub.server.url(), port: 0, mqttPort: 0, log: 'silent' } as const
    await expect(openHub(options)).rejects.toMatchObject({
      code: 'HUB_SECOND',
      hint: expect.stringContaining('mosquitto'),
    })
  })

  test('tells figures and health, and nothing of slips', async () => {
    const ask = askBy(hub.url)
    expect((await ask('GET', '/health')).status).toBe(200)
    expect((await ask('GET', '/ready')).status).toBe(200)
    const { json: text } = await ask('GET', '/metrics')
    expect(text).toMatch(/xiaopiao_hub_slips_total\{what="accepted"\} \d+/)
    expect(text).not.toContain('w-1')
  })
})

test('a sender may send twice its rate at once, and then waits', () => {
  const limit = rateLimit(10)
  const at = (nowMs: number) => limit.waitMs('a', nowMs)
  expect(Array.from({ length: 20 }, () => at(0)).every((ms) => ms === 0)).toBe(true)
  expect(at(0)).toBeGreaterThan(0)
  expect(limit.waitMs('b', 0)).toBe(0)
  expect([at(90) > 0, at(110) > 0, at(111) > 0]).toEqual([true, false, true])
})

describe('routes of a store', () => {
  const route = (role: string, printer: string, more: Partial<Route> = {}): Route => ({
    ...{ role, printer, category: null, position: 1, isOnline: true },
    ...more,
  })

  test('the first printer whose agent is online gets it, and else the first', () => {
    const off = { isOnline: false }
    const all = [route('bar', 'b', { position: 2 }), route('bar', 'a')]
    expect(routeSlip(all, { role: 'bar' })).toBe('a')
    expect(
      routeSlip([route('bar', 'b', { position: 2 }), route('bar', 'a', off)], { role: 'bar' }),
    ).toBe('b')
    expect(
      routeSlip([route('bar', 'b', { position: 2, ...off }), route('bar', 'a', off)], {
        role: 'bar',
      }),
    ).toBe('a')
    expect(routeSlip(all, { role: 'kitchen' })).toBeUndefined()
  })

  test('a category without a route goes where the role goes', () => {
    const all = [route('kitchen', 'k'), route('kitchen', 'd', { category: 'drinks' })]
    expect(routeSlip(all, { role: 'kitchen', category: 'drinks' })).toBe('d')
    expect(routeSlip(all, { role: 'kitchen', category: 'noodles' })).toBe('k')
    expect(routeSlip([all[1] as Route], { role: 'kitchen' })).toBeUndefined()
  })
})
