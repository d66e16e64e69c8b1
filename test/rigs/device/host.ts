/** A process that is a printer: the virtual device behind a TCP port, a terminal line, or a USB gadget, with faults on command. */

import { execSync } from 'node:child_process'
import { VirtualDevice, type VirtualDeviceOptions } from '../../../src/device/device.js'
import type { DeviceState } from '../../../src/device/device-state.js'
import type { Front, FrontHost } from '../../../src/device/fronts/front.js'
import { lineFront } from '../../../src/device/fronts/line-front.js'
import { tcpFront } from '../../../src/device/fronts/tcp-front.js'
import { usbGadgetFront } from '../../../src/device/fronts/usb-gadget-front.js'

/** What the rig sends. */
export type HostCommand =
  | { readonly kind: 'start'; readonly front: FrontOptions; readonly device: VirtualDeviceOptions }
  /** When so many bytes have been received from now on, do something. */
  | { readonly kind: 'at'; readonly bytes: number; readonly action: HostAction }
  | { readonly kind: 'do'; readonly action: HostAction }
  | { readonly kind: 'report' }

export type HostAction =
  | { readonly kind: 'set'; readonly state: Partial<DeviceState> }
  /** Takes nothing more: NAK on USB, a full window on TCP; for so long, or until `release`. */
  | { readonly kind: 'hold'; readonly ms?: number }
  | { readonly kind: 'release' }
  /** Loses what it holds, and its link; `command` breaks a link that the device cannot break itself. */
  | { readonly kind: 'powerCut'; readonly command?: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }
  /** A shell command of the rig: takes a network down, unplugs a gadget. */
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'say'; readonly bytes: readonly number[] }
  | { readonly kind: 'stall' }

export type FrontOptions =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'tty'; readonly path: string }
  | { readonly kind: 'ffs'; readonly folder: string; readonly deviceId: string }

/** What it answers. */
export type HostAnswer =
  | { readonly kind: 'ready'; readonly port?: number }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'report'
      readonly received: number
      readonly executed: string
      readonly connections: number
    }
  | { readonly kind: 'failed'; readonly message: string }

let device = new VirtualDevice()
let front: Front | undefined
let received = 0
const executed: Uint8Array[] = []
const triggers: { at: number; action: HostAction }[] = []

/** Stops short at a trigger, so that it acts at exactly that byte. */
function take(bytes: Uint8Array): number {
  const next = triggers[0]
  const limit = next === undefined ? bytes.length : Math.min(bytes.length, next.at - received)
  const count = device.receive(bytes.subarray(0, limit))
  received += count
  if (next !== undefined && received >= next.at) {
    triggers.shift()
    act(next.action)
  }
  return count
}

function act(action: HostAction): void {
  switch (action.kind) {
    case 'set':
      device.set(action.state)
      break
    case 'hold':
      front?.hold(true)
      if (action.ms !== undefined) setTimeout(() => front?.hold(false), action.ms)
      break
    case 'release':
      front?.hold(false)
      break
    case 'powerCut':
      if (action.command !== undefined) shell(action.command)
      device.restart()
      front?.breakLink('powerCut')
      break
    case 'end':
    case 'reset':
    case 'stall':
      front?.breakLink(action.kind)
      break
    case 'run':
      shell(action.command)
      break
    case 'say':
      front?.say(Uint8Array.from(action.bytes))
      break
    default:
      action satisfies never
  }
}

function shell(command: string): void {
  execSync(command, { stdio: 'ignore', shell: '/bin/bash' })
}

async function obey(command: HostCommand): Promise<HostAnswer> {
  switch (command.kind) {
    case 'start': {
      device = new VirtualDevice(command.device)
      device.listen({
        reply: (bytes) => {
          front?.say(bytes)
          return true
        },
        executed: (_, bytes) => executed.push(bytes),
        drained: () => setImmediate(() => front?.more()),
      })
      front = await openFront(command.front)
      return front.port === undefined ? { kind: 'ready' } : { kind: 'ready', port: front.port }
    }
    case 'at':
      triggers.push({ at: received + command.bytes, action: command.action })
      return { kind: 'done' }
    case 'do':
      act(command.action)
      return { kind: 'done' }
    case 'report':
      return {
        kind: 'report',
        received,
        executed: Buffer.concat(executed).toString('base64'),
        connections: front?.connections ?? 0,
      }
  }
}

function openFront(options: FrontOptions): Promise<Front> {
  const events: FrontHost = { take, full: () => device.room === 0 }
  switch (options.kind) {
    case 'tcp':
      return tcpFront(options, events)
    case 'tty':
      return lineFront({ path: options.path, uri: `serial:${options.path}` }, events)
    case 'ffs':
      return usbGadgetFront(options, events)
  }
}

process.on('message', (command: HostCommand) => {
  obey(command).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ kind: 'failed', message: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
