/** The counter in a browser, as a person uses it: every kind of trade, the paper beside it, and what goes wrong at a counter. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { paperToText, printBytes } from '../../src/entries/emulator.js'
import { bytesPerRow } from '../../src/model/bitmap.js'
import type { Paper } from '../../src/model/paper.js'
import { findChromium } from '../emulator/browser.js'
import { cashier, manager, openShop, profile, type Shop } from './shop.js'

const executablePath = findChromium()
if (executablePath === undefined && process.env.XIAOPIAO_CI) throw new Error('install chromium')

it.skipIf(executablePath)('the counter is not tested in a browser: install chromium', ({ skip }) =>
  skip(),
)

describe.skipIf(executablePath === undefined)('the counter', () => {
  let browser: Browser
  let shop: Shop
  let page: Page
  const wrong: string[] = []
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox'],
    })
    shop = await openShop()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => {
      // An answer that refuses is one too, and the browser tells it as an error.
      if (message.type() === 'error' && !/status of 4(?:03|09|22)/.test(message.text()))
        wrong.push(message.text())
    })
    await page.goto(shop.counter.url)
    await signIn(manager)
  })
  afterAll(async () => {
    await browser.close()
    await shop.close()
  })
  afterEach(() => expect(wrong.splice(0)).toEqual([]))
  // The page says why it did not go on, for example in an alert.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const shown = await page.locator('#work, dialog').allTextContents()
    process.stderr.write(`${shown.join('\n')}\n`)
  })

  async function signIn({ no, pin }: { readonly no: string; readonly pin: string }) {
    await page.fill('[name=no]', no)
    await page.fill('[name=pin]', pin)
    await page.keyboard.press('Enter')
    await page.waitForSelector('[name=amount]')
  }

  async function signOut() {
    await page.click('#sign-out')
    await page.waitForSelector('[name=no]')
  }

  /** Takes a trade and waits until its slip is confirmed. */
  async function take(kind: string, type: string, fields: Readonly<Record<string, string>>) {
    await page.click('[data-view=trade]')
    await page.check(`[name=kind][value=${kind}]`)
    if ((await page.locator(`[name=type][type=radio][value=${type}]`).count()) > 0)
      await page.check(`[name=type][value=${type}]`)
    for (const [name, value] of Object.entries(fields)) {
      const isShown = await page.locator(`form [name=${name}]`).isVisible()
      if (!isShown) await page.click('details summary')
      await page.fill(`form [name=${name}]`, value)
    }
    await page.click('#take')
    await page.waitForSelector('article[data-voucher]')
    return idOnPage()
  }

  async function idOnPage(): Promise<string> {
    return (await page.getAttribute('article', 'data-voucher')) ?? ''
  }

  async function printed(count = 1) {
    await expect
      .poll(() => page.locator('.proof.confirmed').count(), { timeout: 20_000 })
      .toBe(count)
    await page.waitForSelector('.busy', { state: 'detached' })
  }

  async function paperTexts(): Promise<string> {
    await shop.virtual.settled()
    return shop.virtual.pieces.map(({ paper }) => paperToText(paper)).join('\n')
  }

  it('takes cash by the keyboard alone, and shows the paper that was printed, dot for dot', async () => {
    const job = shop.virtual.nextJob()
    await page.keyboard.type('51')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('100')
    expect(await page.textContent('.change')).toBe('找零 ￥49.00')
    await page.keyboard.press('Enter')
    await page.waitForSelector('article')
    await printed()
    expect(await page.textContent('article h1')).toBe('￥51.00')
    const { bytes } = await job
    await shop.virtual.settled()
    const shown = shop.virtual.pieces.at(-1)
    await expect
      .poll(() => page.getAttribute('#papers figure', 'data-number'))
      .toBe(String(shown?.number))
    const dots = await dotsShown(page)
    expect(dots.length).toBeGreaterThan(300)
    expect(dots).toEqual(rowsOf(shown?.paper as Paper))
    // And the bytes that went over the wire make the same dots.
    expect(dots.join('')).toContain(rowsOf(printBytes(bytes, profile)).slice(0, 300).join(''))
    expect(await shop.archive.get(await idOnPage())).toMatchObject({
      fen: 5100,
      tenderedFen: 10_000,
      operator: '01',
    })
  })

  it.each([
    [
      'card',
      'sale',
      { amount: '1,286.00', pan: '6222020000000012', auth: 'A12345', ref: '112308456701' },
      '￥1,286.00',
    ],
    ['card', 'installment', { amount: '600', pan: '6222020000000012', periods: '6' }, '￥600.00'],
    ['wechat', 'scan-sale', { amount: '68', payVoucher: '4200002711202611' }, '￥68.00'],
    ['alipay', 'scan-sale', { amount: '20.5' }, '￥20.50'],
    ['unionpay-qr', 'scan-sale', { amount: '￥30' }, '￥30.00'],
    ['ec', 'ec-sale', { amount: '8', pan: '6222020000000012' }, '￥8.00'],
    ['ec', 'ec-load', { amount: '100', pan: '6222020000000012' }, '￥100.00'],
  ] as const)('takes %s, %s', async (kind, type, fields, shown) => {
    const id = await take(kind, type, fields)
    await printed()
    expect(await page.textContent('article h1')).toBe(shown)
    const record = await shop.archive.get(id)
    expect(record).toMatchObject({ kind, type, prints: [{ outcome: 'confirmed' }] })
    if ('pan' in fields) expect(record.panShown).toBe('622202******0012')
  })

  it('takes a balance without a slip, and a trade whose answer has not come until it is known', async () => {
    await take('card', 'balance', {})
    expect(await page.locator('#prints').count()).toBe(0)
    await page.click('[data-view=trade]')
    await page.fill('[name=amount]', '7')
    await page.check('[name=kind][value=wechat]')
    await page.click('details summary')
    await page.check('[name=result]')
    await page.click('#take')
    await page.waitForSelector('.state.warn')
    const id = await idOnPage()
    expect(await shop.archive.get(id)).toMatchObject({ result: 'unknown', prints: [] })
    await page.click('text=已拒绝')
    await page.waitForSelector('.state.warn', { state: 'detached' })
    expect(await shop.archive.get(id)).toMatchObject({ result: 'declined' })
  })

  async function follow(type: string, fields: Readonly<Record<string, string>> = {}) {
    await page.click(`[data-follow=${type}]`)
    for (const [name, value] of Object.entries(fields))
      await page.fill(`dialog [name=${name}]`, value)
    await page.click('dialog .primary')
  }

  it('raises, completes and reopens an authorisation, and voids a sale', async () => {
    const id = await take('card', 'preauth', { amount: '500', pan: '6222020000000012', auth: 'B1' })
    await printed()
    await follow('preauth-add', { amount: '100' })
    await page.waitForSelector(`article:not([data-voucher="${id}"])`)
    await printed()
    await openOf('600.00', id)
    await follow('preauth-complete', { amount: '550' })
    await expect.poll(() => page.textContent('article h1')).toBe('￥550.00')
    await printed()
    await follow('preauth-complete-void')
    await expect.poll(() => page.textContent('article p')).toContain('完成撤销')
    expect(await shop.archive.get(id)).toMatchObject({ state: 'open', chargedFen: 60_000 })
    await openOf('8.00', (await shop.archive.find({ amount: '8' })).vouchers[0]?.id ?? '')
    await follow('void')
    await expect.poll(() => page.textContent('article p')).toContain('撤销')
    expect((await shop.archive.find({ amount: '8', type: 'ec-sale' })).vouchers[0]).toMatchObject({
      state: 'voided',
    })
  })

  it('cancels an authorisation, voids a scan, and gives cash back from the drawer', async () => {
    const card = { amount: '300', pan: '6222020000000012', auth: 'C1' }
    const authorised = await take('card', 'preauth', card)
    await printed()
    await follow('preauth-void')
    await expect.poll(() => page.textContent('article p')).toContain('预授权撤销')
    await printed()
    expect(await shop.archive.get(authorised)).toMatchObject({ state: 'voided' })
    expect(await shop.archive.get(await idOnPage())).toMatchObject({
      ...{ type: 'preauth-void', fen: 30_000, originalId: authorised },
      prints: [{ outcome: 'confirmed', marked: false }],
    })

    const scanned = await take('alipay', 'scan-sale', {
      amount: '21',
      payVoucher: '4200002711202699',
    })
    await printed()
    await follow('scan-void')
    await expect.poll(() => page.textContent('article p')).toContain('撤销')
    await printed()
    expect(await shop.archive.get(scanned)).toMatchObject({ state: 'voided', refundableFen: 0 })
    expect(await shop.archive.get(await idOnPage())).toMatchObject({
      ...{ type: 'scan-void', fen: 2100, originalId: scanned, prints: [{ outcome: 'confirmed' }] },
    })

    const paid = await take('cash', 'sale', { amount: '33', tendered: '50' })
    await printed()
    const before = pulses()
    await follow('refund', { amount: '13' })
    await expect.poll(() => page.textContent('article h1')).toBe('￥13.00')
    await printed()
    expect(await shop.archive.get(paid)).toMatchObject({
      state: 'part-refunded',
      refundableFen: 2000,
    })
    expect(await shop.archive.get(await idOnPage())).toMatchObject({
      ...{ type: 'refund', kind: 'cash', fen: 1300, originalId: paid, approvedBy: '01' },
    })
    await shop.virtual.settled()
    expect(pulses() - before).toBe(1)
    expect(await paperTexts()).toMatch(/退货[\s\S]*13\.00/)
  })

  function pulses(): number {
    return shop.virtual.pieces.reduce((sum, { paper }) => sum + paper.pulses.length, 0)
  }

  it('refuses the refund of a card before its batch is settled', async () => {
    await openOf('1286', (await shop.archive.find({ amount: '1286' })).vouchers[0]?.id ?? '')
    await follow('refund', { amount: '286' })
    await page.waitForSelector('dialog .alert')
    expect(await page.textContent('dialog .alert')).toMatch(/结算|批/)
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
  })

  /** Opens the voucher as a search by its amount shows it. */
  async function openOf(amount: string, id: string) {
    await search(amount)
    await page.click(`.rows [data-id="${id}"]`)
    await page.waitForSelector(`article[data-voucher="${id}"]`)
  }

  async function search(amount: string) {
    await page.click('[data-view=find]')
    await page.fill('[name=amount]', amount)
    const answered = page.waitForResponse((response) =>
      response.url().includes('/api/vouchers?amount='),
    )
    await page.keyboard.press('Enter')
    await answered
    await page.waitForTimeout(50)
  }

  it.each(['1286', '1,286.00', '￥1286'])('finds the amount typed as %s', async (amount) => {
    await search(amount)
    await page.waitForSelector('.rows [data-fen="128600"]')
    expect(await page.locator('.rows button').count()).toBe(1)
    expect(await page.textContent('.rows b')).toBe('￥1,286.00')
  })

  it('prints again with a mark what may be on paper after it ran out in the middle', async () => {
    shop.virtual.fault('paper-out@20mm')
    const id = await take('cash', 'sale', { amount: '12', tendered: '12' })
    await page.waitForSelector('.proof.uncertain')
    expect(await page.textContent('.alert')).toMatch(/^缺纸。打印中断，不能确定纸上有没有/)
    expect(await shop.archive.get(id)).toMatchObject({ prints: [{ outcome: 'uncertain' }] })
    await shoot('uncertain')
    shop.virtual.fault('paper-in@now')
    await page.click('#reprint')
    await page.fill('dialog [name=why]', '缺纸')
    await page.click('dialog .primary')
    await printed()
    expect(await page.textContent('.proof.confirmed b')).toBe('商户存根 · 补打第1次')
    const text = (await paperTexts()).replace(/\n/g, '')
    expect(text).toContain('重打印凭证')
    expect(text).toContain('前一次打印结果不确定')
  })

  it('asks first if the shop wants that, and a cashier needs a manager for a refund', async () => {
    const { archive, boss } = shop
    await archive.changeSettings({ ask: 'ask' }, { now: new Date(), by: boss })
    await signOut()
    await signIn(cashier)
    const id = await take('wechat', 'scan-sale', { amount: '68' })
    await page.waitForSelector('#ask')
    expect(await page.evaluate('document.activeElement.id')).toBe('print')
    await shoot('ask')
    await page.click('#skip')
    await page.waitForSelector('#ask', { state: 'detached' })
    expect(await archive.get(id)).toMatchObject({ prints: [], operator: '02' })

    await follow('scan-refund', { amount: '50', managerNo: '01', managerPin: '111222' })
    await expect.poll(() => page.textContent('dialog .alert')).toBe('编号或密码不对。')
    await page.fill('dialog [name=managerPin]', manager.pin)
    await shoot('refund')
    await page.click('dialog .primary')
    await page.waitForSelector('dialog', { state: 'detached' })
    const refund = await archive.get(await idOnPage())
    expect(refund).toMatchObject({
      type: 'scan-refund',
      fen: 5000,
      operator: '02',
      approvedBy: '01',
    })

    await openOf('68', id)
    await follow('scan-refund', { amount: '18.01', managerNo: '01', managerPin: manager.pin })
    await expect.poll(() => page.textContent('dialog .alert')).toContain('不能超过剩余可退金额')
    await page.fill('dialog [name=amount]', '18.00')
    await page.click('dialog .primary')
    await page.waitForSelector('dialog', { state: 'detached' })
    expect(await archive.get(id)).toMatchObject({ state: 'refunded', refundableFen: 0 })
  })

  it('settles with a seal that verifies, and says so on paper', async () => {
    await page.click('[data-view=settle]')
    await page.click('#settle')
    await page.click('dialog .primary')
    await page.waitForSelector('#settled .confirmed')
    const digits = ((await page.textContent('.seal code')) ?? '').replaceAll(' ', '')
    expect(digits).toMatch(/^[0-9a-f]{16}$/)
    expect((await paperTexts()).replaceAll('\n', '')).toContain(digits)
    expect(await shop.archive.verify({ seal: digits })).toMatchObject({ ok: true, faults: [] })
    await shoot('settled')
  })

  it('refunds a part of a card sale once its batch is settled, with a manager', async () => {
    const { id = '' } =
      (await shop.archive.find({ amount: '1286', type: 'sale' })).vouchers[0] ?? {}
    await openOf('1286', id)
    await follow('refund', { amount: '286', managerNo: '01', managerPin: manager.pin })
    await page.waitForSelector('#ask')
    await page.click('#print')
    await printed()
    expect(await shop.archive.get(id)).toMatchObject({
      state: 'part-refunded',
      refundableFen: 100_000,
    })
    expect(await shop.archive.get(await idOnPage())).toMatchObject({
      ...{ type: 'refund', kind: 'card', fen: 28_600, originalId: id, operator: '02' },
      ...{ approvedBy: '01', panShown: '622202******0012', prints: [{ outcome: 'confirmed' }] },
    })
    const text = (await paperTexts()).replaceAll('\n', '')
    expect(text).toContain('原参考号')
    expect(text).toContain('112308456701')
  })

  it('backs up into its folder, and says how old the last backup is', async () => {
    await page.click('[data-view=data]')
    expect(await page.textContent('#age.warn')).toBe('上次备份: 从未备份')
    await page.fill('[name=password]', 'short')
    await page.click('#back-up')
    await expect.poll(() => page.textContent('.ask .alert')).toBe('密码至少 8 个字符。')
    await page.fill('[name=password]', '备份 2026-11')
    await page.click('#back-up')
    await page.waitForSelector('.ask .confirmed')
    expect(await page.textContent('#age')).toBe('上次备份: 今天')
    const last = await shop.archive.lastBackup()
    expect(last).toMatchObject({ encrypted: true, by: '02' })
    expect(statSync(join(shop.folder, last?.file ?? '')).size).toBe(last?.bytes)
    await shoot('data')
  })

  it('exports the vouchers of a day for a manager, as a file that the browser saves', async () => {
    await page.click('[data-view=trade]')
    await page.click('[data-view=data]')
    await page.check('[name=as][value=csv]')
    await page.fill('[name=managerNo]', '01')
    await page.fill('[name=managerPin]', '111222')
    await page.click('#export')
    await expect.poll(() => page.textContent('.ask .alert')).toBe('编号或密码不对。')
    await page.fill('[name=managerPin]', manager.pin)
    const saving = page.waitForEvent('download')
    await page.click('#export')
    const file = await saving
    expect(file.suggestedFilename()).toBe('vouchers.csv')
    const text = readFileSync(await file.path(), 'utf8')
    const { vouchers } = await shop.archive.find({ limit: 1000 })
    for (const { id } of vouchers) expect(text).toContain(id)
    expect((await shop.archive.operators.log(1))[0]).toMatchObject({ no: '01', act: 'export' })
  })

  it.each([
    ['zh', 1280],
    ['en', 1280],
    ['zh', 360],
    ['en', 360],
  ] as const)('fits: %s, %i px', async (language, width) => {
    await page.setViewportSize({ width, height: 800 })
    if ((await page.getAttribute('html', 'lang')) !== language) await page.click('#language')
    const names = {
      trade: '[name=amount]',
      find: '#results .rows',
      settle: '#settle',
      data: '#age',
    }
    for (const [view, selector] of Object.entries(names)) {
      await page.click(`[data-view=${view}]`)
      await page.waitForSelector(selector)
      if (view === 'trade') await page.check('[name=kind][value=card]')
      await fits(width)
      await shoot(`${view}-${language}-${width}`)
    }
    await openOf('68', (await shop.archive.find({ amount: '68' })).vouchers.at(-1)?.id ?? '')
    await fits(width)
    await shoot(`voucher-${language}-${width}`)
  })

  async function fits(width: number) {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    const small =
      await page.evaluate(`[...document.querySelectorAll('button, .choices label, input:not([type=checkbox], [type=radio], [type=hidden])')]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)`)
    expect(small).toEqual([])
  }

  /** For a look at it: a folder that a variable names gets a picture. */
  async function shoot(name: string): Promise<void> {
    const folder = process.env.COUNTER_PICTURES
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` })
  }
})

function rowsOf({ bitmap }: Paper): readonly string[] {
  const stride = bytesPerRow(bitmap.widthDots)
  return Array.from({ length: bitmap.heightDots }, (_, row) =>
    Buffer.from(bitmap.data.subarray(row * stride, (row + 1) * stride)).toString('hex'),
  )
}

/** The dots of the newest paper on the page, from the picture that the browser has decoded. */
function dotsShown(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(async () => {
    const picture = document.querySelector('#papers img')
    await picture.decode()
    const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight)
    const context = canvas.getContext('2d')
    context.drawImage(picture, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    const rows = []
    for (let y = 0; y < canvas.height; y++) {
      let row = ''
      for (let x = 0; x < canvas.width; x += 8) {
        let value = 0
        for (let bit = 0; bit < 8; bit++) if (data[(y * canvas.width + x + bit) * 4] < 128) value |= 0x80 >> bit
        row += value.toString(16).padStart(2, '0')
      }
      rows.push(row)
    }
    return rows
  })()`)
}
