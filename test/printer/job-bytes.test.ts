/** Jobs that print nothing, that print letters for a picture, and that leave their last line to the next job. */

import { describe, expect, it } from 'vitest'
import { encodeCommands } from '../../src/encoders/escpos/codec.js'
import { memoryJournal } from '../../src/journal/memory.js'
import { OptionError, ReceiptError } from '../../src/model/errors.js'
import { leavesLine } from '../../src/printer/job-bytes.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { openQueue } from '../../src/printer/print-queue.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { memory } from '../../src/transports/memory.js'
import { failureOf, lines, printerWith } from './helpers.js'
import { numbered, numbersOn, settled } from './receipts.js'

const NO_FEED = Uint8Array.of(0x1b, 0x40, ...new TextEncoder().encode('TOTAL 68.00'))

describe('an empty job', () => {
  it.each([
    [new Uint8Array(0)],
    [{ nodes: [] }],
    [{ nodes: [], title: 'x' }],
    [{ bytes: new Uint8Array(0) }],
  ])('%j is an error before a byte is sent', async (job) => {
    const transport = memory()
    const printer = openPrinter(transport, { profile: generic80 })
    const work = printer.print(job).catch((error: unknown) => error)
    expect(await work).toMatchObject({ code: expect.stringMatching(/^(JOB_EMPTY|RECEIPT_)/) })
    expect(transport.bytes.length).toBe(0)
  })

  it.each([[undefined], [null], ['hello'], [7], [[1, 2]]])('%j is no job', async (job) => {
    const transport = memory()
    const work = openPrinter(transport).print(job as never)
    if (Array.isArray(job)) await expect(work).rejects.toThrow()
    else expect(await failureOf(work, OptionError)).toMatchObject({ path: 'job' })
    expect(transport.bytes.length).toBe(0)
  })

  it('is not taken into a queue', async () => {
    const journal = memoryJournal()
    const queue = openQueue({ journal, open: () => openPrinter(memory()) })
    const added = { jobId: 'a', printer: 'tcp://127.0.0.1:1' }
    const empty = failureOf(queue.add(new Uint8Array(0), added), ReceiptError)
    expect(await empty).toMatchObject({ code: 'JOB_EMPTY', path: 'job' })
    const receipt = failureOf(queue.add({ nodes: [] } as never, added), OptionError)
    expect(await receipt).toMatchObject({ path: 'job' })
    expect(await journal.list()).toEqual([])
    await queue.close()
  })
})

describe('a file that is no job', () => {
  it.each([
    ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]],
    ['JPEG', [0xff, 0xd8, 0xff, 0xe0]],
    ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]],
    ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
  ])('%s is refused by name, unless it is wanted raw', async (name, start) => {
    const transport = memory()
    const printer = openPrinter(transport)
    const bytes = Uint8Array.from([...start, 0x0a])
    const failure = await failureOf(printer.print(bytes), ReceiptError)
    expect(failure).toMatchObject({ code: 'JOB_IS_FILE', path: 'job' })
    expect(failure.message).toContain(name)
    expect(transport.bytes.length).toBe(0)
    await printer.print(bytes, { raw: true })
    expect(transport.bytes).toEqual(bytes)
  })
})

describe('a last line without a line feed', () => {
  const text = { kind: 'text', bytes: Uint8Array.of(0x41) } as const
  it.each([
    ['text', [text], true],
    ['LF', [text, { kind: 'lineFeed' }], false],
    ['ESC d', [text, { kind: 'feedLines', n: 10 }], false],
    ['a cut that feeds', [text, { kind: 'cutFeed', m: 66, n: 10 }], false],
    ['a cut in mid-line, which is ignored', [text, { kind: 'cut', m: 0 }], true],
    ['a cut', [text, { kind: 'lineFeed' }, { kind: 'cut', m: 0 }], false],
    ['ESC @, which drops it', [text, { kind: 'initialize' }], false],
    ['a mode whose parameter is 0A', [text, { kind: 'lineSpacing', n: 10 }], true],
  ] as const)('%s', (_, commands, isLeft) => {
    expect(leavesLine(encodeCommands(commands))).toBe(isLeft)
  })

  it('is a warning, or is ended', async () => {
    const { virtual, printer } = await printerWith()
    const result = await printer.print(NO_FEED)
    expect(result.warnings).toMatchObject([{ code: 'LINE_NOT_PRINTED', path: 'job' }])
    expect(virtual.text).not.toContain('TOTAL')
    const ended = await printer.print(NO_FEED, { finishLine: true })
    expect(ended.warnings).toEqual([])
    expect(virtual.text).toContain('TOTAL 68.00')
    expect((await printer.print(lines(2))).warnings).toEqual([])
  })
})

