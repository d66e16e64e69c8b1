/** A virtual printer that polls, against a small server that is written from the protocol guide and not from the printer. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startVirtualPrinter } from '../../src/device/server/server.js'
import type { VirtualPrinterServerOptions } from '../../src/device/server/server-options.js'
import { printBytes } from '../../src/emulator/virtual-printer.js'
import { compile, cut, rule, text } from '../../src/index.js'
import type { Paper } from '../../src/model/paper.js'
import { paperToPng } from '../../src/paper/views/paper-png.js'
import { profile80 } from './helpers.js'

const MAC = '00:11:62:0a:0b:0c'
const slip = (name: string, lines = 1) =>
  printBytes(
    compile(
      { nodes: [text(name, { size: 2 }), ...Array.from({ length: lines }, () => rule()), cut()] },
      { profile: profile80 },
    ).bytes,
    profile80,
  )

interface Poll {
  readonly statusCode: string
  readonly printingInProgress: boolean
}

/** A job is offered until it has been fetched, and leaves with its DELETE; how a GET is answered can be changed. */
async function cloudServer(jobs: Paper[] = []) {
  const polls: Poll[] = []
  const gets: string[] = []
  const deletes: string[] = []
  const fetched = new Set<string>()
  const answer = { status: 200, body: undefined as Uint8Array | undefined, type: 'image/png' }
  const take = async (request: IncomingMessage) => {
    const url = new URL(request.url ?? '', 'http://printer')
    const token = `job-${deletes.length}`
    if (request.method === 'POST') {
      const poll = JSON.parse(await readText(request))
      expect(poll.printerMAC).toBe(MAC)
      polls.push({ ...poll, statusCode: decodeURIComponent(poll.statusCode) })
      const jobReady = jobs.length > 0 && !fetched.has(token)
      return { jobReady, ...(jobReady ? { jobToken: token, mediaTypes: [answer.type] } : {}) }
    }
    expect(url.searchParams.get('mac')).toBe(MAC)
    if (request.method === 'GET') {
      fetched.add(token)
      gets.push(`${url.searchParams.get('type')} ${url.searchParams.get('token')}`)
      return answer.body ?? paperToPng(jobs[0] as Paper)
    }
    const [token_, code, retry] = ['token', 'code', 'retry'].map((n) => url.searchParams.get(n))
    deletes.push(`${token_} ${code}${retry === null ? '' : ` retry ${retry}`}`)
    jobs.shift()
    return {}
  }
  const server = createServer((request, response) => {
    take(request).then((body) => {
      const isBytes = body instanceof Uint8Array
      response.writeHead(isBytes ? answer.status : 200)
      response.end(isBytes ? body : JSON.stringify(body))
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  onTestFinished(async () => void (await stop()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cloudprnt/secret`
  return { url, jobs, polls, gets, deletes, answer }
}

async function printerOf(url: string, options: Partial<VirtualPrinterServerOptions> = {}) {
  const cloudPrnt = { url, mac: MAC, pollMs: 15 }
  const printer = await startVirtualPrinter({ profile: profile80, cloudPrnt, ...options })
  onTestFinished(() => printer.close())
  return printer
}

/** Rows of the printer's paper beginning at `from` that have black dots, as hexadecimal digits. */
function inkOf(paper: Paper | undefined): readonly string[] {
  if (paper === undefined) return []
  const { widthDots, heightDots, data } = paper.bitmap
  const stride = (widthDots + 7) >> 3
  return Array.from({ length: heightDots }, (_, y) =>
    Buffer.from(data.subarray(y * stride, (y + 1) * stride)).toString('hex'),
  ).filter((row) => /[^0]/.test(row))
}

describe('a printer that polls', () => {
  it('prints a picture to the dot, cuts it, and confirms it by its token', async () => {
    const paper = slip('云打印')
    const server = await cloudServer([paper, slip('第二单')])
    const printer = await printerOf(server.url)
    await expect.poll(() => server.deletes).toEqual(['job-0 200 OK', 'job-1 200 OK'])
    expect(server.gets).toEqual(['image/png job-0', 'image/png job-1'])
    expect(printer.pieces).toHaveLength(2)
    expect(inkOf(printer.pieces[0]?.paper)).toEqual(inkOf(paper))
    expect(printer.jobs.map(({ connection }) => connection)).toEqual(['ended', 'ended'])
    expect(printer.uri).toBe(server.url)
  })

  it('asks for nothing while it is offline, and says why', async () => {
    const server = await cloudServer([slip('等待')])
    const printer = await printerOf(server.url, { state: { cover: 'open' } })
    await expect.poll(() => server.polls.length).toBeGreaterThan(3)
    expect(server.polls.every(({ statusCode }) => statusCode === '420 Cover open')).toBe(true)
    printer.device.set({ cover: 'closed', paper: 'end' })
    await expect.poll(() => server.polls.at(-1)?.statusCode).toBe('410 Out of paper')
    expect(server.gets).toEqual([])
    printer.device.set({ paper: 'near-end' })
    await expect.poll(() => server.deletes).toEqual(['job-0 200 OK'])
    await expect.poll(() => server.polls.at(-1)?.statusCode).toBe('211 Paper low')
  })

  it.each([
    [{ status: 404 }, '520 Download timeout'],
    [{ body: Uint8Array.of(1, 2, 3) }, '511 Media decoding error'],
    [{ type: 'text/plain' }, '510 Incompatible media'],
  ])('says of a job that it cannot have what is wrong: %j', async (change, code) => {
    const server = await cloudServer([slip('坏')])
    Object.assign(server.answer, change)
    const printer = await printerOf(server.url)
    await expect.poll(() => server.deletes).toEqual([`job-0 ${code}`])
    expect(printer.pieces).toEqual([])
  })

  it.each([
    ['download-timeout@now', ['job-0 520 Download timeout'], 0],
    ['get-again@now', ['job-0 200 OK'], 1],
    ['late-delete@now', ['job-0 200 OK retry 1'], 1],
  ])('%s', async (fault, deletes, papers) => {
    const server = await cloudServer([slip('故障')])
    const printer = await printerOf(server.url, { faults: [fault] })
    await expect.poll(() => server.deletes).toEqual(deletes)
    expect(printer.pieces).toHaveLength(papers)
    expect(server.gets).toHaveLength(fault === 'get-again@now' ? 2 : 1)
  })

  it('lose-delete: the paper is out, and only a poll that is not printing tells', async () => {
    const server = await cloudServer([slip('丢失')])
    const printer = await printerOf(server.url, { faults: ['lose-delete@now'] })
    await expect.poll(() => printer.pieces.length).toBeGreaterThan(0)
    const before = server.polls.length
    await expect.poll(() => server.polls.length).toBeGreaterThan(before + 2)
    expect([server.deletes, server.polls.at(-1)?.printingInProgress]).toEqual([[], false])
  })

  it('polls while it prints; without paper in the middle it gives the job up', async () => {
    const server = await cloudServer([slip('长单', 40)])
    const printer = await printerOf(server.url, {
      speedMmPerSecond: 300,
      faults: ['paper-out@60mm'],
    })
    await expect.poll(() => server.polls.at(-1)?.statusCode).toBe('410 Out of paper')
    expect(server.polls.some(({ printingInProgress }) => printingInProgress)).toBe(true)
    await expect.poll(() => server.polls.at(-1)?.printingInProgress).toBe(false)
    const torn = Math.round(printer.device.printedMm)
    expect(torn).toBe(60)
    printer.device.set({ paper: 'ok' })
    const before = server.polls.length
    await expect.poll(() => server.polls.length).toBeGreaterThan(before + 2)
    expect([Math.round(printer.device.printedMm), server.deletes]).toEqual([torn, []])
  })

  it('forgets its job when its power is cut, and polls on when it is back', async () => {
    const server = await cloudServer([slip('断电', 40)])
    const printer = await printerOf(server.url, { speedMmPerSecond: 100 })
    await expect.poll(() => server.polls.at(-1)?.printingInProgress).toBe(true)
    await printer.switchOff()
    // A poll that was on its way may still arrive.
    await new Promise((resolve) => setTimeout(resolve, 60))
    const silent = server.polls.length
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(server.polls).toHaveLength(silent)
    await printer.switchOn()
    await expect.poll(() => server.polls.length).toBeGreaterThan(silent)
    expect([server.polls.at(-1)?.printingInProgress, server.deletes]).toEqual([false, []])
  })

  it('reads its options before anything happens', async () => {
    const start = startVirtualPrinter({ profile: profile80, cloudPrnt: { url: '' } })
    await expect(start).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      path: 'options.cloudPrnt.url',
    })
  })
})
