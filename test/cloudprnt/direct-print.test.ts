/** Printers of Epson Server Direct Print at a real hub on PostgreSQL: the virtual printer with its faults, and requests one by one. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { directPrint } from '../../src/cloudprnt/direct-print.js'
import { startVirtualPrinter } from '../../src/device/server/server.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { postgresFolder } from '../postgres-server.js'
import { type PollingHub, startPollingHub } from './polling-hub.js'

let polling: PollingHub

beforeAll(async () => {
  if (postgresFolder !== undefined) polling = await startPollingHub([directPrint])
})
afterAll(() => polling?.stop())

const TIMEOUT = { timeout: 240_000 }

async function onePrinter() {
  const { id, url } = await polling.newPrinter('direct-print')
  return { id, url, handIn: (lines?: number) => polling.handIn(id, lines), ...requests(url) }
}

async function virtual(url: string, faults: readonly string[] = [], more = {}) {
  const directPrintOptions = { url, pollMs: 30 }
  const printer = await startVirtualPrinter({
    ...{ profile: generic80, directPrint: directPrintOptions, faults },
    ...more,
  })
  onTestFinished(() => printer.close())
  return printer
}

/** The requests of a printer, one by one. */
function requests(url: string) {
  const post = async (fields: Record<string, string>, id = 'till-1') => {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, ID: id, Name: '' }),
    })
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      xml: await answer.text(),
    }
  }
  return {
    post,
    /** The name of the job that it gets; undefined if it gets none. */
    async ask() {
      const { xml } = await post({ ConnectionType: 'GetRequest' })
      return /<printjobid>(.+)<\/printjobid>/.exec(xml)?.[1]
    },
    async tell(name: string | undefined, success: boolean, code = '', status = '2') {
      const job = name === undefined ? '' : `<printjobid>${name}</printjobid>`
      const response = `<response xmlns="http://www.epson-pos.com/schemas/2011/03/epos-print" success="${success}" code="${code}" status="${status}" battery="0"/>`
      const xml = `<?xml version="1.0"?><PrintResponseInfo Version="2.00"><ePOSPrint><Parameter><devid>local_printer</devid>${job}</Parameter><PrintResponse>${response}</PrintResponse></ePOSPrint></PrintResponseInfo>`
      return (await post({ ConnectionType: 'SetResponse', ResponseFile: xml })).status
    },
    async tellStatus(bits: string) {
      const xml = `<?xml version="1.0"?><statusmonitor Version="1.00"><printerstatus devicename="local_printer" asbstatus="${bits}"/></statusmonitor>`
      return (await post({ ConnectionType: 'SetStatus', Status: xml })).status
    },
  }
}