describe('a marked copy', () => {
  it('of a job that is done is printed and counted, and without the option it is done', async () => {
    const journal = memoryJournal()
    const { virtual, printer } = await printerWith({}, { profile: generic80, journal })
    const job = numbered(2, false)
    await printer.print(job, { jobId: 'A108' })
    const marked = await printer.print(job, { jobId: 'A108', marked: true })
    expect(marked).toMatchObject({ grade: 'processed', alreadyDone: false })
    await settled(virtual)
    expect(numbersOn(virtual.papers)).toEqual([1, 2, 0, 1, 2])
    expect(await journal.get('A108')).toMatchObject({ state: 'done', attempts: 2, marked: true })
    const again = await printer.print(job, { jobId: 'A108' })
    expect(again).toMatchObject({ alreadyDone: true, bytesSent: 0 })
    expect(numbersOn(virtual.papers)).toHaveLength(5)
  })

  it.each(['done', 'uncertain', 'failed'] as const)(
    'that is not begun leaves it %s',
    async (state) => {
      const journal = memoryJournal()
      await journal.append({ type: 'started', jobId: 'a', printer: 'memory:', segments: 3 })
      const ended = { jobId: 'a', reason: 'paper-out', printed: 0, sent: 2 } as const
      if (state === 'done') await journal.append({ type: 'done', jobId: 'a', grade: 'printed' })
      else await journal.append({ type: state, ...ended })
      const before = await journal.get('a')
      const wrong = { type: 'started', jobId: 'a', printer: 'memory:', segments: 4 } as const
      await expect(journal.append(wrong)).rejects.toMatchObject({ code: 'JOB_STATE' })
      await journal.append({ ...wrong, marked: true })
      await journal.append({ type: 'failed', ...ended, sent: 0 })
      const after = await journal.get('a')
      const changed = { changedAt: expect.any(String) as string, attempts: 2 }
      expect(after).toEqual({ ...before, ...changed })
    },
  )

  it('is needed for a job of which a part may be out, also where none of it is confirmed', async () => {
    const journal = memoryJournal()
    await journal.append({ type: 'started', jobId: 'a', printer: 'memory:', segments: 3 })
    const ended = { reason: 'paper-out', printed: 0, sent: 2 } as const
    await journal.append({ type: 'failed', jobId: 'a', ...ended })
    const transport = memory()
    const printer = openPrinter(transport, { journal })
    const failure = printer.print(lines(3), { jobId: 'a' }).catch((error: unknown) => error)
    expect(await failure).toMatchObject({ code: 'PRINT_PARTIAL' })
    expect(transport.bytes.length).toBe(0)
    await printer.print(lines(3), { jobId: 'a', marked: true })
    expect(String.fromCharCode(...transport.bytes)).toContain('REPRINT')
  })

  it('that a person has decided on is printed so without saying it again', async () => {
    const journal = memoryJournal()
    await journal.append({ type: 'started', jobId: 'a', printer: 'memory:', segments: 3 })
    const ended = { reason: 'restarted', printed: 0, sent: 2 } as const
    await journal.append({ type: 'uncertain', jobId: 'a', ...ended })
    await journal.append({ type: 'retried', jobId: 'a', marked: true })
    const transport = memory()
    await openPrinter(transport, { journal }).print(lines(3), { jobId: 'a' })
    expect(String.fromCharCode(...transport.bytes)).toContain('REPRINT')
  })
})
