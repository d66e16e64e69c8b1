/** A virtual printer on a port and a printer object in front of it. */

import { onTestFinished } from 'vitest'
import {
  startVirtualPrinter,
  type VirtualPrinterServer,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import type { PrinterOptions } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/generic-80.js'

export async function printerWith(
  server: Omit<VirtualPrinterServerOptions, 'profile'> = {},
  options: PrinterOptions = {},
) {
  const virtual = await startVirtualPrinter({ profile: generic80, ...server })
  onTestFinished(() => virtual.close())
  const printer = openPrinter(virtual.uri, { answerTimeoutMs: 300, ...options })
  return { virtual, printer }
}

/** A person puts in a new roll so long after they see that the old one has ended. */
export function renewsRoll({ device }: Pick<VirtualPrinterServer, 'device'>, afterMs: number) {
  let ended: number | undefined
  const visits = setInterval(() => {
    if (device.state.paper !== 'end') return
    ended ??= performance.now()
    if (performance.now() - ended < afterMs) return
    clearInterval(visits)
    device.set({ paper: 'ok' })
  }, 50)
  onTestFinished(() => clearInterval(visits))
}

export async function failureOf<E>(
  work: Promise<unknown>,
  kind: abstract new (...args: never[]) => E,
): Promise<E> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof kind) return error
  throw new Error(`expected ${kind.name}, got ${String(error)}`, { cause: error })
}

const INITIALIZE = [0x1b, 0x40]

/** A job of so many lines of nine letters. */
export function lines(count: number): Uint8Array {
  const text = Array.from({ length: count }, (_, i) => `line ${String(i).padStart(4, '0')}\n`)
  return Uint8Array.from([...INITIALIZE, ...new TextEncoder().encode(text.join(''))])
}

/** What stood between the questions: the printed letters. */
export function printed(bytes: Uint8Array): string[] {
  return new TextDecoder('latin1').decode(bytes).match(/line \d{4}/g) ?? []
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
