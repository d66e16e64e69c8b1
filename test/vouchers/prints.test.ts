/** Slips on a real TCP printer: what is recorded of each copy agrees with the paper, whatever happens on the way. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  paperToText,
  startVirtualPrinter,
  type VirtualPrinterServer,
  type VirtualPrinterServerOptions,
} from '../../src/entries/emulator.js'
import { fileJournal, type Journal, memoryJournal } from '../../src/journal/index.js'
import { dotAt } from '../../src/model/bitmap.js'
import type { Paper } from '../../src/model/paper.js'
import { NotStarted, openPrinter, PrintError, type Printer } from '../../src/printer/index.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import {
  type Archive,
  createArchive,
  openDrawer,
  type PrintVoucherOptions,
  printVoucher,
  readySlip,
  reprintVoucher,
  slipMaker,
} from '../../src/vouchers/index.js'
import { slipTrades } from './slip-samples.js'

const folder = mkdtempSync(join(tmpdir(), 'voucher-prints-'))
const profile = { ...generic58, answersStatus: true }
const now = new Date('2026-11-23T05:46:00Z')
const clock = () => now
let archive: Archive
let count = 0

beforeAll(async () => {
  archive = await createArchive(join(folder, 'shop.db'))
})
afterAll(async () => {
  expect((await archive.verify()).ok).toBe(true)
  await archive.close()
  rmSync(folder, { recursive: true, force: true })
})

async function added(name = 'sale-card'): Promise<string> {
  const voucher = String(++count)
  const { batch: _, ...trade } = slipTrades[name] as object & { batch?: string }
  return (await archive.add({ ...trade, batch: '900', voucher }, { now })).id
}

async function counter(options: Partial<VirtualPrinterServerOptions> = {}) {
  const virtual = await startVirtualPrinter({ profile: generic58, processIds: true, ...options })
  onTestFinished(() => virtual.close())
  const journal = await fileJournal(join(folder, `jobs-${++count}.jsonl`))
  return { virtual, journal, ...at(virtual, journal) }
}

async function wideCounter() {
  const virtual = await startVirtualPrinter({ profile: generic80, processIds: true })
  onTestFinished(() => virtual.close())
  const journal = await fileJournal(join(folder, `jobs-${++count}.jsonl`))
  const own = { profile: { ...generic80, answersStatus: true }, journal, answerTimeoutMs: 300 }
  const printer = openPrinter(virtual.uri, own)
  onTestFinished(() => printer.close())
  const options: PrintVoucherOptions = { printer, journal, by: '01', clock, copies: ['merchant'] }
  return { virtual, options }
}

/** One program at the counter: a printer object and what it prints with. */
function at(virtual: VirtualPrinterServer, journal: Journal) {
  const printer = openPrinter(virtual.uri, { profile, journal, answerTimeoutMs: 300 })
  onTestFinished(() => printer.close())
  const options: PrintVoucherOptions = { printer, journal, by: '01', clock, copies: ['merchant'] }
  return { printer, options }
}

const both = { copies: ['merchant', 'cardholder'] } as const

/** Each paper that was cut or torn, as `merchant` or `cardholder`, with a star if it is marked as a reprint, above the slip or in it. */
async function slipsOn(virtual: VirtualPrinterServer): Promise<readonly string[]> {
  await virtual.settled()
  const text = virtual.papers.map((paper) => paperToText(paper)).join('\n')
  const mark = '(\\*{3} 重打印凭证 DUPLICATED \\*{3})?[^*]*?'
  const slip = new RegExp(`${mark}(商户|持卡人|消费者)存根[^*]*?${mark}商户名称`, 'g')
  return [...text.matchAll(slip)].map(
    ([, above, copy, within]) =>
      `${copy === '商户' ? 'merchant' : 'cardholder'}${(above ?? within) ? '*' : ''}`,
  )
}

/** The dots of a paper, row by row. */
function rowsOf({ bitmap }: Paper): readonly string[] {
  return Array.from({ length: bitmap.heightDots }, (_, y) =>
    Array.from({ length: bitmap.widthDots }, (__, x) => (dotAt(bitmap, x, y) ? '1' : '0')).join(''),
  )
}

function pulsesOn({ papers }: VirtualPrinterServer): number {
  return papers.reduce((sum, { pulses }) => sum + pulses.length, 0)
}

async function printsOf(id: string): Promise<readonly string[]> {
  return (await archive.get(id)).prints.map(
    ({ copy, outcome, nth, marked }) => `${copy} ${nth} ${outcome}${marked ? ' marked' : ''}`,
  )
}

