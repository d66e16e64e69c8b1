import { describe, expect, it, onTestFinished } from 'vitest'
import { NotStarted, PrintError, Uncertain } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { tcp } from '../../src/transports/tcp.js'
import { listen } from '../transports/rigs.js'
import { failureOf, lines, printed, printerWith, renewsRoll, wait } from './helpers.js'
import { numbered } from './receipts.js'

describe('the roll ends in the middle of a job', () => {
  it('is uncertain: the rest stays in the printer and comes out with a new roll', async () => {
    const { virtual, printer } = await printerWith({ paperEndAfterBytes: 500 })
    const failure = await failureOf(printer.print(lines(200)), Uncertain)
    expect(failure).toMatchObject({
      reason: 'paper-out',
      code: 'PRINT_UNCERTAIN',
      bytesSent: lines(200).length,
      totalBytes: lines(200).length,
      status: { paper: 'end', online: false },
    })
    expect(failure.hint).toMatch(/new roll.*may yet come out/)
    const [job] = virtual.jobs
    expect(printed(job?.executed ?? new Uint8Array()).length).toBeLessThan(60)
    virtual.device.set({ paper: 'ok' })
    expect(printed(job?.executed ?? new Uint8Array())).toHaveLength(200)
  })

  it('is final where the rest is cleared, and uncertain, since all of it had been sent', async () => {
    const { virtual, printer } = await printerWith(
      { paperEndAfterBytes: 500 },
      { ifStopped: 'clear' },
    )
    const failure = await failureOf(printer.print(lines(200)), Uncertain)
    expect(failure).toMatchObject({ reason: 'paper-out', final: true })
    virtual.device.set({ paper: 'ok' })
    expect(printed(virtual.jobs[0]?.executed ?? new Uint8Array()).length).toBeLessThan(60)
    expect((await printer.print(lines(3))).grade).toBe('processed')
    expect(printed(virtual.jobs[1]?.executed ?? new Uint8Array())).toHaveLength(3)
  })

  it('is uncertain when the roll ended behind the last byte', async () => {
    // Executed are the questions before the job (12 bytes), the job, and the fence.
    const { printer } = await printerWith({ paperEndAfterBytes: 12 + lines(50).length + 3 })
    const failure = await failureOf(printer.print(lines(50)), Uncertain)
    expect(failure.reason).toBe('paper-out')
  })

  it('stops a job that does not fit into the printer', async () => {
    const { virtual } = await printerWith({ paperEndAfterBytes: 500, receiveBufferBytes: 4096 })
    const printer = openPrinter(
      tcp({ host: '127.0.0.1', port: virtual.port, writeTimeoutMs: 300 }),
      { answerTimeoutMs: 200 },
    )
    const job = new Uint8Array(8 << 20).fill(0x41)
    const failure = await failureOf(printer.print(job), Uncertain)
    expect(failure.reason).toBe('write-timeout')
    expect(failure.bytesSent).toBeGreaterThan(4096)
    expect(failure.bytesSent).toBeLessThan(8 << 20)
  })
})

describe('a printer that never reads', () => {
  it('has accepted a small job at most', async () => {
    const { virtual } = await printerWith({ stopReadingAfterBytes: 0 })
    const printer = openPrinter(
      tcp({ host: '127.0.0.1', port: virtual.port, closeTimeoutMs: 300 }),
      { answerTimeoutMs: 200 },
    )
    const result = await printer.print(lines(2000))
    expect(result.grade).toBe('accepted')
    expect(result.warnings.map(({ code }) => code)).toEqual(['PRINTER_SILENT', 'CLOSE_UNCONFIRMED'])
  })

  it('is uncertain at the deadline of the caller', async () => {
    const { printer } = await printerWith({ stopReadingAfterBytes: 0 }, { answerTimeoutMs: 100 })
    const failure = await failureOf(printer.print(lines(2000), { timeoutMs: 500 }), Uncertain)
    expect(failure).toMatchObject({ reason: 'timeout', bytesSent: lines(2000).length })
  })

  it('is uncertain with how far it got for a large one', async () => {
    const { printer } = await printerWith({ stopReadingAfterBytes: 0 }, { answerTimeoutMs: 100 })
    const job = new Uint8Array(8 << 20).fill(0x41)
    const failure = await failureOf(printer.print(job, { timeoutMs: 700 }), Uncertain)
    expect(failure.reason).toBe('timeout')
    expect(failure.bytesSent).toBeGreaterThan(0)
    expect(failure.bytesSent).toBeLessThan(job.length)
  })
})

