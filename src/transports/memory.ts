/** A printer in memory, for tests: keeps what is written and can answer. */

import { joinBytes } from '../model/join-bytes.js'
import { abortedError } from './internal/failures.js'
import type { Link, LinkEvents } from './internal/link-connection.js'
import { LinkConnection } from './internal/link-connection.js'
import type { Transport } from './types.js'

export interface MemoryOptions {
  /** Called with every piece written; the bytes that it returns are the device's answer. Without it, the transport is one-way. */
  readonly answer?: (data: Uint8Array) => Uint8Array | undefined
}

export interface MemoryTransport extends Transport {
  readonly twoWay: boolean
  /** The bytes of each connection, oldest first. */
  readonly jobs: readonly Uint8Array[]
  /** The bytes of all connections in order. */
  readonly bytes: Uint8Array
  /** Sends bytes to the open connection unasked, as a device would. */
  push(data: Uint8Array): void
}

/**
 * A transport that prints nowhere.
 *
 * @example
 * const transport = memory()
 * await using printer = openPrinter(transport, { profile })
 * await printer.print(receipt)
 * transport.jobs.length // 1
 */
export function memory(options: MemoryOptions = {}): MemoryTransport {
  const jobs: Uint8Array[][] = []
  let open: LinkEvents | undefined

  const link = (events: LinkEvents): Link => {
    const job: Uint8Array[] = []
    jobs.push(job)
    open = events
    const leave = () => {
      if (open === events) open = undefined
    }
    return {
      async send(piece) {
        job.push(piece.slice())
        const said = options.answer?.(piece)
        if (said !== undefined) queueMicrotask(() => events.received(said))
      },
      async finish() {
        leave()
      },
      destroy: leave,
    }
  }

  return {
    uri: 'memory:',
    twoWay: options.answer !== undefined,
    async open(wait) {
      if (wait?.signal?.aborted) throw abortedError('memory:', 'open', 0, wait.signal.reason)
      return new LinkConnection(
        { uri: 'memory:', pieceBytes: 65_536, writeStallMs: 10_000, closeStallMs: 10_000 },
        link,
      )
    },
    get jobs() {
      return jobs.map(joinBytes)
    },
    get bytes() {
      return joinBytes(jobs.flat())
    },
    push: (data) => open?.received(data),
  }
}
