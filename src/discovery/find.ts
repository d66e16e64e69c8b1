/**
 * Finds the printers that are connected to this machine or set up as queues. They are only listed, and no byte is sent to them.
 */

import { messageOf } from '../model/realms.js'
import { findSerialPorts, findUsbPrinters } from './libraries.js'
import { findDeviceFiles, findLinuxSerialPorts, findLinuxUsbPrinters } from './linux.js'
import { findQueues } from './queues.js'
import type { Found, FoundPrinter } from './types.js'

/**
 * Lists the USB printers, serial lines, device files and print queues of this machine.
 *
 * @example
 * const { printers } = await findPrinters()
 * Array.isArray(printers) // true
 */
export async function findPrinters(): Promise<Found> {
  const linux = process.platform === 'linux'
  const searches: readonly (readonly [FoundPrinter['kind'], () => Promise<FoundPrinter[]>])[] = [
    ['usb', linux ? findLinuxUsbPrinters : findUsbPrinters],
    ['serial', linux ? findLinuxSerialPorts : findSerialPorts],
    ...(linux ? ([['device', findDeviceFiles]] as const) : []),
    ['queue', findQueues],
  ]
  const printers: FoundPrinter[] = []
  const omitted: { kind: FoundPrinter['kind']; reason: string }[] = []
  for (const [kind, search] of searches) {
    try {
      printers.push(...(await search()))
    } catch (error) {
      omitted.push({ kind, reason: reasonOf(kind, error) })
    }
  }
  return { printers, omitted }
}

const LIBRARIES: Partial<Record<FoundPrinter['kind'], string>> = {
  usb: 'usb',
  serial: 'serialport',
}

function reasonOf(kind: FoundPrinter['kind'], error: unknown): string {
  const text = messageOf(error)
  const library = LIBRARIES[kind]
  return library !== undefined && /cannot find/i.test(text) ? `npm install ${library}` : text
}
