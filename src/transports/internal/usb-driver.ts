/**
 * Finds the Linux driver that holds an interface. If another program has taken the interface, it must not be
 * detached from under that program.
 */

import { importOptional } from '../../model/optional-library.js'
import { type UsbDevice, type UsbPrinterInterface, usbPortOf } from './usb-types.js'

/** Not written in the import, so that a bundler for browsers does not look for it. */
const FILES = 'node:fs/promises'
/** The name that Linux gives to programs that hold an interface themselves. */
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
