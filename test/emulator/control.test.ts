/** The control server: what it tells and takes, and whom it turns away. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { decode } from 'fast-png'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import { bytes, profile80 } from './helpers.js'

const profile = { ...profile80, dpi: 203.2, headToCutterDots: 80 }
const cut = '1D 56 42 00'

async function start(options: Omit<VirtualPrinterServerOptions, 'profile'> = {}) {
  const server = await startVirtualPrinter({ profile, control: 0, ...options })
  onTestFinished(() => server.close())
  const port = Number(new URL(server.controlUrl ?? '').port)
  const ask = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    answerTo(port, method, path, body, headers)
  const print = async (source: string) => {
    const job = server.nextJob()
    connect(server.port, '127.0.0.1').end(bytes(source))
    await job
  }
  return { server, port, ask, print }
}

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
  readonly json: unknown
}

/** By hand, since fetch lets nobody choose the host. */
function answerTo(
  port: number,
  method: string,
  path: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', method, path, headers }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        const all = Buffer.concat(pieces)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: all,
          get json() {
            return JSON.parse(all.toString())
          },
        })
      })
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

describe('the state', () => {
  it('is told, and changed', async () => {
    const { server, ask, print } = await start({ faults: ['power-cut@9kb'] })
    await print(`'one' 0A ${cut}`)
    const before = await ask('GET', '/state')
    expect(before.status).toBe(200)
    expect(before.json).toEqual({
      printer: 'test-80',
      uri: server.uri,
      power: 'on',
      paper: 'ok',
      cover: 'closed',
      error: 'none',
      drawerPin: 'low',
      online: true,
      printing: false,
      receivedBytes: 8,
      bufferedBytes: 0,
      printedMm: 13.75,
      paperLeftMm: null,
      cuts: 1,
      jobs: 1,
      faults: ['power-cut@9kb'],
    })
    const change = { cover: 'open', drawerPin: 'high', paperLeftMm: 25 }
    const after = await ask('POST', '/state', JSON.stringify(change))
    expect(after.json).toMatchObject({ ...change, online: false })
    expect(server.device.state).toMatchObject({ cover: 'open', drawerPin: 'high' })
    await ask('POST', '/state', '{"paperLeftMm":null}')
    expect(server.device.paperLeftMm).toBe(Number.POSITIVE_INFINITY)
    await server.switchOff()
    expect((await ask('GET', '/state')).json).toMatchObject({ power: 'off', online: false })
  })

  it.each([
    ['{', /^not JSON: /],
    ['[]', /^an object with some of paper, cover, error, drawerPin, paperLeftMm is wanted/],
    ['null', /^an object/],
    ['{"lid":"open"}', /^lid is no field; there are paper, cover/],
    ['{"toString":1}', /^toString is no field/],
    ['{"cover":"ajar"}', /^cover is one of closed, open, not "ajar"/],
    ['{"paperLeftMm":-1}', /^paperLeftMm is a number from 0/],
    ['{"paperLeftMm":"5"}', /^paperLeftMm is a number from 0/],
  ])('is not changed by %s', async (body, reason) => {
    const { server, ask } = await start()
    const answer = await ask('POST', '/state', body)
    expect(answer.status).toBe(400)
    expect(answer.json).toEqual({ error: expect.stringMatching(reason) })
    expect(server.device.state.cover).toBe('closed')
  })
})

describe('faults', () => {
  it('are added, or refused with the reason', async () => {
    const { server, ask } = await start()
    expect((await ask('POST', '/fault', 'cover-open@now tear@5mm')).json).toMatchObject({
      cover: 'open',
      faults: ['tear@5mm'],
    })
    expect(server.device.state.cover).toBe('open')
    for (const [body, reason] of [
      ['cover-ajar@now', /^cover-ajar is no fault: known are/],
      ['', /^the body is a fault such as/],
    ] as const) {
      const wrong = await ask('POST', '/fault', body)
      expect(wrong.status).toBe(400)
      expect(wrong.json).toEqual({ error: expect.stringMatching(reason) })
    }
  })
})

describe('papers and jobs', () => {
  it('are listed, and given as picture, text and JSON', async () => {
    const { server, ask, print } = await start()
    await print(`'one' 0A ${cut}`)
    await print("'two' 0A")
    expect((await ask('GET', '/papers')).json).toEqual([
      { number: 1, widthDots: 576, heightDots: 30, cut: 'partial' },
      { number: 2, widthDots: 576, heightDots: 110, cut: null },
    ])
    const png = await ask('GET', '/papers/1.png')
    expect(png.headers['content-type']).toBe('image/png')
    expect(decode(png.body)).toMatchObject({ width: 576, height: 30 })
    const text = await ask('GET', '/papers/2.txt?x')
    expect([text.headers['content-type'], text.body.toString()]).toEqual([
      'text/plain; charset=utf-8',
      expect.stringContaining('two'),
    ])
    expect((await ask('GET', '/papers/1.json')).json).toMatchObject({
      widthDots: 576,
      heightDots: 30,
    })
    expect((await ask('GET', '/papers/3.png')).json).toEqual({
      error: 'there is no paper 3; /papers lists them',
    })
    server.fault('paper-out@now')
    await print("'three' 0A")
    expect((await ask('GET', '/jobs')).json).toEqual([
      { number: 1, bytes: 8, executedBytes: 8, connection: 'ended' },
      { number: 2, bytes: 4, executedBytes: 4, connection: 'ended' },
      { number: 3, bytes: 6, executedBytes: 0, connection: 'ended' },
    ])
  })
})

