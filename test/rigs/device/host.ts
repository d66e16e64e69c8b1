/** A process that is a printer: the one that judges, behind a TCP port, a terminal line, or a USB gadget, with faults on command. */

import { execSync } from 'node:child_process'
import {
  CountingPrinter,
  type CountingPrinterOptions,
  type PrintedUnit,
  type PrinterState,
  type Pulse,
} from './counting-printer.js'
import { type Link, type LinkOptions, openLink } from './link.js'

/** What the rig sends. */
export type HostCommand =
  | { readonly kind: 'start'; readonly link: LinkOptions; readonly device: CountingPrinterOptions }
  /** When so many bytes have been received from now on, do something. */
  | { readonly kind: 'at'; readonly bytes: number; readonly action: HostAction }
  | { readonly kind: 'do'; readonly action: HostAction }
  | { readonly kind: 'report' }

export type HostAction =
  | { readonly kind: 'set'; readonly state: Partial<PrinterState> }
  /** Takes nothing more: NAK on USB, a full window on TCP; for so long, or until `release`. */
  | { readonly kind: 'hold'; readonly ms?: number }
  | { readonly kind: 'release' }
  /** Loses what it holds, and its link; `command` breaks a link that the device cannot break itself. */
  | { readonly kind: 'powerCut'; readonly command?: string }
  /** Loses what it holds, and its link does not notice: a supply that fails for a moment, behind a terminal line or a network box. */
  | { readonly kind: 'blink' }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }
  /** A shell command of the rig: takes a network down, unplugs a gadget. */
  | { readonly kind: 'run'; readonly command: string }
  /** Opens the link again: a terminal line that was pulled is another one when it is put back. */
  | { readonly kind: 'reopen' }
  | { readonly kind: 'say'; readonly bytes: readonly number[] }
  | { readonly kind: 'stall' }

/** What the printer knows of itself: the paper is the witness of every claim. */
export interface Report {
  readonly received: number
  readonly connections: number
  readonly paper: readonly PrintedUnit[]
  readonly pulses: readonly Pulse[]
  readonly unknown: number
  readonly isIdle: boolean
}

/** What it answers. */
export type HostAnswer =
  | { readonly kind: 'ready'; readonly port?: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'failed'; readonly message: string }

let printer: CountingPrinter
let link: Link | undefined
let options: LinkOptions
let received = 0
const triggers: { at: number; action: HostAction }[] = []

/** Stops short at a trigger, so that it acts at exactly that byte. */
function take(bytes: Uint8Array): number {
  const next = triggers[0]
  const limit = next === undefined ? bytes.length : Math.min(bytes.length, next.at - received)
  const count = printer.receive(bytes.subarray(0, limit))
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
      printer.set(action.state)
      break
    case 'hold':
      link?.hold(true)
      if (action.ms !== undefined) setTimeout(() => link?.hold(false), action.ms)
      break
    case 'release':
      link?.hold(false)
      break
    case 'powerCut':
      if (action.command !== undefined) shell(action.command)
      printer.restart()
      link?.breakLink('powerCut')
      break
    case 'blink':
      printer.restart()
      break
    case 'end':
    case 'reset':
    case 'stall':
      link?.breakLink(action.kind)
      break
    case 'run':
      shell(action.command)
      break
    case 'reopen':
      break
    case 'say':
      link?.say(Uint8Array.from(action.bytes))
      break
    default:
      action satisfies never
  }
}

function shell(command: string): void {
  execSync(command, { stdio: 'ignore', shell: '/bin/bash' })
}

async function open(): Promise<HostAnswer> {
  link = await openLink(options, { take, full: () => printer.room === 0 })
  return link.port === undefined ? { kind: 'ready' } : { kind: 'ready', port: link.port }
}

async function obey(command: HostCommand): Promise<HostAnswer> {
  switch (command.kind) {
    case 'start':
      options = command.link
      printer = new CountingPrinter(
        command.device,
        (bytes) => link?.say(Uint8Array.from(bytes)),
        () => setImmediate(() => link?.more()),
      )
      return open()
    case 'at':
      triggers.push({ at: received + command.bytes, action: command.action })
      return { kind: 'done' }
    case 'do':
      if (command.action.kind === 'reopen') {
        await link?.close()
        await open()
      } else act(command.action)
      return { kind: 'done' }
    case 'report': {
      const { paper, pulses, unknown, isIdle } = printer
      const connections = link?.connections ?? 0
      return {
        kind: 'report',
        report: { received, connections, paper, pulses, unknown, isIdle },
      }
    }
  }
}

process.on('message', (command: HostCommand) => {
  obey(command).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ kind: 'failed', message: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
