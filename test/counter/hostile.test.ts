/** Requests that do not come from the page: none of them may be answered, and none may change the store. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCounter } from '../../src/counter/index.js'
import { storeFolder } from '../vouchers/helpers.js'
import { cashier, manager, openShop, type Shop } from './shop.js'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const stores = storeFolder()

interface Asked {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

/** By Node's own client, which sends any header and path as they are; a connection that is cut is status 0. */
function ask({ method = 'GET', path, headers = {}, body }: Asked): Promise<Answered> {
  const { hostname, port } = new URL(shop.counter.url)
  return new Promise((resolve) => {
    const sent = request({
      hostname,
      port,
      method,
      path,
      headers,
      setHost: headers.host === undefined,
    })
    sent.on('error', () => resolve({ status: 0, headers: {}, text: '' }))
    sent.on('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      )
      answer.on('error', () => resolve({ status: 0, headers: {}, text }))
    })
    sent.end(body)
  })
}

const host = () => new URL(shop.counter.url).host
const own = () => ({ origin: `http://${host()}`, 'content-type': 'application/json' })

async function signIn(no: string, pin: string) {
  const body = JSON.stringify({ no, pin })
  const { status, headers, text } = await ask({
    method: 'POST',
    path: '/api/sign-in',
    headers: own(),
    body,
  })
  expect(status, text).toBe(200)
  const [set = ''] = headers['set-cookie'] ?? []
  expect(set).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  return { cookie: set.split(';')[0] ?? '', 'x-counter-token': JSON.parse(text).token as string }
}

const trade = JSON.stringify({ type: 'sale', kind: 'cash', amount: '51' })

test('200 hostile requests are refused, and change nothing', async () => {
  const mine = await signIn(manager.no, manager.pin)
  const signed = { ...own(), ...mine }
  const { id } = await shop.archive.add(
    {
      type: 'sale',
      kind: 'cash',
      fen: 100,
      at: '2026-11-23T12:00:00+08:00',
      terminal: '10023456',
      operator: '01',
    },
    { now: new Date() },
  )
  const changes = [
    '/api/trades',
    '/api/settle',
    '/api/pin',
    `/api/vouchers/${id}/follow`,
    `/api/vouchers/${id}/print`,
  ]
  const reads = [
    '/',
    '/counter.js',
    '/api/session',
    '/api/vouchers',
    `/api/vouchers/${id}`,
    '/api/papers',
  ]
  const post = (path: string, headers: Readonly<Record<string, string>>, body = trade): Asked => ({
    method: 'POST',
    path,
    headers,
    body,
  })
  const { port } = new URL(shop.counter.url)
  const foreignHosts = [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1.evil.example:${port}`,
    '127.0.0.1:1',
    `localhost.:${port}`,
    `0.0.0.0:${port}`,
    `[::1]:${port}`,
  ]
  const foreignOrigins = [
    'http://evil.example',
    'null',
    `https://${host()}`,
    `http://${host()}.evil.example`,
    'http://127.0.0.1',
    `http://evil@${host()}`,
  ]
  const { cookie: _, ...noCookie } = signed
  const { 'x-counter-token': token, ...noToken } = signed
  const large = JSON.stringify({
    type: 'sale',
    kind: 'cash',
    amount: '51',
    remarks: 'x'.repeat(20_000),
  })
  const hostile: Asked[] = [
    ...foreignHosts.flatMap((name) => [
      ...reads.map((path) => ({ path, headers: { ...signed, host: name } })),
      ...changes.map((path) => post(path, { ...signed, host: name })),
    ]),
    ...foreignOrigins.flatMap((origin) => [
      ...changes.map((path) => post(path, { ...signed, origin })),
      { path: '/api/vouchers', headers: { ...signed, origin } },
    ]),
    ...changes.flatMap((path) => [
      post(path, noToken),
      post(path, noCookie),
      post(path, { ...signed, 'x-counter-token': `${token}x` }),
      post(path, {
        ...signed,
        'x-counter-token': token.toLowerCase() === token ? 'x' : token.toLowerCase(),
      }),
      post(path, { ...signed, 'content-type': 'text/plain' }),
      post(path, { ...signed, 'content-type': 'application/x-www-form-urlencoded' }, 'type=sale'),
      post(path, { ...signed, 'sec-fetch-site': 'cross-site' }),
      post(path, signed, large),
      { ...post(path, signed), method: 'PUT' },
      { ...post(path, signed), method: 'DELETE' },
    ]),
    ...reads
      .slice(3)
      .flatMap((path) => [
        { path },
        { path, headers: { cookie: `${mine.cookie}x` } },
        { path, headers: { ...mine, 'sec-fetch-site': 'same-site' } },
      ]),
    ...[
      '/../package.json',
      '/..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/counter.js/../../x',
      '/.git/config',
      '/shop.db',
      '/shop.db.key',
      `/api/vouchers/${id}/../../settle`,
      '/api/vouchers/..%2f..',
      `/api/vouchers/${id}%00`,
      '/api/vouchers/1',
      `/api/vouchers/${id.toUpperCase()}`,
      `/api/vouchers/${id}/slip.png/x`,
      '/api/papers/../session',
      '/api/papers/1.png%00',
      '/api/papers/-1.png',
      '/api/papers/1e9.png',
      '/api/papers/99999.png',
      '/api/%76ouchers%2f',
      '/api',
      '/api/operators',
      '/api/settings',
      '/constructor',
      '/__proto__',
      '/api/vouchers/__proto__',
    ].map((path) => ({ path, headers: mine })),
    ...['', 'x', '[]', '"x"', 'null', '{', '{"type":', '1e999'].map((body) =>
      post('/api/trades', signed, body),
    ),
    post('/api/trades', { ...signed, 'content-length': '99999999' }, ''),
    post(
      '/api/trades',
      signed,
      '{"type":"sale","kind":"cash","amount":"51","__proto__":{"x":1},"constructor":"x"}',
    ),
    post('/api/trades', signed, '{"type":"sale","kind":"cash","amount":"51","track2":"x"}'),
    post('/api/trades', signed, '{"type":"sale","kind":"cash","amount":51}'),
    post('/api/trades', signed, '{"type":"sale","kind":"cash","amount":"-"}'),
    { path: `/${'x'.repeat(40_000)}`, headers: mine },
    { path: '/api/session', headers: { ...mine, 'x-large': 'x'.repeat(40_000) } },
  ]
  expect(hostile.length).toBeGreaterThanOrEqual(200)
  const before = await shop.archive.heads()
  const answers: Answered[] = []
  for (const asked of hostile) answers.push(await ask(asked))
  const taken = hostile.filter((_, i) => {
    const { status } = answers[i] as Answered
    return status !== 0 && (status < 400 || status >= 500)
  })
  expect(taken).toEqual([])
  for (const { text } of answers) expect(text).not.toMatch(/refundableFen|"voucher":|root:/)
  expect(await shop.archive.heads()).toEqual(before)
  // The same requests as the page sends them are taken.
  const { status } = await ask(post('/api/trades', signed))
  expect(status).toBe(200)
})

