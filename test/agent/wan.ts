/** The line between a store and its hub: it can be cut, and it can lose answers. */

import { connect, createServer, type Server, type Socket } from 'node:net'

export interface Wan {
  readonly url: string
  /** Ends all connections, and refuses new ones. */
  cut(): void
  mend(): void
  /** The next so many requests arrive, and their answers do not. */
  loseAnswers(count: number): void
  /** Bytes of slips that are asked for come when the function that it returns is called. */
  holdPayloads(): () => void
  stop(): Promise<void>
}

export async function startWan(to: string): Promise<Wan> {
  const target = new URL(to)
  const open = new Set<Socket>()
  let isCut = false
  let losses = 0
  let isHolding = false
  const held: (() => void)[] = []
  const server: Server = createServer((client) => {
    if (isCut) return client.destroy()
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined).on('close', () => open.delete(socket))
    }
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    client.on('close', end)
    upstream.on('close', end)
    let asksForBytes = false
    client.on('data', (piece) => {
      asksForBytes = piece.subarray(0, 15).toString() === 'GET /v1/payload'
      upstream.write(piece)
    })
    upstream.on('data', (piece) => {
      if (losses > 0) {
        losses--
        end()
      } else if (isHolding && asksForBytes) held.push(() => client.write(piece))
      else client.write(piece)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend() {
      isCut = false
    },
    loseAnswers(count) {
      losses = count
    },
    holdPayloads() {
      isHolding = true
      return () => {
        isHolding = false
        for (const pass of held.splice(0)) pass()
      }
    },
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