describe('who asks otherwise', () => {
  it('is told what there is', async () => {
    const { ask } = await start()
    const lost = await ask('GET', '/toString')
    expect([lost.status, lost.json]).toEqual([
      404,
      {
        error: expect.stringMatching(
          /^nothing at \/toString; there are \/, .*\/state, .*\/events$/,
        ),
      },
    ])
    const wrong = await ask('DELETE', '/state')
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET, POST'])
    expect((await ask('POST', '/events')).status).toBe(405)
    expect((await ask('POST', '/papers/1.png')).status).toBe(405)
  })

  it('comes by a name of this machine, and from no other site', async () => {
    const { server, port, ask } = await start()
    const evil = await ask('GET', '/state', undefined, { host: `evil.example:${port}` })
    expect([evil.status, evil.json]).toEqual([
      403,
      { error: expect.stringContaining('host evil.example') },
    ])
    expect((await ask('GET', '/state', undefined, { host: '127.0.0.1:1' })).status).toBe(403)
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${port + 1}`]) {
      const across = await ask('POST', '/fault', 'cover-open@now', { origin })
      expect([across.status, across.json]).toEqual([
        403,
        { error: `origin ${origin} is another site` },
      ])
    }
    expect(server.device.state.cover).toBe('closed')
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      const host = `${name}:${port}`
      const same = await ask('POST', '/fault', 'error-over@now', { host, origin: `http://${host}` })
      expect(same.status).toBe(200)
    }
    const page = await ask('GET', '/')
    expect(page.headers['access-control-allow-origin']).toBeUndefined()
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('sends no more than 64 KB, and UTF-8', async () => {
    const { ask } = await start()
    const large = await ask('POST', '/fault', '#'.repeat(70_000)).catch((error) => error)
    // It is answered, or the connection is closed before all was sent.
    expect(large.status ?? 413).toBe(413)
    expect((await ask('POST', '/fault', '#'.repeat(60_000))).status).toBe(200)
  })

  it('is on this machine: the port is bound to its own address', async () => {
    const { server } = await start({ host: '0.0.0.0' })
    expect(server.controlUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  })
})

describe('events', () => {
  interface Event {
    readonly event: string
    readonly data: Record<string, unknown>
  }

  async function listen(port: number) {
    const events: Event[] = []
    const asking = request({ port, host: '127.0.0.1', path: '/events' }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const [, event = '', data = '{}'] =
            /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? []
          events.push({ event, data: JSON.parse(data) })
          text = text.slice(end + 2)
        }
      })
    })
    asking.on('error', () => {})
    asking.end()
    onTestFinished(() => void asking.destroy())
    await expect.poll(() => events.map(({ event }) => event)).toContain('state')
    return events
  }

  /** The rows that were told of a paper, the last word on each. */
  function rowsOf(events: readonly Event[], number: number, heightDots: number): Uint8Array {
    const rows = new Uint8Array(heightDots * 72)
    for (const { event, data } of events) {
      if (event !== 'rows' || data.number !== number) continue
      const band = Buffer.from(String(data.data), 'base64')
      const at = Number(data.y) * 72
      rows.set(band.subarray(0, Math.max(0, rows.length - at)), at)
    }
    return rows
  }

  it('tell the paper row by row, and each cut', async () => {
    const { server, port, print } = await start()
    const events = await listen(port)
    // Fed back, printed over, and longer than one event holds.
    await print(
      `'one' 0A 1B 4B 18 '-two' 0A 1D 76 30 00 02 00 58 02 ${'81 A5 '.repeat(600)} ${cut}`,
    )
    await print(`'three' 0A ${cut}`)
    server.fault('drawer-open@now')
    await print('1B 70 00 19 19')
    await expect.poll(() => events.filter(({ event }) => event === 'pulse').length).toBe(1)
    await expect
      .poll(() => events.filter(({ event }) => event === 'cut').map(({ data }) => data))
      .toEqual(
        server.pieces.slice(0, 2).map(({ number, paper }) => ({
          number,
          mode: 'partial',
          heightDots: paper.heightDots,
        })),
      )
    for (const { number, paper } of server.pieces.slice(0, 2)) {
      const told = rowsOf(events, number, paper.heightDots)
      expect(Buffer.compare(told, paper.bitmap.data)).toBe(0)
    }
    await expect
      .poll(() => events.filter(({ event }) => event === 'state').at(-1)?.data)
      .toMatchObject({ drawerPin: 'high', cuts: 2, jobs: 3 })
    expect(events.find(({ event }) => event === 'fault')?.data).toEqual({
      fault: 'drawer-open@now',
    })
  })

  it('begin with what hangs in the printer, and go on after a power cut', async () => {
    const { server, port, print } = await start()
    await print("'one' 0A")
    const events = await listen(port)
    expect(events[0]).toEqual({
      event: 'hello',
      data: { number: 1, widthDots: 576, paperDots: 640, dotsPerMm: 8 },
    })
    const [paper] = server.papers
    const dots = paper?.bitmap.data ?? new Uint8Array(0)
    expect(Buffer.compare(rowsOf(events, 1, 30), dots)).toBe(0)
    server.powerCut()
    await print("'two' 0A")
    await expect.poll(() => rowsOf(events, 2, 30).some((byte) => byte !== 0)).toBe(true)
    expect(events.find(({ event }) => event === 'restarted')?.data).toEqual({ number: 2 })
  })
})
