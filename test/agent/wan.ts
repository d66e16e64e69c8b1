/** The line between a store and its hub: it can be cut, and it can lose answers. */

import { startTcpProxy } from '../tcp-proxy.js'

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
  const { hostname, port } = new URL(to)
  let isCut = false
  let losses = 0
  let isHolding = false
  const held: (() => void)[] = []
  const proxy = await startTcpProxy(
    { host: hostname, port: Number(port) },
    ({ client, upstream, end }) => {
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
    },
    () => isCut,
  )
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    cut() {
      isCut = true
      proxy.cutAll()
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
    stop: proxy.stop,
  }
}
