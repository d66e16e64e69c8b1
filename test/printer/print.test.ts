import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { NotStarted } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { memory } from '../../src/transports/memory.js'
import { failureOf, lines, printed, printerWith, wait } from './helpers.js'

const READY = {
  answered: true,
  online: true,
  paper: 'ok',
  cover: 'closed',
  error: 'none',
  drawerPin: 'low',
}
const UNKNOWN = {
  answered: false,
  online: 'unknown',
  paper: 'unknown',
  cover: 'unknown',
  error: 'unknown',
  drawerPin: 'unknown',
}

describe('status', () => {
  it('tells what the printer answers, and never resets it', async () => {
    const { virtual, printer } = await printerWith()
    expect(await printer.status()).toEqual(READY)
    virtual.device.set({ paper: 'near-end', drawerPin: 'high' })
    expect(await printer.status()).toEqual({ ...READY, paper: 'near-end', drawerPin: 'high' })
    virtual.device.set({ cover: 'open', error: 'cutter' })
    expect(await printer.status()).toMatchObject({ online: false, cover: 'open', error: 'cutter' })
    expect(virtual.jobs).toEqual([])
  })

  it('of a silent printer is unknown, not good and not bad', async () => {
    const { printer } = await printerWith({ oneWay: true })
    expect(await printer.status()).toEqual(UNKNOWN)
  })

  it('of one that was silent before a job and talks now is asked for after it', async () => {
    const device = virtualDevice({ state: { paper: 'near-end' } })
    const said: number[] = []
    device.listen({ reply: (bytes) => said.push(...bytes) })
    let isAwake = false
    const transport = memory({
      answer: (data) => {
        isAwake ||= String.fromCharCode(...data).includes('line')
        device.receive(data)
        // Its answers to the questions before the job come late, and with the job.
        return isAwake ? Uint8Array.from(said.splice(0)) : undefined
      },
    })
    const printer = openPrinter(transport, {
      profile: { answersStatus: true },
      answerTimeoutMs: 60,
    })
    const { before, after } = await printer.print(lines(3))
    expect([before.answered, after.answered, after.paper]).toEqual([false, true, 'near-end'])
  })

  it('of a one-way link is not even asked for', async () => {
    const transport = memory()
    expect(await openPrinter(transport).status()).toEqual(UNKNOWN)
    expect(transport.jobs).toEqual([])
  })
})

