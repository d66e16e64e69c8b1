/** What happens at one moment, or in one request: keys, reports, payloads that go. */
import { createHash } from 'node:crypto'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { readHubAddress } from '../../src/hub/db/address.js'
import { type HubPool, inTenant, openPool } from '../../src/hub/db/open-db.js'
import { inserting } from '../../src/hub/ledger/insert-slips.js'
import { readyPayload } from '../../src/hub/ledger/ready-payload.js'
import { loggedError } from '../../src/hub/logged-error.js'
import { newId } from '../../src/hub/new-id.js'
import { NO_SEAL } from '../../src/hub/seal.js'
import { forgetOldSlips } from '../../src/hub/worker/housekeeping.js'
import { postgresFolder } from '../postgres-server.js'
import {
  openShop,
  payloadOf,
  startHub,
  type TestAgent,
  type TestHub,
  type TestTenant,
} from './start-hub.js'

const ROUNDS = 20

describe.skipIf(postgresFolder === undefined)('the hub', () => {
  let hub: TestHub
  let own: HubPool
  let shop: TestTenant
  let store: string
  let agent: TestAgent
  let printer: string
  let seq = 0

  beforeAll(async () => {
    hub = await startHub()
    const place = readHubAddress(hub.server.url())
    own = await openPool(place, { role: place.serve, max: 3 })
    const opened = await openShop(hub)
    ;({ shop, store, agent } = opened)
    ;[printer] = opened.printers
  })
  afterAll(async () => {
    await own?.db.destroy()
    await hub?.stop()
  })

  async function newPrinter(of: TestAgent, name: string): Promise<string> {
    const hello = await of.ask('POST', '/v1/agent/hello', { version: '1', printers: [{ name }] })
    return hello.json.printers[0].id
  }
  const accept = (key: string, more: object = {}) =>
    shop.ask('POST', '/v1/slips', { key, printer, payload: payloadOf(key), ...more })
  const take = async () => (await agent.ask('POST', '/v1/agent/take', { printer })).json
  const report = (by: TestAgent, events: readonly object[]) => {
    const at = new Date().toISOString()
    const numbered = events.map((event) => ({ seq: ++seq, at, ...event }))
    return by.ask('POST', '/v1/agent/events', { events: numbered })
  }
  const ended = ({ slip, epoch }: { slip: string; epoch: number }, outcome = 'printed') => ({
    ...{ what: 'ended', slip, epoch, outcome },
  })
  const hashOf = (text: string) => createHash('sha256').update(`${text}\n`).digest('hex')
  const factOf = (key: string, more: object = {}) => ({
    ...{ what: 'fact', key, copyIndex: 1, printer, outcome: 'printed' },
    ...{ contentHash: hashOf(key), payloadHash: hashOf(key) },
    acceptedAt: new Date().toISOString(),
    ...more,
  })
  const slipOf = async (id: string) => (await shop.ask('GET', `/v1/slips/${id}`)).json
  const slipsOfKey = async (key: string) =>
    (await shop.ask('GET', `/v1/slips?key=${key}`)).json.slips
  const sql = (text: string) => hub.server.sql(`set search_path = xiaopiao_hub; ${text}`)

  test('two requests at once with one key and other numbers of copies: one is refused, and has made no slip', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const key = `copies-${round}`
      const both = await Promise.all([accept(key, { copies: 3 }), accept(key)])
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
      const made = both.find(({ status }) => status === 201)
      const other = both.find(({ status }) => status === 409)
      expect(other?.json.error).toMatchObject({ code: 'KEY_CONFLICT', path: 'copies' })
      const ids = (await slipsOfKey(key)).map(({ id }: { id: string }) => id)
      expect(ids.sort()).toEqual([...(made?.json.slips ?? [])].sort())
      // The one that was taken may be sent again.
      expect((await accept(key, { copies: ids.length })).status).toBe(200)
      for (const id of ids) await shop.ask('POST', `/v1/slips/${id}/cancel`, { by: '王强' })
    }
  })

  test('a key of which a store has told one of its copies is known, whatever number is asked for', async () => {
    await report(agent, [factOf('told')])
    expect((await accept('told', { copies: 2 })).status).toBe(200)
    expect(await slipsOfKey('told')).toHaveLength(1)
  })

  test('a fact and the end of its slip in one request move it once, and are told once', async () => {
    const calls: string[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      calls.push(JSON.parse(body).slip.key)
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await shop.ask('POST', '/v1/webhooks', { url, events: ['slip.ended'] })
    await accept('once')
    const taken = await take()
    await report(agent, [factOf('once'), ended(taken)])
    await accept('once-more')
    const second = await take()
    await report(agent, [ended(second, 'uncertain'), factOf('once-more'), ended(second)])
    const moved = async (id: string) =>
      (await slipOf(id)).events.map((event: { moved: boolean }) => event.moved)
    expect(await moved(taken.slip)).toEqual([true, false])
    expect(await moved(second.slip)).toEqual([true, false, true])
    await accept('fence')
    await report(agent, [ended(await take())])
    await expect.poll(() => calls.includes('fence'), { timeout: 20_000 }).toBe(true)
    await expect
      .poll(() => [...calls].sort(), { timeout: 20_000 })
      .toEqual(['fence', 'once', 'once-more', 'once-more'])
  })

  test('a fact of another store closes no slip; its clock does not say when it ended', async () => {
    const away = (await shop.ask('POST', '/v1/stores', { name: '解放路' })).json.id
    const other = await hub.agent(shop, away, 'away')
    const there = await newPrinter(other, '前台')
    const { slip } = (await accept('17')).json
    const before = seq
    await report(other, [factOf('17', { printer: there })])
    expect((await slipOf(slip.id)).slip.state).toBe('offered')
    const acceptedAt = '2001-01-01T00:00:00.000Z'
    await report(other, [factOf('18', { printer: there, acceptedAt })])
    seq = before
    const [told] = await slipsOfKey('18')
    expect(Math.abs(Date.parse(told.endedAt) - Date.now())).toBeLessThan(60_000)
    await report(agent, [ended(await take())])
  })

  test('bytes that a new slip needs do not go with the old one that had them', async () => {
    const { id } = (await accept('old')).json.slip
    await report(agent, [ended(await take())])
    sql(`update payload set created_at = now() - interval '40 days' where hash = '${hashOf('old')}';
      update slip set ended_at = now() - interval '40 days' where id = '${id}'`)
    let forgetting: Promise<void> | undefined
    await inTenant(
      own.db,
      shop.tenant,
      async (trx) => {
        const payload = readyPayload(payloadOf('old'))
        const request = { key: 'new', printer }
        const insertion = { request, printer, payload, contentHash: payload.hash, ids: [newId()] }
        await inserting({ seal: NO_SEAL, tenant: shop.tenant }, [insertion]).execute(trx)
        forgetting = forgetOldSlips(own.db, shop.tenant)
        await new Promise((resolve) => setTimeout(resolve, 500))
      },
      'payloads stay',
    )
    await forgetting
    const taken = await take()
    expect(taken.key).toBe('new')
    expect(await agent.bytes(taken.payload.hash)).toBeInstanceOf(Uint8Array)
    await report(agent, [ended(taken)])
  })

  test('more than one part of what is old goes', async () => {
    sql(`insert into audit (tenant, id, at, who, what) select '${shop.tenant}', gen_random_uuid(), now() - interval '3 years', 'x', 'old'
      from generate_series(1, 1100)`)
    await forgetOldSlips(own.db, shop.tenant)
    expect(sql(`select count(*) from audit where what = 'old'`)).toBe('0')
  })

  test('a body that comes in chunks is refused when it is too long, and a text that is none is not taken', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${shop.key}`, 'transfer-encoding': 'chunked' }
      const sent = httpRequest(`${hub.url}/v1/slips`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode)
        sent.destroy()
      })
      sent.on('error', reject)
      for (let i = 0; i < 5; i++) sent.write(Buffer.alloc(1 << 20, 'x'))
    })
    expect(status).toBe(413)
    for (const title of ['a\u0000b', 'a\nb', '\ud800', '']) {
      const { status, json } = await accept('title', { title })
      expect([status, json.error.path]).toEqual([400, 'title'])
    }
  })

  test('the log names what the database refused, and quotes nothing of it', async () => {
    const client = new pg.Client({ connectionString: hub.server.url() })
    await client.connect()
    onTestFinished(() => client.end())
    const refused = async (text: string) => {
      const error = await client
        .query(`set search_path = xiaopiao_hub; ${text}`)
        .catch((one) => one)
      const logged = JSON.stringify(loggedError(new Error('around it', { cause: error })))
      expect(JSON.stringify({ ...error, message: error.message })).toContain('秘密')
      expect(logged).not.toContain('秘密')
      return logged
    }
    const columns =
      'id, tenant, store, key, copy_index, content_hash, payload_hash, printer, state, origin, title'
    const ids = `gen_random_uuid(), '${shop.tenant}', '${store}'`
    expect(
      await refused(
        `insert into slip (${columns}) values (${ids}, 'k', 1, '', '', '${printer}', 'eaten', 'hub', '秘密')`,
      ),
    ).toContain('slip_state_check')
    expect(await refused(`select '秘密'::uuid`)).toContain('22P02')
  })
})
