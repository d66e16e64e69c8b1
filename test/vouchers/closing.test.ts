/** The slips of a batch and a day as they are printed, and their sums by decimal text: none of the library's totals is asked. */
import { describe, expect, test } from 'vitest'
import { paperToText, printBytes } from '../../src/entries/emulator.js'
import { compile, type Profile, type Receipt } from '../../src/index.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import {
  type Archive,
  detailSlips,
  reportSlip,
  settlementSlip,
  type TradeInput,
} from '../../src/vouchers/index.js'
import { seeded } from '../seeded.js'
import { by, cash, sale, storeFolder } from './helpers.js'

const { create } = storeFolder()
const merchant = { no: '898110058120001', name: '老城面馆人民路店' }
const SEED = 20261123

/** What each type adds to the till, in words of the test. */
const SIGNS: Readonly<Record<string, 1n | -1n>> = {
  sale: 1n,
  'scan-sale': 1n,
  'scan-refund': -1n,
  void: -1n,
  refund: -1n,
}

/** 240 trades of one batch: cards of two areas, scan payments, cash, tips, voids and refunds. */
async function fill(archive: Archive): Promise<readonly TradeInput[]> {
  const next = seeded(SEED)
  const random = () => next(1_000_000) / 1_000_000
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T
  const trades: TradeInput[] = []
  for (let i = 1; i <= 240; i++) {
    const common = {
      at: sale.at,
      terminal: sale.terminal,
      batch: '17',
      operator: pick(['01', '02', '03']),
      voucher: String(i),
      fen: 1 + Math.floor(random() * 1_000_000),
    }
    const kind = pick(['card', 'card', 'wechat', 'alipay', 'unionpay-qr', 'cash'] as const)
    const isScan = kind !== 'card' && kind !== 'cash'
    trades.push({
      ...common,
      type: isScan ? 'scan-sale' : 'sale',
      kind,
      ...(kind === 'card' ? { pan: sale.pan, scheme: pick(['CUP', 'VISA']) } : {}),
      ...(i % 9 === 0 ? { tipFen: 1 + Math.floor(random() * 5000) } : {}),
      ...(i % 17 === 0 ? { result: pick(['unknown', 'declined'] as const) } : {}),
    })
  }
  let number = 240
  for (const original of [...trades]) {
    if (original.result !== undefined || random() > 0.15) continue
    const { type: _, tipFen = 0, fen, voucher, ...rest } = original
    const named = { original: { voucher: voucher as string } }
    const isPart = original.kind !== 'card' && random() < 0.5
    const types = original.type === 'scan-sale' ? ['scan-void', 'scan-refund'] : ['void', 'refund']
    const type = types[isPart ? 1 : 0] as TradeInput['type']
    const back = isPart ? 1 + Math.floor(random() * fen) : fen + tipFen
    trades.push({ ...rest, ...named, type, fen: back, voucher: String(++number) })
  }
  await archive.changeSettings({ merchant }, by)
  await archive.addMany(trades, by)
  return trades.filter(({ result }) => result === undefined)
}

function linesOf(receipt: Receipt, profile: Profile): readonly string[] {
  const { bytes, diagnostics } = compile(receipt, { profile })
  expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([])
  return paperToText(printBytes(bytes, profile)).split('\n')
}

/** Fen of the amount at the end of a line, by its digits. */
function fenAtEnd(line: string): bigint {
  const match = /(-?)￥?(\d[\d,]*)\.(\d\d)\s*$/.exec(line)
  const [, minus = '', yuan = '', cents = ''] = match ?? []
  return BigInt(`${minus}${yuan.replaceAll(',', '')}${cents}`)
}

/** `消费         12         8,934.50` */
const TOTAL = /^(\S+)\s+(\d+)\s+-?[\d,]+\.\d\d\s*$/

function sumOfTotals(lines: readonly string[]): { readonly count: number; readonly fen: bigint } {
  const totals = lines.filter((line) => TOTAL.test(line))
  return {
    count: totals.reduce((all, line) => all + Number(TOTAL.exec(line)?.[2]), 0),
    fen: totals.reduce((all, line) => all + fenAtEnd(line), 0n),
  }
}

