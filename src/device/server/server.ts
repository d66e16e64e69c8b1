/** The virtual printer on a TCP port, a serial line or a USB gadget, with habits and faults that were seen on real printers. */

import { readOptions } from '../../model/options.js'
import { concatPapers } from '../../paper/algebra.js'
import { paperToPng } from '../../paper/views/paper-png.js'
import { paperToText } from '../../paper/views/paper-text.js'
import { type ControlServer, startControl } from '../control/control-server.js'
import { PrinterEvents } from '../control/events.js'
import type { VirtualDevice } from '../device.js'
import { cloudFront } from '../fronts/cloud/cloud-front.js'
import { directFront } from '../fronts/cloud/direct-front.js'
import type { CloudFault, Front, FrontHost } from '../fronts/front.js'
import { ptyFront } from '../fronts/pty-front.js'
import { tcpFront } from '../fronts/tcp-front.js'
import { usbGadgetFront } from '../fronts/usb-gadget-front.js'
import type { PaperPiece } from '../roll/paper-piece.js'
import { virtualDevice } from '../virtual-device.js'
import { FaultScript } from './fault-script.js'
import type { LinkFault } from './faults.js'
import { JobList } from './job-list.js'
import { LinkValve } from './link-habits.js'
import {
  SERVER_RULES,
  type VirtualPrinterServer,
  type VirtualPrinterServerOptions,
} from './server-options.js'

export type { PaperViews, VirtualJob } from './job-views.js'
export type { VirtualPrinterServer, VirtualPrinterServerOptions } from './server-options.js'

/**
 * Starts a printer for tests and for development: `openPrinter(server.uri)` prints on it.
 * One client prints at a time, as on most printers; others are connected and wait.
 *
 * @throws OptionError; XiaopiaoError `FAULT_INVALID`, `SOCAT_MISSING`, `PTY_FAILED`, `GADGET_UNAVAILABLE`; Node's own error if a port
 * is taken
 *
 * @example
 * const server = await startVirtualPrinter({ profile })
 * const job = server.nextJob()
 * await openPrinter(server.uri, { profile }).print({ nodes: [text('厨房3号桌')] })
 * const printed = await job
 * printed.text // '厨房3号桌'
 */
