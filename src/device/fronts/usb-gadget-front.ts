/** A virtual printer as a USB gadget: a printer of class 7 by FunctionFS, which is plain files. Linux's f_fs, descriptors as in USB 2.0. */

import { XiaopiaoError } from '../../model/errors.js'
import type { Front, FrontHost } from './front.js'
import { lineFront } from './line-front.js'
import { QuietJobs } from './quiet-jobs.js'

export interface UsbGadgetFrontOptions {
  /** A mounted FunctionFS whose gadget is bound afterwards, or the file of the kernel's own printer gadget, `/dev/g_printer0`. */
  readonly folder: string
  /** IEEE 1284 device ID. The ID of the kernel's own gadget is set when that gadget is made. */
  readonly deviceId?: string
  /** Time without a byte after which a job is over, because USB has no connections. Default 500. */
  readonly quietMs?: number
}

const ENABLE = 2
const DISABLE = 3
const SETUP = 4
const PORT_STATUS_READY = 0x18
/** Requests of the USB printer class: GET_DEVICE_ID, GET_PORT_STATUS, SOFT_RESET. */
const requests = { deviceId: [0xa1, 0], portStatus: [0xa1, 1], reset: [0x21, 2] } as const
const DEFAULT_ID = 'MFG:xiaopiao;CMD:ESC/POS;MDL:VIRTUAL;CLS:PRINTER;'
const URI = 'usb:'

function le(size: number, ...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(size * values.length)
  values.forEach((value, i) => {
    bytes.writeUIntLE(value, i * size, size)
  })
  return bytes
}

/** One interface, bulk in and bulk out, for full and for high speed. */
function descriptors(): Buffer {
  const speed = (packet: number) =>
    Buffer.concat([
      Buffer.from([9, 4, 0, 0, 2, 7, 1, 2, 0]),
      Buffer.from([7, 5, 0x81, 2, packet & 0xff, packet >> 8, 0]),
      Buffer.from([7, 5, 0x02, 2, packet & 0xff, packet >> 8, 0]),
    ])
  const body = Buffer.concat([le(4, 3, 3), speed(64), speed(512)])
  // Magic 3 is the second version of the header; flags: full and high speed.
  return Buffer.concat([le(4, 3, 12 + body.length, 3), body])
}

/** @throws XiaopiaoError `GADGET_UNAVAILABLE` if the folder is not a FunctionFS that may be opened */
export async function usbGadgetFront(
  { folder, deviceId = DEFAULT_ID, quietMs }: UsbGadgetFrontOptions,
  host: FrontHost,
): Promise<Front> {
  const fs = await import('node:fs')
  const unavailable = (cause: unknown) =>
    new XiaopiaoError(`no USB gadget at ${folder}: ${(cause as Error).message}`, {
      code: 'GADGET_UNAVAILABLE',
      hint: 'mount a FunctionFS there, as `xiaopiao docs emulator` shows, and run as root',
      cause,
    })
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isCharacterDevice()) {
    return lineFront(
      { path: folder, uri: URI, ...(quietMs === undefined ? {} : { quietMs }) },
      host,
    ).catch((cause: unknown) => {
      throw unavailable(cause)
    })
  }
  const files = openEndpoints()
  const { control, input, output } = files
  let held = false
  let off = false
  let reading = false
  let closed = false
  let connected = false
  let connections = 0
  let saying: Promise<void> = Promise.resolve()
  let waiting: Uint8Array = new Uint8Array(0)
  const buffer = Buffer.alloc(512)
  const jobs = new QuietJobs(host, () => waiting.length > 0, quietMs)

  function openEndpoints() {
    try {
      const control = fs.openSync(`${folder}/ep0`, 'r+')
      fs.writeSync(control, descriptors())
      fs.writeSync(control, le(4, 2, 16, 0, 0))
      const input = fs.openSync(`${folder}/ep1`, 'r+')
      const output = fs.openSync(`${folder}/ep2`, 'r+')
      return { control, input, output }
    } catch (cause) {
      throw unavailable(cause)
    }
  }
  const pump = () => {
    while (!held && waiting.length > 0) {
      const count = host.take(waiting)
      waiting = waiting.subarray(count)
      if (count === 0) return
    }
    if (!held && !off && !reading && !host.full()) readMore()
  }
  // One packet at a time, because the kernel answers a packet that is not read with NAK.
  const readMore = () => {
    reading = true
    fs.read(output, buffer, 0, buffer.length, null, (error, count) => {
      reading = false
      if (closed) return
      if (error) {
        // The gadget is unplugged: ENABLE starts it again.
        if (error.code !== 'ESHUTDOWN' && error.code !== 'ENODEV') setTimeout(pump, 20)
        return
      }
      if (!off && count > 0) {
        jobs.heard()
        waiting = Uint8Array.from(buffer.subarray(0, count))
      }
      pump()
    })
  }
  const setup = (event: Buffer, next: () => void) => {
    const [type = 0, request = 0] = event
    const length = event.readUInt16LE(6)
    const is = (one: readonly number[]) => one[0] === type && one[1] === request
    const answer = (bytes: Buffer) =>
      fs.write(control, bytes.subarray(0, length), 0, Math.min(bytes.length, length), null, next)
    if (is(requests.deviceId)) {
      const size = deviceId.length + 2
      answer(Buffer.concat([Buffer.from([size >> 8, size & 0xff]), Buffer.from(deviceId)]))
    } else if (is(requests.portStatus)) answer(Buffer.from([PORT_STATUS_READY]))
    else if (is(requests.reset)) fs.read(control, Buffer.alloc(0), 0, 0, null, next)
    // Reading or writing in the wrong direction makes the request stall.
    else if ((type & 0x80) !== 0) fs.read(control, Buffer.alloc(1), 0, 1, null, next)
    else fs.write(control, Buffer.alloc(0), 0, 0, null, next)
  }
  const event = Buffer.alloc(12)
  const listen = () => {
    fs.read(control, event, 0, event.length, null, (error) => {
      if (error || closed) return
      const kind = event[8]
      if (kind === ENABLE) {
        connected = true
        connections++
        waiting = new Uint8Array(0)
        pump()
      }
      if (kind === DISABLE) {
        connected = false
        jobs.broken()
      }
      if (kind === SETUP) setup(Buffer.from(event.subarray(0, 8)), listen)
      else listen()
    })
  }
  const close = () => {
    if (closed) return
    closed = true
    process.off('exit', close)
    for (const file of [control, input, output]) fs.closeSync(file)
  }
  listen()
  process.on('exit', close)
  return {
    uri: URI,
    get connections() {
      return connections
    },
    say(bytes) {
      // One after the other, because the bytes of concurrent writes may change places.
      const one = () => new Promise<void>((resolve) => fs.write(input, bytes, () => resolve()))
      saying = saying.then(one)
      return connected
    },
    more: pump,
    hold(value) {
      held = value
      pump()
    },
    breakLink(how) {
      waiting = new Uint8Array(0)
      if (how !== 'stall') jobs.broken()
      // A write to the endpoint that is for reading halts it. A power cut would unbind the gadget, which is not ours to do.
      if (how === 'stall') fs.write(output, Buffer.alloc(1), 0, 1, null, () => {})
    },
    async switchOff() {
      off = true
      waiting = new Uint8Array(0)
      jobs.broken()
    },
    async switchOn() {
      off = false
      pump()
    },
    async close() {
      jobs.broken()
      close()
    },
  }
}
