/** A network that fails: a TCP proxy that cuts connections at any byte, and swallows answers that were given. */
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface CuttingProxy {
  readonly port: number
  /** Connections that were cut, and those whose answers were lost before they were. */
  readonly counts: { cut: number; lost: number; whole: number }
  stop(): Promise<void>
}

/**
 * @param random from 0 to 1
 * @param bytes that a connection may carry, at most, before it fails
 */
export async function startCuttingProxy(
  to: number,
  random: () => number,
  bytes: number,
): Promise<CuttingProxy> {
  const counts = { cut: 0, lost: 0, whole: 0 }
  const open = new Set<Socket>()
  const server: Server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
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
    const fate = fateOf(counts, random())
    counts[fate]++
    let left = fate === 'whole' ? Number.POSITIVE_INFINITY : Math.floor(random() * bytes)
    const isUpward = random() < 0.5
    let isMute = false
    const carry = (from: Socket, into: Socket, counted: boolean) =>
      from.on('data', (piece: Buffer) => {
        if (isMute && into === client) return
        if (!counted || piece.length <= left) {
          if (counted) left -= piece.length
          if (!into.write(piece)) {
            from.pause()
            into.once('drain', () => from.resume())
          }
          return
        }
        if (fate === 'lost') {
          // What was asked arrives and is done, and nobody hears of it.
          isMute = true
          left = Number.POSITIVE_INFINITY
          into.write(piece)
          setTimeout(end, 20 + random() * 200)
        } else {
          into.write(piece.subarray(0, left))
          setTimeout(end, 5)
          left = 0
        }
      })
    carry(client, upstream, fate === 'lost' || isUpward)
    carry(upstream, client, fate === 'cut' && !isUpward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    counts,
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The first two connections fail in both ways. */
function fateOf({ cut, lost }: CuttingProxy['counts'], chance: number): 'cut' | 'lost' | 'whole' {
  if (chance < 0.45 || cut === 0) return 'cut'
  return chance < 0.8 || lost === 0 ? 'lost' : 'whole'
}