function expectedOf(trades: readonly TradeInput[]) {
  const signOf = ({ type }: TradeInput) => SIGNS[type.replace('scan-void', 'void')] as bigint
  return {
    count: trades.length,
    fen: trades.reduce(
      (all, trade) => all + signOf(trade) * (BigInt(trade.fen) + BigInt(trade.tipFen ?? 0)),
      0n,
    ),
  }
}

describe.each([generic58, generic80])('on $id', (profile) => {
  test('a settlement prints the sums of its trades', async () => {
    await using archive = await create(`settlement-${profile.id}`)
    const trades = await fill(archive)
    const settlement = await archive.settle({ terminal: sale.terminal, batch: '17' }, by)
    const settings = await archive.settings()
    const lines = linesOf(settlementSlip(settlement, settings), profile)
    const closed = lines.slice(
      0,
      lines.findIndex((line) => line.includes('结果未知')),
    )
    expect(sumOfTotals(closed)).toEqual(expectedOf(trades))
    expect(BigInt(settlement.fen)).toBe(expectedOf(trades).fen)
    expect(lines.join('\n')).toContain(`封存码:${settlement.seal.slice(0, 16)}`)
    expect(lines.join('\n')).not.toContain('对账')
    for (const area of ['CUP', 'VISA']) {
      const own = trades.filter(({ scheme }) => scheme === area)
      const title = area === 'CUP' ? '内卡:' : '外卡:'
      const from = lines.findIndex((line) => line.startsWith(title))
      const to = lines.findIndex((line, at) => at > from && !TOTAL.test(line))
      expect(sumOfTotals(lines.slice(from + 1, to))).toEqual(expectedOf(own))
    }
  })

  test('a detail prints each trade that counts, one a job, and their sum', async () => {
    await using archive = await create(`detail-${profile.id}`)
    const trades = await fill(archive)
    const detail = await archive.detail({ terminal: sale.terminal, batch: '17' })
    const slips = detailSlips(detail, await archive.settings())
    expect(slips).toHaveLength(detail.vouchers.length)
    const lines = slips.flatMap((slip) => linesOf(slip, profile))
    const rows = lines.filter((line) => /^\d{6} /.test(line))
    expect(rows).toHaveLength(slips.length)
    const voids = trades.filter(({ type }) => /void/.test(type))
    const gone = new Set(voids.map(({ original }) => original?.voucher))
    const effective = trades.filter(
      ({ type, voucher = '' }) => !/void/.test(type) && !gone.has(voucher),
    )
    expect(voids.length).toBeGreaterThan(3)
    const expected = expectedOf(effective)
    expect(rows.reduce((all, line) => all + fenAtEnd(line), 0n)).toBe(expected.fen)
    expect(fenAtEnd(lines.find((line) => line.startsWith('共')) ?? '')).toBe(expected.fen)
  })

  test('a report prints the sums of its day, by kind and by operator', async () => {
    await using archive = await create(`report-${profile.id}`)
    const trades = await fill(archive)
    const report = await archive.report('2026-11-23', by)
    const lines = linesOf(reportSlip(report, await archive.settings()), profile)
    const operators = lines.findIndex((line) => line.startsWith('按操作员'))
    expect(sumOfTotals(lines.slice(0, operators))).toEqual(expectedOf(trades))
    expect(sumOfTotals(lines.slice(operators))).toEqual(expectedOf(trades))
    const total = lines.find((line) => line.startsWith('合计')) ?? ''
    expect(fenAtEnd(total)).toBe(expectedOf(trades).fen)
    for (const name of ['01', '02', '03']) {
      const own = trades.filter(({ operator }) => operator === name)
      const line = lines.slice(operators).find((one) => one.startsWith(name)) ?? ''
      expect(sumOfTotals([line])).toEqual(expectedOf(own))
    }
  })
})

test('an empty batch has a detail, and a day without trades a report', async () => {
  await using archive = await create('empty')
  await archive.add({ ...cash, result: 'declined' }, by)
  const settings = await archive.settings()
  const detail = detailSlips(await archive.detail({ terminal: cash.terminal }), settings)
  expect(detail.flatMap((slip) => linesOf(slip, generic58)).join('\n')).toContain('共0笔')
  const report = linesOf(reportSlip(await archive.report('2026-11-22', by), settings), generic58)
  expect(fenAtEnd(report.find((line) => line.startsWith('合计')) ?? '')).toBe(0n)
})
