import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tcp } from '../../src/transports/tcp.js'
import { failureOf, pattern, transportConformance } from '../conformance/transport.js'
import { freePort } from '../free-port.js'
import { type Listening, listen, listenSlow, listenStopped, listenTaking } from './rigs.js'

const HOST = '127.0.0.1'

function over(server: Listening, options: { closeTimeoutMs?: number } = {}) {
  onTestFinished(() => server.close())
  return tcp({ host: HOST, port: server.port, ...options })
}

/** A port whose queue of connections is full, so that the kernel drops the next request. */
async function blackHole(): Promise<number> {
  const worker = new Worker(
    `const { createServer } = require('node:net')
     const { parentPort } = require('node:worker_threads')
     const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port)
       setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20)
     })`,
    { eval: true },
  )
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  await new Promise((resolve) => setTimeout(resolve, 60))
  const fillers = Array.from({ length: 4 }, () => connect(port, HOST).on('error', () => {}))
  onTestFinished(async () => {
    for (const socket of fillers) socket.destroy()
    await worker.terminate()
  })
  await new Promise((resolve) => setTimeout(resolve, 60))
  return port
}

transportConformance({
  name: 'tcp',
  async taking() {
    const server = await listenTaking()
    return {
      transport: tcp({ host: HOST, port: server.port }),
      received: server.received,
      say: (data) => server.sockets.at(-1)?.write(data),
      dispose: server.close,
    }
  },
  async stopped() {
    const server = await listenStopped()
    return {
      transport: tcp({ host: HOST, port: server.port }),
      received: server.received,
      dispose: server.close,
    }
  },
  async absent() {
    return { transport: tcp({ host: HOST, port: await freePort() }), code: 'CONNECT_REFUSED' }
  },
})

describe('a slow printer that pushes status bytes', () => {
  it.each([
    [200_000, 16_384, 50],
    [1_500_000, 65_536, 50],
  ])('receives all of %i bytes', { timeout: 60_000 }, async (size, bytes, intervalMs) => {
    const server = await listenSlow(bytes, intervalMs)
    const connection = await over(server).open()
    let heard = 0
    connection.onData((data) => {
      heard += data.length
    })
    await connection.write(pattern(size))
    await connection.close()
    expect(Buffer.compare(server.received(), pattern(size))).toBe(0)
    expect(heard).toBeGreaterThanOrEqual(Math.floor(size / bytes) * 4)
  })

  it('is not cut while it still drains, though that takes longer than the limit', async () => {
    const server = await listenSlow(16_384, 50)
    const connection = await over(server, { closeTimeoutMs: 200 }).open()
    await connection.write(pattern(200_000))
    await connection.close()
    expect(server.received().length).toBe(200_000)
  })
})

describe('faults', () => {
  it('says that a connection takes too long, and names the fix', async () => {
    const transport = tcp({ host: HOST, port: await blackHole(), connectTimeoutMs: 200 })
    const failure = await failureOf(transport.open())
    expect(failure).toMatchObject({ code: 'CONNECT_TIMEOUT', phase: 'open', bytesWritten: 0 })
    expect(failure.hint).toMatch(/no other host holds it/)
  })

  it('stops connecting at the signal', async () => {
    const transport = tcp({ host: HOST, port: await blackHole() })
    const failure = await failureOf(transport.open({ signal: AbortSignal.timeout(50) }))
    expect(failure).toMatchObject({ code: 'ABORTED', phase: 'open', bytesWritten: 0 })
  })

  it('tells a name that does not exist', async () => {
    const failure = await failureOf(tcp({ host: 'no-such-printer.invalid' }).open())
    expect(failure.code).toBe('HOST_NOT_FOUND')
  })

  it('reports a reset in the middle of a job with how far it got', async () => {
    const server = await listen((socket, take) => {
      let got = 0
      socket.on('data', (data) => {
        take(data)
        got += data.length
        if (got > 20_000) socket.resetAndDestroy()
      })
    })
    const connection = await over(server).open()
    const ended: (Error | undefined)[] = []
    connection.onClose((error) => ended.push(error))
    const failure = await failureOf(connection.write(pattern(8 << 20)))
    expect(failure).toMatchObject({ code: 'CONNECTION_RESET' })
    expect(failure.bytesWritten).toBeGreaterThanOrEqual(20_000)
    expect(failure.bytesWritten).toBeLessThan(8 << 20)
    expect(ended).toEqual([failure])
    await connection.close()
  })

  it('reports at close a reset that no write has seen', async () => {
    const server = await listen((socket) => {
      socket.once('data', () => setTimeout(() => socket.resetAndDestroy(), 20))
    })
    const connection = await over(server).open()
    await connection.write(pattern(100))
    await new Promise<unknown>((resolve) => connection.onClose(resolve))
    expect(await failureOf(connection.close())).toMatchObject({ code: 'CONNECTION_RESET' })
  })

  it('refuses to write to a printer that has ended its half', async () => {
    const server = await listen((socket) => socket.end())
    const connection = await over(server).open()
    await new Promise<unknown>((resolve) => connection.onClose(resolve))
    expect(await failureOf(connection.write(pattern(10)))).toMatchObject({
      code: 'CONNECTION_CLOSED',
      bytesWritten: 0,
    })
  })

  it('says at close that a printer which never reads had not finished', async () => {
    const server = await listenStopped()
    const connection = await over(server, { closeTimeoutMs: 150 }).open()
    await connection.write(pattern(20_000))
    expect(connection.bytesWritten).toBe(20_000)
    expect(await failureOf(connection.close())).toMatchObject({
      code: 'CLOSE_TIMEOUT',
      phase: 'close',
      bytesWritten: 20_000,
    })
  })

  it('fails without progress although status bytes keep coming', async () => {
    const server = await listen((socket) => {
      socket.pause()
      const timer = setInterval(() => socket.write(Uint8Array.of(0x1c, 0, 0x0c, 0x0f)), 20)
      socket.on('close', () => clearInterval(timer))
    })
    onTestFinished(() => server.close())
    const connection = await tcp({ host: HOST, port: server.port, writeTimeoutMs: 200 }).open()
    const failure = await failureOf(connection.write(pattern(8 << 20)))
    expect(failure.code).toBe('WRITE_TIMEOUT')
    connection.abort()
  })

  it.each([
    ['', 9100],
    ['printer', 0],
    ['printer', 70_000],
    ['printer', 91.5],
  ])('refuses host "%s" port %d', (host, port) => {
    expect(() => tcp({ host, port })).toThrowError(/is no address/)
  })
})
