/** Printers that poll a real hub on PostgreSQL: the virtual printer with its faults, and requests that no printer would send. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { cloudPrnt } from '../../src/cloudprnt/cloud-prnt.js'
import { startVirtualPrinter } from '../../src/device/server/server.js'
import type { HubParts, InnerLedger } from '../../src/hub/parts.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { postgresFolder } from '../postgres-server.js'
import { type PollingHub, startPollingHub } from './polling-hub.js'

const MAC = '00:11:62:0a:0b:0c'
let polling: PollingHub
/** What the next take waits for. */
let beforeTake: (() => Promise<void>) | undefined

beforeAll(async () => {
  if (postgresFolder === undefined) return
  const front = (parts: HubParts) => cloudPrnt({ ...parts, ledger: slowly(parts.ledger) })
  polling = await startPollingHub([front])
})
afterAll(() => polling?.stop())

const api: PollingHub['api'] = (...given) => polling.api(...given)
const newPrinter: PollingHub['newPrinter'] = (...given) => polling.newPrinter(...given)
const handIn: PollingHub['handIn'] = (...given) => polling.handIn(...given)
const slipOf: PollingHub['slipOf'] = (id) => polling.slipOf(id)
const stateOf: PollingHub['stateOf'] = (id) => polling.stateOf(id)

/** The same ledger; one take may be held up, as on a busy hub. */
function slowly(ledger: InnerLedger): InnerLedger {
  return {
    ...ledger,
    async take(name, printer) {
      const wait = beforeTake
      beforeTake = undefined
      await wait?.()
      return ledger.take(name, printer)
    },
  }
}

async function virtual(url: string, faults: readonly string[] = [], more = {}) {
  const cloudPrnt = { url, mac: MAC, pollMs: 30 }
  const printer = await startVirtualPrinter({ profile: generic80, cloudPrnt, faults, ...more })
  onTestFinished(() => printer.close())
  return printer
}

const TIMEOUT = { timeout: 240_000 }

interface Polled {
  /** Of an answer that is none. */
  readonly status?: number
  readonly jobReady?: boolean
  readonly jobToken?: string
  readonly mediaTypes?: readonly string[]
  readonly deleteMethod?: string
}

/** The requests of a printer, one by one. */
function requests(url: string, mac = MAC) {
  const query = (fields: Record<string, string | undefined>) => {
    const given = Object.entries({ mac, ...fields }).filter(([, value]) => value !== undefined)
    return `${url}?${new URLSearchParams(given as [string, string][])}`
  }
  return {
    async poll(statusCode = '200%20OK', printingInProgress = false): Promise<Polled> {
      const body = JSON.stringify({ statusCode, printingInProgress, printerMAC: mac })
      const answer = await fetch(url, { method: 'POST', body })
      return answer.status === 200 ? ((await answer.json()) as Polled) : { status: answer.status }
    },
    async get(token?: string, type = 'image/png') {
      const answer = await fetch(query({ token, type }))
      const bytes = Buffer.from(await answer.arrayBuffer())
      return { status: answer.status, type: answer.headers.get('content-type'), bytes }
    },
    async confirm(code: string, token?: string) {
      return (await fetch(query({ code, token }), { method: 'DELETE' })).status
    },
  }
}

