/** Links behind the QR code of a slip, and the handler that serves what is behind them. */

import { chmod, stat } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { paperToText, printBytes } from '../../src/entries/emulator.js'
import { generic58 } from '../../src/profiles/index.js'
import {
  createArchive,
  type HandlerOptions,
  readLinkKey,
  slipMaker,
  voucherHandler,
  voucherLink,
} from '../../src/vouchers/index.js'
import { by, now, sale, storeFolder } from './helpers.js'

const { path } = storeFolder()
const key = new Uint8Array(32).fill(7)
const base = 'https://shop.example/v'
const expires = new Date(now.getTime() + 90 * 86_400_000)

async function counter(name: string, options: Partial<HandlerOptions> = {}) {
  const linkOf = ({ id }: { readonly id: string }) => voucherLink(id, { key, base, expires })
  const archive = await createArchive(path(name), {
    slips: slipMaker({ profile: generic58, linkOf }),
  })
  onTestFinished(() => archive.close())
  await archive.changeSettings({ ask: 'never' }, by)
  const { id } = await archive.add(sale, { now })
  const handle = voucherHandler(archive, {
    key,
    clock: () => now,
    perMinute: 100_000,
    allPerMinute: 100_000,
    ...options,
  })
  return { archive, id, handle, link: linkOf({ id }) }
}

test("the customer's copy shows the link, which holds nothing of the trade", async () => {
  const { archive, id, link } = await counter('slip')
  const kept = await archive.slips(id)
  const [merchant, customer] = (kept?.copies ?? []).map(({ bytes, drawnBlocks }) => ({
    text: paperToText(printBytes(bytes, generic58)),
    codes: JSON.stringify([printBytes(bytes, generic58).symbols, drawnBlocks]),
  }))
  expect(customer?.text).toContain('扫码查看电子凭证')
  expect(customer?.codes).toContain(link)
  expect(merchant?.codes).not.toContain(link)
  expect(link).toMatch(/^https:\/\/shop\.example\/v\/[\w-]{51}$/)
  const bytes = Buffer.from(link.slice(-51), 'base64url').toString('latin1')
  for (const secret of ['6222', '0012', '128600', sale.ref, sale.terminal]) {
    expect(link.includes(secret) || bytes.includes(secret)).toBe(false)
  }
})

test('a real server gives the voucher as HTML, PDF and PNG, and to nobody else', async () => {
  const { handle, link } = await counter('server')
  const app = new Hono()
  app.all('/v/*', (context) => handle(context.req.raw))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as { port: number }
  const at = (more = '') => fetch(`http://127.0.0.1:${port}${new URL(link).pathname}${more}`)
  const page = await at()
  expect(page.status).toBe(200)
  const html = await page.text()
  expect(html).toContain('622202******0012')
  expect(html).not.toContain('<script')
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'cache-control': 'private, no-store',
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  expect(
    Buffer.from(await (await at('?as=pdf')).arrayBuffer())
      .subarray(0, 4)
      .toString(),
  ).toBe('%PDF')
  expect(
    Buffer.from(await (await at('?as=png')).arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
  expect((await at('?as=json')).status).toBe(404)
})

test('every changed bit, other key, other spelling and other path is the same answer', async () => {
  const { handle, link, id } = await counter('hostile')
  const token = link.slice(-51)
  const asked = async (address: string) => {
    const response = await handle(new Request(address))
    return `${response.status} ${await response.text()}`
  }
  const nothing = await asked(`${base}/nothing`)
  expect(nothing).toBe('404 没有这张凭证 no such voucher\n')
  const hostile: string[] = []
  const bytes = Buffer.from(token, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const copy = Buffer.from(bytes)
    copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7))
    hostile.push(`${base}/${copy.toString('base64url')}`)
  }
  const other = new Uint8Array(32).fill(8)
  const nobody = '01234567-89ab-7def-8123-456789abcdef'
  hostile.push(
    voucherLink(id, { key: other, base, expires }),
    voucherLink(nobody, { key, base, expires }),
    `${link}=`,
    `${link}/`,
    `${link}%00`,
    `${base}/${token.slice(0, -1)}`,
    `${base}/${token}A`,
    `${base}/${id}`,
    `${base}/../../etc/passwd`,
    `${base}/%2e%2e%2fshop.db`,
    `${base}/`,
    `${base}/${'A'.repeat(51)}`,
    `${base}/${'A'.repeat(100_000)}`,
    `${base}/${bytes.toString('base64')}`,
    `${link}?as=__proto__`,
    `${link}?as=constructor`,
    `${link}?as=../html`,
  )
  for (const address of hostile) expect(await asked(address), address.slice(0, 200)).toBe(nothing)
  expect(hostile.length).toBeGreaterThan(300)
  expect((await asked(link)).slice(0, 3)).toBe('200')
})

