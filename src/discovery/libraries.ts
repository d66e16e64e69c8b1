/** Finds printers and serial lines by the optional libraries, for systems that do not list them as files. */

import { importOptional } from '../model/optional-library.js'
import { findPrinterInterface, type UsbApi, usbPortOf } from '../transports/usb.js'
import type { FoundPrinter } from './types.js'

/** @throws what importing the library throws */
export async function findUsbPrinters(
  load: () => Promise<unknown> = () => importOptional('usb'),
): Promise<FoundPrinter[]> {
  const { usb } = (await load()) as { readonly usb: UsbApi }
  return (await usb.getDevices())
    .filter((device) => findPrinterInterface(device) !== undefined)
    .map((device) => {
      const { vendorId, productId, serialNumber, manufacturerName, productName } = device
      const ids = [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':')
      const port = usbPortOf(device)
      const which = serialNumber ? `:${serialNumber}` : port === undefined ? '' : `?port=${port}`
      return {
        kind: 'usb',
        uri: `usb:${ids}${which}`,
        name: [manufacturerName, productName].filter(Boolean).join(' ') || undefined,
        notes: port === undefined ? [] : [`port ${port}`],
      }
    })
}

interface SerialList {
  readonly SerialPort: {
    list(): Promise<
      readonly {
        readonly path: string
        readonly manufacturer?: string | undefined
        readonly serialNumber?: string | undefined
      }[]
    >
  }
}

/** @throws what importing the library throws */
export async function findSerialPorts(
  load: () => Promise<unknown> = () => importOptional('serialport'),
): Promise<FoundPrinter[]> {
  const { SerialPort } = (await load()) as SerialList
  return (await SerialPort.list()).map(({ path, manufacturer, serialNumber }) => ({
    kind: 'serial',
    uri: `serial:${path}?baud=9600`,
    name: [manufacturer, serialNumber].filter(Boolean).join(' ') || undefined,
    notes: ['baud as set in the printer'],
  }))
}
