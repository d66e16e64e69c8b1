import { describe, expect, it } from 'vitest'
import { transportFor } from '../../src/transports/uri.js'
import { failureOf } from '../conformance/transport.js'

describe('transportFor', () => {
  it.each([
    ['tcp://192.168.1.50', 'tcp://192.168.1.50:9100'],
    ['tcp://192.168.1.50:9101/', 'tcp://192.168.1.50:9101'],
    ['TCP://kitchen.local', 'tcp://kitchen.local:9100'],
    ['tcp://[fe80::1%eth0]:9100', 'tcp://[fe80::1%eth0]:9100'],
    ['tcp://[::1]', 'tcp://[::1]:9100'],
    ['file:/dev/usb/lp0', 'file:/dev/usb/lp0'],
    ['file:///tmp/my%20job.bin', 'file:/tmp/my job.bin'],
    ['file:job.bin', 'file:job.bin'],
    ['file:\\\\shop\\receipts', 'file:\\\\shop\\receipts'],
    ['file:\\\\.\\COM3', 'file:\\\\.\\COM3'],
    ['serial:/dev/ttyUSB0?baud=9600', 'serial:/dev/ttyUSB0?baud=9600'],
    [
      'serial:COM3?baud=38400&flow=xonxoff&parity=even',
      'serial:COM3?baud=38400&flow=xonxoff&parity=even',
    ],
    ['usb:', 'usb:'],
    ['usb:04B8:0202', 'usb:04b8:0202'],
    ['usb:04b8:0202:J4WF000123', 'usb:04b8:0202:J4WF000123'],
    ['usb:04b8:0202?port=1-2.4', 'usb:04b8:0202?port=1-2.4'],
    ['cups:counter', 'cups:counter'],
    ['ipp://192.168.1.50/ipp/print', 'ipp://192.168.1.50/ipp/print'],
    ['ipp://server:631/printers/counter', 'ipp://server:631/printers/counter'],
  ])('%s is %s', async (uri, expected) => {
    expect((await transportFor(uri)).uri).toBe(expected)
  })

  it.each([
    ['tcp://', 'URI_INVALID'],
    ['tcp:192.168.1.50', 'URI_INVALID'],
    ['tcp://printer:0', 'URI_INVALID'],
    ['tcp://printer:65536', 'URI_INVALID'],
    ['tcp://printer:91x', 'URI_INVALID'],
    ['tcp://::1:9100', 'URI_INVALID'],
    ['tcp://printer/queue', 'URI_INVALID'],
    ['file:', 'URI_INVALID'],
    ['file:///a%zz', 'URI_INVALID'],
    ['serial:/dev/ttyUSB0', 'URI_INVALID'],
    ['serial:/dev/ttyUSB0?baud=fast', 'URI_INVALID'],
    ['serial:?baud=9600', 'URI_INVALID'],
    ['serial:COM3?baud=9600&flow=maybe', 'URI_INVALID'],
    ['serial:COM3?baud=9600&stop=2', 'URI_INVALID'],
    ['usb:04b8', 'URI_INVALID'],
    ['usb:epson:tm', 'URI_INVALID'],
    ['usb:04b8:0202?bus=1', 'URI_INVALID'],
    ['cups:', 'URI_INVALID'],
    ['cups:-o', 'URI_INVALID'],
    ['cups:a/b', 'URI_INVALID'],
    ['ipp:printer', 'URI_INVALID'],
    ['ipp://', 'URI_INVALID'],
    ['192.168.1.50', 'URI_UNSUPPORTED'],
    ['constructor:x', 'URI_UNSUPPORTED'],
    ['lpt://1', 'URI_UNSUPPORTED'],
    ['', 'URI_UNSUPPORTED'],
  ])('%s is refused with %s', async (uri, code) => {
    const failure = await failureOf(transportFor(uri))
    expect(failure).toMatchObject({ code, phase: 'open' })
    expect(failure.hint).toMatch(code === 'URI_UNSUPPORTED' ? /tcp:.*usb:.*cups:/ : /write|%25/)
  })

  it.each(['192.168.1.50', ' 192.168.1.50:9101'])(
    '%s is an address without its kind',
    async (uri) => {
      expect((await failureOf(transportFor(uri))).hint).toContain(
        `did you mean tcp://${uri.trim()}?`,
      )
    },
  )
})
