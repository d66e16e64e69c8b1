import { describe, expect, test } from 'vitest'
import { readTrade } from '../../src/vouchers/read-trade.js'
import {
  type FollowingTrade,
  followOriginal,
  type OriginalFacts,
  type RuleSettings,
} from '../../src/vouchers/rules.js'
import {
  type OriginalRule,
  TRADE_KINDS,
  TRADE_TYPE_RULES,
  TRADE_TYPES,
  type TradeType,
  type VoucherState,
} from '../../src/vouchers/trade-types.js'
import { by, cash, now, sale, storeFolder, tradeOf } from './helpers.js'

const STATES: readonly VoucherState[] = [
  'effective',
  'voided',
  'part-refunded',
  'refunded',
  'open',
  'completed',
  'not-effective',
]
const SETTINGS: RuleSettings = { completionMaxPercent: 115, refundWithinBatch: false }

/** The table as the trade's custom has it, written down apart from the code. */
const EXPECTED: Partial<Record<TradeType, readonly [readonly TradeType[], string]>> = {
  void: [['sale', 'installment', 'ec-sale'], 'same open whole voided'],
  refund: [['sale', 'installment', 'ec-sale', 'preauth-complete'], 'any closed rest part-refunded'],
  'preauth-add': [['preauth'], 'any any any open'],
  'preauth-void': [['preauth'], 'any any whole voided'],
  'preauth-complete': [['preauth'], 'any any percent completed'],
  'preauth-complete-void': [['preauth-complete'], 'same open whole voided'],
  'scan-void': [['scan-sale'], 'same open whole voided'],
  'scan-refund': [['scan-sale'], 'any any rest part-refunded'],
}

const followers = TRADE_TYPES.filter((type) => TRADE_TYPE_RULES[type].original !== undefined)

/** An original that `type` may follow, and the trade that follows it. */
function pairFor(type: TradeType, originalType: TradeType) {
  const rule = TRADE_TYPE_RULES[type].original as OriginalRule
  const kind = TRADE_TYPE_RULES[type].kinds.find((one) =>
    TRADE_TYPE_RULES[originalType].kinds.includes(one),
  ) as (typeof TRADE_KINDS)[number]
  const original: OriginalFacts = {
    type: originalType,
    kind,
    merchant: 'm1',
    terminal: 't1',
    batch: '000017',
    pan: '622202******0012',
    state: rule.state[0] as VoucherState,
    chargedFen: 10_000,
    refundedFen: 0,
    settledAt: rule.batch === 'closed' && kind !== 'cash' ? 0 : null,
  }
  const trade: FollowingTrade = {
    type,
    kind,
    result: 'approved',
    fen: rule.amount === 'rest' ? 4000 : 10_000,
    at: sale.at,
    merchantNo: 'm1',
    terminal: 't1',
    batch: '000017',
    operator: '01',
    pan: '622202******0012',
  }
  return { rule, trade, original }
}

const refusal = (path: string) => expect.objectContaining({ code: 'TRADE_REFUSED', path })
const follow = (
  trade: FollowingTrade,
  original: OriginalFacts,
  settings: RuleSettings = SETTINGS,
) => followOriginal(trade, original, settings)

