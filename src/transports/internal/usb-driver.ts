/**
 * Finds out whether another program holds a USB interface on Linux. Such an interface must not be detached, because the program is using
 * it.
 */

import { importOptional } from '../../model/optional-library.js'
import { type UsbDevice, type UsbPrinterInterface, usbPortOf } from './usb-types.js'

/** A constant and not a literal in the import, so that a bundler for browsers does not try to resolve it. */
const FILES = 'node:fs/promises'
/** The driver that Linux names for an interface held by a program. */
const PROGRAMS = 'usbfs'

export async function isHeldByProgram(
  device: UsbDevice,
  { configuration, interfaceNumber }: UsbPrinterInterface,
): Promise<boolean> {
  const port = usbPortOf(device)
  if (port === undefined) return false
  const { readlink } = (await importOptional(FILES)) as typeof import('node:fs/promises')
  const folder = `/sys/bus/usb/devices/${port}:${configuration}.${interfaceNumber}`
  const driver = await readlink(`${folder}/driver`).catch(() => '')
  return driver.endsWith(`/${PROGRAMS}`)
}
