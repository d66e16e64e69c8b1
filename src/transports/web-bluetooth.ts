/** A printer by Bluetooth Low Energy, from a page in a browser. It is sent small packets with pauses between them. */

import { TransportError } from '../model/errors.js'
import { abortedError, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import { type Link, LinkConnection, type LinkEvents } from './internal/link-connection.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export interface WebBluetoothOptions {
  /** From `navigator.bluetooth.requestDevice`, called with `optionalServices: bluetoothPrinterServices`. */
  readonly device: BluetoothDevice
  /** Default: the first of `bluetoothPrinterServices` that the printer has. */
  readonly service?: string
  /** Default: the first characteristic of the service that can be written. */
  readonly characteristic?: string
  /** Bytes of one write: the MTU less 3. Default 20, which every printer takes; many printers cut off longer packets silently. */
  readonly packetBytes?: number
  /** Pause after each packet that the printer does not confirm, in milliseconds. Default 20. */
  readonly paceMs?: number
  /** Limit of `open` in milliseconds. Default 15000. */
  readonly openTimeoutMs?: number
  /** A write fails after so many milliseconds in which no packet was taken. Default 10000. */
  readonly writeTimeoutMs?: number
}

/** Services under which receipt printers are seen to offer their data channel. */
export const bluetoothPrinterServices: readonly string[] = [
  '000018f0-0000-1000-8000-00805f9b34fb',
  'e7810a71-73ae-499d-8c15-faa9aef0c3f2',
  '49535343-fe7d-4ae5-8fa9-9fafd205e455',
  '0000ff00-0000-1000-8000-00805f9b34fb',
  '0000fff0-0000-1000-8000-00805f9b34fb',
  '0000ffe0-0000-1000-8000-00805f9b34fb',
]

/** The part of the browser's BluetoothDevice that is used. */
export interface BluetoothDevice {
  readonly id: string
  readonly name?: string | undefined
  readonly gatt?: BluetoothServer | undefined
  addEventListener(type: 'gattserverdisconnected', listener: () => void): void
  removeEventListener(type: 'gattserverdisconnected', listener: () => void): void
}

export interface BluetoothServer {
  readonly connected: boolean
  connect(): Promise<BluetoothServer>
  disconnect(): void
  getPrimaryServices(): Promise<readonly BluetoothService[]>
}

export interface BluetoothService {
  readonly uuid: string
  getCharacteristics(): Promise<readonly BluetoothCharacteristic[]>
}

export interface BluetoothCharacteristic {
  readonly uuid: string
  readonly value?: DataView | undefined
  readonly properties: {
    readonly write: boolean
    readonly writeWithoutResponse: boolean
    readonly notify: boolean
  }
  writeValueWithResponse(data: Uint8Array): Promise<void>
  writeValueWithoutResponse(data: Uint8Array): Promise<void>
  startNotifications(): Promise<unknown>
  addEventListener(type: 'characteristicvaluechanged', listener: () => void): void
  removeEventListener(type: 'characteristicvaluechanged', listener: () => void): void
}

interface Channel {
  readonly server: BluetoothServer
  readonly write: BluetoothCharacteristic
  readonly notify: BluetoothCharacteristic | undefined
}

/**
 * A Bluetooth printer in a browser. Writes are confirmed by the printer if it supports that.
 *
 * @example
 * webBluetooth({ device }).uri // 'web-bluetooth:Printer001'
 */
export function webBluetooth(options: WebBluetoothOptions): Transport {
  const uri = `web-bluetooth:${options.device.name ?? options.device.id}`
  return { uri, twoWay: true, open: (wait) => openBluetooth(uri, options, wait) }
}

async function openBluetooth(
  uri: string,
  options: WebBluetoothOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  const guard = startGuard({
    totalMs: wait.timeoutMs ?? options.openTimeoutMs ?? 15_000,
    signal: wait.signal,
    timedOut: (afterMs) => openError(uri, 'OPEN_TIMEOUT', `no connection within ${afterMs} ms`),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  try {
    await guard.race(Promise.resolve())
    const channel = await guard.race(findChannel(uri, options))
    return new LinkConnection(
      {
        uri,
        pieceBytes: options.packetBytes ?? 20,
        writeStallMs: options.writeTimeoutMs ?? 10_000,
        closeStallMs: 5000,
      },
      (events) => channelLink(options, channel, events),
    )
  } catch (error) {
    options.device.gatt?.disconnect()
    if (error instanceof DOMException) {
      throw openError(uri, 'CONNECT_FAILED', error.message, error)
    }
    throw explainFailure(error, 'open', uri, 0)
  } finally {
    guard.stop()
  }
}

async function findChannel(uri: string, options: WebBluetoothOptions): Promise<Channel> {
  const server = await options.device.gatt?.connect()
  const wanted = options.service === undefined ? bluetoothPrinterServices : [options.service]
  const services = (await server?.getPrimaryServices()) ?? []
  for (const uuid of wanted) {
    const service = services.find((one) => one.uuid === uuid)
    const all = (await service?.getCharacteristics()) ?? []
    const write = all.find(
      ({ uuid: id, properties }) =>
        (properties.write || properties.writeWithoutResponse) &&
        (options.characteristic === undefined || id === options.characteristic),
    )
    if (server !== undefined && write !== undefined) {
      return { server, write, notify: all.find(({ properties }) => properties.notify) }
    }
  }
  throw openError(uri, 'NOT_A_PRINTER', 'it has no known printer service')
}

function channelLink(
  { device, paceMs = 20 }: WebBluetoothOptions,
  { server, write, notify }: Channel,
  events: LinkEvents,
): Link {
  let ours = false
  const lost = () => {
    if (!ours) events.ended(Object.assign(new Error('out of reach'), { code: 'ENODEV' }))
  }
  const heard = () => {
    const { value } = notify ?? {}
    if (value === undefined) return
    events.received(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice())
  }
  device.addEventListener('gattserverdisconnected', lost)
  notify?.addEventListener('characteristicvaluechanged', heard)
  notify?.startNotifications().catch(() => {})
  const leave = () => {
    if (ours) return
    ours = true
    device.removeEventListener('gattserverdisconnected', lost)
    notify?.removeEventListener('characteristicvaluechanged', heard)
    if (server.connected) server.disconnect()
  }
  return {
    async send(piece) {
      if (write.properties.write) return write.writeValueWithResponse(piece)
      await write.writeValueWithoutResponse(piece)
      await new Promise((resolve) => setTimeout(resolve, paceMs))
    },
    async finish() {
      // The last packet may not have been transmitted yet.
      await new Promise((resolve) => setTimeout(resolve, paceMs))
      leave()
    },
    destroy: leave,
  }
}

function openError(uri: string, code: string, says: string, cause?: unknown): TransportError {
  return new TransportError(`${uri}: ${says}`, {
    code,
    hint: 'switch the printer on and near, end its connection to other devices, and choose it again; a printer that only knows classic Bluetooth is reached as a serial line',
    phase: 'open',
    cause,
  })
}