describe.skipIf(postgresFolder === undefined)('a printer of Server Direct Print', () => {
  it.each([
    ['nothing', [], 'printed', 1],
    ['an answer that is lost: doubt, and no paper', ['get-again@now'], 'uncertain', 0],
    ['a result that is lost: doubt, and no second paper', ['lose-delete@now'], 'uncertain', 1],
    ['a result that comes late: its word still counts', ['late-delete@now'], 'printed', 1],
  ])('%s', async (_, faults, state, papers) => {
    const { url, handIn } = await onePrinter()
    const slip = await handIn()
    const printer = await virtual(url, faults)
    const next = await handIn()
    await expect.poll(() => polling.stateOf(next), TIMEOUT).toBe('printed')
    await expect.poll(() => polling.stateOf(slip), TIMEOUT).toBe(state)
    expect(printer.pieces).toHaveLength(papers + 1)
  })

  it('whose paper ends in the middle: doubt, and the rest never comes', async () => {
    const { url, handIn } = await onePrinter()
    const printer = await virtual(url, ['paper-out@40mm'], { speedMmPerSecond: 200 })
    const slip = await handIn(40)
    await expect.poll(() => polling.stateOf(slip), TIMEOUT).toBe('uncertain')
    expect((await polling.slipOf(slip)).reason).toBe('paper-out')
    printer.device.set({ paper: 'ok' })
    const next = await handIn()
    await expect.poll(() => polling.stateOf(next), TIMEOUT).toBe('printed')
    expect([await polling.stateOf(slip), printer.device.cuts]).toEqual(['uncertain', 1])
  })

  it('gets its job with the answer, as a picture in a document without a wrapper', async () => {
    const { post, handIn } = await onePrinter()
    const nothing = await post({ ConnectionType: 'GetRequest' })
    expect(nothing).toEqual({ status: 200, type: 'text/xml; charset=utf-8', xml: '' })
    const slip = await handIn()
    const { xml } = await post({ ConnectionType: 'GetRequest' })
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?><PrintRequestInfo Version="2.00"><ePOSPrint><Parameter><devid>local_printer<\/devid><timeout>60000<\/timeout><printjobid>[\w.-]{1,30}<\/printjobid><\/Parameter><PrintData><epos-print xmlns="http:\/\/www.epson-pos.com\/schemas\/2011\/03\/epos-print"><image width="576" height="\d+" color="color_1" mode="mono">[\w+/=]+<\/image><cut type="feed"\/><\/epos-print><\/PrintData><\/ePOSPrint><\/PrintRequestInfo>$/,
    )
    expect(await polling.stateOf(slip)).toBe('printing')
  })

  it('asks again without a result: the slip is unconfirmed, and is never offered again', async () => {
    const { ask, tell, handIn } = await onePrinter()
    const slip = await handIn()
    const first = await ask()
    expect(await ask()).toBeUndefined()
    expect([await polling.stateOf(slip), await ask()]).toEqual(['uncertain', undefined])
    expect((await polling.slipOf(slip)).reason).toBe('not-confirmed')
    // The word of the printer still counts, and may be repeated.
    expect([await tell(first, true), await tell(first, true)]).toEqual([200, 200])
    expect([await polling.stateOf(slip), await ask()]).toEqual(['printed', undefined])
  })

  it('gets the next slip although the one before is in doubt', async () => {
    const { ask, tell, handIn } = await onePrinter()
    const slips = [await handIn(), await handIn()]
    const first = await ask()
    const second = await ask()
    expect(second).not.toBe(first)
    await tell(second, true)
    expect(await Promise.all(slips.map(polling.stateOf))).toEqual(['uncertain', 'printed'])
  })

  it('names no job in its result: it is that of the last slip', async () => {
    const { ask, tell, handIn } = await onePrinter()
    const slip = await handIn()
    await ask()
    await tell(undefined, true)
    expect(await polling.stateOf(slip)).toBe('printed')
  })

  it('gets nothing more after a job that failed, until it says that it is well', async () => {
    const { ask, tell, tellStatus, handIn } = await onePrinter()
    const slips = [await handIn(), await handIn()]
    expect(await tell(await ask(), false, 'EPTR_COVER_OPEN', '40')).toBe(200)
    expect(await ask()).toBeUndefined()
    expect(await Promise.all(slips.map(polling.stateOf))).toEqual(['uncertain', 'accepted'])
    expect(await tellStatus('0x0F080008')).toBe(200)
    expect(await ask()).toBeUndefined()
    await tellStatus('0x0F000014')
    expect(await ask()).toBeDefined()
  })

  it('is known by its address and by what it calls itself', async () => {
    const { post, url } = await onePrinter()
    const asks = { ConnectionType: 'GetRequest' }
    expect((await post(asks)).status).toBe(200)
    expect((await post(asks, 'another')).status).toBe(403)
    const other = url.slice(0, -1) + (url.endsWith('x') ? 'y' : 'x')
    expect((await requests(other).post(asks)).status).toBe(404)
    expect((await post({ ConnectionType: 'Unknown' })).status).toBe(200)
  })
})