describe('the connection', () => {
  it('lost in the middle of a job is uncertain, and nothing is sent again', async () => {
    const { virtual, printer } = await printerWith({ powerCutAfterBytes: 5000 })
    const job = new Uint8Array(8 << 20).fill(0x41)
    const failure = await failureOf(printer.print(job), Uncertain)
    expect(failure).toMatchObject({
      reason: 'connection-lost',
      cause: { code: 'CONNECTION_RESET' },
    })
    expect(failure.bytesSent).toBeGreaterThanOrEqual(5000 - 12)
    await wait(50)
    expect(virtual.jobs.map(({ bytes }) => bytes.length)).toEqual([5000])
  })

  it('lost before the confirmation is uncertain', async () => {
    const { printer } = await printerWith({ powerCutAfterBytes: 1000 })
    const failure = await failureOf(printer.print(lines(99)), Uncertain)
    expect(failure.reason).toBe('connection-lost')
    expect(failure.bytesSent).toBe(lines(99).length)
  })

  it('held by another host: the printer is silent, the job waits, and comes out in its turn', async () => {
    const { virtual, printer } = await printerWith({}, { answerTimeoutMs: 100 })
    const other = await tcp({ host: '127.0.0.1', port: virtual.port }).open()
    await other.write(new TextEncoder().encode('other\n'))
    const job = printer.print(lines(5))
    await wait(300)
    expect(virtual.jobs).toEqual([])
    await other.close()
    const result = await job
    expect(['accepted', 'processed']).toContain(result.grade)
    expect(result.before.answered).toBe(false)
    expect(virtual.jobs.map(({ executed }) => printed(executed).length)).toEqual([0, 5])
  })
})

describe('a slow printer that pushes status bytes', () => {
  it('receives all of a job, and confirms it', async () => {
    const { virtual, printer } = await printerWith({
      readBytes: 16_384,
      readIntervalMs: 20,
      pushStatusEveryMs: 20,
    })
    const job = lines(20_000)
    const result = await printer.print(job)
    expect(result.grade).toBe('processed')
    expect(printed(virtual.jobs[0]?.executed ?? new Uint8Array())).toHaveLength(20_000)
  })
})

describe('giving up', () => {
  it('before anything is sent is not started', async () => {
    const { virtual, printer } = await printerWith()
    const failure = printer.print(lines(3), { signal: AbortSignal.abort() })
    expect(await failureOf(failure, NotStarted)).toMatchObject({ reason: 'aborted' })
    expect(virtual.jobs).toEqual([])
  })

  it('while the printer is asked is not started', async () => {
    const { virtual, printer } = await printerWith({ oneWay: true })
    const failure = printer.print(lines(3), { signal: AbortSignal.timeout(100) })
    expect(await failureOf(failure, NotStarted)).toMatchObject({ reason: 'aborted', bytesSent: 0 })
    expect(virtual.jobs).toEqual([])
  })

  it('while it is sent is uncertain', async () => {
    const { printer } = await printerWith({ readBytes: 1000 })
    const controller = new AbortController()
    const job = printer.print(new Uint8Array(8 << 20).fill(0x41), { signal: controller.signal })
    setTimeout(() => controller.abort(), 500)
    const failure = await failureOf(job, Uncertain)
    expect(failure.reason).toBe('aborted')
    expect(failure.bytesSent).toBeGreaterThan(0)
    expect(failure.bytesSent).toBeLessThan(8 << 20)
  })
})

it('answers before the job and not after it: not confirmed', async () => {
  // It answers the four questions and falls silent.
  const server = await listen((socket) => {
    let asked = 0
    socket.on('data', () => {
      if (asked++ < 4) socket.write(Uint8Array.of(0x12))
    })
  })
  onTestFinished(() => server.close())
  const printer = openPrinter(`tcp://127.0.0.1:${server.port}`, {
    answerTimeoutMs: 200,
    confirmTimeoutMs: 300,
  })
  const failure = await failureOf(printer.print(lines(3)), Uncertain)
  expect(failure.reason).toBe('not-confirmed')
  expect(failure).toBeInstanceOf(PrintError)
})

it('says that all is well and never answers behind the job: not confirmed either', async () => {
  const server = await listen((socket) => {
    socket.on('data', (data) => {
      if (data[0] === 0x10) socket.write(Uint8Array.of(0x12))
    })
  })
  onTestFinished(() => server.close())
  const printer = openPrinter(`tcp://127.0.0.1:${server.port}`, { confirmTimeoutMs: 700 })
  const failure = await failureOf(printer.print(lines(3)), Uncertain)
  expect(failure).toMatchObject({
    reason: 'not-confirmed',
    status: { answered: true, online: true },
  })
})