describe('printing', () => {
  test('prints each copy once, and then only again with a reason and a mark', async () => {
    const { virtual, options } = await counter()
    const id = await added()
    expect(await printVoucher(archive, id, { ...options, ...both })).toMatchObject([
      { copy: 'merchant', outcome: 'confirmed', grade: 'printed', nth: 1, marked: false },
      { copy: 'cardholder', outcome: 'confirmed', grade: 'printed', nth: 1, marked: false },
    ])
    await expect(printVoucher(archive, id, { ...options, ...both })).rejects.toMatchObject({
      code: 'PRINTED_ALREADY',
    })
    const again = { ...options, why: '客户遗失', copies: ['cardholder'] as const }
    await reprintVoucher(archive, id, again)
    expect(await reprintVoucher(archive, id, again)).toMatchObject([
      { nth: 3, marked: true, why: '客户遗失', by: '01', at: now.toISOString() },
    ])
    expect(await slipsOn(virtual)).toEqual(['merchant', 'cardholder', 'cardholder*', 'cardholder*'])
    expect(virtual.text).toContain('重打印:2026-11-23 13:46 第2次')
    expect(virtual.text).not.toContain('不确定')
    expect((await archive.find({ printed: 'yes' })).vouchers.map((one) => one.id)).toContain(id)
  })

  test('prints again what is kept, behind the mark, whatever the template is by now', async () => {
    // It cuts, so that each slip is a paper.
    const { virtual, options } = await wideCounter()
    const id = await added()
    await printVoucher(archive, id, options)
    const templates = { card: { nodes: [{ kind: 'text', text: '新版 {{voucher}}' }] } }
    const again = { ...options, templates, why: '客户遗失' }
    await reprintVoucher(archive, id, again)
    await reprintVoucher(archive, id, { ...again, from: 'templates' })
    await virtual.settled()
    const slips = virtual.pieces.map(({ paper }) => paper)
    const [first, kept, today] = slips.map(rowsOf)
    expect(kept?.slice(-(first as string[]).length)).toEqual(first)
    const above = kept?.slice(0, -(first as string[]).length).some((row) => row.includes('1'))
    expect(above).toBe(true)
    const [, second, third] = slips.map((paper) => paperToText(paper))
    expect(second).toMatch(/^\s*\*{3} 重打印凭证 DUPLICATED \*{3}\n重打印:2026-11-23 13:46 第1次\n/)
    expect(third?.trim()).toMatch(/^新版 \d{6}$/)
    expect((today as string[]).length).toBeLessThan((first as string[]).length / 2)
  })

  test('prints again by the template of today on another paper than the one that is kept', async () => {
    const { options } = await counter()
    const id = await added()
    await printVoucher(archive, id, options)
    const wide = await wideCounter()
    await reprintVoucher(archive, id, { ...wide.options, why: '换纸' })
    expect(await slipsOn(wide.virtual)).toEqual(['merchant*'])
    expect(wide.virtual.text).not.toMatch(/^\s*\*{3}/)
  })

  test('opens the drawer with the first print of a slip that was kept with the trade', async () => {
    const { virtual, options } = await counter()
    const id = await added('sale-cash')
    await archive.keepSlips(id, slipMaker({ profile }), { now })
    const templates = { cash: { nodes: [{ kind: 'text', text: '新版' }] } }
    await printVoucher(archive, id, { ...options, templates })
    expect(await slipsOn(virtual)).toEqual(['merchant'])
    expect(pulsesOn(virtual)).toBe(1)
  })

  test('waits between copies as the shop has set', async () => {
    const { options } = await counter()
    await archive.changeSettings({ pauseMs: 150 }, { by: 'manager', now, terminal: '10023456' })
    onTestFinished(async () => {
      await archive.changeSettings({ pauseMs: 0 }, { by: 'manager', now, terminal: '10023456' })
    })
    const times: number[] = []
    const timed = () => {
      times.push(performance.now())
      return now
    }
    await printVoucher(archive, await added(), { ...options, ...both, clock: timed })
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(145)
  })

  test('a copy that is asked for alone keeps its place among the copies', async () => {
    const { virtual, options } = await counter()
    await printVoucher(archive, await added(), { ...options, copies: ['cardholder'] })
    expect(virtual.text).toContain('第2联/共2联')
  })

  test('refuses copies that do not exist or come twice, a reprint without a reason, and a foreign journal', async () => {
    const { options } = await counter()
    const id = await added()
    for (const copies of [['customer'], ['merchant', 'merchant'], []] as never[]) {
      await expect(printVoucher(archive, id, { ...options, copies })).rejects.toMatchObject({
        code: 'COPY_INVALID',
        path: 'options.copies',
      })
    }
    await expect(reprintVoucher(archive, id, { ...options, why: ' ' })).rejects.toMatchObject({
      path: 'options.why',
    })
    const foreign = { ...options, journal: memoryJournal() }
    await expect(printVoucher(archive, id, foreign)).rejects.toMatchObject({
      code: 'JOURNAL_UNUSED',
    })
    expect(await printsOf(id)).toEqual(['merchant 1 confirmed'])
  })
})