describe('grades', () => {
  it('processed: the fence was answered and all is well', async () => {
    const { virtual, printer } = await printerWith()
    const result = await printer.print(lines(20), { jobId: 'order 7' })
    expect(result).toEqual({
      grade: 'processed',
      jobId: 'order 7',
      bytesSent: lines(20).length,
      segments: 1,
      printedThrough: 1,
      copies: 1,
      alreadyDone: false,
      reprinted: false,
      before: READY,
      after: READY,
      warnings: [],
    })
    expect(printed(virtual.jobs[0]?.executed ?? new Uint8Array())).toHaveLength(20)
  })

  it('printed: the process ID came back, with a new one for each job', async () => {
    const { virtual, printer } = await printerWith({ processIds: true }, { processIds: true })
    for (let i = 0; i < 2; i++) expect((await printer.print(lines(3))).grade).toBe('printed')
    const ids = virtual.jobs.map(({ bytes }) => {
      const text = Buffer.from(bytes).toString('latin1')
      return [...text.matchAll(/\(H\x06\x0000([\x20-\x7e]{4})/g)].map(([, id]) => id)
    })
    expect(ids.map((one) => one.length)).toEqual([2, 2])
    expect(new Set(ids.flat()).size).toBe(4)
  })

  it('is processed where a printer is asked for process IDs and has none', async () => {
    const { virtual, printer } = await printerWith({}, { profile: { answersStatus: true } })
    // Each job asks: another printer may be at the address by then.
    for (let i = 0; i < 2; i++) expect((await printer.print(lines(3))).grade).toBe('processed')
    const asked = virtual.jobs.map(({ bytes }) => Buffer.from(bytes).includes('(H'))
    expect(asked).toEqual([true, true])
  })

  it('does not ask a printer of unknown make for process IDs, which it might print', async () => {
    const { virtual, printer } = await printerWith({ processIds: true })
    expect((await printer.print(lines(3))).grade).toBe('processed')
    expect(Buffer.from(virtual.jobs[0]?.bytes ?? []).includes('(H')).toBe(false)
  })

  it('accepted: a clone that never answers gets the job, and no question behind it', async () => {
    const { virtual, printer } = await printerWith({ oneWay: true })
    const result = await printer.print(lines(3))
    expect(result).toMatchObject({ grade: 'accepted', before: UNKNOWN, after: UNKNOWN })
    expect(result.warnings.map(({ code }) => code)).toEqual(['PRINTER_SILENT'])
    const bytes = Buffer.from(virtual.jobs[0]?.bytes ?? [])
    expect(bytes.subarray(0, 3).toString('hex')).toBe('100401')
    expect(Buffer.compare(bytes.subarray(3), lines(3))).toBe(0)
  })

  it('accepted, without a question, where the profile says that it cannot answer', async () => {
    const { virtual, printer } = await printerWith({}, { profile: { answersStatus: false } })
    const result = await printer.print(lines(3))
    expect(result).toMatchObject({ grade: 'accepted', warnings: [] })
    expect(Buffer.compare(virtual.jobs[0]?.bytes ?? new Uint8Array(), lines(3))).toBe(0)
  })

  it('handed-over: a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'job.bin')
    const result = await openPrinter(`file:${path}`).print({ bytes: lines(3) })
    expect(result).toMatchObject({ grade: 'handed-over', bytesSent: lines(3).length })
    expect(Buffer.compare(await readFile(path), lines(3))).toBe(0)
  })

  it('holds with a device in memory too', async () => {
    const device = virtualDevice()
    let said: number[] = []
    device.listen({ reply: (bytes) => said.push(...bytes) })
    const transport = memory({
      answer: (data) => {
        said = []
        device.receive(data)
        return Uint8Array.from(said)
      },
    })
    expect((await openPrinter(transport).print(lines(2))).grade).toBe('processed')
  })

  it('warns of a roll that is nearly empty, once', async () => {
    const { printer } = await printerWith({ state: { paper: 'near-end' } })
    const result = await printer.print(lines(3))
    expect(result.grade).toBe('processed')
    expect(result.warnings).toMatchObject([{ code: 'PAPER_NEAR_END', severity: 'warning' }])
  })
})

