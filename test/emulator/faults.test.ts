/** Fault scripts: their grammar, and each fault at its place, seen from the other end of a socket. */
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Fault, faultNames, parseFaults } from '../../src/device/server/faults.js'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import { XiaopiaoError } from '../../src/model/errors.js'
import { bytes, profile80 } from './helpers.js'

describe('the grammar', () => {
  const place = (script: string) => parseFaults(script).map((fault: Fault) => fault.place)

  it('has places in bytes, paper, cuts and time', () => {
    expect(place('paper-out@4096b cover-open@16kb,reset@120mm\nrestart@0.5mm')).toEqual([
      { unit: 'bytes', amount: 4096, afterPrevious: false },
      { unit: 'bytes', amount: 16_384, afterPrevious: false },
      { unit: 'mm', amount: 120, afterPrevious: false },
      { unit: 'mm', amount: 0.5, afterPrevious: false },
    ])
    expect(
      place('near-end@cut2, paper-out@+cut1 # and so on\n\n paper-in@+2s tear@500ms power-off@now'),
    ).toEqual([
      { unit: 'cuts', amount: 2, afterPrevious: false },
      { unit: 'cuts', amount: 1, afterPrevious: true },
      { unit: 'ms', amount: 2000, afterPrevious: true },
      { unit: 'ms', amount: 500, afterPrevious: false },
      undefined,
    ])
    expect(parseFaults('')).toEqual([])
  })

  it('knows each of its names', () => {
    const words = faultNames.map((name) => name.replace('HEX', '14 00').replace(' ', ''))
    expect(
      parseFaults(words.map((word) => `${word}@now`).join(' ')).map(({ text }) => text),
    ).toEqual(words.map((word) => `${word}@now`))
    expect(parseFaults('say=1400000f@now')[0]?.action).toEqual({
      kind: 'say',
      bytes: Uint8Array.of(0x14, 0, 0, 0x0f),
    })
  })

  it.each([
    ['paper-out', 'does not say where', 'add @ and a place: now,'],
    ['paper-gone@now', 'paper-gone is no fault', 'known are: paper-out, paper-in,'],
    ['toString@now', 'toString is no fault', 'known are:'],
    ['paper-out@120in', '120in is no place', 'write one of: now, 4096b,'],
    ['paper-out@toString', 'toString is no place', 'write one of:'],
    ['paper-out@-5mm', '-5mm is no place', 'write one of:'],
    ['paper-out@cut0', 'cut0 is no place', 'write one of:'],
    ['paper-out@+now', '+now is no place', 'write one of:'],
    ['paper-out@1.5b', 'no number of bytes', 'write a whole number'],
    ['paper-in@+2s', 'there is no fault before it', 'leave out the +'],
    ['say=1@now', 'say=1: not hexadecimal', 'two digits for each byte'],
    ['say=@now', 'not hexadecimal', 'two digits for each byte'],
  ])('%s: %s', (script, message, hint) => {
    const error = (() => {
      try {
        return parseFaults(script)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(XiaopiaoError)
    expect(error).toMatchObject({ code: 'FAULT_INVALID' })
    expect((error as XiaopiaoError).message).toContain(message)
    expect((error as XiaopiaoError).hint).toContain(hint)
  })
})

const profile = { ...profile80, dpi: 203.2, headToCutterDots: 80 }

async function start(options: Omit<VirtualPrinterServerOptions, 'profile'> = {}) {
  const server = await startVirtualPrinter({ profile, ...options })
  onTestFinished(() => server.close())
  return server
}

/** A client that hears. */
async function client(port: number) {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const heard: number[] = []
  let end: string | undefined
  socket.on('data', (data) => heard.push(...data))
  socket.on('end', () => {
    end ??= 'ended'
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code
  })
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  return {
    socket,
    send: (source: string) => socket.write(bytes(source)),
    hears: (hex: string) =>
      expect
        .poll(() => Buffer.from(heard).toString('hex'), { timeout: 20_000 })
        .toBe(hex.replaceAll(' ', ''))
        .then(() => heard.splice(0)),
    ends: (how: string) => expect.poll(() => end, { timeout: 20_000 }).toBe(how),
  }
}

const cut = '1D 56 42 00'
/** 10 mm. */
const feed = '1B 4A 50'

describe('at its place', () => {
  it('by bytes: exactly there', async () => {
    const server = await start({ faults: ['cover-open@6b'] })
    const { send, hears } = await client(server.port)
    send("'one' 0A 'two' 0A 10 04 02")
    await hears('16')
    expect(server.device.bufferedBytes).toBe(5)
    expect(server.faults).toEqual([])
    server.fault('cover-closed@now')
    expect(server.text).toBe('one\ntwo')
  })

  it('by paper: exactly there', async () => {
    const server = await start({ faults: ['paper-out@12mm'] })
    const { send, hears } = await client(server.port)
    send(`1D 76 30 00 01 00 00 01 ${'FF '.repeat(256)} 10 04 04`)
    await hears('72')
    expect(server.device.printedMm).toBe(12)
    expect(server.papers[0]?.heightDots).toBe(96)
  })

  it('by cuts: the cutter sticks instead of cutting, all else happens after the cut', async () => {
    const server = await start({ faults: ['near-end@cut1 cutter-error@+cut1'] })
    const { send, hears } = await client(server.port)
    send(`'a' 0A ${cut} 10 04 04`)
    await hears('1e')
    send(`'b' 0A ${cut} 10 04 03`)
    await hears('1a')
    expect(server.pieces.map(({ cut: mode }) => mode)).toEqual(['partial', undefined])
    send('10 05 01')
    await expect
      .poll(() => server.pieces.map(({ cut: mode }) => mode))
      .toEqual(['partial', 'partial'])
  })

  it('by time: from the first byte, and + from the fault before', async () => {
    const server = await start({ faults: ['cover-open@50ms', 'paper-out@10ms paper-in@+60ms'] })
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(server.device.state).toMatchObject({ cover: 'closed', paper: 'ok' })
    expect(server.faults).toEqual(['cover-open@50ms', 'paper-out@10ms', 'paper-in@+60ms'])
    const { send } = await client(server.port)
    send("'a'")
    await expect.poll(() => server.device.state.paper).toBe('end')
    expect(server.faults).not.toContain('paper-out@10ms')
    await expect.poll(() => server.device.state).toMatchObject({ cover: 'open', paper: 'ok' })
  })

  it('by now, counted from when it is given', async () => {
    const server = await start()
    const { send, hears } = await client(server.port)
    send("'abcd' 0A 10 04 01")
    await hears('12')
    server.fault('drawer-open@now cover-open@2b')
    send('10 04 01')
    await hears('1e')
    expect(() => server.fault('nothing@now')).toThrow('nothing is no fault')
  })

  it('says what is said, unasked', async () => {
    const server = await start()
    const { send, hears } = await client(server.port)
    server.fault('say=1400000F@now, say=80@2b')
    await hears('14 00 00 0f')
    send("'ab'")
    await hears('80')
  })
})

describe('power and link', () => {
  const answer = async (socket: {
    send: (source: string) => void
    hears: (hex: string) => Promise<unknown>
  }) => {
    socket.send('10 04 01')
    await socket.hears('12')
  }

  it('power-cut: the connection is reset, what it held is gone, and it is on again', async () => {
    const server = await start({ state: { cover: 'open' }, faults: ['power-cut@4b'] })
    const first = await client(server.port)
    first.send("'one' 0A 'two' 0A")
    await first.ends('ECONNRESET')
    expect([server.device.bufferedBytes, server.device.receivedBytes]).toEqual([0, 4])
    server.device.set({ cover: 'closed' })
    await answer(await client(server.port))
    expect([server.papers.length, server.text]).toEqual([2, ''])
  })

  it('power-off: refuses until power-on', async () => {
    const server = await start()
    const first = await client(server.port)
    await answer(first)
    server.fault('power-off@now')
    await first.ends('ECONNRESET')
    const refused = connect(server.port, '127.0.0.1')
    const code = await new Promise((resolve) => {
      refused.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      refused.once('connect', () => resolve('connected'))
    })
    expect(code).toBe('ECONNREFUSED')
    server.fault('power-on@now')
    await expect.poll(() => canConnect(server.port)).toBe(true)
    await answer(await client(server.port))
  })

  it('restart: settings are gone, the connection stays', async () => {
    const server = await start()
    const one = await client(server.port)
    one.send('1D 61 FF')
    await one.hears('10 00 00 0f')
    server.fault('restart@now cover-open@now')
    await expect.poll(() => server.device.state.cover).toBe('open')
    one.send('10 04 02')
    await one.hears('16')
    expect(server.papers.length).toBe(2)
  })

  it('reset and hang-up: the printer goes on', async () => {
    const server = await start()
    const first = await client(server.port)
    first.send("'one' 0A")
    await expect.poll(() => server.text).toBe('one')
    server.fault('reset@now')
    await first.ends('ECONNRESET')
    const second = await client(server.port)
    await answer(second)
    server.fault('hang-up@now')
    await second.ends('ended')
    second.socket.destroy()
    await answer(await client(server.port))
    expect(server.papers.length).toBe(1)
  })

  it('stop-reading: nothing is taken until read-on', async () => {
    const server = await start({ faults: ['stop-reading@2b'] })
    const one = await client(server.port)
    one.send("'a' 0A 'b' 0A 10 04 01")
    await expect.poll(() => server.device.receivedBytes).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(server.device.receivedBytes).toBe(2)
    server.fault('read-on@now')
    await one.hears('12')
    expect(server.text).toBe('a\nb')
  })

  it('tear: what hangs in it is a piece of its own', async () => {
    const server = await start({ faults: ['tear@8mm'] })
    const one = await client(server.port)
    one.send(`'a' 0A ${feed} 'b' 0A 10 04 01`)
    await one.hears('12')
    expect(server.pieces.map(({ paper }) => paper.heightDots)).toEqual([64, expect.any(Number)])
  })
})

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
