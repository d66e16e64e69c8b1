import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { usb } from '../../src/transports/usb.js'
import { failureOf, pattern, transportConformance } from '../conformance/transport.js'
import { type FakeUsb, fakeUsb } from './fake-devices.js'

const over = (...fakes: FakeUsb[]) => ({
  usb: { getDevices: async () => fakes.map(({ device }) => device) },
})

transportConformance({
  name: 'usb, packet logic',
  async taking() {
    const fake = fakeUsb()
    return {
      transport: usb(over(fake)),
      received: () => Buffer.concat(fake.pieces),
      say: fake.say,
    }
  },
  async stopped() {
    const fake = fakeUsb({ holdsAfter: 10_000 })
    return {
      transport: usb({ ...over(fake), writeTimeoutMs: 2000 }),
      received: () => Buffer.concat(fake.pieces),
    }
  },
  async absent() {
    return { transport: usb(over()), code: 'DEVICE_NOT_FOUND' }
  },
})

describe('usb', () => {
  it('puts the driver aside and gives it back', async () => {
    const fake = fakeUsb({ heldByDriver: true })
    const connection = await usb(over(fake)).open()
    await connection.write(pattern(100))
    await connection.close()
    expect(fake.calls).toEqual(['detach', 'claim', 'release', 'attach', 'close'])
  })

  it('does not pass on what the printer had to say to the connection before', async () => {
    const fake = fakeUsb()
    const first = await usb(over(fake)).open()
    await first.write(Uint8Array.of(0x10, 0x04, 4))
    await first.close()
    fake.say(Uint8Array.of(0x72))
    fake.say(Uint8Array.of(0x12, 0x12))
    const connection = await usb(over(fake)).open()
    const heard: number[] = []
    fake.say(Uint8Array.of(0x16))
    connection.onData((data) => heard.push(...data))
    await expect.poll(() => heard).toEqual([0x16])
    await connection.close()
  })

  it('tells printers of one model apart by serial number or port', async () => {
    const fakes = [fakeUsb({ serialNumber: 'A' }), fakeUsb({ ports: [2, 4] })] as const
    const failure = await failureOf(usb(over(...fakes)).open())
    expect(failure).toMatchObject({ code: 'DEVICE_AMBIGUOUS', phase: 'open' })
    expect(failure.hint).toContain('usb:04b8:0202:A, usb:04b8:0202?port=1-2.4')
    for (const [options, fake] of [
      [{ serialNumber: 'A' }, fakes[0]],
      [{ port: '1-2.4' }, fakes[1]],
    ] as const) {
      const connection = await usb({ ...over(...fakes), ...options }).open()
      await connection.write(Uint8Array.of(7))
      await connection.close()
      expect(fake.pieces).toEqual([Uint8Array.of(7)])
    }
  })

  it('reports a stall with what went before, and clears it for the next one', async () => {
    const fake = fakeUsb()
    const connection = await usb(over(fake)).open()
    await connection.write(pattern(5000))
    fake.stallNext()
    const failure = await failureOf(connection.write(pattern(100)))
    expect(failure).toMatchObject({ code: 'USB_STALLED', phase: 'write', bytesWritten: 5100 })
    await connection.close()
    await expect.poll(() => fake.calls).toEqual(['claim', 'clearHalt', 'release', 'close'])
  })

  it('notices that an idle printer is unplugged', async () => {
    const fake = fakeUsb()
    const connection = await usb(over(fake)).open()
    const ends: (Error | undefined)[] = []
    connection.onClose((error) => ends.push(error))
    fake.unplug()
    await expect.poll(() => ends).toMatchObject([{ code: 'DEVICE_GONE' }])
  })

  it('waits for a connection that is still leaving, and reports one that stays', async () => {
    const fake = fakeUsb()
    const first = await usb(over(fake)).open()
    const second = usb(over(fake)).open()
    setTimeout(() => first.close(), 150)
    const connection = await second
    const failure = await failureOf(usb(over(fake)).open({ timeoutMs: 300 }))
    expect(failure).toMatchObject({ code: 'DEVICE_BUSY', phase: 'open' })
    await connection.close()
  })

  it('is given back soon after a short question that it did not take', async () => {
    const fake = fakeUsb({ holdsAfter: 0 })
    const connection = await usb(over(fake)).open()
    const failure = await failureOf(connection.write(Uint8Array.of(7), { timeoutMs: 100 }))
    expect(failure).toMatchObject({ code: 'WRITE_TIMEOUT', phase: 'write' })
    connection.abort()
    await expect.poll(() => fake.calls, { timeout: 20_000 }).toEqual(['claim', 'release', 'close'])
  })

  it('is closed by its deadline while a write waits', async () => {
    const fake = fakeUsb({ holdsAfter: 0 })
    const connection = await usb({ ...over(fake), writeTimeoutMs: 2000 }).open()
    const write = failureOf(connection.write(pattern(10)))
    const failure = await failureOf(connection.close({ timeoutMs: 100 }))
    expect(failure).toMatchObject({ code: 'CLOSE_TIMEOUT', phase: 'close' })
    expect(await write).toMatchObject({ code: 'CLOSE_TIMEOUT' })
  })

  it('says which rule lets a user open it', async () => {
    const fake = fakeUsb()
    Object.assign(fake.device, {
      open: () => Promise.reject(new Error('failed to open device: Permission denied (errno 13)')),
    })
    const failure = await failureOf(usb({ ...over(fake), vendorId: 0x04b8 }).open())
    expect(failure).toMatchObject({ code: 'ACCESS_DENIED', phase: 'open' })
    expect(failure.hint).toContain('ATTR{idVendor}=="04b8"')
    expect(failure.hint).toContain('WinUSB')
  })

  it('tells a machine without USB from a printer that is absent', async () => {
    const getDevices = () => Promise.reject(new Error('No such file or directory'))
    expect(await failureOf(usb({ usb: { getDevices } }).open())).toMatchObject({
      code: 'USB_UNAVAILABLE',
      phase: 'open',
    })
  })

  it('says how to install the library', async () => {
    vi.doMock('usb', () => {
      throw new Error('no such package')
    })
    onTestFinished(() => void vi.doUnmock('usb'))
    expect(await failureOf(usb().open())).toMatchObject({
      code: 'USB_LIBRARY_MISSING',
      phase: 'open',
      hint: expect.stringContaining('npm install usb'),
    })
  })
})
