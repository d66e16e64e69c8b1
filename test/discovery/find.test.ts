import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findSerialPorts, findUsbPrinters } from '../../src/discovery/libraries.js'
import {
  findDeviceFiles,
  findLinuxSerialPorts,
  findLinuxUsbPrinters,
} from '../../src/discovery/linux.js'
import { findAnnounced } from '../../src/discovery/mdns.js'
import { fakeUsb } from '../transports/fake-devices.js'

/** A piece of Linux's file tree: text is a file, `→` a link. */
async function tree(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'xiaopiao-tree-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, dirname(path)), { recursive: true })
    if (content.startsWith('→')) await symlink(content.slice(1), join(root, path))
    else await writeFile(join(root, path), content)
  }
  return root
}

const USB = 'sys/bus/usb/devices'

describe('on Linux', () => {
  it('finds USB printers by their interface, and leaves other devices out', async () => {
    const root = await tree({
      [`${USB}/1-1/idVendor`]: '04b8\n',
      [`${USB}/1-1/idProduct`]: '0202\n',
      [`${USB}/1-1/serial`]: 'J4WF000123\n',
      [`${USB}/1-1/manufacturer`]: 'EPSON\n',
      [`${USB}/1-1/product`]: 'TM-T88V\n',
      [`${USB}/1-1:1.0/bInterfaceClass`]: '07\n',
      [`${USB}/1-1:1.0/driver`]: '→../../../../bus/usb/drivers/usblp',
      [`${USB}/1-1:1.0/usbmisc/lp0/dev`]: '180:0\n',
      [`${USB}/1-2.4/idVendor`]: '0416\n',
      [`${USB}/1-2.4/idProduct`]: '5011\n',
      [`${USB}/1-2.4:1.0/bInterfaceClass`]: '07\n',
      [`${USB}/1-2.4:1.0/driver`]: '→../../../../bus/usb/drivers/usbfs',
      [`${USB}/1-3/idVendor`]: '046d\n',
      [`${USB}/1-3/idProduct`]: 'c31c\n',
      [`${USB}/1-3:1.0/bInterfaceClass`]: '03\n',
    })
    expect(await findLinuxUsbPrinters(root)).toEqual([
      {
        kind: 'usb',
        uri: 'usb:04b8:0202:J4WF000123',
        name: 'EPSON TM-T88V',
        notes: ['port 1-1', 'also file:/dev/usb/lp0'],
      },
      {
        kind: 'usb',
        uri: 'usb:0416:5011?port=1-2.4',
        name: undefined,
        notes: ['port 1-2.4', 'held by another program'],
      },
    ])
  })

  it('finds serial lines that have hardware, with the names of their adapters', async () => {
    const root = await tree({
      'sys/class/tty/ttyUSB0/device': '→../../devices/ttyUSB0',
      'sys/class/tty/ttyS0/device': '→../../devices/serial8250',
      'sys/class/tty/ttyS0/type': '4\n',
      'sys/class/tty/ttyS1/device': '→../../devices/serial8250',
      'sys/class/tty/ttyS1/type': '0\n',
      'sys/class/tty/tty1/dev': '4:1\n',
      'sys/class/tty/rfcomm0/dev': '216:0\n',
      'dev/serial/by-id/usb-FTDI_FT232R_A900': '→../../ttyUSB0',
    })
    const found = await findLinuxSerialPorts(root)
    expect(found.map(({ uri, name }) => [uri, name])).toEqual([
      ['serial:/dev/rfcomm0?baud=9600', undefined],
      ['serial:/dev/ttyS0?baud=9600', undefined],
      ['serial:/dev/ttyUSB0?baud=9600', 'usb-FTDI_FT232R_A900'],
    ])
  })

  it('finds device files of printers', async () => {
    const root = await tree({ 'dev/usb/lp0': '', 'dev/usb/hiddev0': '', 'dev/lp1': '' })
    const found = await findDeviceFiles(root)
    expect(found.map(({ uri }) => uri)).toEqual(['file:/dev/usb/lp0', 'file:/dev/lp1'])
  })

  it('finds nothing where nothing is listed', async () => {
    const root = await tree({ 'etc/hostname': 'pos' })
    expect(await findLinuxUsbPrinters(root)).toEqual([])
    expect(await findLinuxSerialPorts(root)).toEqual([])
  })
})

describe('by the libraries', () => {
  it('lists USB printers', async () => {
    const devices = [fakeUsb({ serialNumber: 'A' }).device, fakeUsb({ ports: [2, 4] }).device]
    const found = await findUsbPrinters(async () => ({ usb: { getDevices: async () => devices } }))
    expect(found.map(({ uri }) => uri)).toEqual(['usb:04b8:0202:A', 'usb:04b8:0202?port=1-2.4'])
  })

  it('lists serial ports', async () => {
    const list = async () => [{ path: 'COM3', manufacturer: 'FTDI', serialNumber: 'A900' }]
    const found = await findSerialPorts(async () => ({ SerialPort: { list } }))
    expect(found).toMatchObject([{ uri: 'serial:COM3?baud=9600', name: 'FTDI A900' }])
  })

  it('reads announcements of printers, complete ones only', async () => {
    const service = (name: string) => `${name}._pdl-datastream._tcp.local`
    const PTR = { name: '_pdl-datastream._tcp.local', type: 'PTR' }
    let queried = ''
    const library = () => ({
      on(event: string, listener: (packet: object) => void) {
        if (event !== 'response') return
        const answers = [
          { ...PTR, data: service('Kitchen') },
          { ...PTR, data: service('Ghost') },
        ]
        const additionals = [
          { name: service('Kitchen'), type: 'SRV', data: { target: 'k.local', port: 9100 } },
          { name: 'k.local', type: 'A', data: '192.168.1.77' },
        ]
        setTimeout(() => listener({ answers, additionals }), 5)
      },
      query: (name: string) => {
        queried = name
      },
      destroy() {},
    })
    const found = await findAnnounced({ listenMs: 30, library: async () => ({ default: library }) })
    expect(queried).toBe('_pdl-datastream._tcp.local')
    expect(found).toEqual([
      {
        kind: 'network',
        uri: 'tcp://192.168.1.77:9100',
        name: 'Kitchen',
        notes: ['announced by k.local'],
      },
    ])
  })
})
