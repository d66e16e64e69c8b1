import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { webBluetooth } from '../../src/transports/web-bluetooth.js'
import { webSerial } from '../../src/transports/web-serial.js'
import { failureOf, pattern, transportConformance } from '../conformance/transport.js'
import { fakeBluetooth, fakeSerialPort } from './fake-devices.js'

transportConformance({
  name: 'web-serial, packet logic',
  async taking() {
    const { device, pieces, say } = fakeSerialPort()
    return {
      transport: webSerial({ port: device, baudRate: 9600 }),
      received: () => Buffer.concat(pieces),
      say,
    }
  },
  async stopped() {
    const { device, pieces } = fakeSerialPort(true)
    return {
      transport: webSerial({ port: device, baudRate: 9600 }),
      received: () => Buffer.concat(pieces),
    }
  },
  skips: { absent: 'the page has chosen a port already' },
})

transportConformance({
  name: 'web-bluetooth, packet logic',
  async taking() {
    const { device, pieces, say } = fakeBluetooth({ confirms: true, limit: 185 })
    return {
      transport: webBluetooth({ device, packetBytes: 185 }),
      received: () => Buffer.concat(pieces),
      say,
    }
  },
  async stopped() {
    const { device, pieces } = fakeBluetooth({ confirms: true, stopped: true })
    return {
      transport: webBluetooth({ device, packetBytes: 185 }),
      received: () => Buffer.concat(pieces),
    }
  },
  skips: { absent: 'the page has chosen a device already' },
})

describe('web-bluetooth', () => {
  it('sends packets that every printer takes whole', async () => {
    const { device, pieces } = fakeBluetooth()
    const connection = await webBluetooth({ device, paceMs: 1 }).open()
    await connection.write(pattern(205))
    await connection.close()
    expect(pieces.map(({ length }) => length)).toEqual([...Array(10).fill(20), 5])
    expect(Buffer.compare(Buffer.concat(pieces), pattern(205))).toBe(0)
  })

  it('notices that the printer is out of reach', async () => {
    const { device, leave } = fakeBluetooth({ confirms: true })
    const connection = await webBluetooth({ device }).open()
    await connection.write(pattern(100))
    leave()
    expect(await failureOf(connection.write(pattern(10)))).toMatchObject({ code: 'DEVICE_GONE' })
  })

  it('tells a device that is no printer', async () => {
    const { device } = fakeBluetooth()
    const transport = webBluetooth({ device, service: 'another' })
    expect(await failureOf(transport.open())).toMatchObject({ code: 'NOT_A_PRINTER' })
  })
})

describe('web-serial', () => {
  it('is not opened twice by one page', async () => {
    const { device } = fakeSerialPort()
    const transport = webSerial({ port: device, baudRate: 9600 })
    const connection = await transport.open()
    expect(await failureOf(transport.open())).toMatchObject({ code: 'DEVICE_BUSY' })
    await connection.close()
  })
})

describe('bundlers for browsers', () => {
  it.each(['usb', 'web-serial', 'web-bluetooth'])(
    'take %s without anything of Node',
    async (name) => {
      const { outputFiles, warnings } = await build({
        entryPoints: [new URL(`../../src/transports/${name}.ts`, import.meta.url).pathname],
        bundle: true,
        write: false,
        platform: 'browser',
        format: 'esm',
      })
      expect(warnings).toEqual([])
      expect(outputFiles[0]?.text).not.toMatch(/\bBuffer\b|\bprocess\.|require\(/)
    },
  )
})
