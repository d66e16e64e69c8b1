/** Housekeeping outlives its database. */

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresFolder } from '../postgres-server.js'
import { payloadOf, startHub, type TestHub } from './start-hub.js'

describe.skipIf(postgresFolder === undefined)('housekeeping', () => {
  let hub: TestHub

  beforeAll(async () => {
    hub = await startHub()
  })
  afterAll(() => hub?.stop())

  test('goes on after the database ended in the middle of a webhook', async () => {
    const shop = await hub.tenant('面馆')
    const store = (await shop.ask('POST', '/v1/stores', { name: '总店' })).json.id
    const agent = await hub.agent(shop, store)
    const calls: ServerResponse[] = []
    const target = createServer((request, response) => {
      request.resume().on('end', () => calls.push(response))
    }).listen(0, '127.0.0.1')
    await once(target, 'listening')
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`
    await shop.ask('POST', '/v1/webhooks', { url, events: ['slip.ended'] })
    const printers = [{ name: '前台' }]
    const hello = await agent.ask('POST', '/v1/agent/hello', { version: '1.0.0', printers })
    const printer = hello.json.printers[0].id
    const handIn = (key: string) =>
      shop.ask('POST', '/v1/slips', { key, printer, payload: payloadOf(key) })
    const cancel = async (key: string) => {
      const { id } = (await handIn(key)).json.slip
      expect((await shop.ask('POST', `/v1/slips/${id}/cancel`, { by: '王' })).status).toBe(200)
    }

    await cancel('a-1')
    await expect.poll(() => calls.length, { timeout: 20_000 }).toBe(1)
    process.kill(hub.server.pid() as number, 'SIGKILL')
    await wait(500)
    calls[0]?.end('ok')
    // The job cannot be ended now, and that must end neither the process nor the housekeeping for good.
    await wait(1500)
    await hub.server.killAndRestart()
    await expect.poll(async () => (await handIn('a-2')).status, { timeout: 20_000 }).toBe(201)
    await cancel('a-3')
    await expect.poll(() => calls.length, { timeout: 30_000 }).toBeGreaterThan(1)
    for (const call of calls) call.end('ok')
    target.close()
    target.closeAllConnections()
  })
})
