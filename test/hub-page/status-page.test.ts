/** The status page in a browser, on a real hub: what it shows, and the two decisions that a person can take on it. */
import { randomUUID } from 'node:crypto'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudPrnt } from '../../src/cloudprnt/cloud-prnt.js'
import { type Hub, makeTenant, migrateHub, openHub } from '../../src/hub/index.js'
import { pageWords } from '../../src/hub-page/page-words.js'
import { statusPage } from '../../src/hub-page/status-page.js'
import { compile, cut, text } from '../../src/index.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { findChromium } from '../emulator/browser.js'
import { askBy } from '../hub/start-hub.js'
import { type PostgresServer, postgresFolder, startPostgres } from '../postgres-server.js'

const executablePath = findChromium()
let postgres: PostgresServer
let hub: Hub
let browser: Browser
let key = ''
let printer = ''
let door = ''

it('has the same words in both languages', () => {
  expect(Object.keys(pageWords.zh)).toEqual(Object.keys(pageWords.en))
})

async function api(method: string, path: string, body?: object) {
  return (await askBy(hub.url, () => `Bearer ${key}`)(method, path, body)).json
}

/** A slip that its printer has fetched and not confirmed. */
async function doubtfulSlip(title: string) {
  const { bytes } = compile({ nodes: [text(title), cut()] }, { profile: generic80 })
  const payload = { bytes: Buffer.from(bytes).toString('base64') }
  const { slip } = await api('POST', '/v1/slips', { key: randomUUID(), printer, title, payload })
  const poll = () =>
    fetch(door, {
      method: 'POST',
      body: JSON.stringify({ statusCode: '200 OK', printerMAC: '00:11:62:00:00:01' }),
    })
  const { jobToken } = (await (await poll()).json()) as { readonly jobToken: string }
  await fetch(`${door}?mac=00:11:62:00:00:01&type=image/png&token=${jobToken}`)
  await poll()
  return slip.id
}

const slipOf = async (id: string) => (await api('GET', `/v1/slips/${id}`)).slip

describe.skipIf(postgresFolder === undefined || executablePath === undefined)('the page', () => {
  let page: Page
  const wrong: string[] = []

  beforeAll(async () => {
    postgres = await startPostgres()
    await migrateHub(postgres.url())
    const made = await makeTenant(postgres.url(), { name: '面馆', store: '人民路店' })
    key = made.key
    hub = await openHub({
      ...{ db: postgres.url(), port: 0, mqttPort: 0, log: 'silent', requestsPerSecond: 1000 },
      fronts: [statusPage, cloudPrnt],
    })
    const given = await api('POST', '/v1/printers', { store: made.store, name: '前台' })
    printer = given.id
    const { path } = await api('POST', `/v1/printers/${printer}/cloudprnt`, { by: '工程师' })
    door = `${hub.url}${path}`
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox'],
    })
    page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1200, height: 900 } })
    page.on('pageerror', (error) => wrong.push(String(error)))
  })

  afterAll(async () => {
    await browser?.close()
    await hub?.close()
    await postgres?.stop()
  })

  it('lets nobody in with a wrong key, and with a right one shows printers and slips', async () => {
    await page.goto(`${hub.url}/`)
    expect(page.url()).toBe(`${hub.url}/status`)
    await page.fill('#key', `xpk_${'0'.repeat(32)}_${'x'.repeat(32)}`)
    await page.fill('#name', '王店长')
    await page.click('#door button')
    await page.waitForSelector('#wrong:not(:empty)')
    await page.fill('#key', key)
    await page.click('#door button')
    await page.waitForSelector('#all:not([hidden])')
    expect(await page.textContent('.printers b')).toBe('前台')
    expect(await page.textContent('#stores h3')).toBe('人民路店')
  })

  it('takes both decisions, each with the name of who took it', async () => {
    const seen = await doubtfulSlip('7号')
    const copied = await doubtfulSlip('8号')
    await page.click(`[data-slip="${seen}"] .two button:first-child`)
    await expect.poll(async () => (await slipOf(seen)).decision?.by).toBe('王店长')
    await page.click(`[data-slip="${copied}"] .strong`)
    await page.fill('#ask-reason', '顾客没拿到')
    await page.click('#ask .strong')
    await expect.poll(async () => (await slipOf(copied)).decision?.what).toBe('copied')
    const { copies } = await api('GET', `/v1/slips/${copied}`)
    const { marked, wantedBy } = await slipOf(copies[0] ?? '')
    expect([marked, wantedBy]).toEqual([true, '王店长'])
    await page.waitForSelector('#open-none:not([hidden])')
  })

  it.each(['zh', 'en'] as const)('fits 360 and 1,200 pixels in %s', async (language) => {
    await doubtfulSlip(`${language} 9号`)
    const heading = page.locator('h1')
    if ((await heading.textContent()) !== pageWords[language].title) await page.click('#language')
    await expect.poll(() => heading.textContent()).toBe(pageWords[language].title)
    for (const width of [360, 1200]) {
      await page.setViewportSize({ width, height: 800 })
      await page.waitForSelector('.cards .two button')
      const scrolled = await page.evaluate('document.documentElement.scrollWidth')
      expect(scrolled).toBeLessThanOrEqual(width)
    }
    expect(wrong).toEqual([])
  })
})
