/** Webhooks: addresses of the hub's own network are called only if its operator allows it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { isInside, postOutside } from '../../src/hub/worker/call-outside.js'

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
  ...['100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1'],
  ...['::ffff:a01:203', 'fe80::1', 'fd00::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', 'no'],
])('%s is inside', (address) => {
  expect(isInside(address)).toBe(true)
})

test.each([
  ...['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '192.169.0.1', '::ffff:8.8.8.8'],
  '2606:4700::1111',
])('%s is outside', (address) => {
  expect(isInside(address)).toBe(false)
})

test('an address inside is not called, by number or by name, unless that is allowed', async () => {
  let calls = 0
  const server = createServer((_, response) => {
    calls++
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const post = (host: string, reach: 'public' | 'anywhere') =>
    postOutside({ url: `http://${host}:${port}/`, headers: {}, body: '{}', timeoutMs: 5000, reach })
  for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost']) {
    await expect(post(host, 'public')).rejects.toMatchObject({ code: 'WEBHOOK_INSIDE' })
  }
  expect(calls).toBe(0)
  // A redirection is an answer like any other that is no success.
  expect(await post('localhost', 'anywhere')).toBe(302)
  expect(calls).toBe(1)
})
