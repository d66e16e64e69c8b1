/** The device on a TCP port: one client is served, others are connected and wait, as on most printers. */

import { createServer, type Socket } from 'node:net'
import type { Front, FrontEvents } from './host.js'

export async function tcpFront(
  { host, port }: { readonly host: string; readonly port: number },
  events: FrontEvents,
): Promise<Front> {
  const clients: Socket[] = []
  let served: Socket | undefined
  let held = false
  let connections = 0
  let waiting: Uint8Array = new Uint8Array(0)
  let ended = false

  const pump = () => {
    while (!held && waiting.length > 0) {
      const count = events.take(waiting)
      if (count === 0) break
      waiting = waiting.subarray(count)
    }
    if (served === undefined) return
    if (held || waiting.length > 0) served.pause()
    else if (ended) served.end()
    else served.resume()
  }
  const serveNext = () => {
    if (served !== undefined) return
    served = clients.shift()
    if (served === undefined) return
    const socket = served
    connections++
    waiting = new Uint8Array(0)
    ended = false
    socket.on('data', (data) => {
      waiting = Buffer.concat([waiting, data])
      pump()
    })
    socket.on('end', () => {
      ended = true
      pump()
    })
    socket.on('close', () => {
      served = undefined
      serveNext()
    })
    pump()
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {})
    clients.push(socket)
    serveNext()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    get connections() {
      return connections
    },
    say: (bytes) => void (served?.writable && served.write(bytes)),
    more: pump,
    hold(value) {
      held = value
      pump()
    },
    breakLink(how) {
      waiting = new Uint8Array(0)
      if (how === 'end') served?.end()
      else served?.resetAndDestroy()
    },
  }
}
