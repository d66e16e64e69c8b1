/** Half a command that an earlier job left in the printer, and whole lines that it still holds. */

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { memoryJournal } from '../../src/journal/memory.js'
import { formatOwner, ownOwner } from '../../src/locks/owner.js'
import { lockNameOf } from '../../src/locks/printer-lock.js'
import { deviceKeyOf } from '../../src/model/device-key.js'
import { NotStarted, Uncertain } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { memory } from '../../src/transports/memory.js'
import type { Connection } from '../../src/transports/types.js'
import { failureOf, lines, printed, printerWith } from './helpers.js'
import { numbered } from './receipts.js'

const profile = { ...generic80, answersStatus: true }
const CLEAR = String.fromCharCode(0x10, 0x14, 0x08)
/** No process has this number. */
const DEAD = 0

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-torn-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** A folder in which a process that was killed has left the lock of the printer. */
async function abandonedLock(uri: string, partBytes: number): Promise<string> {
  const folder = await freshFolder()
  const owner = formatOwner({ ...(await ownOwner()), pid: DEAD }, '00000000')
  const file = join(folder, `${await lockNameOf(deviceKeyOf(uri))}.${owner}`)
  await writeFile(file, new Uint8Array(partBytes))
  return folder
}

/** Sends bytes as a process does that is killed in the middle of its job. */
function leave(uri: string, bytes: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(uri)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes))
    socket.resume()
    socket.once('close', () => resolve())
  })
}

it('that a killed process left does not swallow the job, and lines that it sent still come out', async () => {
  const { virtual } = await printerWith({ processIds: true, speedMmPerSecond: 100 })
  // Twelve lines take half a second to print; behind them stands a raster of 1000 bytes of which none has come.
  const raster = [0x1d, 0x76, 0x30, 0x00, 0x0a, 0x00, 0x64, 0x00]
  await leave(virtual.uri, Uint8Array.of(...lines(12), ...raster))
  const lockFolder = await abandonedLock(virtual.uri, 1200)
  const printer = openPrinter(virtual.uri, { profile, lockFolder, answerTimeoutMs: 5000 })
  expect(await printer.print(lines(2))).toMatchObject({ grade: 'printed' })
  const [, job] = virtual.jobs
  expect(String.fromCharCode(...(job?.bytes ?? []))).not.toContain(CLEAR)
  expect(virtual.text.match(/line \d{4}/g)).toEqual(
    printed(Uint8Array.of(...lines(12), ...lines(2))),
  )
  // It is known of no longer, since the printer has been freed of it.
  expect(await readdir(lockFolder)).toEqual([])
})

/** A raster of 1000 bytes: what comes instead of its data is swallowed. */
const RASTER = [0x1d, 0x76, 0x30, 0x00, 0x0a, 0x00, 0x64, 0x00]
const picture = Uint8Array.of(...lines(2), ...RASTER, ...new Uint8Array(1000))

it('that a process left which gave up and ended in order is padded by the next process', async () => {
  const lockFolder = await freshFolder()
  const { virtual, printer } = await printerWith(
    { processIds: true, resetAfterBytes: 600, resetTimes: 1 },
    { profile, lockFolder, reconnectMs: 0 },
  )
  await failureOf(printer.print(picture), Uncertain)
  // It knows no more of the printer than the files of locks tell.
  vi.resetModules()
  const next = await import('../../src/printer/open-printer.js')
  const options = { profile, lockFolder, answerTimeoutMs: 5000 }
  expect(await next.openPrinter(virtual.uri, options).print(lines(5))).toMatchObject({
    grade: 'printed',
  })
  const expected = printed(Uint8Array.of(...lines(2), ...lines(5)))
  expect(virtual.text.match(/line \d{4}/g)).toEqual(expected)
  expect(await readdir(lockFolder)).toEqual([])
})

it('in a printer that says nothing is padded after a lost connection', async () => {
  const { virtual, printer } = await printerWith(
    { oneWay: true, resetAfterBytes: 600, resetTimes: 1 },
    { answerTimeoutMs: 50 },
  )
  // So much that the write is under way when the connection is lost.
  const long = new Uint8Array(4 << 20)
  long.set(picture)
  await failureOf(printer.print(long), Uncertain)
  await printer.print(lines(5))
  const expected = printed(Uint8Array.of(...lines(2), ...lines(5)))
  await expect.poll(() => virtual.text.match(/line \d{4}/g)).toEqual(expected)
})

