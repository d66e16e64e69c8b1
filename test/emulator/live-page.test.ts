/** The live page in a browser: the paper of a job sent to the port, dot for dot, and buttons that a host notices. */
import { connect } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { compile } from '../../src/compile.js'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import { type Bitmap, bytesPerRow } from '../../src/model/bitmap.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { findChromium } from './browser.js'
import { bytes } from './helpers.js'

const executablePath = findChromium()

it.skipIf(executablePath)('the live page is not tested: install chromium', ({ skip }) => skip())

describe.skipIf(executablePath === undefined)('the live page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox'],
    })
  })
  afterAll(() => browser.close())

  async function open(options: Omit<VirtualPrinterServerOptions, 'profile'> = {}) {
    const server = await startVirtualPrinter({ profile: generic80, control: 0, ...options })
    onTestFinished(() => server.close())
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    onTestFinished(() => page.close())
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text())
    })
    await page.goto(server.controlUrl ?? '')
    await page.waitForFunction("document.getElementById('model').textContent !== ''")
    return { server, page, wrong }
  }

  it('shows the paper of a job when it is cut, dot for dot', async () => {
    const { server, page, wrong } = await open()
    for (const number of [1, 2]) {
      const job = server.nextJob()
      connect(server.port, '127.0.0.1').end(receipt)
      await job
      await page.waitForSelector(paperOnPage(number), { timeout: 20_000 })
      const piece = server.pieces.find((one) => one.number === number)
      expect(piece?.cut).toBe('partial')
      expect(piece?.paper.glyphs.length).toBeGreaterThan(40)
      expect(await dotsOn(page, paperOnPage(number))).toEqual(rowsOf(piece?.paper.bitmap))
    }
    await shoot(page, 'papers')
    expect(wrong).toEqual([])
  })

  it('shows it as it comes out, also more than a canvas holds', async () => {
    const { server, page, wrong } = await open({
      speedMmPerSecond: 150,
      faults: ['paper-out@30mm'],
    })
    const long = bytes(`1D 76 30 00 48 00 DC 05 ${'F0 '.repeat(72 * 1500)} 1D 56 42 00`)
    connect(server.port, '127.0.0.1').end(long)
    await expect.poll(() => server.device.state.paper, { timeout: 20_000 }).toBe('end')
    const [paper] = server.papers
    expect(paper?.heightDots).toBe(Math.round((30 * generic80.dpi) / 25.4))
    const present = '#present .paper'
    await expect
      .poll(() => dotsOn(page, present), { timeout: 20_000 })
      .toEqual(rowsOf(paper?.bitmap))
    await expect.poll(() => textOf(page, '#lamp-paper b')).toBe('缺纸 out')
    await shoot(page, 'paper-out')
    await page.click('[data-fault="paper-in"]')
    await page.waitForSelector(paperOnPage(1), { timeout: 20_000 })
    expect(await dotsOn(page, paperOnPage(1))).toEqual(rowsOf(server.pieces[0]?.paper.bitmap))
    expect(server.pieces[0]?.paper.heightDots).toBe(1500)
    expect(wrong).toEqual([])
  })

  it.each([1200, 360])('shows the links of a paper whole at %i px', async (width) => {
    const { server, page } = await open()
    await page.setViewportSize({ width, height: 900 })
    const job = server.nextJob()
    connect(server.port, '127.0.0.1').end(receipt)
    await job
    await page.waitForSelector(paperOnPage(1), { timeout: 20_000 })
    const links = await page.$$('.paper figcaption a')
    expect(links.length).toBeGreaterThan(0)
    const panel = await page.$('aside')
    const side = await panel?.boundingBox()
    const end = width > 900 ? (side?.x ?? 0) : width
    for (const link of links) {
      const box = await link.boundingBox()
      expect(box?.x).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(end)
    }
  })

  it('has buttons that a host notices, and a line for scripts', async () => {
    const { server, page } = await open()
    const host = connect(server.port, '127.0.0.1')
    onTestFinished(() => void host.destroy())
    const heard: number[] = []
    host.on('data', (data) => heard.push(...data))
    const answer = async (n: number) => {
      heard.length = 0
      host.write(Uint8Array.of(0x10, 0x04, n))
      await expect.poll(() => heard.length).toBe(1)
      return heard[0]
    }
    expect(await answer(2)).toBe(0x12)
    await page.click('[data-fault="cover-open"]')
    await expect.poll(() => answer(2)).toBe(0x16)
    await expect.poll(() => textOf(page, '#lamp-cover b')).toBe('打开 open')
    await page.click('[data-fault="cover-closed"]')
    await expect.poll(() => answer(2)).toBe(0x12)
    await page.click('[data-fault="cutter-error"]')
    await expect.poll(() => answer(3)).toBe(0x1a)
    await page.click('[data-fault="drawer-open"]')
    await expect.poll(() => answer(1)).toBe(0x1e)

    await page.fill('#fault', 'near-end@now paper-out@+90mm')
    await page.press('#fault', 'Enter')
    await expect.poll(() => answer(4)).toBe(0x1e)
    await expect.poll(() => textOf(page, '#waiting')).toBe('paper-out@+90mm')
    await page.fill('#fault', 'paper-gone@now')
    await page.press('#fault', 'Enter')
    await expect.poll(() => textOf(page, '#wrong')).toMatch(/^paper-gone is no fault: known are/)
    await shoot(page, 'faults')
  })

  it('opened later, shows what was printed before, and goes on after a power cut', async () => {
    const { server, page } = await open()
    const print = async (source: string) => {
      const job = server.nextJob()
      connect(server.port, '127.0.0.1').end(bytes(source))
      await job
    }
    await print("'one' 0A 1D 56 42 00")
    await print("'two' 0A")
    await page.reload()
    await page.waitForSelector(`${paperOnPage(1)} img`)
    await expect
      .poll(() => dotsOn(page, '#present .paper'))
      .toEqual(rowsOf(server.pieces[1]?.paper.bitmap))
    server.powerCut()
    await print("'three' 0A")
    await page.waitForSelector(paperOnPage(2))
    await expect
      .poll(() => dotsOn(page, '#present .paper'))
      .toEqual(rowsOf(server.papers[1]?.bitmap))
  })
})

