/** The virtual printer on a TCP port, a serial line or a USB gadget, with the habits and faults that printers are seen to have. */

import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { VirtualDevice, type VirtualDeviceOptions } from './device.js'
import type { Front, FrontHost } from './fronts/front.js'
import { ptyFront } from './fronts/pty-front.js'
import { tcpFront } from './fronts/tcp-front.js'
import { usbGadgetFront } from './fronts/usb-gadget-front.js'
import { joinBytes } from './join-bytes.js'
import { type LinkHabits, LinkValve } from './link-habits.js'
import { paperToPng } from './paper-png.js'
import { paperToText } from './paper-text.js'
import { stackPapers } from './stack-papers.js'
import { type PaperViews, ReceivedJob, type VirtualJob } from './virtual-job.js'
import { printBytes } from './virtual-printer.js'

export type { PaperViews, VirtualJob } from './virtual-job.js'

export interface VirtualPrinterServerOptions extends VirtualDeviceOptions, LinkHabits {
  readonly profile: Profile
  /** TCP port. Default 0: any free one. */
  readonly port?: number
  /** Address that the port is on. Default 127.0.0.1. */
  readonly host?: string
  /** A serial line instead of a port: true, or the path of a link to it. Needs the program socat. */
  readonly pty?: true | string
  /** A USB printer instead of a port: a mounted FunctionFS, or `/dev/g_printer0`. Linux, root. */
  readonly usbGadget?: string
  /** IEEE 1284 device ID of the USB printer. */
  readonly deviceId?: string
  /** A serial line and USB have no connections: a job is over when nothing came for so long. Default 500. */
  readonly quietMs?: number
  /** Called when a connection that printed has ended. */
  readonly onJob?: (job: VirtualJob) => void
  /** Sends the four status bytes each so many milliseconds, unasked. Default: never. */
  readonly pushStatusEveryMs?: number
}

/** `text`, `png` and `symbols` are of all that came out of it. */
export interface VirtualPrinterServer extends PaperViews {
  /** TCP port; 0 on other links. */
  readonly port: number
  /** For `openPrinter`. */
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
 * @throws XiaopiaoError `SOCAT_MISSING`, `PTY_FAILED`, `GADGET_UNAVAILABLE`; Node's own error where a port is taken
 * @example
 * const server = await startVirtualPrinter({ profile: generic80 })
 */
export async function startVirtualPrinter(
  options: VirtualPrinterServerOptions,
): Promise<VirtualPrinterServer> {
  const { profile } = options
  const device = new VirtualDevice(options)
  const jobs: ReceivedJob[] = []
  const printed: ReceivedJob[] = []
  const waitingForJob: ((job: VirtualJob) => void)[] = []
  const powered: Uint8Array[][] = [[]]
  let front: Front | undefined
  let current: ReceivedJob | undefined
  let pushing: ReturnType<typeof setInterval> | undefined

  const powerCut = () => {
    device.restart()
    front?.breakLink('powerCut')
  }
  const valve = new LinkValve(options, {
    powerCut,
    reset: () => front?.breakLink('reset'),
    more: () => front?.more(),
  })
  const keep = (connection: 'ended' | 'broken') => {
    const job = current
    if (job === undefined || job.connection !== 'open') return
    job.connection = connection
    if (!job.prints) return
    printed.push(job)
    options.onJob?.(job)
    for (const resolve of waitingForJob.splice(0)) resolve(job)
  }
  const host: FrontHost = {
    begun() {
      current = new ReceivedJob(profile, device.receivedBytes)
      jobs.push(current)
      valve.open()
      const { pushStatusEveryMs } = options
      if (pushStatusEveryMs !== undefined) {
        pushing = setInterval(() => device.pushStatus(), pushStatusEveryMs)
      }
      // Not at once: the front is only about to serve.
      queueMicrotask(() => device.hostReady())
    },
    full: () => device.room === 0 || valve.room <= 0,
    take(bytes) {
      const count = Math.min(bytes.length, valve.room, device.room)
      if (count <= 0) return 0
      const piece = bytes.slice(0, count)
      current?.addReceived(piece)
      device.receive(piece)
      valve.took(count)
      return count
    },
    ended() {
      // What an offline printer still holds is its own: it comes out when the trouble is over.
      device.finishText()
      keep('ended')
    },
    closed() {
      keep('broken')
      valve.close()
      clearInterval(pushing)
    },
  }
  device.listen({
    reply: (bytes) => front?.say(bytes) ?? false,
    executed: (offset, bytes) => {
      jobs.findLast((job) => job.start <= offset)?.addExecuted(bytes)
      powered.at(-1)?.push(bytes)
    },
    restarted: () => powered.push([]),
    // Not at once: the device is in the middle of its own work when it tells.
    drained: () => setImmediate(() => front?.more()),
  })

  const papers = () => powered.map((pieces) => printBytes(joinBytes(...pieces), profile))
  const opened = await openFront(options, host)
  front = opened
  return {
    port: opened.port ?? 0,
    uri: opened.uri,
    device,
    jobs: printed,
    nextJob: () => new Promise((resolve) => waitingForJob.push(resolve)),
    get papers() {
      return papers()
    },
    get text() {
      return paperToText(stackPapers(papers()))
    },
    get png() {
      return paperToPng(stackPapers(papers()))
    },
    get symbols() {
      return stackPapers(papers()).symbols
    },
    powerCut,
    async switchOff() {
      device.restart()
      await opened.switchOff()
    },
    switchOn: () => opened.switchOn(),
    close: () => opened.close(),
  }
}

function openFront(options: VirtualPrinterServerOptions, host: FrontHost): Promise<Front> {
  const { pty, usbGadget, deviceId, quietMs } = options
  const quiet = quietMs === undefined ? {} : { quietMs }
  if (pty !== undefined) return ptyFront({ pty, ...quiet }, host)
  if (usbGadget !== undefined) {
    const id = deviceId === undefined ? {} : { deviceId }
    return usbGadgetFront({ folder: usbGadget, ...id, ...quiet }, host)
  }
  return tcpFront({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 }, host)
}
