/** How bytes reach the printer that judges: a TCP port of its own; terminal lines and USB gadgets are files, read by the project's fronts. */

import { createServer, type Socket } from 'node:net'
import { lineFront } from '../../../src/device/fronts/line-front.js'
import { usbGadgetFront } from '../../../src/device/fronts/usb-gadget-front.js'

export type LinkOptions =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'tty'; readonly path: string }
  | { readonly kind: 'ffs'; readonly folder: string; readonly deviceId: string }

export interface LinkHost {
  /** How many of the bytes are taken; the rest is offered again after `more`. */
  take(bytes: Uint8Array): number
  full(): boolean
}

export interface Link {
  readonly port?: number
  readonly connections: number
  say(bytes: Uint8Array): unknown
  more(): void
  hold(isHeld: boolean): void
  breakLink(how: 'powerCut' | 'end' | 'reset' | 'stall'): void
  close(): Promise<void>
}

export function openLink(options: LinkOptions, host: LinkHost): Promise<Link> {
  switch (options.kind) {
    case 'tcp':
      return tcpLink(options, host)
    case 'tty':
      return lineFront({ path: options.path, uri: `serial:${options.path}` }, host)
    case 'ffs':
      return usbGadgetFront(options, host)
  }
}

/** One client is served; the next one waits until it has left. */
async function tcpLink(
  { host: address, port }: { readonly host: string; readonly port: number },
  host: LinkHost,
): Promise<Link> {
  const clients: { readonly socket: Socket; waiting: Buffer; isEnded: boolean }[] = []
  let isHeld = false
  let connections = 0
  const pump = () => {
    const [served] = clients
    if (served === undefined) return
    const { socket } = served
    while (!isHeld && served.waiting.length > 0 && !socket.destroyed) {
      const count = host.take(served.waiting)
      served.waiting = served.waiting.subarray(count)
      if (count === 0) break
    }
    if (isHeld || served.waiting.length > 0) socket.pause()
    else if (served.isEnded) socket.end()
    else socket.resume()
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const client = { socket, waiting: Buffer.alloc(0), isEnded: false }
    clients.push(client)
    connections++
    socket.on('error', () => {})
    socket.on('data', (data) => {
      client.waiting = Buffer.concat([client.waiting, data])
      if (client.waiting.length > 65_536) socket.pause()
      if (client === clients[0]) pump()
    })
    socket.on('end', () => {
      client.isEnded = true
      if (client === clients[0]) pump()
      else socket.end()
    })
    socket.on('close', () => {
      clients.splice(clients.indexOf(client), 1)
      pump()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    get connections() {
      return connections
    },
    say: (bytes) => clients[0]?.socket.write(bytes),
    more: pump,
    hold(value) {
      isHeld = value
      pump()
    },
    breakLink(how) {
      const [served] = clients
      if (served === undefined) return
      served.waiting = Buffer.alloc(0)
      if (how === 'end') served.socket.end()
      else served.socket.resetAndDestroy()
    },
    async close() {
      for (const { socket } of clients) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
