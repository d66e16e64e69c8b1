/** A network that fails: a TCP proxy that cuts connections at any byte, and swallows answers that were given. */
import type { Socket } from 'node:net'
import { startTcpProxy } from './tcp-proxy.js'

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
  const proxy = await startTcpProxy(
    { host: '127.0.0.1', port: to },
    ({ client, upstream, end }) => {
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
    },
  )
  return { port: proxy.port, counts, stop: proxy.stop }
}

/** The first two connections fail in both ways. */
function fateOf({ cut, lost }: CuttingProxy['counts'], chance: number): 'cut' | 'lost' | 'whole' {
  if (chance < 0.45 || cut === 0) return 'cut'
  return chance < 0.8 || lost === 0 ? 'lost' : 'whole'
}
