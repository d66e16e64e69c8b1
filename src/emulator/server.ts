/** The virtual printer on a TCP port, with the habits and faults that printers on a network are seen to have. */

import type { Server, Socket } from 'node:net'
import { decodeAll } from '../encoders/escpos/codec.js'
import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { VirtualDevice, type VirtualDeviceOptions } from './device.js'
import { VirtualPrinter } from './virtual-printer.js'

export interface VirtualPrinterServerOptions extends VirtualDeviceOptions {
  readonly profile: Profile
  /** Default 0: any free port. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Called when a connection that printed has ended. */
  readonly onJob?: (job: VirtualJob) => void
  /** Reads at most this many bytes each interval. Default: as they come. */
  readonly readBytes?: number
  /** Default 50. */
  readonly readIntervalMs?: number
  /** Reads this many bytes of a connection and then no more; 0 never reads. Default: all. */
  readonly stopReadingAfterBytes?: number
  /** Loses power after this many bytes of a connection: it is reset and the receive buffer is gone. Default: never. */
  readonly powerCutAfterBytes?: number
  /** How many connections lose power so. Default: every one. */
  readonly powerCutTimes?: number
  /** Resets the connection after this many bytes of it; the printer goes on with what it has. Default: never. */
  readonly resetAfterBytes?: number
  /** How many connections are reset so. Default: every one. */
  readonly resetTimes?: number
  /** Sends the four status bytes each so many milliseconds, unasked. Default: never. */
  readonly pushStatusEveryMs?: number
}

/** What came over one connection. */
export interface VirtualJob {
  /** As received, requests for status included. */
  readonly bytes: Uint8Array
  /** The part that the printer has executed; more may follow when it comes back online. */
  readonly executed: Uint8Array
  /** The executed part on paper. */
  readonly paper: Paper
  /** `open` while it runs, `ended` by the client's own half-close, `broken` otherwise. */
  readonly connection: 'open' | 'ended' | 'broken'
}

export interface VirtualPrinterServer {
  readonly port: number
  readonly uri: string
  readonly device: VirtualDevice
  /** Connections that printed, the first one first; those that only asked for the status are left out. */
  readonly jobs: readonly VirtualJob[]
  /** The next job that ends after the call. */
  nextJob(): Promise<VirtualJob>
  /** What came out of the printer, over all connections: a paper for each time that it was switched on. */
  readonly papers: readonly Paper[]
  /** Power off and on: breaks the connection and forgets what was received. */
  powerCut(): void
  /** Power off: connections are broken and refused until it is switched on again. */
  switchOff(): Promise<void>
  switchOn(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a printer for tests and for development: `openPrinter(server.uri)` prints on it.
 * One client prints at a time, as on most printers; others are connected and wait.
 *
 * @example
 * const server = await startVirtualPrinter({ profile: generic80 })
 */
export async function startVirtualPrinter(
  options: VirtualPrinterServerOptions,
): Promise<VirtualPrinterServer> {
  const { profile, host = '127.0.0.1' } = options
  const device = new VirtualDevice(options)
  const jobs: Job[] = []
  const printed: Job[] = []
  const waitingForJob: ((job: VirtualJob) => void)[] = []
  const clients: Socket[] = []
  const powered: Uint8Array[][] = [[]]
  const faults = {
    powerCuts: options.powerCutTimes ?? Number.POSITIVE_INFINITY,
    resets: options.resetTimes ?? Number.POSITIVE_INFINITY,
  }
  let serving: Socket | undefined

  const serveNext = () => {
    if (serving !== undefined) return
    const socket = clients.find((client) => !client.destroyed)
    if (socket === undefined) return
    serving = socket
    const job = new Job(profile, device.receivedBytes)
    jobs.push(job)
    const keep = (connection: 'ended' | 'broken') => {
      if (job.connection !== 'open') return
      job.connection = connection
      if (!job.prints) return
      printed.push(job)
      options.onJob?.(job)
      for (const resolve of waitingForJob.splice(0)) resolve(job)
    }
    serve(socket, device, job, options, faults, () => keep('ended'))
    device.hostReady()
    socket.once('close', () => {
      keep('broken')
      clients.splice(clients.indexOf(socket), 1)
      serving = undefined
      serveNext()
    })
  }

  device.listen({
    reply: (bytes) => {
      if (!serving?.writable) return false
      serving.write(bytes)
      return true
    },
    executed: (offset, bytes) => {
      jobs.findLast((job) => job.start <= offset)?.addExecuted(bytes)
      powered.at(-1)?.push(bytes)
    },
    restarted: () => powered.push([]),
    drained: () => serving?.emit('room'),
  })

  const { createServer } = await import('node:net')
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {})
    socket.pause()
    clients.push(socket)
    serveNext()
  })
  const port = await listening(server, options.port ?? 0, host)
  return {
    port,
    uri: `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`,
    device,
    jobs: printed,
    nextJob: () => new Promise((resolve) => waitingForJob.push(resolve)),
    get papers() {
      return powered.map((pieces) => paperOf(concat(pieces), profile))
    },
    powerCut: () => cutPower(serving, device),
    switchOff: () =>
      new Promise((resolve) => {
        device.restart()
        server.close(() => resolve())
        for (const client of [...clients]) client.resetAndDestroy()
      }),
    switchOn: async () => {
      await listening(server, port, host)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const client of [...clients]) client.destroy()
      }),
  }
}

