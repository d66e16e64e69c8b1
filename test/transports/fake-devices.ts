/** Devices of browsers and of the USB library, for the logic of packets; the real ones are in the rigs. */

import type { UsbDevice } from '../../src/transports/usb.js'
import type { BluetoothDevice } from '../../src/transports/web-bluetooth.js'
import type { WebSerialPort } from '../../src/transports/web-serial.js'

export interface FakeDevice<T> {
  readonly device: T
  readonly pieces: Uint8Array[]
  say(data: Uint8Array): void
}

export interface FakeUsbOptions {
  readonly serialNumber?: string
  readonly ports?: readonly number[]
  /** Takes so many bytes and then holds the line, as a printer without paper. */
  readonly holdsAfter?: number
  readonly heldByDriver?: boolean
}

export interface FakeUsb extends FakeDevice<UsbDevice> {
  readonly calls: string[]
  unplug(): void
  stallNext(): void
}

/** Keeps the habits of the USB library for Node: a wait ends with "Cancelled", nothing closes while a transfer runs. */
export function fakeUsb(options: FakeUsbOptions = {}): FakeUsb {
  const pieces: Uint8Array[] = []
  const said: Uint8Array[] = []
  const calls: string[] = []
  let pending = 0
  let open = false
  let driver = options.heldByDriver ?? false
  let plugged = true
  let stalls = false
  let taken = 0
  const configuration = {
    configurationValue: 1,
    interfaces: [
      {
        interfaceNumber: 0,
        alternates: [
          {
            alternateSetting: 0,
            interfaceClass: 7,
            interfaceProtocol: 2,
            endpoints: [
              { endpointNumber: 1, direction: 'in', type: 'bulk', packetSize: 64 },
              { endpointNumber: 2, direction: 'out', type: 'bulk', packetSize: 64 },
            ],
          },
        ],
      },
    ],
  } as const
  const wait = async (done: () => boolean, timeoutMs: number) => {
    pending++
    try {
      for (const start = Date.now(); !done(); ) {
        if (!plugged) throw new Error('Device disconnected')
        if (Date.now() - start > timeoutMs) throw new Error('Cancelled')
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    } finally {
      pending--
    }
  }
  const idle = () => {
    if (pending > 0) throw new Error('a transfer is pending')
  }
  const device: UsbDevice = {
    vendorId: 0x04b8,
    productId: 0x0202,
    serialNumber: options.serialNumber,
    bus: '001',
    ports: options.ports ?? [1],
    configuration,
    configurations: [configuration],
    get opened() {
      return open
    },
    async open() {
      open = true
    },
    async close() {
      idle()
      open = false
      calls.push('close')
    },
    async selectConfiguration() {},
    async selectAlternateInterface() {},
    async claimInterface() {
      if (driver) throw new Error('interface is busy (errno 16)')
      calls.push('claim')
    },
    async releaseInterface() {
      idle()
      calls.push('release')
    },
    async detachKernelDriver() {
      driver = false
      calls.push('detach')
    },
    async attachKernelDriver() {
      driver = true
      calls.push('attach')
    },
    async clearHalt() {
      calls.push('clearHalt')
    },
    async transferIn(_endpoint, _length, timeoutMs = 1000) {
      await wait(() => said.length > 0, timeoutMs)
      const data = said.shift() ?? new Uint8Array(0)
      return { status: 'ok', data: new DataView(data.slice().buffer) }
    },
    async transferOut(_endpoint, data, timeoutMs = 1000) {
      if (stalls) throw new Error('Endpoint stalled')
      const room = () => taken + data.length <= (options.holdsAfter ?? Number.POSITIVE_INFINITY)
      await wait(room, timeoutMs)
      pieces.push(data.slice())
      taken += data.length
      return { status: 'ok', bytesWritten: data.length }
    },
  }
  return {
    device,
    pieces,
    calls,
    say: (data) => void said.push(data),
    unplug: () => {
      plugged = false
    },
    stallNext: () => {
      stalls = true
    },
  }
}

export function fakeSerialPort(stopped = false): FakeDevice<WebSerialPort> {
  const pieces: Uint8Array[] = []
  let incoming: ReadableStreamDefaultController<Uint8Array> | undefined
  let streams: Pick<WebSerialPort, 'readable' | 'writable'> = { readable: null, writable: null }
  const device: WebSerialPort = {
    get readable() {
      return streams.readable
    },
    get writable() {
      return streams.writable
    },
    async open() {
      if (streams.writable !== null) throw new DOMException('already open', 'InvalidStateError')
      streams = {
        readable: new ReadableStream({
          start: (controller) => {
            incoming = controller
          },
        }),
        writable: new WritableStream({
          write: (piece) => {
            pieces.push(piece.slice())
            return stopped ? new Promise(() => {}) : undefined
          },
        }),
      }
    },
    async close() {
      if (streams.readable?.locked) throw new TypeError('a reader holds it')
      streams = { readable: null, writable: null }
    },
  }
  return { device, pieces, say: (data) => incoming?.enqueue(data) }
}

export interface FakeBluetooth extends FakeDevice<BluetoothDevice> {
  leave(): void
}

/** `limit`: what is longer in one write is cut off in silence, as by printers with a small MTU. */
export function fakeBluetooth({
  limit = 20,
  confirms = false,
  stopped = false,
}: {
  limit?: number
  confirms?: boolean
  stopped?: boolean
} = {}): FakeBluetooth {
  const pieces: Uint8Array[] = []
  const disconnected = new Set<() => void>()
  const notified = new Set<() => void>()
  let value: DataView | undefined
  let connected = false
  const take = async (data: Uint8Array) => {
    pieces.push(data.slice(0, limit))
    if (stopped) await new Promise(() => {})
  }
  const common = {
    writeValueWithResponse: take,
    writeValueWithoutResponse: take,
    startNotifications: async () => {},
    addEventListener: (_: string, listener: () => void) => void notified.add(listener),
    removeEventListener: (_: string, listener: () => void) => void notified.delete(listener),
  }
  const server = {
    get connected() {
      return connected
    },
    async connect() {
      connected = true
      return server
    },
    disconnect() {
      connected = false
    },
    getPrimaryServices: async () => [
      { uuid: '0000180a-0000-1000-8000-00805f9b34fb', getCharacteristics: async () => [] },
      {
        uuid: '000018f0-0000-1000-8000-00805f9b34fb',
        getCharacteristics: async () => [
          {
            ...common,
            uuid: 'notifies',
            properties: { write: false, writeWithoutResponse: false, notify: true },
            get value() {
              return value
            },
          },
          {
            ...common,
            uuid: 'takes',
            properties: { write: confirms, writeWithoutResponse: true, notify: false },
          },
        ],
      },
    ],
  }
  return {
    device: {
      id: 'fake',
      name: 'MTP-2',
      gatt: server,
      addEventListener: (_, listener) => void disconnected.add(listener),
      removeEventListener: (_, listener) => void disconnected.delete(listener),
    },
    pieces,
    say(data) {
      value = new DataView(data.slice().buffer)
      for (const listener of notified) listener()
    },
    leave() {
      connected = false
      for (const listener of [...disconnected]) listener()
    },
  }
}