test('the table has the rows that it should', () => {
  expect(followers.toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
})

describe.each(followers)('a %s', (type) => {
  const [types, words] = EXPECTED[type] as readonly [readonly TradeType[], string]
  const [terminal, batch, amount, after] = words.split(' ')

  test.each(types)('follows %s', (originalType) => {
    const { trade, original } = pairFor(type, originalType)
    expect(follow(trade, original).state).toBe(after)
  })

  test('follows no other type', () => {
    for (const originalType of TRADE_TYPES.filter((one) => !types.includes(one))) {
      const { trade, original } = pairFor(type, types[0] as TradeType)
      expect(() => follow(trade, { ...original, type: originalType })).toThrow(refusal('original'))
    }
  })

  test('needs the kind of its original', () => {
    const { trade, original } = pairFor(type, types[0] as TradeType)
    for (const kind of TRADE_KINDS.filter((one) => one !== original.kind)) {
      expect(() => follow({ ...trade, kind }, original)).toThrow(refusal('kind'))
    }
  })

  test('needs an original in one of the states of the rule', () => {
    for (const originalType of types) {
      const { rule, trade, original } = pairFor(type, originalType)
      for (const state of STATES) {
        const run = () => follow(trade, { ...original, state })
        if (rule.state.includes(state)) expect(run).not.toThrow()
        else expect(run).toThrow(refusal('original'))
      }
    }
  })

  test('comes from the terminal and the merchant that the rule says', () => {
    const { trade, original } = pairFor(type, types[0] as TradeType)
    const elsewhere = () => follow({ ...trade, terminal: 't2' }, original)
    if (terminal === 'same') expect(elsewhere).toThrow(refusal('terminal'))
    else expect(elsewhere).not.toThrow()
    const stranger = { ...trade, merchantNo: 'm2' }
    expect(() => follow(stranger, original)).toThrow(refusal('merchant'))
  })

  test('comes before or after the settlement as the rule says', () => {
    const { trade, original } = pairFor(type, types[0] as TradeType)
    const settled = () => follow(trade, { ...original, settledAt: 0 })
    const open = () => follow(trade, { ...original, settledAt: null })
    const nextBatch = () => follow({ ...trade, batch: '000018' }, { ...original, settledAt: 0 })
    if (batch === 'open') {
      expect(open).not.toThrow()
      expect(settled).toThrow(refusal('batch'))
      expect(nextBatch).toThrow(refusal('batch'))
    } else if (batch === 'closed') {
      expect(open).toThrow(refusal('batch'))
      expect(settled).not.toThrow()
      expect(nextBatch).not.toThrow()
      const within = { ...SETTINGS, refundWithinBatch: true }
      expect(() => follow(trade, { ...original, settledAt: null }, within)).not.toThrow()
    } else for (const run of [open, settled, nextBatch]) expect(run).not.toThrow()
  })

  test('takes the amount that the rule says', () => {
    const { trade, original } = pairFor(type, types[0] as TradeType)
    const run = (fen: number, facts: Partial<OriginalFacts> = {}) =>
      follow({ ...trade, fen }, { ...original, ...facts })
    if (amount === 'whole') {
      for (const fen of [9999, 10_001]) expect(() => run(fen)).toThrow(refusal('fen'))
      expect(() => follow({ ...trade, fen: 9000, tipFen: 1000 }, original)).not.toThrow()
    } else if (amount === 'rest') {
      expect(run(4000)).toMatchObject({ state: 'part-refunded', refundedFen: 4000 })
      expect(run(6000, { refundedFen: 4000 })).toMatchObject({ state: 'refunded' })
      expect(() => run(6001, { refundedFen: 4000 })).toThrow(refusal('fen'))
      expect(() => follow({ ...trade, fen: 6000, tipFen: 4001 }, original)).toThrow(refusal('fen'))
    } else if (amount === 'percent') {
      expect(run(11_500).state).toBe('completed')
      expect(() => run(11_501)).toThrow(refusal('fen'))
      expect(() => follow({ ...trade, fen: 11_500, tipFen: 1 }, original)).toThrow(refusal('fen'))
    } else expect(run(999_999)).toMatchObject({ state: 'open', chargedFen: 1_009_999 })
  })

  test('was paid with the same card as far as both show it', () => {
    const { trade, original } = pairFor(type, types[0] as TradeType)
    for (const pan of ['622203******0012', '622202******0013', '9************12']) {
      expect(() => follow({ ...trade, pan }, original)).toThrow(refusal('pan'))
    }
    // Terminals mask the same card with more or fewer stars, or show less of it.
    for (const pan of ['622202*********0012', '6222********0012', '************0012']) {
      expect(() => follow({ ...trade, pan }, original)).not.toThrow()
    }
  })
})

describe('types and kinds', () => {
  const { create } = storeFolder()

  test('every type is taken by its kinds, and refused by the others', async () => {
    await using archive = await create('kinds')
    for (const type of TRADE_TYPES.filter((one) => !followers.includes(one))) {
      for (const kind of TRADE_KINDS) {
        const added = archive.add(tradeOf(type, { kind }), { now })
        if (TRADE_TYPE_RULES[type].kinds.includes(kind)) await added
        else await expect(added).rejects.toMatchObject({ code: 'TRADE_INVALID', path: 'kind' })
      }
    }
    for (const type of followers) {
      await expect(archive.add(tradeOf(type), { now })).rejects.toMatchObject({
        code: 'ORIGINAL_UNKNOWN',
        path: 'original',
      })
    }
  })

  test.each([
    ['fen', { fen: 0 }],
    ['fen', { fen: -1 }],
    ['fen', { fen: 1.5 }],
    ['fen', { fen: 1_000_000_000_000 }],
    ['fen', tradeOf('balance', { fen: 1 })],
    ['tipFen', { fen: 999_999_999_999, tipFen: 1 }],
    ['orderFen', { orderFen: 6000, discountFen: 800 }],
    ['discountFen', { discountFen: 1 }],
    ['tenderedFen', { kind: 'cash', tenderedFen: 9999 }],
    ['tenderedFen', { tenderedFen: 20_000 }],
    ['original', { original: { voucher: '1' } }],
    ['periods', { periods: 12 }],
    ['payCode', tradeOf('scan-sale', { payCode: '130112345678901234', qrMode: 'MPM' })],
    ['payCode', tradeOf('scan-sale', { payCode: '1301', qrMode: 'CPM' })],
    ['payCode', tradeOf('scan-sale', { payCode: 130_112_345_678_901, qrMode: 'CPM' })],
    ['at', { at: '2026-02-30T12:00:00+08:00' }],
    ['at', { at: '2026-11-23 12:00:00' }],
    ['amount', { amount: 1 }],
    ['merchant.nane', { merchant: { no: '1', name: 'x', nane: 'y' } }],
  ])('%s is named when it contradicts', async (path, wrong) => {
    const code = 'TRADE_INVALID'
    expect(() => readTrade(tradeOf('sale', wrong))).toThrow(expect.objectContaining({ code, path }))
  })
})

describe('a life of trades', () => {
  const { create } = storeFolder()

  test('a pre-authorisation is raised, completed once, opened again and cancelled', async () => {
    await using archive = await create('preauth')
    const add = (type: TradeType, more: object) => archive.add(tradeOf(type, { ...more }), { now })
    const { id } = await add('preauth', { voucher: '1' })
    await add('preauth-add', { fen: 5000, original: { id } })
    expect(await archive.get(id)).toMatchObject({ state: 'open', chargedFen: 15_000 })
    await expect(add('preauth-complete', { fen: 15_001, original: { id } })).rejects.toMatchObject({
      code: 'TRADE_REFUSED',
      path: 'fen',
    })
    const complete = await add('preauth-complete', { fen: 15_000, original: { id } })
    expect(await archive.get(id)).toMatchObject({ state: 'completed' })
    for (const type of ['preauth-complete', 'preauth-void', 'preauth-add'] as const) {
      await expect(add(type, { original: { id } })).rejects.toMatchObject({ path: 'original' })
    }
    await add('preauth-complete-void', { fen: 15_000, original: { id: complete.id } })
    expect(await archive.get(id)).toMatchObject({ state: 'open', chargedFen: 15_000 })
    expect(await archive.get(complete.id)).toMatchObject({ state: 'voided', refundableFen: 0 })
    await add('preauth-void', { fen: 15_000, original: { id } })
    expect(await archive.get(id)).toMatchObject({ state: 'voided' })
    expect((await archive.verify()).faults).toEqual([])
  })

  test('a tip settles and is refunded with the sale, and no more than both', async () => {
    await using archive = await create('tip')
    const { id } = await archive.add(cash, { now })
    await archive.adjustTip(id, 900, by)
    const back = { ...cash, type: 'refund', original: { id } }
    await archive.add({ ...back, fen: 1000 }, { now })
    expect(await archive.get(id)).toMatchObject({
      state: 'part-refunded',
      chargedFen: 6000,
      refundableFen: 5000,
    })
    await expect(archive.adjustTip(id, 0, by)).rejects.toMatchObject({ code: 'TRADE_REFUSED' })
    await expect(archive.add({ ...back, fen: 5001 }, { now })).rejects.toMatchObject({
      path: 'fen',
    })
    await archive.add({ ...back, fen: 5000 }, { now })
    expect(await archive.get(id)).toMatchObject({ state: 'refunded', refundableFen: 0 })
    expect((await archive.verify()).faults).toEqual([])
  })

  test('an unknown trade counts only once it is resolved, and is then held to its original', async () => {
    await using archive = await create('unknown')
    const { id } = await archive.add({ ...sale, result: 'unknown' }, { now })
    const undo = tradeOf('void', { fen: sale.fen, pan: sale.pan, original: { id } })
    expect(await archive.get(id)).toMatchObject({ state: 'not-effective', refundableFen: 0 })
    await expect(archive.add(undo, { now })).rejects.toMatchObject({ path: 'original' })
    await archive.resolve(id, 'approved', by)
    await archive.resolve(id, 'approved', by)
    await expect(archive.resolve(id, 'declined', by)).rejects.toMatchObject({ path: 'id' })
    const first = await archive.add({ ...undo, result: 'unknown' }, { now })
    const second = await archive.add({ ...undo, result: 'unknown' }, { now })
    expect((await archive.get(id)).state).toBe('effective')
    await archive.resolve(first.id, 'approved', by)
    expect((await archive.get(id)).state).toBe('voided')
    await expect(archive.resolve(second.id, 'approved', by)).rejects.toMatchObject({
      code: 'TRADE_REFUSED',
    })
    expect((await archive.get(second.id)).result).toBe('unknown')
    expect((await archive.verify()).faults).toEqual([])
  })

  test('an original is found by each reference, and every field that is given must agree', async () => {
    await using archive = await create('references')
    const late = { ...sale, at: '2026-11-24T02:30:00+08:00', auth: '834221' }
    await archive.changeSettings({ dayStarts: '06:00', refundWithinBatch: true }, by)
    const { id } = await archive.add(late, { now })
    const refund = { ...sale, type: 'refund', fen: 1, voucher: undefined, ref: undefined }
    const add = (original: object) => {
      const { voucher: _, ref: __, ...rest } = refund
      return archive.add({ ...rest, original }, { now })
    }
    for (const original of [
      { id },
      { voucher: '236' },
      { voucher: '236', batch: '17', terminal: '10023456' },
      { ref: sale.ref },
      // The slip says the 24th, and the business day is the 23rd.
      { ref: sale.ref, date: '2026-11-24' },
      { ref: sale.ref, date: '2026-11-23' },
      { auth: '834221' },
      { id, voucher: '236', ref: sale.ref, auth: '834221' },
    ]) {
      expect(await archive.get((await add(original)).id)).toMatchObject({ originalId: id })
    }
    for (const original of [
      {},
      { date: '2026-11-24' },
      { voucher: '236', batch: '18' },
      { voucher: '236', terminal: '2' },
      { voucher: '236', auth: '834222' },
      { id, voucher: '237' },
      { ref: sale.ref, date: '2026-11-25' },
    ]) {
      await expect(add(original)).rejects.toMatchObject({ code: 'ORIGINAL_UNKNOWN' })
    }
  })

  test('an original from elsewhere needs the setting, a name and a reason, and is marked', async () => {
    await using archive = await create('external')
    const refund = tradeOf('refund', { original: { ref: '999' } })
    const named = { ...refund, approvedBy: 'Wang', reason: '原终端已报废' }
    await expect(archive.add(named, { now })).rejects.toMatchObject({ code: 'ORIGINAL_UNKNOWN' })
    await archive.changeSettings({ externalOriginals: true }, by)
    await expect(archive.add(refund, { now })).rejects.toMatchObject({ code: 'ORIGINAL_UNKNOWN' })
    const { id, warnings } = await archive.add(named, { now })
    expect(warnings).toMatchObject([{ code: 'ORIGINAL_EXTERNAL', path: 'original' }])
    expect((await archive.get(id)).warnings).toMatchObject([{ code: 'ORIGINAL_EXTERNAL' }])
  })
})
