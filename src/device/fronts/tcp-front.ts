/** A virtual printer on a TCP port: one client is served, others are connected and wait, as on most printers. */

import type { Server, Socket } from 'node:net'
import { joinBytes } from '../../model/join-bytes.js'
import type { Front, FrontHost } from './front.js'

export interface TcpFrontOptions {
  readonly host: string
  /** Port to listen on; 0 picks any free port. */
  readonly port: number
}

/** Bytes that a waiting client may send ahead. Its writes then block, as they do before a printer that is busy. */
const SENT_AHEAD_BYTES = 65_536

/** A client, served or waiting. All are read, because one that leaves while it waits is not noticed otherwise. */
interface Client {
  readonly socket: Socket
  waiting: Uint8Array
  /** Whether the client has sent all its bytes. */
  ended: boolean
}

export async function tcpFront(options: TcpFrontOptions, host: FrontHost): Promise<Front> {
  const { createServer } = await import('node:net')
  const clients: Client[] = []
  let served: Client | undefined
  let held = false
  let connections = 0

  const pump = () => {
    const client = served
    if (client === undefined || client.socket.destroyed) return
    const { socket } = client
    while (!held && client.waiting.length > 0) {
      const count = host.take(client.waiting)
      client.waiting = client.waiting.subarray(count)
      if (count === 0 || socket.destroyed) break
    }
    if (socket.destroyed) return
    if (held || client.waiting.length > 0) socket.pause()
    else if (client.ended) {
      if (socket.writableEnded) return
      host.ended?.()
      socket.end()
    } else if (host.full()) socket.pause()
    else socket.resume()
  }
  const serve = (client: Client) => {
    served = client
    connections++
    host.begun?.()
    pump()
  }
  const serveNext = () => {
    while (served === undefined) {
      const next = clients.find(({ socket }) => !socket.destroyed)
      if (next === undefined) return
      serve(next)
    }
  }
  const read = (client: Client, data: Uint8Array) => {
    client.waiting = joinBytes([client.waiting, data])
    if (client === served) pump()
    else if (client.waiting.length >= SENT_AHEAD_BYTES) client.socket.pause()
  }
  const end = (client: Client) => {
    client.ended = true
    if (client === served) pump()
    // This is a port probe. It does not wait for its turn, because it wants nothing printed.
    else if (client.waiting.length === 0) client.socket.end()
  }
  const close = (client: Client) => {
    clients.splice(clients.indexOf(client), 1)
    if (client !== served) return
    served = undefined
    host.closed?.()
    serveNext()
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const client: Client = { socket, waiting: new Uint8Array(0), ended: false }
    clients.push(client)
    socket.on('error', () => {})
    socket.on('data', (data) => read(client, data))
    socket.on('end', () => end(client))
    socket.on('close', () => close(client))
    serveNext()
  })
  const port = await listening(server, options.port, options.host)
  const closed = (leave: (client: Socket) => void) =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const { socket } of [...clients]) leave(socket)
    })
  const address = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    uri: `tcp://${address}:${port}`,
    port,
    get connections() {
      return connections
    },
    say(bytes) {
      if (!served?.socket.writable) return false
      served.socket.write(bytes)
      return true
    },
    more: pump,
    hold(value) {
      held = value
      pump()
    },
    breakLink(how) {
      if (served === undefined) return
      served.waiting = new Uint8Array(0)
      if (how === 'end') served.socket.end()
      else reset(served.socket)
    },
    switchOff: () => closed(reset),
    async switchOn() {
      await listening(server, port, options.host)
    },
    close: () => closed((client) => client.destroy()),
  }
}

function reset(socket: Socket): void {
  // A socket that is about to end is not reset, because it would never be closed.
  if (socket.writableEnded && !socket.writableFinished) socket.destroy()
  else socket.resetAndDestroy()
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      server.on('error', () => {})
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
