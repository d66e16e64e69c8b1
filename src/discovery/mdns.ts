/** Finds printers that announce themselves in the local network (Bonjour) by the service `_pdl-datastream`, which is port 9100. */

import { XiaopiaoError } from '../model/errors.js'
import { importOptional } from '../model/optional-library.js'
import type { FoundPrinter } from './types.js'

const SERVICE = '_pdl-datastream._tcp.local'

/** The part of the library `multicast-dns` that is used. */
export type MulticastDns = (options?: object) => {
  on(
    event: 'response',
    listener: (packet: { answers: Answer[]; additionals: Answer[] }) => void,
  ): void
  on(event: 'error', listener: (error: Error) => void): void
  query(name: string, type: 'PTR'): void
  destroy(): void
}

export interface Answer {
  readonly name: string
  readonly type: string
  readonly data?: unknown
}

export interface AnnounceOptions {
  /** How long to listen, in milliseconds. Default 2000. */
  readonly listenMs?: number
  /** Options for the library, such as the network interface to ask on. */
  readonly socket?: object
  /** Loads the library, for programs that cannot import it by its name. */
  readonly library?: () => Promise<unknown>
}

/**
 * @throws XiaopiaoError `MDNS_LIBRARY_MISSING`
 *
 * @example
 * const library = async () => ({ default: () => ({ on() {}, query() {}, destroy() {} }) })
 * await findAnnounced({ listenMs: 10, library }) // []
 */
export async function findAnnounced(options: AnnounceOptions = {}): Promise<FoundPrinter[]> {
  const load = options.library ?? (() => importOptional('multicast-dns'))
  const library = (await load().catch((cause: unknown) => {
    throw new XiaopiaoError('the library "multicast-dns" cannot be loaded', {
      code: 'MDNS_LIBRARY_MISSING',
      hint: 'install it beside xiaopiao: npm install multicast-dns',
      cause,
    })
  })) as { readonly default: MulticastDns }
  const mdns = library.default(options.socket)
  const names = new Set<string>()
  const places = new Map<string, { host: string; port: number }>()
  const addresses = new Map<string, string>()
  mdns.on('error', () => {})
  mdns.on('response', ({ answers, additionals }) => {
    for (const { name: of, type, data } of [...answers, ...additionals]) {
      if (type === 'PTR' && of === SERVICE && typeof data === 'string') names.add(data)
      if (type === 'SRV') {
        const { target, port } = data as { target: string; port: number }
        places.set(of, { host: target, port })
      }
      if (type === 'A' && typeof data === 'string') addresses.set(of, data)
    }
  })
  mdns.query(SERVICE, 'PTR')
  await new Promise((resolve) => setTimeout(resolve, options.listenMs ?? 2000))
  mdns.destroy()
  return [...names].flatMap((service) => {
    const place = places.get(service)
    if (place === undefined) return []
    const host = addresses.get(place.host) ?? place.host
    return {
      kind: 'network' as const,
      uri: `tcp://${host}:${place.port}`,
      name: service.slice(0, -SERVICE.length - 1),
      notes: [`announced by ${place.host}`],
    }
  })
}