export async function startVirtualPrinter(
  options: VirtualPrinterServerOptions,
): Promise<VirtualPrinterServer> {
  readOptions<VirtualPrinterServerOptions>('startVirtualPrinter', options, SERVER_RULES)
  const device = virtualDevice(options)
  const events = new PrinterEvents()
  const jobs = new JobList(options, (job) => {
    events.tell({ kind: 'job' })
    options.onJob?.(job)
  })
  let front: Front | undefined
  let control: ControlServer | undefined
  let isOn = true
  let pushing: ReturnType<typeof setInterval> | undefined
  const resting: (() => void)[] = []
  /** Faults of a polling printer that happened before the front existed. */
  const habits: CloudFault[] = []

  const powerCut = () => {
    device.restart()
    front?.breakLink('powerCut')
  }
  const switchOff = async () => {
    if (!isOn) return
    isOn = false
    device.restart()
    await front?.switchOff()
  }
  const switchOn = async () => {
    if (device.off) device.restart()
    if (isOn) return
    isOn = true
    await front?.switchOn()
    events.tell({ kind: 'changed' })
  }
  const link = (fault: LinkFault) => {
    switch (fault) {
      case 'power-cut':
        return powerCut()
      case 'power-off':
        return void switchOff()
      case 'power-on':
        return void switchOn().catch(() => {})
      case 'restart':
        return device.restart()
      case 'tear':
        return device.tear()
      case 'reset':
        return front?.breakLink('reset')
      case 'hang-up':
        return front?.breakLink('end')
      case 'stop-reading':
        return front?.hold(true)
      case 'read-on':
        return front?.hold(false)
      case 'download-timeout':
      case 'get-again':
      case 'lose-delete':
      case 'late-delete':
        if (front === undefined) habits.push(fault)
        return front?.misbehave?.(fault)
      default:
        fault satisfies never
    }
  }
  const script = new FaultScript({
    device,
    link,
    happened: ({ text }) => events.tell({ kind: 'fault', text }),
  })
  const valve = new LinkValve(options, {
    powerCut,
    reset: () => front?.breakLink('reset'),
    more: () => front?.more(),
  })

  const host: FrontHost = {
    begun() {
      jobs.begin(device.receivedBytes)
      valve.open()
      const { pushStatusEveryMs } = options
      if (pushStatusEveryMs !== undefined) {
        pushing = setInterval(() => device.pushStatus(), pushStatusEveryMs)
      }
      // Not at once, because the front is not ready to serve yet.
      queueMicrotask(() => device.hostReady())
    },
    full: () => device.room <= 0 || valve.room <= 0,
    take(bytes) {
      const wish = Math.min(bytes.length, valve.room, device.room)
      if (wish <= 0) return 0
      const piece = bytes.slice(0, wish)
      jobs.received(piece)
      device.receive(piece)
      valve.took(wish)
      return wish
    },
    ended() {
      // An offline printer keeps the lines in its buffer, and they come out when it is online again.
      device.finishText()
      jobs.end('ended')
    },
    closed() {
      jobs.end('broken')
      valve.close()
      clearInterval(pushing)
    },
  }
  device.listen({
    reply: (bytes) => front?.say(bytes) ?? false,
    executed: (offset, bytes) => jobs.executed(offset, bytes),
    restarted: () => events.tell({ kind: 'restarted' }),
    // Not at once, because the device is in the middle of its work when it calls this.
    drained: () => setImmediate(() => front?.more()),
    rested() {
      for (const resolve of resting.splice(0)) resolve()
    },
    changed: () => events.tell({ kind: 'changed' }),
    // Without a control server the paper is drawn only when it is asked for, because drawing costs time.
    ...(options.control === undefined
      ? {}
      : {
          printed: (from: number) => events.tell({ kind: 'printed', from }),
          cut: (piece?: PaperPiece) => piece && events.tell({ kind: 'piece', piece }),
        }),
    pulsed: (pin) => events.tell({ kind: 'pulsed', pin }),
  })
  for (const fault of options.faults ?? []) script.add(fault, { clockFromFirstByte: true })

  const opened = await openFront(options, host, device)
  front = opened
  for (const fault of habits) opened.misbehave?.(fault)
  if (!isOn) await opened.switchOff()
  const close = async () => {
    script.stop()
    device.stop()
    clearInterval(pushing)
    for (const resolve of resting.splice(0)) resolve()
    await control?.close()
    await opened.close()
  }
  const server: VirtualPrinterServer = {
    port: opened.port ?? 0,
    uri: opened.uri,
    device,
    jobs: jobs.printed,
    nextJob: () => jobs.next(),
    get papers() {
      return device.papers
    },
    get pieces() {
      return device.pieces
    },
    get text() {
      return paperToText(concatPapers(device.papers))
    },
    get png() {
      return paperToPng(concatPapers(device.papers))
    },
    get symbols() {
      return concatPapers(device.papers).symbols
    },
    get controlUrl() {
      return control?.url
    },
    fault: (text) => script.add(text),
    get faults() {
      return script.waiting
    },
    settled: () =>
      new Promise((resolve) => {
        if (device.printing) resting.push(resolve)
        else resolve()
      }),
    powerCut,
    switchOff,
    switchOn,
    close,
  }
  if (options.control !== undefined) {
    const target = { server, profile: options.profile, events, isOn: () => isOn }
    control = await startControl(target, options.control).catch(async (error: unknown) => {
      await close()
      throw error
    })
  }
  return server
}

async function openFront(
  options: VirtualPrinterServerOptions,
  host: FrontHost,
  device: VirtualDevice,
): Promise<Front> {
  const { pty, usbGadget, deviceId, quietMs, cloudPrnt, directPrint, profile } = options
  if (cloudPrnt !== undefined) return cloudFront(cloudPrnt, host, { device, profile })
  if (directPrint !== undefined) return directFront(directPrint, host, { device, profile })
  const quiet = quietMs === undefined ? {} : { quietMs }
  if (pty !== undefined) return ptyFront({ pty, ...quiet }, host)
  if (usbGadget !== undefined) {
    const id = deviceId === undefined ? {} : { deviceId }
    return usbGadgetFront({ folder: usbGadget, ...id, ...quiet }, host)
  }
  return tcpFront({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 }, host)
}