it('is as long as the journal says, where the machine was started again and the lock is gone', async () => {
  const { virtual } = await printerWith({ processIds: true })
  await leave(virtual.uri, Uint8Array.of(...lines(2), ...RASTER))
  const journal = memoryJournal()
  const part = { segments: 3, partBytes: 1200 }
  await journal.append({ type: 'started', jobId: 'a', printer: virtual.uri, ...part })
  const lockFolder = await freshFolder()
  const options = { profile, journal, lockFolder, answerTimeoutMs: 5000 }
  const printer = openPrinter(virtual.uri, options)
  expect(await printer.interrupted()).toMatchObject([{ jobId: 'a', state: 'uncertain' }])
  expect(await printer.print(lines(5), { jobId: 'b' })).toMatchObject({ grade: 'printed' })
  const expected = printed(Uint8Array.of(...lines(2), ...lines(5)))
  expect(virtual.text.match(/line \d{4}/g)).toEqual(expected)
  const nulls = virtual.jobs.at(-1)?.bytes.filter((byte) => byte === 0).length
  expect(nulls).toBeGreaterThan(1199)
  expect(nulls).toBeLessThan(1300)
})

it.each([true, false])(
  'is not looked for in a printer that has confirmed that it was cleared: locked %s',
  async (lock) => {
    const { virtual, printer } = await printerWith(
      { resetAfterBytes: 600, resetTimes: 1 },
      { profile, lock },
    )
    // Nobody knows how many of its lines are out, so that the printer is cleared over the new connection.
    await failureOf(printer.print(picture), Uncertain)
    expect(await printer.print(lines(2))).toMatchObject({ grade: 'processed' })
    expect(virtual.jobs.at(-1)?.bytes[0]).not.toBe(0)
  },
)

it('costs no proof, though the padding takes longer than an answer may', async () => {
  const { virtual } = await printerWith({ processIds: true, readBytes: 20, readIntervalMs: 5 })
  const lockFolder = await abandonedLock(virtual.uri, 4000)
  const printer = openPrinter(virtual.uri, { profile, lockFolder, answerTimeoutMs: 500 })
  expect(await printer.print(lines(2))).toMatchObject({ grade: 'printed' })
})

it('that a lost question left is padded before the next job', async () => {
  // DLE EOT 1 to 4 are twelve bytes; of the question for a process ID half has come.
  const { virtual, printer } = await printerWith(
    { processIds: true, resetAfterBytes: 14, resetTimes: 1 },
    { profile, reconnectMs: 0 },
  )
  await failureOf(printer.print(lines(3)), NotStarted)
  expect(await printer.print(lines(3))).toMatchObject({ grade: 'printed' })
  expect(virtual.text.match(/line \d{4}/g)).toEqual(printed(lines(3)))
  // Before the first question, which half a command would take for the length of its data.
  expect(virtual.jobs[1]?.bytes.subarray(0, 16)).toEqual(new Uint8Array(16))
})

it('ends the connection at once after a restart, since answers that it has eaten never come', async () => {
  const device = virtualDevice({ processIds: true })
  let said: number[] = []
  device.listen({ reply: (bytes) => said.push(...bytes) })
  let pieces = 0
  const inner = memory({
    answer: (data) => {
      said = []
      if (String.fromCharCode(...data).includes('L0') && ++pieces === 2) device.restart()
      device.receive(data)
      return Uint8Array.from(said)
    },
  })
  const ends: string[] = []
  const watched = (connection: Connection): Connection => ({
    get bytesWritten() {
      return connection.bytesWritten
    },
    write: (data, wait) => connection.write(data, wait),
    onData: (listener) => connection.onData(listener),
    onClose: (listener) => connection.onClose(listener),
    close: (wait) => {
      ends.push('close')
      return connection.close(wait)
    },
    abort: () => {
      ends.push('abort')
      connection.abort()
    },
  })
  const transport = {
    uri: inner.uri,
    twoWay: true,
    hidesRestart: true,
    open: async (wait = {}) => watched(await inner.open(wait)),
  }
  const printer = openPrinter(transport, { profile, windowBytes: 1, answerTimeoutMs: 500 })
  const failure = await failureOf(printer.print(numbered(20, false)), Uncertain)
  expect(failure.reason).toBe('restarted')
  expect(ends).toEqual(['abort'])
})
