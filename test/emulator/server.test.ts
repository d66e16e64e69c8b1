import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { tcp } from '../../src/transports/tcp.js'
import { pattern } from '../conformance/transport.js'

async function start(options: Omit<VirtualPrinterServerOptions, 'profile'> = {}) {
  const server = await startVirtualPrinter({ profile: generic80, ...options })
  onTestFinished(() => server.close())
  return { server, transport: tcp({ host: '127.0.0.1', port: server.port }) }
}

async function client(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket.resume()
}

const text = (line: string) => new TextEncoder().encode(line)

describe('the virtual printer on a port', () => {
  it('keeps each connection that prints as a job with its paper', async () => {
    const { server, transport } = await start()
    for (const line of ['first\n', 'second\n']) {
      const connection = await transport.open()
      await connection.write(text(line))
      await connection.close()
    }
    const asking = await transport.open()
    await asking.write(Uint8Array.of(0x10, 0x04, 0x01))
    await asking.close()
    expect(server.jobs.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual([
      'first\n',
      'second\n',
    ])
    expect(server.jobs[1]?.connection).toBe('ended')
    expect(server.jobs[1]?.paper.glyphs.map(({ text: glyph }) => glyph).join('')).toBe('second')
  })

  it('serves one client at a time; the next waits and is served', async () => {
    const { server, transport } = await start()
    const [first, second] = await Promise.all([transport.open(), transport.open()])
    const heard: number[] = []
    second.onData((data) => heard.push(...data))
    await first.write(text('A\n'))
    await second.write(Uint8Array.of(0x10, 0x04, 0x01))
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(heard).toEqual([])
    await first.close()
    await expect.poll(() => heard).toEqual([0x12])
    await second.close()
    expect(server.jobs.length).toBe(1)
  })

  it('notices clients that leave while they wait, in any order, and one that waits with its job', async () => {
    const { server } = await start()
    const clients = await Promise.all([0, 1, 2].map(() => client(server.port)))
    const [first, second, third] = clients as [Socket, Socket, Socket]
    third.end()
    await once(third, 'close')
    second.resetAndDestroy()
    const waiting = await client(server.port)
    waiting.end('LATER\n')
    first.end('FIRST\n')
    await once(waiting, 'close')
    expect(server.text).toBe('FIRST\nLATER')
    expect(server.jobs.map(({ bytes }) => new TextDecoder().decode(bytes).trim())).toEqual([
      'FIRST',
      'LATER',
    ])
  })

  it('takes all of a long job through a small buffer', async () => {
    const { server, transport } = await start({ receiveBufferBytes: 1000 })
    const connection = await transport.open()
    const bytes = pattern(200_000).map((byte) => (byte < 0x20 ? 0x0a : byte))
    await connection.write(bytes)
    await connection.close()
    expect(server.jobs[0]?.executed.length).toBe(bytes.length)
    expect(Buffer.compare(server.jobs[0]?.executed ?? new Uint8Array(0), bytes)).toBe(0)
  })

  it('goes on with the job of a client that has left, when there is paper again', async () => {
    const { server, transport } = await start({ paperEndAfterBytes: 2 })
    const connection = await transport.open()
    await connection.write(text('A\nB\n'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    connection.abort()
    await expect.poll(() => server.jobs.length).toBe(1)
    const [job] = server.jobs
    expect(new TextDecoder().decode(job?.executed)).toBe('A\n')
    server.device.set({ paper: 'ok' })
    expect(new TextDecoder().decode(job?.executed)).toBe('A\nB\n')
  })

  it('loses power at a byte', async () => {
    const { server, transport } = await start({ powerCutAfterBytes: 1000 })
    const connection = await transport.open()
    const ended = new Promise((resolve) => connection.onClose(resolve))
    connection.write(new Uint8Array(50_000).fill(0x41)).catch(() => {})
    expect(await ended).toMatchObject({ code: 'CONNECTION_RESET' })
    await expect.poll(() => server.jobs[0]?.bytes.length).toBe(1000)
    expect(server.device.bufferedBytes).toBe(0)
  })

  it('survives a client that breaks off', async () => {
    const { server, transport } = await start()
    const rude = connect(server.port, '127.0.0.1')
    rude.on('error', () => {})
    await new Promise((resolve) => rude.once('connect', resolve))
    rude.write('half a l')
    rude.resetAndDestroy()
    const connection = await transport.open()
    await connection.write(text('ine\n'))
    await connection.close()
    expect(server.jobs.at(-1)?.connection).toBe('ended')
  })
})