describe('a byte that looks like the answer of a fence', () => {
  /** Says that all is well, and `stray` when the job comes, of which it processes nothing. */
  async function talkative(stray: readonly number[]) {
    const server = await listen((socket) => {
      let said = false
      socket.on('data', (data) => {
        if (data[0] === 0x10) socket.write(Uint8Array.of(0x12))
        else if (!said && data.includes('line')) {
          // Once, because a job may come in pieces, and twice two forged bytes are as many as the proof's four.
          said = true
          socket.write(Uint8Array.from(stray))
        }
      })
    })
    onTestFinished(() => server.close())
    return openPrinter(`tcp://127.0.0.1:${server.port}`, { confirmTimeoutMs: 700 })
  }

  it.each([[[0x00]], [[0x00, 0x00]], [[0x0f, 0x06]], [[0x0f, 0x06, 0x0f, 0x06]]])(
    'is not taken for it: %j',
    async (stray) => {
      const printer = await talkative(stray)
      const failure = await failureOf(printer.print(lines(3)), Uncertain)
      expect(failure.reason).toBe('not-confirmed')
    },
  )

  it('before each answer: accepted at most, and nothing is known to be out', async () => {
    const { virtual, printer } = await printerWith({ strayBytes: Uint8Array.of(0x00) })
    const result = await printer.print(lines(3))
    expect(result.grade).toBe('accepted')
    expect(result.warnings.map(({ code }) => code)).toEqual(['STRAY_ANSWERS'])
    await virtual.close()
    const segmented = await printerWith({
      strayBytes: Uint8Array.of(0x00),
      paperEndAfterBytes: 700,
    })
    const failure = await failureOf(segmented.printer.print(numbered(40, false)), Uncertain)
    expect(failure.reach.lines.printed).toBe(0)
  })

  it('of a status leaves it unknown', async () => {
    const { printer } = await printerWith({ strayBytes: Uint8Array.of(0x12) })
    const result = await printer.print(lines(3))
    expect(result.grade).toBe('accepted')
    expect(result.after).toMatchObject({ online: 'unknown', paper: 'unknown' })
  })
})

it('waits for people as long as the caller wants, also when the printer is full', async () => {
  const { virtual } = await printerWith({ paperEndAfterBytes: 500, receiveBufferBytes: 4096 })
  const printer = openPrinter(tcp({ host: '127.0.0.1', port: virtual.port, writeTimeoutMs: 300 }), {
    answerTimeoutMs: 200,
  })
  renewsRoll(virtual, 1500)
  const job = new Uint8Array(8 << 20).map((_, i) => (i % 4096 === 4095 ? 0x0a : 0x41))
  const options = { onPaperOut: 'wait', timeoutMs: 200_000 } as const
  expect((await printer.print(job, options)).grade).toBe('processed')
})

it('waits for a head that is too hot, since it goes on by itself', async () => {
  const { virtual, printer } = await printerWith({ readBytes: 500, readIntervalMs: 20 })
  let isHot = false
  const job = printer.print(lines(300), {
    onProgress: () => {
      if (isHot) return
      isHot = true
      virtual.device.set({ error: 'auto-recoverable' })
      setTimeout(() => virtual.device.set({ error: 'none' }), 1800)
    },
  })
  expect((await job).grade).toBe('processed')
  expect(isHot).toBe(true)
})

it('a printer that answers some questions only is accepted, and says so', async () => {
  const server = await listen((socket) => {
    socket.on('data', (data) => {
      if (data.includes(Buffer.from([0x10, 0x04, 0x01]))) socket.write(Uint8Array.of(0x12))
      if (data.includes(Buffer.from([0x10, 0x04, 0x04]))) socket.write(Uint8Array.of(0x12))
      if (data.includes(Buffer.from([0x1d, 0x72, 0x01]))) socket.write(Uint8Array.of(0x00))
    })
    socket.on('end', () => socket.end())
  })
  onTestFinished(() => server.close())
  const printer = openPrinter(`tcp://127.0.0.1:${server.port}`, { answerTimeoutMs: 100 })
  const result = await printer.print(lines(3))
  expect(result.grade).toBe('accepted')
  expect(result.before).toMatchObject({ online: true, cover: 'unknown', paper: 'ok' })
  expect(result.warnings.map(({ code }) => code)).toEqual(['STATUS_INCOMPLETE'])
})
