import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresFolder } from '../postgres-server.js'
import {
  openShop,
  payloadOf,
  startHub,
  type TestAgent,
  type TestHub,
  type TestTenant,
} from './start-hub.js'

describe.skipIf(postgresFolder === undefined)('the ledger', () => {
  let hub: TestHub
  let shop: TestTenant
  let store: string
  let agent: TestAgent
  let printer: string
  let seq = 0

  beforeAll(async () => {
    hub = await startHub()
    const opened = await openShop(hub, [{ name: '前台', profile: 'generic-80' }])
    ;({ shop, store, agent } = opened)
    ;[printer] = opened.printers
  })
  afterAll(() => hub?.stop(), 60_000)

  const accept = (key: string, more: object = {}) =>
    shop.ask('POST', '/v1/slips', { key, printer, payload: payloadOf(key), ...more })
  const take = () => agent.ask('POST', '/v1/agent/take', { printer })
  const tell = (event: object) => {
    seq++
    const at = new Date().toISOString()
    return agent.ask('POST', '/v1/agent/events', { events: [{ seq, at, ...event }] })
  }
  const end = (taken: { slip: string; epoch: number }, outcome = 'printed') =>
    tell({ what: 'ended', slip: taken.slip, epoch: taken.epoch, outcome })
  const stateOf = async (id: string) => (await shop.ask('GET', `/v1/slips/${id}`)).json.slip.state

  test('a slip goes from the POS to the agent and ends as printed', async () => {
    const accepted = await accept('a-1', { title: '17 号' })
    expect(accepted.status).toBe(201)
    const { slip } = accepted.json
    expect(slip).toMatchObject({ key: 'a-1', copyIndex: 1, printer, store, epoch: 0, agent: null })
    const taken = await take()
    expect(taken.json).toMatchObject({ slip: slip.id, epoch: 1, key: 'a-1', again: false })
    expect(Buffer.from((await agent.bytes(taken.json.payload.hash)) as Uint8Array).toString()).toBe(
      'a-1\n',
    )
    expect(await stateOf(slip.id)).toBe('taken')
    await tell({ what: 'started', slip: slip.id, epoch: 1 })
    expect(await stateOf(slip.id)).toBe('printing')
    const reach = { segments: 1, printed: 1, sent: 1 }
    await tell({ what: 'ended', slip: slip.id, epoch: 1, outcome: 'printed', reach })
    const { json } = await shop.ask('GET', `/v1/slips/${slip.id}`)
    expect(json.slip).toMatchObject({ state: 'printed', reach, title: '17 号', agent: agent.agent })
    expect(json.events.map((one: { what: string }) => one.what)).toEqual(['started', 'ended'])
    // Its bytes are nobody's any more.
    expect(await agent.bytes(taken.json.payload.hash)).toBe(404)
    expect((await take()).status).toBe(204)
  })

  test('a key and its content are one slip; with other content it is refused', async () => {
    const first = await accept('b-1')
    const again = await accept('b-1')
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.json.slip.id).toBe(first.json.slip.id)
    const other = await accept('b-1', { payload: payloadOf('other') })
    expect(other.status).toBe(409)
    expect(other.json.error.code).toBe('KEY_CONFLICT')
    await end((await take()).json)
  })

  test('twenty requests of one key at once make one slip', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => accept('c-1', { copies: 2 })))
    expect(all.filter(({ status }) => status === 201).length).toBe(1)
    expect(new Set(all.map(({ json }) => json.slips.join())).size).toBe(1)
    expect(all[0]?.json.slips.length).toBe(2)
    for (const copyIndex of [1, 2]) {
      const { json } = await take()
      expect(json).toMatchObject({ key: 'c-1', copyIndex, marked: false })
      await end(json)
    }
  })

  test('a take that is repeated gives the same slip and epoch, and a printer holds one slip', async () => {
    await accept('d-1')
    await accept('d-2')
    const first = (await take()).json
    const many = await Promise.all(Array.from({ length: 10 }, take))
    for (const { json } of many) {
      expect(json).toMatchObject({ slip: first.slip, epoch: first.epoch, again: true })
    }
    await end(first)
    const second = (await take()).json
    expect(second.key).toBe('d-2')
    await end(second)
  })

  test('a slip that was proved not started is offered again, with a higher epoch; the old word is evidence', async () => {
    await accept('e-1')
    const first = (await take()).json
    await end(first, 'not-started')
    expect(await stateOf(first.slip)).toBe('not-started')
    const second = (await take()).json
    expect(second).toMatchObject({ slip: first.slip, epoch: 2, again: false })
    await end(first, 'partial')
    expect(await stateOf(first.slip)).toBe('taken')
    await end(second)
    expect(await stateOf(first.slip)).toBe('printed')
    const { json } = await shop.ask('GET', `/v1/slips/${first.slip}`)
    expect(json.events.map((one: { moved: boolean }) => one.moved)).toEqual([true, false, true])
  })

  test('a number that is sent again changes nothing, and the answer names the highest one', async () => {
    await accept('f-1')
    const taken = (await take()).json
    const acked = await end(taken)
    expect(acked.json.ackSeq).toBe(seq)
    const at = new Date().toISOString()
    const event = { seq, at, what: 'ended', slip: taken.slip, epoch: 1, outcome: 'uncertain' }
    const again = await agent.ask('POST', '/v1/agent/events', { events: [event] })
    expect(again.json.ackSeq).toBe(seq)
    expect(await stateOf(taken.slip)).toBe('printed')
  })

  test('a slip past its time is not given out, and becomes expired; a taken one does not', async () => {
    const soon = new Date(Date.now() + 1500).toISOString()
    await accept('g-1', { expiresAt: soon })
    const held = (await take()).json
    const late = (await accept('g-2', { expiresAt: new Date(Date.now() - 1).toISOString() })).json
    await expect.poll(() => stateOf(late.slip.id), { timeout: 20_000 }).toBe('expired')
    expect(await stateOf(held.slip)).toBe('taken')
    await end(held)
    expect((await take()).status).toBe(204)
  })

  test('a fact with the key of a slip that waits closes it', async () => {
    const { slip } = (await accept('h-1')).json
    const fact = {
      ...{ what: 'fact', key: 'h-1', copyIndex: 1, printer, outcome: 'printed' },
      ...{ contentHash: slip.payloadHash, payloadHash: slip.payloadHash },
      acceptedAt: new Date().toISOString(),
    }
    await tell(fact)
    expect(await stateOf(slip.id)).toBe('printed')
    expect((await take()).status).toBe(204)
    // The POS sends the key once more, and is told that it is on paper.
    expect((await accept('h-1')).json.slip).toMatchObject({ id: slip.id, state: 'printed' })
  })

  test('a fact of an unknown key makes a slip that has ended; a copy of it can be had with its bytes', async () => {
    const payload = payloadOf('i-1')
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update('i-1\n').digest('hex')
    const at = new Date().toISOString()
    const fact = {
      what: 'fact',
      key: 'i-1',
      copyIndex: 1,
      printer,
      outcome: 'printed',
      acceptedAt: at,
    }
    await tell({ ...fact, contentHash: hash, payloadHash: hash, payload })
    const { json } = await accept('i-1')
    expect(json.slip).toMatchObject({ state: 'printed', origin: 'lan', payloadHash: hash })
    expect((await take()).status).toBe(204)
    const copy = await shop.ask('POST', `/v1/slips/${json.slip.id}/copies`, {
      by: '李娜',
      reason: '顾客要',
    })
    expect(copy.json.slip).toMatchObject({
      copyOf: json.slip.id,
      marked: true,
      wantedBy: '李娜',
      copyIndex: 6,
    })
    const taken = (await take()).json
    expect(taken).toMatchObject({ key: 'i-1', copyIndex: 6, marked: true })
    await end(taken)
  })

  test('an uncertain slip waits for a person: seen, or a marked copy', async () => {
    await accept('j-1')
    const taken = (await take()).json
    await end(taken, 'uncertain')
    const open = async () =>
      (await shop.ask('GET', '/v1/slips?state=open')).json.slips.map(
        (one: { key: string }) => one.key,
      )
    expect(await open()).toEqual(['j-1'])
    const seen = await shop.ask('POST', `/v1/slips/${taken.slip}/seen`, { by: '王强' })
    expect(seen.json.slip).toMatchObject({
      state: 'uncertain',
      decision: { what: 'seen', by: '王强' },
    })
    expect(await open()).toEqual([])
    expect((await take()).status).toBe(204)
    const audit = await shop.ask('GET', `/v1/audit?subject=${taken.slip}`)
    expect(audit.json.entries[0]).toMatchObject({ who: '王强', what: 'seen' })
  })

  test('a slip that waits can be cancelled, one that is taken cannot', async () => {
    await accept('k-1')
    const { slip } = (await accept('k-2')).json
    const cancelled = await shop.ask('POST', `/v1/slips/${slip.id}/cancel`, { by: '王强' })
    expect(cancelled.json.slip.state).toBe('cancelled')
    const taken = (await take()).json
    const refused = await shop.ask('POST', `/v1/slips/${taken.slip}/cancel`, { by: '王强' })
    expect([refused.status, refused.json.error.code]).toEqual([409, 'SLIP_TAKEN'])
    await end(taken)
    expect((await take()).status).toBe(204)
  })
})
