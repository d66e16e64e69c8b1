import { describe, expect, it } from 'vitest'
import { cut, type ReceiptNode, type TextNode, text } from '../../src/index.js'
import { NotStarted, PartiallyPrinted, Uncertain } from '../../src/printer/errors.js'
import type { PrintProgress } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { failureOf, printerWith, renewsRoll, wait } from './helpers.js'
import {
  expectAgreement,
  numbered,
  numbersOn,
  outcomeOf,
  pulsesOn,
  settled,
  upTo,
} from './receipts.js'

const profile = { ...generic80, answersStatus: true }
const WITH_IDS = { processIds: true }

describe('a receipt in segments', () => {
  it('is printed, each segment with a process ID of its own, within the window', async () => {
    const { virtual, printer } = await printerWith(WITH_IDS, { profile, windowBytes: 2048 })
    const job = numbered(60)
    const states: PrintProgress[] = []
    const result = await printer.print(job, { onProgress: (progress) => states.push(progress) })
    expect(result).toMatchObject({ grade: 'printed', warnings: [] })
    expect(result.segments).toBe(job.segments.filter(({ kind }) => kind === 'print').length)
    expect(result.printedThrough).toBe(result.segments)
    expect(numbersOn(virtual.papers)).toEqual(upTo(60))
    expect(states.at(-1)?.reach.lines).toMatchObject({ total: 61, sent: 61 })
    const ids = Buffer.from(virtual.jobs[0]?.bytes ?? [])
      .toString('latin1')
      .split('(H\x06\0').length
    // One for each segment, and one that asks whether there are any.
    expect(ids - 1).toBe(result.segments + 1)
  })

  it('is processed where there are only fences, and a block stands behind the last', async () => {
    const { virtual, printer } = await printerWith({}, { profile })
    const result = await printer.print(numbered(60))
    expect(result.grade).toBe('processed')
    expect(numbersOn(virtual.papers)).toEqual(upTo(60))
    const bytes = Buffer.from(virtual.jobs[0]?.bytes ?? [])
    expect(bytes.lastIndexOf('\x1dI\x43')).toBeGreaterThan(bytes.lastIndexOf('\x1dr\x01'))
  })

  it('may be given as a receipt', async () => {
    const { virtual, printer } = await printerWith(WITH_IDS, { profile })
    const receipt = { nodes: [text('L001'), cut()] as ReceiptNode[] }
    const printed = printer.print(receipt)
    receipt.nodes.length = 0
    expect((await printed).grade).toBe('printed')
    expect(numbersOn(virtual.papers)).toEqual([1])
    await expect(printer.print({ nodes: [{ kind: 'text' } as TextNode] })).rejects.toMatchObject({
      path: expect.stringMatching('nodes') as string,
    })
    const { printer: bare } = await printerWith()
    await expect(bare.print(receipt)).rejects.toMatchObject({ code: 'PROFILE_MISSING' })
  })

  it('goes to a clone that never answers, and to a slow printer that skips IDs', async () => {
    const clone = await printerWith({ oneWay: true }, { profile })
    expect((await clone.printer.print(numbered(30))).grade).toBe('accepted')
    expect(numbersOn(clone.virtual.papers)).toEqual(upTo(30))
    const slow = await printerWith(
      { ...WITH_IDS, skipsProcessIds: true, readBytes: 900, readIntervalMs: 5 },
      { profile, windowBytes: 8000 },
    )
    expect((await slow.printer.print(numbered(30))).grade).toBe('printed')
    expect(numbersOn(slow.virtual.papers)).toEqual(upTo(30))
  })

  it('opens the drawer once, after the cut is confirmed', async () => {
    const { virtual, printer } = await printerWith(WITH_IDS, { profile })
    await printer.print(numbered(5), { copies: 2 })
    await settled(virtual)
    expect(pulsesOn(virtual.papers)).toBe(1)
    const [paper] = virtual.papers
    expect(paper?.pulses[0]?.offset).toBeGreaterThan(paper?.cuts[0]?.offset ?? Number.NaN)
  })

  it('makes copies with a pause to tear', async () => {
    const { virtual, printer } = await printerWith(WITH_IDS, { profile })
    const seen: PrintProgress[] = []
    const start = performance.now()
    const result = await printer.print(numbered(10, false), {
      copies: 3,
      pauseBetweenCopiesMs: 60,
      onProgress: (progress) => seen.push(progress),
    })
    expect(result).toMatchObject({ grade: 'printed', copies: 3 })
    expect(numbersOn(virtual.papers)).toEqual([...upTo(10), ...upTo(10), ...upTo(10)])
    const pauses = seen.filter(({ state }) => state === 'between-copies')
    expect(pauses.map(({ reach }) => reach.copy)).toEqual([2, 3])
    expect(performance.now() - start).toBeGreaterThan(115)
  })

  it('reports as printed nothing that stray bytes could have said', async () => {
    const stray = Uint8Array.of(0x80, 0x06, 0xff, 0x15)
    for (const processIds of [true, false]) {
      const { virtual, printer } = await printerWith({ processIds, strayBytes: stray }, { profile })
      const outcome = await outcomeOf(printer.print(numbered(40, false)))
      await settled(virtual)
      expectAgreement(outcome, numbersOn(virtual.papers), 40)
    }
  })
})

