/** A printer that is given to another agent: when that is allowed, and what becomes of slips. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresFolder } from '../postgres-server.js'
import { payloadOf, startHub, type TestAgent, type TestHub, type TestTenant } from './start-hub.js'

describe.skipIf(postgresFolder === undefined)('the owner of a printer', () => {
  let hub: TestHub
  let shop: TestTenant
  let store: string
  let old: TestAgent
  let next: TestAgent
  let count = 0

  beforeAll(async () => {
    hub = await startHub()
    shop = await hub.tenant('面馆')
    store = (await shop.ask('POST', '/v1/stores', { name: '人民路' })).json.id
    old = await hub.agent(shop, store, 'old')
    next = await hub.agent(shop, store, 'next')
  })
  afterAll(() => hub?.stop(), 60_000)

  const newPrinter = async (): Promise<string> => {
    const printers = [{ name: `机 ${++count}` }]
    const hello = await old.ask('POST', '/v1/agent/hello', { version: '1', printers })
    return hello.json.printers[0].id
  }
  const setOnline = (online: boolean) =>
    hub.server.sql(`update xiaopiao_hub.agent set online = ${online} where id = '${old.agent}'`)
  const accept = async (printer: string, key: string) =>
    (await shop.ask('POST', '/v1/slips', { key, printer, payload: payloadOf(key) })).json.slip
  const give = async (printer: string, agent = next.agent) => {
    const { status, json } = await shop.ask('POST', `/v1/printers/${printer}/owner`, {
      agent,
      by: '李娜',
    })
    return [status, json.error?.code ?? json.agent]
  }
  const poll = async (printer: string) => {
    const answer = await shop.ask('POST', `/v1/printers/${printer}/cloudprnt`, { by: '李娜' })
    return [answer.status, answer.json.error?.code ?? answer.json.agent]
  }
  const take = (agent: TestAgent, printer: string) =>
    agent.ask('POST', '/v1/agent/take', { printer })

  test('does not change while it is offline, because it may have the slips from the store itself', async () => {
    const printer = await newPrinter()
    setOnline(false)
    await accept(printer, 'a-1')
    expect(await give(printer)).toEqual([409, 'OWNER_OFFLINE'])
    expect(await poll(printer)).toEqual([409, 'OWNER_OFFLINE'])
    expect((await take(next, printer)).status).toBe(404)
    // The same agent again is no change.
    expect(await give(printer, old.agent)).toEqual([200, old.agent])
    setOnline(true)
    expect(await give(printer)).toEqual([200, next.agent])
    expect((await take(next, printer)).json.key).toBe('a-1')
  })

  test('changes while it is offline once it was revoked', async () => {
    const gone = await hub.agent(shop, store, 'gone')
    const printers = [{ name: 'of gone' }]
    const hello = await gone.ask('POST', '/v1/agent/hello', { version: '1', printers })
    const printer = hello.json.printers[0].id
    await shop.ask('POST', `/v1/agents/${gone.agent}/revoke`, { by: '李娜' })
    expect(await give(printer)).toEqual([200, next.agent])
  })

  test('does not change while a slip that was offered waits', async () => {
    const printer = await newPrinter()
    setOnline(true)
    const { id, state } = await accept(printer, 'b-1')
    expect(state).toBe('offered')
    expect(await give(printer)).toEqual([409, 'SLIP_OFFERED'])
    expect(await poll(printer)).toEqual([409, 'SLIP_OFFERED'])
    await shop.ask('POST', `/v1/slips/${id}/cancel`, { by: '李娜' })
    expect((await give(printer))[0]).toBe(200)
  })

  test('changes while the old one has a slip: the old one gets it again and ends it, then the new one takes', async () => {
    const printer = await newPrinter()
    setOnline(true)
    const { id } = await accept(printer, 'c-1')
    const taken = (await take(old, printer)).json
    await accept(printer, 'c-2')
    expect((await give(printer))[0]).toBe(200)
    expect((await take(next, printer)).status).toBe(204)
    const again = (await take(old, printer)).json
    expect(again).toMatchObject({ slip: id, epoch: taken.epoch, again: true })
    expect(await old.bytes(taken.payload.hash)).toEqual(new Uint8Array(Buffer.from('c-1\n')))
    const at = new Date().toISOString()
    const ended = { seq: 1, at, what: 'ended', slip: id, epoch: taken.epoch, outcome: 'printed' }
    await old.ask('POST', '/v1/agent/events', { events: [ended] })
    expect((await shop.ask('GET', `/v1/slips/${id}`)).json.slip.state).toBe('printed')
    expect((await take(old, printer)).status).toBe(404)
    expect((await take(next, printer)).json.key).toBe('c-2')
  })

  test('is another agent inside the hub after the first one was revoked', async () => {
    const made = await shop.ask('POST', '/v1/printers', { store, name: 'cloud' })
    const printer = made.json.id
    const [, first] = await poll(printer)
    expect(await poll(printer)).toEqual([201, first])
    await shop.ask('POST', `/v1/agents/${first}/revoke`, { by: '李娜' })
    const [status, second] = await poll(printer)
    expect(status).toBe(201)
    expect(second).not.toBe(first)
  })
})
