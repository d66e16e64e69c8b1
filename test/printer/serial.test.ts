import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ptyFront } from '../../src/device/fronts/pty-front.js'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { printBytes } from '../../src/emulator/virtual-printer.js'
import { Uncertain } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import type { PrinterOptions } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { failureOf, lines } from './helpers.js'
import { expectAgreement, numbered, numbersOn, outcomeOf, settled, upTo } from './receipts.js'

const socat = spawnSync('socat', ['-V']).status === 0
const profile = { ...generic80, answersStatus: true }
const PACED = { readBytes: 150, readIntervalMs: 5 }

/** A printer on a line of its own: one whose name was used before might be taken for another printer. */
async function linePrinter(
  server: Omit<VirtualPrinterServerOptions, 'profile'>,
  options: PrinterOptions = {},
  query = '',
) {
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-serial-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const pty = join(folder, 'line')
  const virtual = await startVirtualPrinter({ profile: generic80, ...server, pty })
  onTestFinished(() => virtual.close())
  const printer = openPrinter(`${virtual.uri}${query}`, {
    profile,
    answerTimeoutMs: 500,
    confirmTimeoutMs: 800,
    reconnectMs: 300,
    ...options,
  })
  return { virtual, printer }
}

/** As long as the XOFF of a printer that is changed a roll in takes; a full run has 10 s. */
const XOFF_MS = Number(process.env.XOFF_MS ?? 2500)

/** A line whose far end can be told to say XOFF and XON. */
async function heldLine() {
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-held-'))
  const device = virtualDevice({ processIds: true })
  const pieces: Uint8Array[] = []
  const front = await ptyFront(
    { pty: join(folder, 'line') },
    { take: (bytes) => device.receive(bytes), full: () => false },
  )
  device.listen({
    reply: (bytes) => front.say(bytes),
    executed: (_, bytes) => pieces.push(bytes),
  })
  onTestFinished(async () => {
    await front.close()
    await rm(folder, { recursive: true, force: true })
  })
  const printer = openPrinter(`${front.uri}&flow=xonxoff`, {
    profile,
    windowBytes: 2048,
    answerTimeoutMs: 500,
    confirmTimeoutMs: XOFF_MS / 2,
  })
  const papers = () => printBytes(Buffer.concat(pieces), generic80)
  return { printer, papers, front, device }
}

it.skipIf(socat)('printers on lines are not tested: install socat', ({ skip }) => skip())

describe.skipIf(!socat)('a printer on a line', () => {
  it('that shows with a macro that it has not restarted has printed', async () => {
    const { virtual, printer } = await linePrinter({ processIds: true })
    const result = await printer.print(numbered(40, false))
    expect(result).toMatchObject({ grade: 'printed', warnings: [] })
    expect(numbersOn(virtual.papers)).toEqual(upTo(40))
    await expect.poll(() => virtual.jobs.length).toBe(1)
    const bytes = Buffer.from(virtual.jobs[0]?.bytes ?? [])
    // Once when it is defined, and before each process ID.
    expect(bytes.toString('latin1').split('\x1d^\x01\0\0\x1d(H').length - 1).toBe(
      result.segments + 1,
    )
  })

  it('that returns no process IDs has processed what it shows so', async () => {
    const { virtual, printer } = await linePrinter({})
    const result = await printer.print(numbered(40, false))
    expect(result).toMatchObject({ grade: 'processed', warnings: [] })
    expect(numbersOn(virtual.papers)).toEqual(upTo(40))
    const bytes = Buffer.from(lines(3))
    expect((await printer.print(bytes)).grade).toBe('processed')
  })

  it('that keeps no macro, or whose job has one of its own, has accepted at most', async () => {
    const { virtual, printer } = await linePrinter({ processIds: true, macros: false })
    const result = await printer.print(numbered(40, false))
    expect(result.grade).toBe('accepted')
    expect(result.warnings.map(({ code }) => code)).toEqual(['RESTART_UNSEEN'])
    expect(result.printedThrough).toBe(0)
    expect(numbersOn(virtual.papers)).toEqual(upTo(40))
    const other = await linePrinter({ processIds: true })
    const job = Uint8Array.from([...lines(3), 0x1d, 0x3a, 0x41, 0x0a, 0x1d, 0x3a])
    expect((await other.printer.print(job)).grade).toBe('accepted')
  })

  it('whose restart nothing else shows is told to have printed only what is on paper', {
    timeout: 240_000,
  }, async () => {
    const outcomes = new Set<string>()
    for (const [processIds, macros] of [
      [true, true],
      [true, false],
      [false, true],
    ] as const) {
      for (const at of [420, 800, 1150]) {
        const { virtual, printer } = await linePrinter({ processIds, macros, ...PACED })
        virtual.device.whenReceived(at, () => virtual.device.restart())
        const outcome = await outcomeOf(printer.print(numbered(40, false)))
        await settled(virtual)
        expectAgreement(outcome, numbersOn(virtual.papers), 40, { gaps: true })
        outcomes.add('grade' in outcome ? outcome.grade : outcome.reason)
        await virtual.close()
      }
    }
    expect(outcomes).toContain('restarted')
  })

  it('that is off for a while in the middle is uncertain', async () => {
    const { virtual, printer } = await linePrinter({ processIds: true, ...PACED })
    virtual.device.whenReceived(700, () => virtual.powerCut())
    const failure = await failureOf(printer.print(numbered(60, false)), Uncertain)
    expectAgreement(failure, numbersOn(virtual.papers), 60, { gaps: true })
  })

  it('may hold the line with XOFF for longer than it may take to confirm', {
    timeout: 240_000,
  }, async () => {
    const { printer, papers, front, device } = await heldLine()
    let held = false
    const job = printer.print(numbered(40, false), {
      onProgress: ({ reach }) => {
        if (held || reach.sent < 2) return
        held = true
        front.say(Uint8Array.of(0x13))
        setTimeout(() => front.say(Uint8Array.of(0x11)), XOFF_MS)
      },
    })
    expect(await job).toMatchObject({ grade: 'printed', warnings: [] })
    expect(held).toBe(true)
    expect(numbersOn([papers()])).toEqual(upTo(40))
    expect(device.bufferedBytes).toBe(0)
  })
})