describe('a print that fails', () => {
  test('before the first byte is no print, and the next one is unmarked', async () => {
    const { virtual, options } = await counter({ state: { paper: 'end' } })
    const id = await added()
    await expect(printVoucher(archive, id, options)).rejects.toBeInstanceOf(NotStarted)
    await expect(printVoucher(archive, id, options)).rejects.toBeInstanceOf(NotStarted)
    expect((await archive.find({ printed: 'no', voucher: String(count) })).count).toBe(1)
    virtual.device.set({ paper: 'ok' })
    await printVoucher(archive, id, options)
    expect(await printsOf(id)).toEqual([
      'merchant 0 failed',
      'merchant 0 failed',
      'merchant 1 confirmed',
    ])
    expect(await slipsOn(virtual)).toEqual(['merchant'])
  })

  test('at the second copy leaves the first one done, and the next print goes on with the rest', async () => {
    const { virtual, options } = await counter()
    const id = await added()
    virtual.fault('paper-out@200mm')
    const three = { ...options, copies: ['merchant', 'cardholder', 'bank'] as const }
    const error = await printVoucher(archive, id, three).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PrintError)
    const before = await printsOf(id)
    virtual.device.set({ paper: 'ok' })
    await printVoucher(archive, id, three)
    const slips = await slipsOn(virtual)
    expect(slips.filter((copy) => copy === 'merchant')).toHaveLength(1)
    expect(before).toEqual(['merchant 1 confirmed', 'cardholder 1 uncertain'])
    expect(await printsOf(id)).toEqual([...before, 'bank 1 confirmed'])
  })

  test('in the middle is uncertain: no print goes on over it, and the reprint says so', async () => {
    const { virtual, options } = await counter({ readBytes: 100, readIntervalMs: 2 })
    const id = await added()
    virtual.fault('power-cut@500b')
    await expect(printVoucher(archive, id, options)).rejects.toMatchObject({
      code: 'PRINT_UNCERTAIN',
    })
    expect(await printsOf(id)).toEqual(['merchant 1 uncertain'])
    expect((await archive.find({ printed: 'uncertain' })).count).toBe(1)
    await expect(printVoucher(archive, id, options)).rejects.toMatchObject({
      code: 'PRINTED_ALREADY',
      message: 'a print of this voucher may be on paper',
    })
    await reprintVoucher(archive, id, { ...options, why: '断电' })
    expect(await printsOf(id)).toEqual(['merchant 1 uncertain', 'merchant 2 confirmed marked'])
    await virtual.settled()
    const paper = virtual.papers.map((one) => paperToText(one)).at(-1) ?? ''
    expect(paper.replace(/\n/g, '')).toContain('前一次打印结果不确定，请核对是否重复')
  })

  test('a ready-made slip is headed as well if it is printed again', async () => {
    const { virtual, options } = await counter()
    const id = await added()
    const ready = readySlip('收单机构签购单\n金额: RMB 1,286.00')
    await printVoucher(archive, id, { ...options, ready })
    await reprintVoucher(archive, id, { ...options, ready, why: '不清晰' })
    const lines = virtual.papers.flatMap((paper) => paperToText(paper).split('\n'))
    expect(lines.map((line) => line.trim()).filter((line) => line !== '')).toEqual([
      '收单机构签购单',
      '金额: RMB 1,286.00',
      '*** 重打印凭证 DUPLICATED ***',
      '重打印:2026-11-23 13:46 第1次',
      '收单机构签购单',
      '金额: RMB 1,286.00',
    ])
  })
})

test('a link that only takes bytes confirms nothing', async () => {
  const journal = await fileJournal(join(folder, `jobs-${++count}.jsonl`))
  const printer = openPrinter(`file:${join(folder, 'paper.bin')}`, { profile, journal })
  onTestFinished(() => printer.close())
  const id = await added()
  const options = { printer, journal, by: '01', clock, copies: ['merchant'] } as const
  const prints = await printVoucher(archive, id, options)
  expect(prints).toMatchObject([{ outcome: 'uncertain', grade: 'handed-over', nth: 1 }])
  await expect(printVoucher(archive, id, options)).rejects.toMatchObject({
    code: 'PRINTED_ALREADY',
  })
})

