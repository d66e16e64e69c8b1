/** A TCP proxy between a program and its server, whose connections can be cut. */
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  readonly port: number
  /** Ends all connections. New ones are taken as before. */
  cutAll(): void
  stop(): Promise<void>
}

/** The two sides of one connection, and what ends both. */
export interface Joined {
  readonly client: Socket
  readonly upstream: Socket
  readonly end: () => void
}

/**
 * @param carry moves the bytes of a new connection between its two sides
 * @param isRefusing true while a new connection is ended at once
 */
export async function startTcpProxy(
  to: { readonly port: number; readonly host: string },
  carry: (joined: Joined) => void,
  isRefusing: () => boolean = () => false,
): Promise<TcpProxy> {
  const open = new Set<Socket>()
  const cutAll = () => {
    for (const socket of open) socket.destroy()
  }
  const server = createServer((client) => {
    if (isRefusing()) return client.destroy()
    const upstream = connect(to.port, to.host)
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(socket)
          end()
        })
    }
    carry({ client, upstream, end })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutAll,
    async stop() {
      cutAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
