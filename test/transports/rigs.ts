/** Small TCP servers that behave as printers are seen to. */

import { createServer, type Server, type Socket } from 'node:net'

export interface Listening {
  readonly port: number
  readonly sockets: readonly Socket[]
  received(): Uint8Array
  close(): Promise<void>
}

export async function listen(
  onSocket: (socket: Socket, take: (data: Uint8Array) => void) => void,
): Promise<Listening> {
  const pieces: Uint8Array[] = []
  const sockets: Socket[] = []
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    onSocket(socket, (data) => pieces.push(new Uint8Array(data)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    sockets,
    received: () => Buffer.concat(pieces),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Takes everything and ends its half after the client's. */
export function listenTaking(): Promise<Listening> {
  return listen((socket, take) => {
    socket.on('data', take)
    socket.on('end', () => socket.end())
  })
}

/** Accepts and never reads. */
export function listenStopped(): Promise<Listening> {
  return listen((socket) => socket.pause())
}

/** Reads `bytes` each interval and pushes four status bytes each interval, as a slow printer with ASB on. */
export function listenSlow(bytes: number, intervalMs: number): Promise<Listening> {
  return listen((socket, take) => {
    let waiting: Uint8Array = new Uint8Array(0)
    let ended = false
    socket.on('data', (data) => {
      waiting = Buffer.concat([waiting, data])
      if (waiting.length >= bytes) socket.pause()
    })
    socket.on('end', () => {
      ended = true
    })
    const timer = setInterval(() => {
      take(waiting.subarray(0, bytes))
      waiting = waiting.subarray(bytes)
      if (waiting.length < bytes) socket.resume()
      if (!socket.destroyed && socket.writable) socket.write(Uint8Array.of(0x14, 0, 0, 0x0f))
      if (ended && waiting.length === 0) socket.end()
    }, intervalMs)
    socket.on('close', () => clearInterval(timer))
  })
}
