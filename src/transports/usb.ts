/** A printer on USB, without a driver of the system: in Node by the library `usb`, in browsers by WebUSB. */

import { TransportError } from '../model/errors.js'
import { importOptional } from '../model/optional-library.js'
import { isError } from '../model/realms.js'
import { abortedError, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import { LinkConnection } from './internal/link-connection.js'
import { loadLibrary } from './internal/load-library.js'
import { usbLink } from './internal/usb-link.js'
import {
  findPrinterInterface,
  type UsbApi,
  type UsbDevice,
  type UsbPrinterInterface,
  usbPortOf,
} from './internal/usb-types.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export {
  findPrinterInterface,
  type UsbAlternate,
  type UsbApi,
  type UsbConfiguration,
  type UsbDevice,
  type UsbEndpoint,
  type UsbInResult,
  type UsbOutResult,
  type UsbPrinterInterface,
  usbPortOf,
} from './internal/usb-types.js'

export interface UsbOptions {
  /** Selects the printer. Without any of these four, the only printer that is plugged in is used. */
  readonly vendorId?: number
  readonly productId?: number
  readonly serialNumber?: string
  /**
   * Bus and ports, such as `1-2.4`: tells two printers of one model apart that lack serial numbers. Not in
   * browsers.
   */
  readonly port?: string
  /** A device that the caller has chosen, for example by `navigator.usb.requestDevice`. */
  readonly device?: UsbDevice
  /** The source of devices. Default: `navigator.usb`, else the library `usb`. */
  readonly usb?: UsbApi | (() => Promise<UsbApi>)
  /** Limit of `open` in milliseconds. Default 5000. */
  readonly openTimeoutMs?: number
  /** A write fails after so many milliseconds in which no piece was taken. Default 30000, because a printer without paper takes none. */
  readonly writeTimeoutMs?: number
  /** `close` fails after so many milliseconds without progress. Default 5000. */
  readonly closeTimeoutMs?: number
}

const PIECE_BYTES = 4096
/** Pause between two tries to open a printer that another connection holds, within the limit of `open`. */
const BUSY_RETRY_MS = 100

/**
 * A printer on USB, found by its printer interface. On Linux the system's own driver is detached while it is open.
 *
 * A running transfer cannot be cancelled, so a printer that takes no bytes stays held after its connection was aborted, until a second
 * after the write's own limit.
 *
 * @example
 * usb({ vendorId: 0x04b8, productId: 0x0202 }).uri // 'usb:04b8:0202'
 */
export function usb(options: UsbOptions = {}): Transport {
  const uri = uriOf(options)
  return { uri, twoWay: true, open: (wait) => openUsb(uri, options, wait) }
}

function uriOf({ device, ...options }: UsbOptions): string {
  const {
    vendorId = device?.vendorId,
    productId = device?.productId,
    serialNumber = device?.serialNumber,
    port = device && usbPortOf(device),
  } = options
  if (vendorId === undefined && productId === undefined) return 'usb:'
  const ids = [vendorId ?? 0, productId ?? 0].map((id) => id.toString(16).padStart(4, '0'))
  if (serialNumber) return `usb:${ids.join(':')}:${serialNumber}`
  return `usb:${ids.join(':')}${port === undefined ? '' : `?port=${port}`}`
}

async function openUsb(
  uri: string,
  options: UsbOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  let busy: TransportError | undefined
  let given = false
  const guard = startGuard({
    totalMs: wait.timeoutMs ?? options.openTimeoutMs ?? 5000,
    signal: wait.signal,
    timedOut: (afterMs) =>
      busy ??
      usbError(uri, 'OPEN_TIMEOUT', `did not open within ${afterMs} ms`, 'plug it in again'),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  const opening = (async () => {
    const device = options.device ?? (await findDevice(uri, options))
    const printer = findPrinterInterface(device)
    if (printer === undefined) {
      throw usbError(uri, 'NOT_A_PRINTER', 'it has no printer interface', 'see `xiaopiao printers`')
    }
    for (;;) {
      try {
        return { device, printer, detached: await claim(uri, device, printer) }
      } catch (error) {
        if (!(error instanceof TransportError) || error.code !== 'DEVICE_BUSY' || given) throw error
        // A connection that was aborted may not have released the device yet.
        busy = error
        await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS))
        if (given) throw error
      }
    }
  })()
  try {
    await guard.race(Promise.resolve())
    const { device, printer, detached } = await guard.race(opening)
    const connection = new LinkConnection(
      {
        uri,
        pieceBytes: PIECE_BYTES,
        writeStallMs: options.writeTimeoutMs ?? 30_000,
        closeStallMs: options.closeTimeoutMs ?? 5000,
      },
      (events) => usbLink(device, printer, () => giveBack(device, printer, detached), events),
    )
    await connection.dropLeftovers()
    return connection
  } catch (error) {
    given = true
    opening
      .then(({ device, printer, detached }) => giveBack(device, printer, detached))
      .catch(() => {})
    throw explainUsb(error, uri)
  } finally {
    guard.stop()
  }
}