test('a link ends, another method is refused, and HEAD has no body', async () => {
  let time = expires.getTime() - 1
  const { handle, link } = await counter('ends', { clock: () => new Date(time) })
  expect((await handle(new Request(link))).status).toBe(200)
  const head = await handle(new Request(link, { method: 'HEAD' }))
  expect([head.status, await head.text()]).toEqual([200, ''])
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const response = await handle(new Request(link, { method }))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  }
  time += 1
  expect((await handle(new Request(link))).status).toBe(410)
  // Only the key's own links say that they have ended.
  const other = link.at(-2) === 'A' ? 'B' : 'A'
  const forged = `${link.slice(0, -2)}${other}${link.at(-1)}`
  expect((await handle(new Request(forged))).status).toBe(404)
})

test('who asks too often waits, and the others do not', async () => {
  let time = now.getTime()
  const { handle } = await counter('limits', {
    clock: () => new Date(time),
    clientOf: (request) => request.headers.get('x-client') ?? '',
    perMinute: 5,
    allPerMinute: 8,
  })
  const ask = async (client: string) =>
    (await handle(new Request(`${base}/x`, { headers: { 'x-client': client } }))).status
  const many = async (client: string, count: number) => {
    const codes: number[] = []
    for (let i = 0; i < count; i++) codes.push(await ask(client))
    return codes
  }
  expect(await many('a', 7)).toEqual([404, 404, 404, 404, 404, 429, 429])
  expect(await many('b', 4)).toEqual([404, 404, 404, 429])
  time += 12_000
  expect(await many('a', 2)).toEqual([404, 429])
  const refused = await handle(new Request(`${base}/x`, { headers: { 'x-client': 'a' } }))
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  // A clock that was set back gives nothing away and locks nobody out for good.
  time -= 3_600_000
  expect(await ask('a')).toBe(429)
  time += 3_700_000
  expect(await ask('a')).toBe(404)
})

test('a store that cannot be read is another answer than none', async () => {
  const { archive, handle, link } = await counter('closed')
  await archive.close()
  const status = await handle(new Request(link)).then(
    (response) => response.status,
    () => 500,
  )
  expect([500, 503]).toContain(status)
})

test('the key is in a file that only its owner may read', async () => {
  const file = path('links.key')
  const made = await readLinkKey(file)
  expect(made).toHaveLength(32)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readLinkKey(file)).toEqual(made)
  await chmod(file, 0o644)
  await expect(readLinkKey(file)).rejects.toMatchObject({ code: 'STORE_KEY' })
})

test.each([
  [{ base: 'ftp://x' }, 'LINK_INVALID'],
  [{ base: 'javascript:alert(1)' }, 'LINK_INVALID'],
  [{ base: 'https://x/?a=1' }, 'LINK_INVALID'],
  [{ base: 'https://user@x/' }, 'LINK_INVALID'],
  [{ expires: new Date(8e15) }, 'LINK_INVALID'],
  [{ expires: new Date(Number.NaN) }, 'OPTION_INVALID'],
  [{ key: new Uint8Array(16) }, 'OPTION_INVALID'],
  [{ copy: 'cashier' as never }, 'OPTION_INVALID'],
])('a link of %o is refused', (wrong, code) => {
  const id = '01234567-89ab-7def-8123-456789abcdef'
  expect(() => voucherLink(id, { key, base, expires, ...wrong })).toThrow(
    expect.objectContaining({ code }),
  )
})