/** Kinds of command that print nothing and change nothing. */
const QUESTIONS: ReadonlySet<string> = new Set([
  'realtimeStatus',
  'statusRequest',
  'printerId',
  'processId',
  'paperStatus',
  'autoStatus',
  'realtimeClear',
])

function paperOf(bytes: Uint8Array, profile: Profile): Paper {
  const printer = new VirtualPrinter({ profile })
  printer.write(bytes)
  return printer.end()
}

class Job implements VirtualJob {
  readonly start: number
  connection: 'open' | 'ended' | 'broken' = 'open'
  readonly #profile: Profile
  readonly #received: Uint8Array[] = []
  readonly #executed: Uint8Array[] = []

  constructor(profile: Profile, start: number) {
    this.#profile = profile
    this.start = start
  }

  get bytes(): Uint8Array {
    return concat(this.#received)
  }

  get executed(): Uint8Array {
    return concat(this.#executed)
  }

  get paper(): Paper {
    return paperOf(this.executed, this.#profile)
  }

  get prints(): boolean {
    return decodeAll(this.bytes).some(({ command }) => !QUESTIONS.has(command.kind))
  }

  addReceived(bytes: Uint8Array): void {
    this.#received.push(bytes)
  }

  addExecuted(bytes: Uint8Array): void {
    this.#executed.push(bytes)
  }
}

/** Feeds what a client sends to the device, at the pace and up to the limits of the options; its end is told before ours. */
function serve(
  socket: Socket,
  device: VirtualDevice,
  job: Job,
  options: VirtualPrinterServerOptions,
  faults: { powerCuts: number; resets: number },
  onEnd: () => void,
): void {
  const { readBytes } = options
  const never = Number.POSITIVE_INFINITY
  const powerCutAfterBytes = faults.powerCuts > 0 ? (options.powerCutAfterBytes ?? never) : never
  const resetAfterBytes = faults.resets > 0 ? (options.resetAfterBytes ?? never) : never
  const brokenAfterBytes = Math.min(powerCutAfterBytes, resetAfterBytes)
  const limit = options.stopReadingAfterBytes ?? Number.POSITIVE_INFINITY
  let waiting: Uint8Array = new Uint8Array(0)
  let taken = 0
  let ended = false
  let allowance = readBytes ?? Number.POSITIVE_INFINITY

  const pump = () => {
    if (socket.destroyed) return
    const wish = Math.min(waiting.length, allowance, limit - taken, brokenAfterBytes - taken)
    if (wish > 0) {
      const count = Math.min(wish, device.room)
      const piece = waiting.slice(0, count)
      waiting = waiting.subarray(count)
      taken += count
      allowance -= count
      job.addReceived(piece)
      device.receive(piece)
    }
    if (taken >= powerCutAfterBytes) {
      faults.powerCuts--
      cutPower(socket, device)
    } else if (taken >= resetAfterBytes) {
      faults.resets--
      socket.resetAndDestroy()
    } else if (taken >= limit || waiting.length > 0) {
      socket.pause()
    } else if (ended) {
      // What an offline printer still holds is its own: it comes out when the trouble is over.
      device.finishText()
      onEnd()
      socket.end()
    } else {
      socket.resume()
    }
  }

  const timers: ReturnType<typeof setInterval>[] = []
  if (readBytes !== undefined) {
    const refill = () => {
      allowance = readBytes
      pump()
    }
    timers.push(setInterval(refill, options.readIntervalMs ?? 50))
  }
  if (options.pushStatusEveryMs !== undefined) {
    timers.push(setInterval(() => device.pushStatus(), options.pushStatusEveryMs))
  }
  socket.on('data', (data) => {
    waiting = waiting.length === 0 ? data : concat([waiting, data])
    pump()
  })
  socket.on('end', () => {
    ended = true
    pump()
  })
  // Not at once: the device is in the middle of its own work when it tells.
  socket.on('room', () => setImmediate(pump))
  socket.on('close', () => {
    for (const timer of timers) clearInterval(timer)
  })
  pump()
}

function cutPower(socket: Socket | undefined, device: VirtualDevice): void {
  device.restart()
  socket?.resetAndDestroy()
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

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