async function findDevice(uri: string, options: UsbOptions): Promise<UsbDevice> {
  const api = typeof options.usb === 'function' ? await options.usb() : options.usb
  const devices = await (api ?? (await defaultApi(uri))).getDevices().catch((cause: unknown) => {
    throw usbError(
      uri,
      'USB_UNAVAILABLE',
      'this machine lists no USB devices',
      'it has no USB, or hides it, as containers do unless /dev/bus/usb and /sys are given to them',
      cause,
    )
  })
  const { vendorId, productId, serialNumber, port } = options
  const matching = devices
    .filter((device) => vendorId === undefined || device.vendorId === vendorId)
    .filter((device) => productId === undefined || device.productId === productId)
    .filter((device) => serialNumber === undefined || device.serialNumber === serialNumber)
    .filter((device) => port === undefined || usbPortOf(device) === port)
    .filter((device) => findPrinterInterface(device) !== undefined)
  const [device, another] = matching
  if (device === undefined) {
    throw usbError(
      uri,
      'DEVICE_NOT_FOUND',
      'no such printer is plugged in',
      'switch it on and check the cable; `xiaopiao printers` lists what is there; some printers are set to a virtual serial port: use serial:PATH?baud=…',
    )
  }
  if (another !== undefined) {
    const names = matching.map((one) => uriOf({ device: one }))
    throw usbError(
      uri,
      'DEVICE_AMBIGUOUS',
      `${matching.length} printers answer to it`,
      `name one: ${names.join(', ')}; those without a serial number by their port, usb:VID:PID?port=1-2`,
    )
  }
  return device
}

async function defaultApi(uri: string): Promise<UsbApi> {
  const { navigator } = globalThis as { readonly navigator?: { readonly usb?: UsbApi } }
  if (navigator?.usb !== undefined) return navigator.usb
  const load = () => importOptional('usb')
  const library = await loadLibrary(uri, 'usb', 'USB_LIBRARY_MISSING', load)
  return (library as { readonly usb: UsbApi }).usb
}

/** Opens the device and claims its printer interface. Returns whether the system's driver was detached for that. */
async function claim(
  uri: string,
  device: UsbDevice,
  printer: UsbPrinterInterface,
): Promise<boolean> {
  const { configuration, interfaceNumber, alternate } = printer
  // A device that is open already belongs to another connection, and two on one interface would mix their bytes.
  if (device.opened) throw explainUsb(new Error('busy'), uri)
  await device.open()
  try {
    if (device.configuration?.configurationValue !== configuration) {
      await device.selectConfiguration(configuration)
    }
    const detached = await claimFromDriver(device, printer)
    if (alternate !== 0) await device.selectAlternateInterface(interfaceNumber, alternate)
    return detached
  } catch (error) {
    await device.close().catch(() => {})
    throw explainUsb(error, uri)
  }
}

async function claimFromDriver(device: UsbDevice, printer: UsbPrinterInterface): Promise<boolean> {
  const { interfaceNumber } = printer
  try {
    await device.claimInterface(interfaceNumber)
    return false
  } catch (error) {
    if (device.detachKernelDriver === undefined) throw error
    const { isHeldByProgram } = await import('./internal/usb-driver.js')
    if (await isHeldByProgram(device, printer)) throw error
    try {
      await device.detachKernelDriver(interfaceNumber)
    } catch {
      throw error
    }
    await device.claimInterface(interfaceNumber)
    return true
  }
}

async function giveBack(
  device: UsbDevice,
  { interfaceNumber }: UsbPrinterInterface,
  detached: boolean,
): Promise<void> {
  // Errors are ignored, because a device that was unplugged cannot be released any more.
  await device.releaseInterface(interfaceNumber).catch(() => {})
  if (detached) await device.attachKernelDriver?.(interfaceNumber).catch(() => {})
  await device.close().catch(() => {})
}

function usbError(
  uri: string,
  code: string,
  says: string,
  hint: string,
  cause?: unknown,
): TransportError {
  return new TransportError(`${uri}: ${says}`, { code, hint, phase: 'open', cause })
}

/** Turns an error into a TransportError by its message, because the libraries report the system's error in no other way. */
function explainUsb(error: unknown, uri: string): TransportError {
  if (error instanceof TransportError) return error
  const text = isError(error) ? `${error.name} ${error.message}` : ''
  if (/permission|access|denied|errno 13|SecurityError/i.test(text)) {
    const ids = /^usb:([0-9a-f]{4})/i.exec(uri)
    const vendor = ids?.[1] ?? 'VID'
    return usbError(
      uri,
      'ACCESS_DENIED',
      'this user may not open it',
      `Linux: put SUBSYSTEM=="usb", ATTR{idVendor}=="${vendor}", MODE="0660", GROUP="lp" into /etc/udev/rules.d/70-receipt-printer.rules, join the group lp, and plug the printer in again; Windows: give it the WinUSB driver (Zadig), which takes it away from its print queue; printing to its queue or COM port needs none`,
      error,
    )
  }
  if (/not supported|unsupported|driver|WinUSB/i.test(text)) {
    return usbError(
      uri,
      'USB_DRIVER',
      'the system’s driver does not let it be opened',
      'Windows: give it the WinUSB driver (Zadig), or print to its queue (file:\\\\localhost\\SHARE) or COM port; macOS: remove its print queue',
      error,
    )
  }
  if (/busy|errno 16|claim|in use/i.test(text)) {
    return usbError(
      uri,
      'DEVICE_BUSY',
      'another program holds the printer',
      'close the other program, or stop the print queue that uses it (cupsdisable QUEUE)',
      error,
    )
  }
  if (/no device|disconnected|not found|errno 19/i.test(text)) {
    return explainFailure(Object.assign(new Error(text), { code: 'ENODEV' }), 'open', uri, 0)
  }
  return explainFailure(error, 'open', uri, 0)
}