describe.skipIf(postgresFolder === undefined)('a printer that polls the hub', () => {
  it.each([
    ['nothing', [], 'printed', 1],
    ['a GET that is repeated', ['get-again@now'], 'printed', 1],
    ['a download that times out: it is offered again', ['download-timeout@now'], 'printed', 1],
    ['a DELETE that is lost: doubt, and no second paper', ['lose-delete@now'], 'uncertain', 1],
    ['a DELETE that comes late: its word still counts', ['late-delete@now'], 'printed', 1],
  ])('%s', async (_, faults, state, papers) => {
    const { id, url } = await newPrinter()
    const printer = await virtual(url, faults)
    const slip = await handIn(id)
    await expect.poll(() => stateOf(slip), TIMEOUT).toBe(state)
    const next = await handIn(id)
    await expect.poll(() => stateOf(next), TIMEOUT).toBe('printed')
    expect(printer.pieces).toHaveLength(papers + 1)
    expect(await stateOf(slip)).toBe(state)
  })

  it('paper that ends in the middle: partial, and the rest never comes', async () => {
    const { id, url } = await newPrinter()
    const printer = await virtual(url, ['paper-out@40mm'], { speedMmPerSecond: 200 })
    const slip = await handIn(id, 40)
    await expect.poll(() => stateOf(slip), TIMEOUT).toMatch(/partial|uncertain/)
    expect((await slipOf(slip)).reason).toBe('paper-out')
    printer.device.set({ paper: 'ok' })
    const next = await handIn(id)
    await expect.poll(() => stateOf(next), TIMEOUT).toBe('printed')
    expect(await stateOf(slip)).toMatch(/partial|uncertain/)
  })

  it('gives the same bytes until a poll says that nothing is being printed', async () => {
    const { id, url } = await newPrinter()
    const slip = await handIn(id)
    const { poll, get, confirm } = requests(url)
    const { jobReady, jobToken, mediaTypes, deleteMethod } = await poll()
    expect([jobReady, mediaTypes, deleteMethod]).toEqual([true, ['image/png'], 'DELETE'])
    expect((await get(jobToken, 'text/plain')).status).toBe(415)
    expect((await get('nothing')).status).toBe(404)
    expect(await stateOf(slip)).toBe('offered')
    const first = await get(jobToken)
    expect([first.status, first.type, first.bytes.subarray(1, 4).toString()]).toEqual([
      200,
      'image/png',
      'PNG',
    ])
    expect(await poll('200%20OK', true)).toEqual({ jobReady: false })
    expect((await get(jobToken)).bytes.equals(first.bytes)).toBe(true)
    expect(await stateOf(slip)).toBe('printing')
    expect(await poll()).toEqual({ jobReady: false })
    expect([await stateOf(slip), (await get(jobToken)).status]).toEqual(['uncertain', 404])
    expect(await confirm('200%20OK', jobToken)).toBe(200)
    expect(await stateOf(slip)).toBe('printed')
    expect(await confirm('200%20OK', jobToken)).toBe(200)
  })

  it('knows the slip of a printer that sends no token', async () => {
    const { id, url } = await newPrinter()
    const slip = await handIn(id)
    const { poll, get, confirm } = requests(url)
    await poll()
    expect((await get()).status).toBe(200)
    expect([await confirm('OK'), await stateOf(slip)]).toEqual([200, 'printed'])
  })

  it('offers a slip again under another token after a download that came to nothing', async () => {
    const { id, url } = await newPrinter()
    const slip = await handIn(id)
    const { poll, get, confirm } = requests(url)
    const first = (await poll()).jobToken
    await get(first)
    await confirm('520', first)
    expect(await stateOf(slip)).toBe('not-started')
    const second = (await poll()).jobToken
    expect(second).not.toBe(first)
    expect((await get(first)).status).toBe(404)
    await get(second)
    // The word of the first try says nothing of the second.
    await confirm('200', first)
    expect(await stateOf(slip)).toBe('printing')
    await confirm('200', second)
    expect(await stateOf(slip)).toBe('printed')
  })

  it('keeps a slip that a faster request has taken meanwhile', async () => {
    const { id, url } = await newPrinter()
    const slip = await handIn(id)
    const { poll, get, confirm } = requests(url)
    const first = (await poll()).jobToken
    let goOn = () => {}
    const reached = new Promise<void>((isThere) => {
      beforeTake = () => {
        isThere()
        return new Promise((resolve) => {
          goOn = resolve
        })
      }
    })
    const late = get(first)
    await reached
    await get(first)
    await confirm('520', first)
    const second = (await poll()).jobToken
    expect((await get(second)).status).toBe(200)
    goOn()
    expect([(await late).status, await stateOf(slip)]).toEqual([404, 'printing'])
    await confirm('200 OK', second)
    expect(await stateOf(slip)).toBe('printed')
  })

  it('gives a slip back whose picture cannot be made, and gets the next one', async () => {
    const { id, url } = await newPrinter()
    // Its bytes are no other test's.
    const broken = await handIn(id, 9)
    polling.postgres.sql(
      `update xiaopiao_hub.payload set key_id = 'lost' where hash = '${(await slipOf(broken)).payloadHash}'`,
    )
    const good = await handIn(id, 2)
    const { poll, get } = requests(url)
    expect((await get((await poll()).jobToken)).status).toBe(404)
    expect(await slipOf(broken)).toMatchObject({ state: 'not-started', reason: 'unprintable' })
    expect((await get((await poll()).jobToken)).status).toBe(200)
    expect(await stateOf(good)).toBe('printing')
  })

  it('ends the slip that it has after its printer was given to an agent, and gets no other one', async () => {
    const { id, url } = await newPrinter()
    const slip = await handIn(id)
    const { poll, get, confirm } = requests(url)
    const { jobToken } = await poll()
    await get(jobToken)
    polling.postgres.sql(`update xiaopiao_hub.printer set agent = null where id = '${id}'`)
    await handIn(id, 3)
    expect([await confirm('200%20OK', jobToken), await stateOf(slip)]).toEqual([200, 'printed'])
    expect(await poll()).toEqual({ jobReady: false })
  })

  it('heads a marked copy', async () => {
    const { id, url } = await newPrinter()
    const slip = await handIn(id)
    const printer = await virtual(url)
    await expect.poll(() => stateOf(slip), TIMEOUT).toBe('printed')
    const copy = await api('POST', `/v1/slips/${slip}/copies`, { by: '王店长', reason: '顾客要' })
    await expect.poll(() => stateOf(copy.slip.id), TIMEOUT).toBe('printed')
    const [plain = 0, marked = 0] = printer.pieces.map(({ paper }) => paper.heightDots)
    expect(marked).toBeGreaterThan(plain)
  })

  it('need not tell its MAC when it polls', async () => {
    const { id, url } = await newPrinter()
    await handIn(id)
    const body = JSON.stringify({ printingInProgress: false, statusCode: '200%20OK' })
    const answer = await fetch(url, { method: 'POST', body })
    expect(((await answer.json()) as Polled).jobReady).toBe(true)
  })

  it('is known by its address and its MAC alone', async () => {
    const { id, url } = await newPrinter()
    expect(await requests(url).poll()).toEqual({ jobReady: false })
    expect(await requests(url, '00:11:62:ff:ff:ff').poll()).toEqual({ status: 403 })
    const other = url.slice(0, -1) + (url.endsWith('x') ? 'y' : 'x')
    expect(await requests(other).poll()).toEqual({ status: 404 })
    expect(await requests(`${polling.hub.url}/cloudprnt/cloudprnt-setting.json`).poll()).toEqual({
      status: 404,
    })
    const { path } = await api('POST', `/v1/printers/${id}/cloudprnt`, { by: '工程师' })
    expect(await requests(url).poll()).toEqual({ status: 404 })
    expect(await requests(`${polling.hub.url}${path}`, '00:11:62:ff:ff:ff').poll()).toEqual({
      jobReady: false,
    })
  })
})
