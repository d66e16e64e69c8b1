/** The device as a USB gadget: a printer of class 7 by FunctionFS, which is plain files. Linux's f_fs, descriptors as in USB 2.0. */

import { closeSync, openSync, read, write, writeSync } from 'node:fs'
import type { Front, FrontEvents } from './host.js'

const ENABLE = 2
const SETUP = 4
const PORT_STATUS_READY = 0x18
/** Of the USB printer class: GET_DEVICE_ID, GET_PORT_STATUS, SOFT_RESET. */
const requests = { deviceId: [0xa1, 0], portStatus: [0xa1, 1], reset: [0x21, 2] } as const

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

export async function ffsFront(
  { folder, deviceId }: { readonly folder: string; readonly deviceId: string },
  events: FrontEvents,
): Promise<Front> {
  const control = openSync(`${folder}/ep0`, 'r+')
  writeSync(control, descriptors())
  writeSync(control, le(4, 2, 16, 0, 0))
  const input = openSync(`${folder}/ep1`, 'r+')
  const output = openSync(`${folder}/ep2`, 'r+')
  let held = false
  let reading = false
  let connections = 0
  let saying: Promise<void> = Promise.resolve()
  let waiting: Uint8Array = new Uint8Array(0)
  const buffer = Buffer.alloc(512)

  const pump = () => {
    while (!held && waiting.length > 0) {
      const count = events.take(waiting)
      if (count === 0) return
      waiting = waiting.subarray(count)
    }
    if (!held && !reading) readMore()
  }
  // One packet at a time: what is not read is answered with NAK.
  const readMore = () => {
    reading = true
    read(output, buffer, 0, buffer.length, null, (error, count) => {
      reading = false
      if (error) {
        // The gadget is unplugged: ENABLE starts it again.
        if (error.code !== 'ESHUTDOWN' && error.code !== 'ENODEV') setTimeout(pump, 20)
        return
      }
      waiting = Uint8Array.from(buffer.subarray(0, count))
      pump()
    })
  }
  const setup = (event: Buffer, next: () => void) => {
    const [type = 0, request = 0] = event
    const length = event.readUInt16LE(6)
    const is = (one: readonly number[]) => one[0] === type && one[1] === request
    const answer = (bytes: Buffer) =>
      write(control, bytes.subarray(0, length), 0, Math.min(bytes.length, length), null, next)
    if (is(requests.deviceId)) {
      const size = deviceId.length + 2
      answer(Buffer.concat([Buffer.from([size >> 8, size & 0xff]), Buffer.from(deviceId)]))
    } else if (is(requests.portStatus)) answer(Buffer.from([PORT_STATUS_READY]))
    else if (is(requests.reset)) read(control, Buffer.alloc(0), 0, 0, null, next)
    // Read or written the wrong way round, the request stalls.
    else if ((type & 0x80) !== 0) read(control, Buffer.alloc(1), 0, 1, null, next)
    else write(control, Buffer.alloc(0), 0, 0, null, next)
  }
  const event = Buffer.alloc(12)
  const listen = () => {
    read(control, event, 0, event.length, null, (error) => {
      if (error) return
      if (event[8] === ENABLE) {
        connections++
        waiting = new Uint8Array(0)
        pump()
      }
      if (event[8] === SETUP) setup(Buffer.from(event.subarray(0, 8)), listen)
      else listen()
    })
  }
  listen()
  process.on('exit', () => {
    for (const file of [control, input, output]) closeSync(file)
  })
  return {
    get connections() {
      return connections
    },
    say(bytes) {
      // One after the other: writes that run side by side change places.
      saying = saying.then(() => new Promise((resolve) => write(input, bytes, () => resolve())))
    },
    more: pump,
    hold(value) {
      held = value
      pump()
    },
    breakLink(how) {
      waiting = new Uint8Array(0)
      // Written where it should be read, the endpoint halts. Power is cut by unplugging, which the rig does.
      if (how === 'stall') write(output, Buffer.alloc(1), 0, 1, null, () => {})
    },
  }
}
