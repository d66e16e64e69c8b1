/** A virtual printer on a TCP port: one client is served, others are connected and wait, as on most printers. */

import type { Server, Socket } from 'node:net'
import { joinBytes } from '../../model/join-bytes.js'
import type { Front, FrontHost } from './front.js'

export interface TcpFrontOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

export async function tcpFront(options: TcpFrontOptions, host: FrontHost): Promise<Front> {
  const { createServer } = await import('node:net')
  const clients: Socket[] = []
  let served: Socket | undefined
  let held = false
  let connections = 0
  let ended = false
  let waiting: Uint8Array = new Uint8Array(0)

  const pump = () => {
    const socket = served
    if (socket === undefined || socket.destroyed) return
    while (!held && waiting.length > 0) {
      const count = host.take(waiting)
      waiting = waiting.subarray(count)
      if (count === 0 || socket.destroyed) break
    }
    if (socket.destroyed) return
    if (held || waiting.length > 0) socket.pause()
    else if (ended) {
      host.ended?.()
      socket.end()
    } else if (host.full()) socket.pause()
    else socket.resume()
  }
  const serve = (socket: Socket) => {
    served = socket
    connections++
    ended = false
    waiting = new Uint8Array(0)
    socket.on('data', (data) => {
      waiting = joinBytes([waiting, data])
      pump()
    })
    socket.on('end', () => {
      ended = true
      pump()
    })
    socket.on('close', () => {
      clients.splice(clients.indexOf(socket), 1)
      served = undefined
      host.closed?.()
      serveNext()
    })
    host.begun?.()
    pump()
  }
  const serveNext = () => {
    const next = served === undefined ? clients.find((client) => !client.destroyed) : undefined
    if (next !== undefined) serve(next)
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {})
    socket.pause()
    clients.push(socket)
    serveNext()
  })
  const port = await listening(server, options.port, options.host)
  const closed = (end: (client: Socket) => void) =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const client of [...clients]) end(client)
    })
  const address = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    uri: `tcp://${address}:${port}`,
    port,
    get connections() {
      return connections
    },
    say(bytes) {
      if (!served?.writable) return false
      served.write(bytes)
      return true
    },
    more: pump,
    hold(value) {
      held = value
      pump()
    },
    breakLink(how) {
      waiting = new Uint8Array(0)
      if (how === 'end') served?.end()
      else if (served !== undefined) reset(served)
    },
    switchOff: () => closed(reset),
    async switchOn() {
      await listening(server, port, options.host)
    },
    close: () => closed((client) => client.destroy()),
  }
}

function reset(socket: Socket): void {
  // One that is about to end cannot be reset: it would never be closed.
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
