import { createServer } from 'node:http'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, expectTypeOf, onTestFinished, test } from 'vitest'
import type * as manage from '../../src/hub-api/manage-shapes.js'
import type * as shaped from '../../src/hub-api/slip-shapes.js'
import { signWebhook } from '../../src/hub-api/webhook-signature.js'
import { HubRequestError, hubClient, isSignedCall, payloadOf } from '../../src/hub-client/index.js'
import type * as plain from '../../src/hub-client/types.js'
import { keysOn, openStore, slipOf, type TestStore, until } from '../agent/open-store.js'
import { startHub, type TestHub } from '../hub/start-hub.js'
import { postgresFolder } from '../postgres-server.js'

const quick = { tries: 3, retryMs: 1, timeoutMs: 3000 }

/** A server that answers with these statuses in turn, and then with 201. */
async function answering(statuses: readonly (number | 'cut')[]) {
  const seen: { method: string | undefined; body: string }[] = []
  const left = [...statuses]
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      seen.push({ method: request.method, body })
      const status = left.shift() ?? 201
      if (status === 'cut') return request.socket.destroy()
      const error = { code: 'KEY_CONFLICT', message: 'taken', path: 'key', hint: 'another one' }
      const slip = { id: 'a' }
      const ok = { slip, slips: ['a'], stores: [] }
      response
        .writeHead(status)
        .end(JSON.stringify(status < 400 ? ok : status === 409 ? { error } : 'x'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  return { url: `http://127.0.0.1:${(address as { port: number }).port}`, seen }
}

describe('requests', () => {
  test('a slip is handed in until there is an answer, with one key', async () => {
    const { url, seen } = await answering(['cut', 503])
    const client = hubClient({ url, key: 'k', ...quick })
    const { isNew, via } = await client.handIn({ key: 'a', printer: 'p', payload: { bytes: '' } })
    expect([isNew, via, seen.length]).toEqual([true, 'hub', 3])
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1)
  })

  test('what would be done twice is not asked twice', async () => {
    const { url, seen } = await answering(['cut'])
    const client = hubClient({ url, key: 'k', ...quick })
    const copying = client.copy('a', { by: '王芳', reason: '没有打印' })
    await expect(copying).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' })
    expect(seen).toHaveLength(1)
    // One that was refused because there were too many was not carried out.
    const busy = await answering([429])
    const patient = hubClient({ url: busy.url, key: 'k', ...quick })
    await patient.copy('a', { by: '王芳', reason: '没有打印' })
    expect(busy.seen).toHaveLength(2)
  })

  test('a refusal is an error with the code of the hub', async () => {
    const { url, seen } = await answering([409, 404])
    const client = hubClient({ url, key: 'k', ...quick })
    const error = await client.handIn({ key: 'a' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(HubRequestError)
    expect(error).toMatchObject({
      code: 'KEY_CONFLICT',
      status: 409,
      path: 'key',
      hint: 'another one',
    })
    expect(seen).toHaveLength(1)
    await expect(client.stores()).rejects.toMatchObject({ code: 'HUB_ANSWER', status: 404 })
    expect(() => hubClient({ url: 'hub.example', key: 'k' })).toThrow('https://')
    expect(() => hubClient({ url, key: 'k', trys: 2 } as never)).toThrow('no option trys')
  })

  test('a call of a webhook is believed if it is signed, and not for long', async () => {
    const [secret, body, nowMs] = ['secret', '{"id":"1"}', 1_795_910_400_000]
    const headers = signWebhook(secret, body, nowMs)
    const isSigned = (changed: object, at = nowMs) =>
      isSignedCall({ secret, body, ...headers, ...changed }, at)
    expect(await isSigned({})).toBe(true)
    expect(await isSigned({}, nowMs + 299_000)).toBe(true)
    expect(await isSigned({}, nowMs + 301_000)).toBe(false)
    expect(await isSigned({ body: '{"id":"2"}' })).toBe(false)
    expect(await isSigned({ secret: 'other' })).toBe(false)
    expect(await isSigned({ time: String(nowMs + 1) })).toBe(false)
    expect(await isSigned({ signature: 'zz' })).toBe(false)
  })

  test('bytes of any length are base64', () => {
    const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => i & 0xff)
    const { bytes: text } = payloadOf({ bytes })
    expect(Buffer.from(text, 'base64')).toEqual(Buffer.from(bytes))
    const heading = () => Uint8Array.of(1, 2)
    expect(payloadOf({ bytes: Uint8Array.of(0), reprintHeading: heading })).toEqual({
      bytes: 'AA==',
      heading: 'AQI=',
    })
  })

  test('it is small, and needs nothing of Node', async () => {
    const { outputFiles } = await build({
      entryPoints: ['src/hub-client/index.ts'],
      ...{ bundle: true, write: false, format: 'esm', platform: 'browser', minify: true },
      logLevel: 'silent',
    })
    const [code] = outputFiles
    expect(code?.text).not.toMatch(/node:|\bBuffer\b|process\./)
    expect(code?.contents.length).toBeLessThan(14_000)
  })
})

test('its types are those of the shapes', () => {
  expectTypeOf<plain.Slip>().toEqualTypeOf<shaped.Slip>()
  expectTypeOf<plain.SlipHistory>().toEqualTypeOf<shaped.SlipHistory>()
  expectTypeOf<plain.SlipRequest>().toEqualTypeOf<shaped.SlipRequest>()
  expectTypeOf<plain.HubPrinter>().toEqualTypeOf<manage.HubPrinter>()
  expectTypeOf<plain.WebhookCall>().toEqualTypeOf<manage.WebhookCall>()
  expectTypeOf<plain.SlipQuery>().toEqualTypeOf<Omit<shaped.SlipQuery, 'limit' | 'before'>>()
})

describe.skipIf(postgresFolder === undefined)('a client of a real hub', () => {
  let hub: TestHub
  let store: TestStore

  beforeAll(async () => {
    hub = await startHub()
    store = await openStore(hub)
  })
  afterAll(async () => {
    await store?.stop()
    await hub?.stop()
  })

  test('hands slips in, follows them, and pages through them', async () => {
    const agent = await store.start()
    const printer = await store.printerId(agent)
    const client = hubClient({ url: hub.url, key: store.tenant.key, ...quick })
    const { slip, isNew } = await client.handIn(slipOf('c-1', printer))
    expect(isNew).toBe(true)
    expect((await client.handIn(slipOf('c-1', printer))).isNew).toBe(false)
    expect((await client.ended(slip.id, { intervalMs: 20 })).state).toBe('processed')
    const { events } = await client.slip(slip.id)
    expect(events.at(-1)).toMatchObject({ what: 'ended', moved: true })
    expect((await client.printers())[0]).toMatchObject({ id: printer, name: '前台' })
    expect(await client.stores()).toEqual([{ id: store.store, name: '人民路' }])
    await agent.close()
    // More than a page, which nobody prints.
    for (let i = 0; i < 120; i++) await client.handIn(slipOf(`page-${i}`, printer))
    const keys: string[] = []
    for await (const one of client.slips({ state: 'accepted' })) keys.push(one.key)
    for await (const one of client.slips({ state: 'offered' })) keys.push(one.key)
    expect(new Set(keys).size).toBe(120)
    const [waiting] = (
      await client.request<{ slips: plain.Slip[] }>({
        ...{ method: 'GET', path: '/v1/slips', query: { key: 'page-7' } },
      })
    ).body.slips
    const cancelled = await client.cancel(waiting?.id ?? '', { by: '店长' })
    expect(cancelled.state).toBe('cancelled')
    await expect(client.slip(store.store)).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 })
  })

  test('goes to the agent with the same key if the hub gives no answer', async () => {
    const other = await openStore(hub)
    onTestFinished(() => other.stop(), 60_000)
    const agent = await other.start()
    const printer = await other.printerId(agent)
    const lan = { url: agent.lanUrl ?? '', key: agent.lanKey }
    const client = hubClient({ url: other.wan.url, key: other.tenant.key, lan, ...quick, tries: 2 })
    expect((await client.handIn(slipOf('near', printer))).via).toBe('hub')
    other.wan.cut()
    expect((await client.handIn(slipOf('far', printer))).via).toBe('lan')
    await until(() => keysOn(other.virtual.flatMap(({ papers }) => papers)).get('far') === 1)
    other.wan.mend()
    const again = hubClient({ url: hub.url, key: other.tenant.key, ...quick })
    await until(async () => {
      for await (const { key, state } of again.slips({ key: 'far' })) {
        if (key === 'far' && state === 'processed') return true
      }
      return false
    })
    expect((await again.handIn(slipOf('far', printer))).isNew).toBe(false)
    expect(keysOn(other.virtual.flatMap(({ papers }) => papers)).get('far')).toBe(1)
  })
})