describe('a printer that cannot print', () => {
  it.each([
    ['cover-open', { cover: 'open' }],
    ['paper-out', { paper: 'end' }],
    ['cutter-error', { error: 'cutter' }],
    ['unrecoverable-error', { error: 'unrecoverable' }],
    ['recoverable-error', { error: 'recoverable' }],
    ['overheated', { error: 'auto-recoverable' }],
  ] as const)('is told as %s before a byte of the job is sent', async (reason, state) => {
    const { virtual, printer } = await printerWith({ state })
    const failure = await failureOf(printer.print(lines(3), { jobId: 'a' }), NotStarted)
    expect(failure).toMatchObject({ reason, code: 'PRINT_NOT_STARTED', bytesSent: 0, jobId: 'a' })
    expect(failure.status).toMatchObject({
      answered: true,
      online: false,
      ...('error' in state ? {} : state),
    })
    expect(failure.hint).toMatch(/nothing was printed/)
    await wait(30)
    expect(virtual.jobs).toEqual([])
    virtual.device.set({ cover: 'closed', paper: 'ok', error: 'none' })
    expect((await printer.print(lines(3))).grade).toBe('processed')
    expect(virtual.jobs).toHaveLength(1)
  })

  it('is told with its cause when there is no connection', async () => {
    const { virtual, printer } = await printerWith()
    await virtual.close()
    const failure = await failureOf(printer.print(lines(3)), NotStarted)
    expect(failure).toMatchObject({ reason: 'no-connection', cause: { code: 'CONNECT_REFUSED' } })
    expect(failure.hint).toMatch(/another host may hold the printer/)
  })

  it.each([
    ['lpt:1', 'URI_UNSUPPORTED', 'known are: tcp://HOST[:PORT]'],
    ['192.168.1.50', 'URI_UNSUPPORTED', 'did you mean tcp://192.168.1.50?'],
    ['counter.local:9100', 'URI_UNSUPPORTED', 'did you mean tcp://counter.local:9100?'],
    ['COM3', 'URI_UNSUPPORTED', 'did you mean serial:COM3?baud=9600?'],
    ['/dev/ttyUSB0', 'URI_UNSUPPORTED', 'did you mean serial:/dev/ttyUSB0?baud=9600?'],
    ['/dev/usb/lp0', 'URI_UNSUPPORTED', 'did you mean file:/dev/usb/lp0?'],
    ['tcp:192.168.1.50', 'URI_INVALID', 'write tcp://192.168.1.50'],
    ['serial:COM3', 'URI_INVALID', 'baud=9600'],
  ])(
    'at %s is refused when it is opened, with the address that was meant',
    (address, code, hint) => {
      const refused = { code, hint: expect.stringContaining(hint) as string }
      expect(() => openPrinter(address)).toThrow(expect.objectContaining(refused))
    },
  )

  it('is refused when it is silent and the caller wants that', async () => {
    const { virtual, printer } = await printerWith({ oneWay: true }, { ifSilent: 'refuse' })
    expect(await failureOf(printer.print(lines(3)), NotStarted)).toMatchObject({ reason: 'silent' })
    expect(virtual.jobs).toEqual([])
  })
})

describe('the queue', () => {
  it('keeps jobs apart and in order, and takes each as it was', async () => {
    const { virtual, printer } = await printerWith()
    const buffer = lines(5)
    const first = printer.print(buffer)
    const second = printer.print(lines(7))
    const asked = printer.status()
    buffer.fill(0)
    expect((await Promise.all([first, second])).map(({ grade }) => grade)).toEqual([
      'processed',
      'processed',
    ])
    expect(await asked).toEqual(READY)
    expect(virtual.jobs.map(({ executed }) => printed(executed).length)).toEqual([5, 7])
  })

  it('goes on after a failure, and prints no rejected job later', async () => {
    const { virtual, printer } = await printerWith({ state: { cover: 'open' } })
    const failed = failureOf(printer.print(lines(5)), NotStarted)
    const asked = printer.status()
    await failed
    expect((await asked).cover).toBe('open')
    virtual.device.set({ cover: 'closed' })
    await wait(50)
    expect(virtual.jobs).toEqual([])
  })

  it('drops a job that is given up while it waits', async () => {
    const { virtual, printer } = await printerWith({ readBytes: 100, readIntervalMs: 20 })
    const first = printer.print(lines(100))
    const controller = new AbortController()
    const second = failureOf(printer.print(lines(7), { signal: controller.signal }), NotStarted)
    const third = failureOf(printer.print(lines(9), { timeoutMs: 30 }), NotStarted)
    controller.abort()
    expect((await second).reason).toBe('aborted')
    expect((await third).reason).toBe('timeout')
    await first
    await printer.close()
    expect(virtual.jobs.map(({ executed }) => printed(executed).length)).toEqual([100])
  })

  it('closes after its jobs and takes no more', async () => {
    const { virtual, printer } = await printerWith()
    const job = printer.print(lines(3))
    await printer[Symbol.asyncDispose]()
    expect(virtual.jobs).toHaveLength(1)
    expect((await job).grade).toBe('processed')
    expect((await failureOf(printer.print(lines(3)), NotStarted)).reason).toBe('closed')
  })
})