describe('the roll ends in the middle of a receipt', () => {
  it.each([
    [700, 1, PartiallyPrinted],
    [1100, 1, PartiallyPrinted],
    // All of it had been sent by then, so that none of it is known to be missing.
    [1100, 4096, Uncertain],
    [1500, 4096, Uncertain],
  ])(
    'after %d bytes, window %d: cancelled, and the lines agree',
    async (bytes, windowBytes, kind) => {
      const { virtual, printer } = await printerWith(
        { ...WITH_IDS, paperEndAfterBytes: bytes },
        { profile, windowBytes },
      )
      const work = printer.print(numbered(80, false), { onPaperOut: 'cancel' })
      const failure = await failureOf<PartiallyPrinted | Uncertain>(work, kind)
      expect(failure).toMatchObject({ reason: 'paper-out' })
      if (failure instanceof Uncertain) expect(failure.final).toBe(true)
      virtual.device.set({ paper: 'ok' })
      await settled(virtual)
      const numbers = numbersOn(virtual.papers)
      expectAgreement(failure, numbers, 80)
      expect(failure.message).toMatch(/lines|none of/)
      expect(failure.reach.path).toMatch(/^nodes\[\d+\]$/)
      expect(pulsesOn(virtual.papers)).toBe(0)
      expect((await printer.print(numbered(3, false))).grade).toBe('printed')
      expect(numbersOn(virtual.papers)).toEqual([...numbers, ...upTo(3)])
    },
  )

  it('waits for a new roll, and goes on', async () => {
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, paperEndAfterBytes: 1500 },
      { profile },
    )
    const states: string[] = []
    const work = printer.print(numbered(80), {
      onPaperOut: 'wait',
      onProgress: ({ state, reason }) => {
        if (states.at(-1) !== `${state} ${reason}`) states.push(`${state} ${reason}`)
        if (state === 'paused') setTimeout(() => virtual.device.set({ paper: 'ok' }), 900)
      },
    })
    expect((await work).grade).toBe('printed')
    expect(states).toEqual(['sending undefined', 'paused paper-out', 'sending undefined'])
    expect(numbersOn(virtual.papers)).toEqual(upTo(80))
  })

  it('keeps the rest in the host: what comes out later is bounded', async () => {
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, paperEndAfterBytes: 1500 },
      { profile, windowBytes: 1024 },
    )
    const failure = await failureOf(printer.print(numbered(200, false)), Uncertain)
    virtual.device.set({ paper: 'ok' })
    await settled(virtual)
    expectAgreement(failure, numbersOn(virtual.papers), 200)
    expect(failure.reach.lines.sent).toBeLessThan(150)
  })

  it('prints the whole receipt once more with a mark, when there is paper again', async () => {
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, paperEndAfterBytes: 1500 },
      { profile },
    )
    renewsRoll(virtual, 2000)
    const result = await printer.print(numbered(80, false), {
      onPaperOut: 'cancel',
      onUncertain: 'reprint-marked',
    })
    expect(result).toMatchObject({ grade: 'printed', reprinted: true })
    expect(result.warnings.map(({ code }) => code)).toEqual(['REPRINTED'])
    await settled(virtual)
    const numbers = numbersOn(virtual.papers)
    const mark = numbers.indexOf(0)
    expect(numbers.slice(0, mark)).toEqual(upTo(mark))
    expect(numbers.slice(mark + 1)).toEqual(upTo(80))
    expect(pulsesOn(virtual.papers)).toBe(1)
  })

  it('waits for the printer to be ready until its time is over, and then fails as the first attempt did', async () => {
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, paperEndAfterBytes: 1500 },
      { profile },
    )
    const work = outcomeOf(
      printer.print(numbered(80, false), {
        onPaperOut: 'cancel',
        onUncertain: 'reprint-marked',
        timeoutMs: 4000,
      }),
    )
    await expect.poll(() => virtual.device.state.paper).toBe('end')
    // The first attempt has ended by now; then the plug is pulled, and the printer says nothing more.
    await wait(2000)
    await virtual.close()
    expect(await work).toMatchObject({ code: 'PRINT_UNCERTAIN', reason: 'paper-out' })
  })
})

