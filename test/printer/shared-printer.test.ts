import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { lockPrinter } from '../../src/locks/printer-lock.js'
import { deviceKeyOf } from '../../src/model/device-key.js'
import { NotStarted } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { sharedPrinterAt } from '../../src/printer/shared-printer.js'
import type { PrinterStatus } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { freePort } from '../free-port.js'
import { failureOf, lines, printerWith as printerOf } from './helpers.js'
import { numbered, numbersOn, upTo } from './receipts.js'

const profile = { ...generic80, answersStatus: true }

/** These printers answer at once: a long wait costs nothing, and a busy machine may need it. */
const printerWith: typeof printerOf = (server, options) =>
  printerOf(server, { answerTimeoutMs: 5000, ...options })

/** Waits as long as a busy machine may take. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 })

it('tells what it is, and which zone its font suggests', async () => {
  const { printer } = await printerWith({ identity: { model: 'TM-T88', serial: 'X1' } })
  expect(await printer.identity()).toEqual({
    firmware: '1.00',
    maker: 'xiaopiao',
    model: 'TM-T88',
    serial: 'X1',
    languageFont: 'CHINA GB18030',
    suggestedCharset: 'gb18030-2byte',
  })
  const clone = await printerWith({ oneWay: true }, { answerTimeoutMs: 50 })
  expect(await clone.printer.identity()).toEqual({})
})

it('is watched by automatic status, and prints meanwhile over the same connection', async () => {
  const { virtual, printer } = await printerWith({ processIds: true }, { profile })
  const seen: PrinterStatus[] = []
  const until = new AbortController()
  const watching = (async () => {
    for await (const status of printer.watch({ signal: until.signal, intervalMs: 100 })) {
      seen.push(status)
    }
  })()
  await soon(() => seen.length).toBe(1)
  virtual.device.set({ paper: 'near-end' })
  await soon(() => seen.at(-1)?.paper).toBe('near-end')
  expect((await printer.print(numbered(5, false))).grade).toBe('printed')
  virtual.device.set({ cover: 'open' })
  await soon(() => seen.at(-1)?.cover).toBe('open')
  expect(numbersOn(virtual.papers)).toEqual(upTo(5))
  until.abort()
  await watching
  await soon(() => virtual.jobs.length).toBe(1)
})

it('is unknown to its watcher while it is off', async () => {
  const { virtual, printer } = await printerWith({}, { profile })
  await virtual.switchOff()
  for await (const status of printer.watch({ intervalMs: 20 })) {
    if (!status.answered) await virtual.switchOn()
    else break
  }
  expect((await printer.status()).online).toBe(true)
})

it('is one queue for all that open it in this process', async () => {
  const { virtual, printer } = await printerWith({ readBytes: 400, readIntervalMs: 5 })
  const other = openPrinter(virtual.uri)
  await Promise.all([printer.print(lines(40)), other.print(lines(3)), printer.print(lines(4))])
  const jobs = virtual.jobs.map(({ executed }) => executed.length)
  expect(jobs[0]).toBeGreaterThan(300)
  expect(jobs).toHaveLength(3)
})

it.each([
  ['tcp://Counter', 'tcp://counter:9100/', true],
  ['tcp://[FE80::1]', 'tcp://[fe80::1]:9100', true],
  ['tcp://counter', 'tcp://counter:9101', false],
  ['serial:/dev/ttyS0?baud=9600', 'serial:/dev/ttyS0?baud=19200&flow=xonxoff', true],
  ['serial:/dev/ttyS0?baud=9600', 'file:///dev/ttyS0', true],
  ['usb:04B8:0202:Ab', 'usb:04b8:0202:Ab', true],
  ['usb:04b8:0202:Ab', 'usb:04b8:0202:AB', false],
  ['cups:counter', 'CUPS:counter', true],
  ['tcp://localhost', 'tcp://127.0.0.1:9100', true],
  ['tcp://LOCALHOST.:9101', 'tcp://[::1]:9101', true],
  ['tcp://[0:0:0:0:0:0:0:1]', 'tcp://[::ffff:127.0.0.1]', true],
  ['tcp://localhost', 'tcp://127.0.0.2', false],
  ['tcp://localhost', 'tcp://[::11]', false],
  ['serial:COM3?baud=9600', 'file:\\\\.\\com3', true],
  ['serial:COM3?baud=9600', 'serial:COM4?baud=9600', false],
  ['file:\\\\HOST\\Receipts', 'file://host/receipts', true],
  ['file:C:\\out.bin', 'file:c:/OUT.bin', true],
  ['file:/dev/usb/lp0', 'file:/dev/usb/LP0', false],
])('%s and %s: one device %s', (one, other, same) => {
  expect(deviceKeyOf(one) === deviceKeyOf(other)).toBe(same)
  expect(sharedPrinterAt(one) === sharedPrinterAt(other)).toBe(same)
})

it('is asked anew what it can prove, because another one may be at the address by now', async () => {
  const port = await freePort()
  const { virtual, printer } = await printerWith({ port }, { profile })
  expect((await printer.print(lines(2))).grade).toBe('processed')
  await virtual.close()
  // A process that another test starts holds the old listener until it runs its own program.
  const listening = (server: Parameters<typeof printerWith>[0]) =>
    vi.waitFor(() => printerWith({ ...server, port }), { timeout: 20_000 })
  const next = await listening({ processIds: true })
  expect((await printer.print(lines(2))).grade).toBe('printed')
  await next.virtual.close()
  await listening({ identity: { model: 'another' } })
  expect((await printer.print(lines(2))).grade).toBe('processed')
})

it('is not printed on while another process holds it', async () => {
  const lockFolder = await mkdtemp(join(tmpdir(), 'xiaopiao-locks-'))
  onTestFinished(() => rm(lockFolder, { recursive: true }))
  const { virtual, printer } = await printerWith({}, { lockFolder })
  const { signal } = new AbortController()
  const lock = await lockPrinter(virtual.uri, { lockFolder, signal })
  const failure = await failureOf(printer.print(lines(2), { timeoutMs: 2000 }), NotStarted)
  expect(failure).toMatchObject({ reason: 'busy', cause: { code: 'LOCKED' } })
  expect(failure.hint).toContain(`process ${process.pid}`)
  const free = openPrinter(virtual.uri, { lock: false })
  expect((await free.print(lines(2))).grade).toBe('processed')
  await lock?.release()
  expect((await printer.print(lines(2))).grade).toBe('processed')
})

it('says that its lock folder cannot be used, before anything is sent', async () => {
  const { virtual, printer } = await printerWith({}, { lockFolder: join(tmpdir(), 'is-not-there') })
  const failure = await failureOf(printer.print(lines(2)), NotStarted)
  expect(failure).toMatchObject({ reason: 'lock-folder', cause: { code: 'LOCK_FOLDER' } })
  expect(virtual.jobs).toEqual([])
})
