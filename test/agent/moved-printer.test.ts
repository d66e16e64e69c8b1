/** Printers that get another address or another owner, and the slips that an agent has of them. */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { authorizationOf } from '../../src/hub-api/signing.js'
import { askBy, startHub, type TestHub } from '../hub/start-hub.js'
import { postgresFolder } from '../postgres-server.js'
import { keysOn, openStore, profile, slipOf, type TestStore, until } from './open-store.js'

describe.skipIf(postgresFolder === undefined)('an agent', () => {
  let hub: TestHub
  let store: TestStore

  beforeAll(async () => {
    hub = await startHub()
  })
  afterAll(() => hub?.stop(), 60_000)
  afterEach(() => store?.stop(), 60_000)

  const papersAt = (i: number) => [...keysOn(store.virtual[i]?.papers ?? [])]
  /** The first printer is now where the second one was. */
  const moved = () => ({ 前台: { uri: store.virtual[1]?.uri ?? '', profile } })

  test.each([
    ['gave back', 100],
    ['has in its queue', 60_000],
  ])('prints a slip that it %s where its printer is now', async (_, holdMs) => {
    // An agent that knew of the open cover would not take the slip, so it asks for the status once, and before the cover is opened.
    const agent = { holdMs, statusMs: 600_000 }
    store = await openStore(hub, { printers: ['前台', '备用'], agent })
    const first = await store.start()
    const printer = await store.printerId(first)
    await until(async () => {
      const { printers } = (await store.tenant.ask('GET', '/v1/printers')).json
      return printers.find(({ id }: { id: string }) => id === printer).status?.cover === 'closed'
    })
    store.virtual[0]?.fault('cover-open@now')
    await store.accept(slipOf('moved', printer))
    const isHeld = (state: string) => state === (holdMs === 100 ? 'not-started' : 'taken')
    await until(async () => isHeld(await store.stateOf('moved')))
    // It is in the journal of the agent, and not only on its way there.
    const journal = join(store.folder, 'jobs.jsonl')
    await until(async () => (await readFile(journal, 'utf8')).includes('1:moved'))
    await first.close()
    const second = await store.start({ printers: moved() })
    await until(async () => (await store.stateOf('moved')) === 'processed')
    await second.close()
    expect([papersAt(0), papersAt(1)]).toEqual([[], [['moved', 1]]])
  })

  test('ends a slip whose answer was lost before its printer was given to another agent', async () => {
    store = await openStore(hub)
    const agent = await store.start()
    const printer = await store.printerId(agent)
    await agent.close()
    await store.accept(slipOf('held', printer))
    const keys = JSON.parse(await readFile(join(store.folder, 'agent.key'), 'utf8'))
    const { tenant } = store.tenant
    const signer = { tenant, agent: agent.id, privateKey: keys.privateKey }
    const ask = askBy(hub.url, (method, path, body) =>
      authorizationOf(signer, { method, path, body }, Date.now()),
    )
    expect((await ask('POST', '/v1/agent/take', { printer })).json.key).toBe('held')
    hub.server.sql(`update xiaopiao_hub.agent set online = true where id = '${agent.id}'`)
    const other = await hub.agent(store.tenant, store.store, 'other')
    const owner = { agent: other.agent, by: '李娜' }
    expect((await store.tenant.ask('POST', `/v1/printers/${printer}/owner`, owner)).status).toBe(
      200,
    )
    // It hears first that the printer is not its own any more.
    await rm(join(store.folder, 'printers.json'))
    await store.start()
    await until(async () => (await store.stateOf('held')) === 'processed')
    expect(papersAt(0)).toEqual([['held', 1]])
    expect(await store.slipOfKey('held')).toMatchObject({ epoch: 1, agent: agent.id })
    // After that it asks no more, and the other one is not held up.
    await store.accept(slipOf('next', printer))
    expect((await other.ask('POST', '/v1/agent/take', { printer })).json.key).toBe('next')
  })
})