describe('other stops', () => {
  it.each([{ cover: 'open' }, { error: 'cutter' }] as const)('%j in the middle', async (fault) => {
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, readBytes: 100, readIntervalMs: 20 },
      { profile, windowBytes: 300 },
    )
    const work = outcomeOf(
      printer.print(numbered(80, false), {
        onPaperOut: 'cancel',
        onProgress: ({ reach }) => {
          if (reach.sent === 3) virtual.device.set(fault)
        },
      }),
    )
    const outcome = await work
    expect(outcome).toBeInstanceOf(PartiallyPrinted)
    virtual.device.set({ cover: 'closed', error: 'none' })
    await settled(virtual)
    expectAgreement(outcome, numbersOn(virtual.papers), 80)
  })

  it('goes on from a cleared jam by command', async () => {
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, readBytes: 100, readIntervalMs: 20 },
      { profile },
    )
    let told = false
    const work = printer.print(numbered(40, false), {
      onPaperOut: 'wait',
      onProgress: ({ state, reach }) => {
        if (state === 'sending' && reach.sent === 2) virtual.device.set({ error: 'cutter' })
        if (state === 'paused' && !told) void printer.recover()
        told ||= state === 'paused'
      },
    })
    expect((await work).grade).toBe('printed')
    expect(told).toBe(true)
    expect(numbersOn(virtual.papers)).toEqual(upTo(40))
  })
})

describe('a connection that is reset while the printer goes on', () => {
  it('is opened again, and the receipt goes on without a gap where all is confirmed', async () => {
    const job = numbered(80, false)
    for (const resetAfterBytes of [700, 1100, 1900]) {
      const { virtual, printer } = await printerWith(
        { ...WITH_IDS, resetAfterBytes, resetTimes: 1 },
        { profile, windowBytes: 1 },
      )
      const outcome = await outcomeOf(printer.print(job))
      await settled(virtual)
      expectAgreement(outcome, numbersOn(virtual.papers), 80)
      expect((await printer.print(numbered(2, false))).grade).toBe('printed')
    }
  })

  it('while copies are torn off, goes on with the next copy', async () => {
    const { virtual, printer } = await printerWith(WITH_IDS, { profile })
    const result = await printer.print(numbered(10, false), {
      copies: 2,
      pauseBetweenCopiesMs: 300,
      onProgress: ({ state }) => {
        if (state === 'between-copies') setTimeout(() => virtual.powerCut(), 30)
      },
    })
    expect(result.grade).toBe('printed')
    expect(numbersOn(virtual.papers)).toEqual([...upTo(10), ...upTo(10)])
    expect(virtual.papers).toHaveLength(2)
  })
})

describe('the power is cut', () => {
  const job = numbered(24)
  const cuts = Array.from({ length: 24 }, (_, i) => 40 + Math.round((i * job.bytes.length) / 23))
  it.each([true, false])('at many bytes, with process IDs %s', async (ids) => {
    for (const powerCutAfterBytes of cuts) {
      const { virtual, printer } = await printerWith(
        { processIds: ids, powerCutAfterBytes, powerCutTimes: 1 },
        { profile },
      )
      const outcome = await outcomeOf(printer.print(job))
      await settled(virtual)
      expectAgreement(outcome, numbersOn(virtual.papers), 24)
      // What was cut inside a command does not swallow the next job.
      expect(await printer.print(numbered(2, false))).toMatchObject({
        grade: ids ? 'printed' : 'processed',
      })
      expect(numbersOn(virtual.papers).slice(-2)).toEqual([1, 2])
      await virtual.close()
    }
  })

  it('for good: uncertain, with how far it got', async () => {
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, readBytes: 100, readIntervalMs: 20 },
      { profile, reconnectMs: 300 },
    )
    const outcome = await outcomeOf(
      printer.print(numbered(100, false), {
        onProgress: ({ reach, state }) => {
          if (reach.sent === 3 && state === 'sending') void virtual.switchOff()
        },
      }),
    )
    expect(outcome).toMatchObject({ code: 'PRINT_UNCERTAIN', reason: 'connection-lost' })
    expectAgreement(outcome, numbersOn(virtual.papers), 100)
    const next = await failureOf(printer.print(numbered(1, false)), NotStarted)
    expect(next.reason).toBe('no-connection')
    await virtual.switchOn()
    expect((await printer.print(numbered(1, false))).grade).toBe('printed')
  })
})
