/** The part of the WebUSB interface that is used; `navigator.usb` has it, and so has the library `usb` for Node. */

export interface UsbApi {
  getDevices(): Promise<readonly UsbDevice[]>
}

export interface UsbDevice {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string | null | undefined
  readonly manufacturerName?: string | null | undefined
  readonly productName?: string | null | undefined
  readonly opened: boolean
  readonly configuration?: UsbConfiguration | null | undefined
  readonly configurations: readonly UsbConfiguration[]
  /** Bus and ports where the device is plugged in. Only Node has them. */
  readonly bus?: string
  readonly ports?: readonly number[]
  open(): Promise<void>
  close(): Promise<void>
  selectConfiguration(value: number): Promise<void>
  claimInterface(number: number): Promise<void>
  releaseInterface(number: number): Promise<void>
  selectAlternateInterface(number: number, alternate: number): Promise<void>
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>
  /** `timeoutMs` works only in Node, where its default is 1000. A browser waits without a limit. */
  transferIn(endpoint: number, length: number, timeoutMs?: number): Promise<UsbInResult>
  transferOut(endpoint: number, data: Uint8Array, timeoutMs?: number): Promise<UsbOutResult>
  /** Only in Node on Linux. */
  detachKernelDriver?(interfaceNumber: number): Promise<void>
  attachKernelDriver?(interfaceNumber: number): Promise<void>
}

export interface UsbInResult {
  readonly status?: string | undefined
  readonly data?: DataView | undefined
}

export interface UsbOutResult {
  readonly status?: string | undefined
  readonly bytesWritten: number
}

export interface UsbConfiguration {
  readonly configurationValue: number
  readonly interfaces: readonly {
    readonly interfaceNumber: number
    readonly alternates: readonly UsbAlternate[]
  }[]
}

export interface UsbAlternate {
  readonly alternateSetting: number
  readonly interfaceClass: number
  readonly interfaceProtocol: number
  readonly endpoints: readonly UsbEndpoint[]
}

export interface UsbEndpoint {
  readonly endpointNumber: number
  readonly direction: 'in' | 'out'
  readonly type: string
  readonly packetSize: number
}

/** The interface and endpoints of a USB device that its printer uses. */
export interface UsbPrinterInterface {
  readonly configuration: number
  readonly interfaceNumber: number
  readonly alternate: number
  readonly out: UsbEndpoint
  /** Undefined if the printer sends no answers. */
  readonly in: UsbEndpoint | undefined
}

const PRINTER_CLASS = 7
/** Unidirectional, bidirectional, IEEE 1284.4, vendor's own: USB printer class 1.1, section 4.2.1. Two-way first. */
const PROTOCOLS = [2, 1, 0xff, 3]

/**
 * The printer interface (class 7) by the device's descriptors. Undefined if the device has none, and so is not a
 * printer.
 *
 * @example
 * findPrinterInterface(usbDevice)?.interfaceNumber // 0
 */
export function findPrinterInterface(device: UsbDevice): UsbPrinterInterface | undefined {
  const found = device.configurations.flatMap(({ configurationValue, interfaces }) =>
    interfaces.flatMap(({ interfaceNumber, alternates }) =>
      alternates
        .filter(({ interfaceClass }) => interfaceClass === PRINTER_CLASS)
        .flatMap(({ alternateSetting, interfaceProtocol, endpoints }) => {
          const bulk = endpoints.filter(({ type }) => type === 'bulk')
          const out = bulk.find(({ direction }) => direction === 'out')
          return out === undefined
            ? []
            : {
                configuration: configurationValue,
                interfaceNumber,
                alternate: alternateSetting,
                rank: PROTOCOLS.indexOf(interfaceProtocol) >>> 0,
                out,
                in: bulk.find(({ direction }) => direction === 'in'),
              }
        }),
    ),
  )
  return found.sort((a, b) => a.rank - b.rank)[0]
}

/**
 * The port that a device is plugged into, which stays the same when it is switched off and on: `1-2.4`.
 *
 * @example
 * usbPortOf(usbDevice) // '1-2.4'
 */
export function usbPortOf({ bus, ports }: UsbDevice): string | undefined {
  if (bus === undefined || ports === undefined || ports.length === 0) return undefined
  const number = Number.parseInt(bus, 10)
  return `${Number.isNaN(number) ? bus : number}-${ports.join('.')}`
}
