import { cp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { enrolAgent, startAgent } from '../../src/agent/index.js'
import { askBy, startHub, type TestHub } from '../hub/start-hub.js'
import { postgresFolder } from '../postgres-server.js'
import {
  handIn,
  keysOn,
  linesOn,
  openStore,
  type StoreOptions,
  slipOf,
  type TestStore,
  until,
} from './open-store.js'

/** `npm run test:outage` has an hour's 5,000. */
const SLIPS = Number(process.env.OUTAGE_SLIPS ?? 32)

/** So many at a time. */
async function inLanes<T>(
  count: number,
  all: readonly T[],
  work: (one: T, i: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    for (let i = next++; i < all.length; i = next++) await work(all[i] as T, i)
  }
  await Promise.all(Array.from({ length: count }, lane))
}

describe.skipIf(postgresFolder === undefined)('an agent', () => {
  let hub: TestHub
  let store: TestStore

  beforeAll(async () => {
    hub = await startHub()
  })
  afterAll(() => hub?.stop(), 60_000)
  afterEach(() => store?.stop(), 60_000)

  const openOne = async (options: StoreOptions = {}) => {
    store = await openStore(hub, options)
    const agent = await store.start()
    return { ...store, agent, printer: await store.printerId(agent) }
  }
  const papers = () => store.virtual.flatMap((one) => one.papers)
  const onPaper = (key: string) => keysOn(papers()).get(key) ?? 0

  test('prints what the hub has, each slip once, and reports it; it is woken by MQTT', async () => {
    // Without a wake-up it would ask a minute later.
    const { agent, printer } = await openOne({ agent: { pollMs: 60_000 } })
    const keys = Array.from({ length: 8 }, (_, i) => `s-${i}`)
    for (const key of keys)
      await store.accept(slipOf(key, printer, { copies: key === 's-3' ? 2 : 1 }))
    await until(async () => (await store.stateOf('s-7')) === 'processed')
    expect([...keysOn(papers())]).toEqual(keys.map((key) => [key, key === 's-3' ? 2 : 1]))
    expect(await store.slipOfKey('s-7')).toMatchObject({ epoch: 1, agent: agent.id, origin: 'hub' })
    await until(() => agent.unreported === 0)
  })

  test('prints a slip once whose answer was lost and that came again on the LAN', async () => {
    const { agent, printer, wan } = await openOne()
    wan.cut()
    await until(() => !agent.online)
    const slip = slipOf('lost', printer)
    await store.accept(slip)
    const reports = agent.unreported
    expect((await handIn(agent, slip)).status).toBe(201)
    await until(() => onPaper('lost') === 1)
    await until(() => agent.unreported > reports)
    expect(await store.stateOf('lost')).toBe('offered')
    wan.mend()
    await until(async () => (await store.stateOf('lost')) === 'processed')
    // Either the fact of the LAN or the agent's take comes first, and the paper is the same.
    expect(await store.slipOfKey('lost')).toMatchObject({ origin: 'hub', agent: agent.id })
    await store.accept(slipOf('after', printer))
    await until(async () => (await store.stateOf('after')) === 'processed')
    expect([...keysOn(papers())]).toEqual([
      ['lost', 1],
      ['after', 1],
    ])
  })

  test('goes on after the store has printed a slip whose bytes were on their way from the hub', async () => {
    const { agent, printer, wan } = await openOne()
    const bringBytes = wan.holdPayloads()
    const slip = slipOf('faster', printer)
    await store.accept(slip)
    await until(async () => (await store.stateOf('faster')) === 'taken')
    expect((await handIn(agent, slip)).status).toBe(201)
    await until(async () => (await store.stateOf('faster')) === 'processed')
    bringBytes()
    await store.accept(slipOf('after', printer))
    await until(async () => (await store.stateOf('after')) === 'processed')
    expect([...keysOn(papers())]).toEqual([
      ['faster', 1],
      ['after', 1],
    ])
  })

  const outageMs = 30_000 + SLIPS * 100
  test('serves the store while the line is down, and tells the hub of it later', {
    timeout: outageMs * 2,
  }, async () => {
    const printers = ['前台', '厨房', '吧台', '面档']
    const { agent, wan, virtual } = await openOne({ printers })
    const ids = await Promise.all(printers.map((name) => store.printerId(agent, name)))
    wan.cut()
    const keys = Array.from({ length: SLIPS }, (_, i) => `lan-${i}`)
    const from = performance.now()
    await inLanes(4, keys, async (key, i) => {
      const slip = slipOf(key, ids[i % ids.length] ?? '', { title: key })
      expect((await handIn(agent, slip)).status).toBe(201)
      // The till sends some of them once more, as it does after a lost answer.
      if (i % 10 === 0) expect((await handIn(agent, slip)).status).toBe(200)
    })
    await until(() => agent.unreported >= SLIPS, outageMs)
    const printedMs = performance.now() - from
    expect(agent.online).toBe(false)
    wan.mend()
    await until(() => agent.unreported === 0 && agent.online, outageMs)
    const toldMs = performance.now() - from - printedMs
    const counts = keysOn(papers())
    expect(counts.size).toBe(SLIPS)
    expect([...counts].filter(([, count]) => count !== 1)).toEqual([])
    // The agent asks for slips at each printer several times more, and gets none.
    const seen = () => hub.server.sql('select count(*) from xiaopiao_hub.event')
    const before = seen()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(seen()).toBe(before)
    const rows = hub.server.sql(
      `select origin, state, epoch, count(*) from xiaopiao_hub.slip where tenant = '${store.tenant.tenant}' group by 1, 2, 3`,
    )
    expect(rows.split('\n')).toEqual([`lan|processed|0|${SLIPS}`])
    expect(virtual.reduce((sum, one) => sum + keysOn(one.papers).size, 0)).toBe(SLIPS)
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
    if (SLIPS > 100) {
      process.stdout.write(
        `${SLIPS} slips printed in ${seconds(printedMs)}, told in ${seconds(toldMs)}\n`,
      )
    }
  })

  test('prints each slip once although answers of the hub are lost', async () => {
    const { printer, wan } = await openOne()
    const keys = Array.from({ length: 8 }, (_, i) => `cut-${i}`)
    for (const key of keys) {
      await store.accept(slipOf(key, printer))
      wan.loseAnswers(2)
    }
    await until(async () => (await store.stateOf('cut-7')) === 'processed')
    expect([...keysOn(papers())]).toEqual(keys.map((key) => [key, 1]))
  })

  test('gives a slip back that could not begin, and prints it when the hub offers it again', async () => {
    const { printer, virtual } = await openOne({ agent: { holdMs: 100, statusMs: 200 } })
    await store.accept(slipOf('first', printer))
    await until(async () => (await store.stateOf('first')) === 'processed')
    virtual[0]?.fault('cover-open@now')
    await store.accept(slipOf('later', printer))
    await until(async () =>
      ['not-started', 'offered', 'accepted'].includes(await store.stateOf('later')),
    )
    await until(async () => {
      const { json } = await store.tenant.ask('GET', '/v1/printers')
      return json.printers[0].status.cover === 'open'
    })
    expect(onPaper('later')).toBe(0)
    virtual[0]?.fault('cover-closed@now')
    await until(async () => (await store.stateOf('later')) === 'processed')
    expect(onPaper('later')).toBe(1)
  })

  test('does not print other content under a key that is on paper', async () => {
    const { agent, printer, wan } = await openOne()
    wan.cut()
    await until(() => !agent.online)
    await store.accept(slipOf('same', printer, { payload: { bytes: btoa('other\n') } }))
    await handIn(agent, slipOf('same', printer))
    await until(() => onPaper('same') === 1)
    wan.mend()
    await until(async () => (await store.stateOf('same')) === 'uncertain')
    expect(await store.slipOfKey('same')).toMatchObject({ reason: 'key-conflict' })
    expect(linesOn(papers()).filter((line) => line.includes('other'))).toEqual([])
  })

  test('lets a slip expire that the printer cannot take in time', async () => {
    const { agent, printer, virtual } = await openOne({ agent: { statusMs: 200 } })
    await virtual[0]?.switchOff()
    const expiresAt = new Date(Date.now() + 1500).toISOString()
    await handIn(agent, slipOf('late', printer, { expiresAt }))
    await until(async () => (await store.stateOf('late')) === 'expired')
    await virtual[0]?.switchOn()
    await handIn(agent, slipOf('in-time', printer))
    await until(async () => (await store.stateOf('in-time')) === 'processed')
    expect(onPaper('late')).toBe(0)
    // The same slip once more is the same slip.
    const again = await handIn(agent, slipOf('late', printer, { expiresAt }))
    expect([again.status, again.json.slip.state]).toEqual([200, 'expired'])
  })

  test('heads a copy that a person wants', async () => {
    const { printer } = await openOne()
    const { json } = await store.accept(slipOf('copied', printer))
    await until(async () => (await store.stateOf('copied')) === 'processed')
    expect(json.slip.marked).toBe(false)
    // What is known to be on paper has no copy; a doubtful slip has: see the hub.
    const heading = Buffer.from('AGAIN\n').toString('base64')
    const bytes = btoa('so long a slip that the power fails in the middle of it\n'.repeat(100))
    store.virtual[0]?.fault('power-cut@3000b')
    await store.accept({ key: 'doubtful', printer, payload: { bytes, heading } })
    await until(async () => (await store.stateOf('doubtful')) === 'uncertain')
    const doubtful = await store.slipOfKey('doubtful')
    const wanted = { by: '王芳', reason: '没有打印' }
    const copy = await store.tenant.ask('POST', `/v1/slips/${doubtful.id}/copies`, wanted)
    const copyState = async () =>
      (await store.tenant.ask('GET', `/v1/slips/${copy.json.slip.id}`)).json.slip.state
    await until(async () => (await copyState()) === 'processed')
    expect(linesOn(papers()).filter((line) => line.includes('AGAIN'))).toHaveLength(1)
  })

  test('answers on the LAN as the hub does', async () => {
    const { agent, printer } = await openOne()
    const slip = slipOf('lan', printer, { copies: 2, title: '17 号 6222021234567890' })
    const first = await handIn(agent, slip)
    expect(first.json.slips).toHaveLength(2)
    expect(first.json.slip).toMatchObject({ key: 'lan', origin: 'lan', printer })
    expect(first.json.slip.title).toBe(`17 号 ${'*'.repeat(16)}`)
    const again = await handIn(agent, slip)
    expect([again.status, again.json.slips]).toEqual([200, first.json.slips])
    const codeOf = async (body: object) => (await handIn(agent, body)).json.error?.code
    expect(await codeOf({ ...slip, payload: { bytes: btoa('x\n') } })).toBe('KEY_CONFLICT')
    expect(await codeOf({ ...slip, key: 'other', printer: agent.id })).toBe('PRINTER_UNKNOWN')
    expect(await codeOf({ key: 'bound', printer, template: { name: 'a', data: {} } })).toBe(
      'TEMPLATE_UNKNOWN',
    )
    expect(await codeOf({ key: 'no', printer })).toBe('BODY_INVALID')
    expect(await codeOf({ ...slip, coppies: 2 })).toBe('BODY_INVALID')
    await until(() => onPaper('lan') === 2)
    const get = (path: string, key = agent.lanKey) =>
      askBy(agent.lanUrl ?? '', () => `Bearer ${key}`)('GET', path)
    const { json } = await get(`/v1/slips/${first.json.slip.id}`)
    expect(json.slip).toMatchObject({ key: 'lan', copyIndex: 1 })
    expect((await get('/v1/slips?key=lan')).json.slips).toHaveLength(2)
    expect((await get('/v1/slips?key=lan', 'wrong')).status).toBe(401)
    expect((await get('/v1/slips/nobody')).status).toBe(404)
    expect((await get('/health', 'wrong')).status).toBe(200)
  })

  test('keeps its key to itself, and is enrolled once', async () => {
    const { agent, folder, tenant } = await openOne()
    for (const file of ['agent.key', 'lan.key', 'agent.json', 'jobs.jsonl', 'outbox.jsonl']) {
      expect([file, (await stat(join(folder, file))).mode & 0o777]).toEqual([file, 0o600])
    }
    const again = { hub: hub.url, code: 'x', folder, name: 'a' }
    await expect(enrolAgent(again)).rejects.toMatchObject({ code: 'AGENT_ENROLLED' })
    const other = { ...again, folder: `${folder}-2` }
    await expect(enrolAgent(other)).rejects.toMatchObject({ code: 'CODE_INVALID' })
    const one = { 前台: { uri: 'tcp://127.0.0.1:1' } }
    await expect(startAgent({ folder, printers: one })).rejects.toMatchObject({
      code: 'AGENT_RUNNING',
    })
    const { json } = await tenant.ask('GET', '/v1/agents')
    expect(json.agents[0]).toMatchObject({ name: '收银台', version: '1.2.3', online: true })
    await tenant.ask('POST', `/v1/agents/${agent.id}/revoke`, { by: '店长' })
    await until(() => store.diagnostics.some(({ code }) => code === 'UNAUTHORIZED'))
  })

  test('does not start without its journal, nor with an old one', async () => {
    const { agent, printer, folder } = await openOne()
    await agent.close()
    await cp(folder, `${folder}-old`, { recursive: true })
    const second = await store.start()
    await store.accept(slipOf('newer', printer))
    await until(async () => (await store.stateOf('newer')) === 'processed')
    await until(() => second.unreported === 0)
    await second.close()
    const port = store.virtual[0]?.port ?? 0
    await expect(store.start({ lan: { port } })).rejects.toMatchObject({ code: 'LAN_PORT' })
    const rolled = await store.start({ folder: `${folder}-old` })
    await expect(rolled.ended).rejects.toMatchObject({ code: 'AGENT_ROLLED_BACK' })
    await rm(join(folder, 'jobs.jsonl'))
    await expect(store.start()).rejects.toMatchObject({ code: 'AGENT_WIPED' })
  })
})