test('a session ends by itself, by a PIN that a manager gives, and by signing out', async () => {
  const session = await signIn(cashier.no, cashier.pin)
  const vouchers = (headers: Readonly<Record<string, string>>) =>
    ask({ path: '/api/vouchers', headers }).then(({ status }) => status)
  expect(await vouchers(session)).toBe(200)
  shop.later(14)
  expect(await vouchers(session)).toBe(200)
  shop.later(16)
  expect(await vouchers(session)).toBe(401)
  const again = await signIn(cashier.no, cashier.pin)
  const out = { method: 'POST', path: '/api/sign-out', headers: { ...own(), ...again }, body: '{}' }
  expect((await ask(out)).status).toBe(200)
  expect(await vouchers(again)).toBe(401)
  const third = await signIn(cashier.no, cashier.pin)
  await shop.archive.operators.resetPin(cashier.no, '482915', { now: new Date(), by: shop.boss })
  expect(await vouchers(third)).toBe(401)
  const first = await signIn(cashier.no, '482915')
  expect(await vouchers(first)).toBe(403)
})

test('every answer says what the browser may do with it', async () => {
  const { headers } = await ask({ path: '/' })
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
  expect(headers).toMatchObject({
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
  })
  const { text } = await ask({ path: '/' })
  expect(text).not.toMatch(/<script(?! src)|style=|onclick=/)
})

test('a store without operators has no counter, and options are checked', async () => {
  await using archive = await stores.create('empty')
  const { given } = shop
  await expect(startCounter({ ...given, archive })).rejects.toMatchObject({
    code: 'OPERATOR_NEEDED',
  })
  const misspelt = startCounter({ ...given, prot: 1 } as never)
  await expect(misspelt).rejects.toMatchObject({ code: 'OPTION_UNKNOWN', path: 'options.prot' })
  const taken = startCounter({ ...given, port: Number(new URL(shop.counter.url).port) })
  await expect(taken).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE', path: 'port' })
})
