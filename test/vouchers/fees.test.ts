/** Fees against a table that Python has computed in exact fractions: `fee-cases.py` says how. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EXAMPLE_FEES, type FeeOriginal, type FeePlan, tradeFee } from '../../src/vouchers/fees.js'
import { makeSlip } from '../../src/vouchers/index.js'
import { COPY_NAMES, DEFAULT_SETTINGS } from '../../src/vouchers/settings.js'
import type { Trade } from '../../src/vouchers/trade.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'
import { recordOf, slipTrades } from './slip-samples.js'

interface FeeCase {
  readonly trade: Pick<Trade, 'type' | 'kind' | 'fen'>
  readonly day: string
  readonly plan: FeePlan
  readonly original?: FeeOriginal
  readonly fee: number | null
}

const cases: readonly FeeCase[] = JSON.parse(
  readFileSync(new URL('fee-cases.json', import.meta.url), 'utf8'),
)
const { create } = storeFolder()

test('200 fees are what another method computes', () => {
  expect(cases).toHaveLength(200)
  for (const { trade, day, plan, original, fee } of cases) {
    expect(tradeFee(trade, plan, day, original), JSON.stringify({ trade, day, plan })).toBe(fee)
  }
  const fees = cases.map(({ fee }) => fee)
  expect(fees.filter((fee) => fee !== null && fee < 0).length).toBeGreaterThan(30)
  expect(fees.filter((fee) => fee === null).length).toBeGreaterThan(10)
})

test.each([
  ['card', 'credit', 1_000_000, 6000],
  ['card', 'debit', 500_000, 2500],
  ['card', 'debit', 1_000_000, 2500],
  ['wechat', undefined, 1_000_000, 3800],
  ['unionpay-qr', undefined, 1_000_000, 6000],
  ['cash', undefined, 1_000_000, null],
] as const)('the example: %s %s of %i fen costs %s', (kind, cardClass, fen, fee) => {
  const type = kind === 'card' || kind === 'cash' ? 'sale' : 'scan-sale'
  const trade = { type, kind, fen, ...(cardClass === undefined ? {} : { cardClass }) } as const
  expect(tradeFee(trade, EXAMPLE_FEES, '2026-11-23')).toBe(fee)
})

describe('an archive with rates', () => {
  test('keeps the fee of each trade, gives it back, and follows the tip', async () => {
    await using archive = await create('fees')
    const unpriced = await archive.add({ ...sale, voucher: '1', ref: '1' }, { now })
    expect(await archive.get(unpriced.id)).not.toHaveProperty('feeFen')
    await archive.changeSettings({ fees: EXAMPLE_FEES }, by)
    const credit = { ...sale, cardClass: 'credit' } as const
    const { id } = await archive.add({ ...credit, tipFen: 1400 }, { now })
    expect((await archive.get(id)).feeFen).toBe(780)
    await archive.adjustTip(id, 0, by)
    expect((await archive.get(id)).feeFen).toBe(772)
    const undo = { ...credit, type: 'void', voucher: '241', ref: '2', original: { id } } as const
    const { id: voided } = await archive.add(undo, { now })
    expect((await archive.get(voided)).feeFen).toBe(-772)
    const { id: scan } = await archive.add(
      { ...cash, type: 'scan-sale', kind: 'wechat', fen: 10_000 },
      { now },
    )
    const refunded = []
    for (const fen of [3333, 3333, 3334]) {
      const refund = { ...cash, type: 'scan-refund', kind: 'wechat', fen, original: { id: scan } }
      const { id: part } = await archive.add(refund, { now })
      refunded.push((await archive.get(part)).feeFen)
    }
    // ￥0.38 in thirds: 12.67, 25.33 and 38 fen, each less what was given before.
    expect(refunded).toEqual([-13, -12, -13])
    expect((await archive.verify()).faults).toEqual([])
  })

  test('has the fee of an unknown trade once it is approved', async () => {
    await using archive = await create('late-fees')
    await archive.changeSettings({ fees: EXAMPLE_FEES }, by)
    const unknown = { ...sale, cardClass: 'debit', fen: 900_000, result: 'unknown' } as const
    const { id } = await archive.add(unknown, { now })
    expect(await archive.get(id)).not.toHaveProperty('feeFen')
    expect((await archive.resolve(id, 'approved', by)).feeFen).toBe(2500)
    expect((await archive.verify()).faults).toEqual([])
  })

  test.each([
    [{ rates: [{ kind: 'card', ppm: 0.6 }] }, 'fees.rates[0].ppm'],
    [{ rates: [{ kind: 'card', ppm: 6000, from: '2026-02-30' }] }, 'fees.rates[0].from'],
    [{ rates: [{ kind: 'card', ppm: 6000, cap: 25 }] }, 'fees.rates[0].cap'],
    [{ rates: [], rounding: 'nearest' }, 'fees.rounding'],
  ])('refuses rates that are none', async (fees, path) => {
    await using archive = await create(`wrong-${path}`)
    const change = archive.changeSettings({ fees }, by)
    await expect(change).rejects.toMatchObject({ code: 'SETTING_INVALID', path })
  })
})

test('no copy of any slip shows the fee', () => {
  for (const [, trade] of Object.entries(slipTrades)) {
    for (const name of COPY_NAMES) {
      const copy = { name, number: 1, of: 1 }
      const settings = { ...DEFAULT_SETTINGS, fees: EXAMPLE_FEES }
      const record = recordOf(trade)
      const without = makeSlip(record, settings, { copy })
      expect(makeSlip({ ...record, feeFen: 77_777 }, settings, { copy })).toEqual(without)
    }
  }
})