describe('the drawer', () => {
  test('opens once for a cash trade, not for its reprint, and never for a card', async () => {
    const { virtual, options } = await counter()
    const id = await added('sale-cash')
    await printVoucher(archive, id, { ...options, ...both })
    await reprintVoucher(archive, id, { ...options, why: '客户遗失' })
    expect(await openDrawer(archive, id, options)).toBe(false)
    const card = await added()
    await printVoucher(archive, card, options)
    expect(await openDrawer(archive, card, options)).toBe(false)
    await virtual.settled()
    expect(pulsesOn(virtual)).toBe(1)
  })

  test('opens without paper, and the slip that is printed later leaves it shut', async () => {
    const { virtual, options } = await counter()
    const id = await added('sale-cash')
    expect(await openDrawer(archive, id, options)).toBe(true)
    expect(await openDrawer(archive, id, options)).toBe(false)
    await printVoucher(archive, id, options)
    await virtual.settled()
    expect([pulsesOn(virtual), await slipsOn(virtual)]).toEqual([1, ['merchant']])
  })

  test('stays shut for a reprint also if it has never opened', async () => {
    const { virtual, options } = await counter()
    const id = await added('sale-cash')
    await reprintVoucher(archive, id, { ...options, why: '补开' })
    await virtual.settled()
    expect(pulsesOn(virtual)).toBe(0)
  })

  test('opens at the retry if nothing was sent, and not after a print that may have opened it', async () => {
    const { virtual, options } = await counter({ state: { cover: 'open' } })
    const id = await added('sale-cash')
    await expect(printVoucher(archive, id, options)).rejects.toBeInstanceOf(NotStarted)
    virtual.device.set({ cover: 'closed' })
    await printVoucher(archive, id, options)
    await virtual.settled()
    expect(pulsesOn(virtual)).toBe(1)
    const cut = await added('sale-cash')
    virtual.fault('power-cut@300b')
    await expect(printVoucher(archive, cut, options)).rejects.toBeInstanceOf(PrintError)
    await reprintVoucher(archive, cut, { ...options, why: '断电' })
    await virtual.settled()
    expect(pulsesOn(virtual)).toBeLessThanOrEqual(2)
  })

  test('opens for the refund too', async () => {
    const { virtual, options } = await counter()
    await archive.changeSettings({ refundWithinBatch: true }, { by: 'manager', now })
    const sale = await added('sale-cash')
    const { batch: _, ...refund } = slipTrades['refund-cash'] as object & { batch?: string }
    const { id } = await archive.add(
      { ...refund, batch: '900', voucher: String(++count), original: { id: sale } },
      { now },
    )
    await printVoucher(archive, id, options)
    await virtual.settled()
    expect(pulsesOn(virtual)).toBe(1)
    expect(virtual.text).toContain(`原凭证号:${String(count - 1).padStart(6, '0')}`)
  })
})

describe('two programs at one voucher', () => {
  test('print it once, and open the drawer once', async () => {
    const { virtual, journal, options } = await counter()
    const others = [at(virtual, await fileJournal(journal.path)), at(virtual, journal)]
    const id = await added('sale-cash')
    const ends = await Promise.allSettled(
      [options, ...others.map((one) => one.options)].map((one) => printVoucher(archive, id, one)),
    )
    expect(ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []))).toHaveLength(1)
    await virtual.settled()
    expect([pulsesOn(virtual), await slipsOn(virtual)]).toEqual([1, ['merchant']])
    expect(await printsOf(id)).toEqual(['merchant 1 confirmed'])
  })

  test('a print that its program did not live to record is recorded by the next one', async () => {
    const { virtual, printer, options } = await counter()
    const id = await added()
    const forgetful: Archive = Object.create(archive, {
      recordPrint: { value: () => Promise.reject(new Error('killed')) },
      get: { value: (one: string) => archive.get(one) },
      settings: { value: (one: string) => archive.settings(one) },
      keepSlips: { value: archive.keepSlips.bind(archive) },
    })
    await expect(printVoucher(forgetful, id, options)).rejects.toThrow('killed')
    expect(await printsOf(id)).toEqual([])
    await expect(printVoucher(archive, id, options)).rejects.toMatchObject({
      code: 'PRINTED_ALREADY',
    })
    expect(await printsOf(id)).toEqual(['merchant 1 confirmed'])
    expect(await slipsOn(virtual)).toEqual(['merchant'])
    expect((printer as Printer).uri).toBe(virtual.uri)
  })
})
