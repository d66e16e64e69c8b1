/** Finds printers and serial lines that Linux lists as files, without any library. */

import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FoundPrinter } from './types.js'

/** Lists USB devices with an interface of class 7. @param root folder that contains `sys` and `dev`, for tests */
export async function findLinuxUsbPrinters(root = '/'): Promise<FoundPrinter[]> {
  const folder = join(root, 'sys/bus/usb/devices')
  const found: FoundPrinter[] = []
  for (const entry of await names(folder)) {
    // An entry such as `1-2.4:1.0` is an interface of the device at port 1-2.4.
    const [port = '', part] = entry.split(':')
    if (part === undefined || (await text(join(folder, entry, 'bInterfaceClass'))) !== '07')
      continue
    const device = join(folder, port)
    const [vendor, product, serial, maker, model] = await Promise.all(
      ['idVendor', 'idProduct', 'serial', 'manufacturer', 'product'].map((name) =>
        text(join(device, name)),
      ),
    )
    if (vendor === undefined || product === undefined) continue
    const driver = await link(join(folder, entry, 'driver'))
    const [node] = await names(join(folder, entry, 'usbmisc'))
    found.push({
      kind: 'usb',
      uri: `usb:${vendor}:${product}${serial ? `:${serial}` : `?port=${port}`}`,
      name: [maker, model].filter(Boolean).join(' ') || undefined,
      notes: [
        `port ${port}`,
        ...(driver === 'usbfs' ? ['held by another program'] : []),
        ...(node === undefined ? [] : [`also file:/dev/usb/${node}`]),
      ],
    })
  }
  return found
}

/** Lists serial lines that have hardware: UARTs, USB adapters, Bluetooth. */
export async function findLinuxSerialPorts(root = '/'): Promise<FoundPrinter[]> {
  const folder = join(root, 'sys/class/tty')
  const byId = new Map<string, string>()
  for (const name of await names(join(root, 'dev/serial/by-id'))) {
    const to = await link(join(root, 'dev/serial/by-id', name))
    if (to !== undefined) byId.set(to, name)
  }
  const found: FoundPrinter[] = []
  for (const tty of await names(folder)) {
    const hardware = (await link(join(folder, tty, 'device'))) !== undefined
    // Type 0 is a reserved place for a UART that does not exist.
    const absent = (await text(join(folder, tty, 'type'))) === '0'
    if ((!hardware && !tty.startsWith('rfcomm')) || absent) continue
    found.push({
      kind: 'serial',
      uri: `serial:/dev/${tty}?baud=9600`,
      name: byId.get(tty),
      notes: ['baud as set in the printer'],
    })
  }
  return found
}

/** Lists the device files of the system's own printer drivers. */
export async function findDeviceFiles(root = '/'): Promise<FoundPrinter[]> {
  const found: FoundPrinter[] = []
  for (const folder of ['dev/usb', 'dev']) {
    for (const name of await names(join(root, folder))) {
      if (!/^lp\d+$/.test(name)) continue
      const notes = folder === 'dev' ? ['parallel port'] : []
      found.push({ kind: 'device', uri: `file:/${folder}/${name}`, name: undefined, notes })
    }
  }
  return found
}

async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort()
}

async function text(path: string): Promise<string | undefined> {
  return (await readFile(path, 'utf8').catch(() => undefined))?.trim()
}

async function link(path: string): Promise<string | undefined> {
  const to = await readlink(path).catch(() => undefined)
  return to === undefined ? undefined : basename(to)
}