const receipt = compile(
  {
    nodes: [
      { kind: 'text', text: '海上花小馆', align: 'center', size: 2 },
      { kind: 'text', text: '南京西路 1266 号 · 桌号 A12', align: 'center' },
      { kind: 'rule' },
      { kind: 'field', label: '蟹粉小笼 × 2', value: '¥96.00' },
      { kind: 'field', label: '葱油拌面', value: '¥28.00' },
      { kind: 'field', label: 'Longjing tea', value: '¥38.00' },
      { kind: 'rule', char: '=' },
      { kind: 'field', label: '合计 TOTAL', value: '¥162.00', bold: true, size: 2 },
      { kind: 'text', text: '谢谢光临 · 欢迎再来', align: 'center' },
      { kind: 'qr', data: 'https://example.com/r/20261125-0042', align: 'center' },
      { kind: 'cut' },
    ],
  },
  { profile: generic80 },
).bytes

const paperOnPage = (number: number) => `#papers .paper[data-number="${number}"]`

/** For a look at it: a folder that a variable names gets a picture. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.LIVE_PAGE_PICTURES
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` })
}

async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.textContent(selector)) ?? ''
}

/** Rows as text: a picture that differs shows where. */
type Rows = readonly string[]

function rowsOf(bitmap: Bitmap | undefined): Rows {
  if (bitmap === undefined) return []
  const stride = bytesPerRow(bitmap.widthDots)
  return Array.from({ length: bitmap.heightDots }, (_, row) =>
    Buffer.from(bitmap.data.subarray(row * stride, (row + 1) * stride)).toString('hex'),
  )
}

/** The dots of a paper on the page, read from its canvases. */
function dotsOn(page: Page, selector: string): Promise<Rows> {
  return page.evaluate(`(() => {
    const paper = document.querySelector('${selector}')
    const height = paper.querySelector('div').clientHeight
    const rows = []
    for (const canvas of paper.querySelectorAll('canvas')) {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      for (let y = 0; y < canvas.height && rows.length < height; y++) {
        let row = ''
        for (let byte = 0; byte < canvas.width; byte += 8) {
          let value = 0
          for (let bit = 0; bit < 8; bit++) {
            const at = (y * canvas.width + byte + bit) * 4
            const isBlack = byte + bit < canvas.width && data[at + 3] > 127 && data[at] < 128
            if (isBlack) value |= 0x80 >> bit
          }
          row += value.toString(16).padStart(2, '0')
        }
        rows.push(row)
      }
    }
    return rows
  })()`)
}
