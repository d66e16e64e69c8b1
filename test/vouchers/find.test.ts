import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Archive, VoucherQuery } from '../../src/vouchers/index.js'
import { openArchive } from '../../src/vouchers/index.js'
import { readQuery } from '../../src/vouchers/query.js'
import { selectVouchers } from '../../src/vouchers/store/find-vouchers.js'
import { openLibsql } from '../../src/vouchers/store/libsql.js'
import { selectAtOnce } from '../../src/vouchers/store/load-for-trade.js'
import { openNodeSqlite } from '../../src/vouchers/store/node-sqlite.js'
import { selectOriginal } from '../../src/vouchers/store/select-original.js'
import { selectBatch, selectTotals, selectUnknown } from '../../src/vouchers/store/select-totals.js'
import type { StoreTables } from '../../src/vouchers/store/tables.js'
import type { Trade } from '../../src/vouchers/trade.js'
import { type OriginalRule, TRADE_TYPE_RULES } from '../../src/vouchers/trade-types.js'
import { by, cash, hasNodeSqlite, now, sale, storeFolder, tradeOf } from './helpers.js'
import { testPans } from './pans.js'

const { path, create } = storeFolder()
let archive: Archive
beforeAll(async () => {
  archive = await create('find')
})
afterAll(() => archive.close())

/** Builds queries and sends none. */
const builder = new Kysely<StoreTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Each flag with the index that it must use. */
const PLANS: readonly (readonly [VoucherQuery, string])[] = [
  [{}, 'voucher_at'],
  [{ day: '2026-11-23' }, 'voucher_day'],
  [{ from: '2026-11-01' }, 'voucher_day'],
  [{ to: '2026-11-30' }, 'voucher_day'],
  [{ amount: '51.00' }, 'voucher_charged'],
  [{ min: 1 }, 'voucher_charged'],
  [{ max: 1 }, 'voucher_charged'],
  [{ voucher: '236' }, 'voucher_by_number'],
  [{ ref: '1' }, 'voucher_ref'],
  [{ auth: '1' }, 'voucher_auth'],
  [{ order: '1' }, 'voucher_order_no'],
  [{ code: '1' }, 'voucher_pay_voucher'],
  [{ code: '10023456000017000236' }, 'sqlite_autoindex_voucher_2'],
  [{ last4: '0012' }, 'voucher_last4'],
  [{ kind: 'cash' }, 'voucher_kind'],
  [{ type: 'sale' }, 'voucher_type'],
  [{ operator: '01' }, 'voucher_operator'],
  [{ terminal: '1' }, 'voucher_terminal'],
  [{ batch: '17' }, 'voucher_batch'],
  [{ printed: 'no' }, 'voucher_printed'],
  [{ result: 'unknown' }, 'voucher_result'],
  [{ result: 'approved' }, 'voucher_at'],
  // The most telling condition leads, whatever the others are.
  [{ kind: 'card', day: '2026-11-23', type: 'sale', printed: 'no' }, 'voucher_day'],
  [{ from: '2026-11-01', to: '2026-11-30', terminal: '1', kind: 'cash' }, 'voucher_day'],
  [{ day: '2026-11-23', last4: '0012' }, 'voucher_last4'],
  [{ min: 1, max: 2, operator: '01' }, 'voucher_charged'],
  [{ from: '2026-11-01', min: 1 }, 'voucher_day'],
]

async function plansOf(
  queries: readonly { readonly sql: string; readonly parameters: readonly unknown[] }[],
) {
  const name = `plans-${queries.length}`
  await using other = await create(name)
  await other.add(sale, { now })
  await other.close()
  const file = path(name)
  const database = (await openNodeSqlite(file)) ?? (await openLibsql(file))
  const plans = queries.map(({ sql, parameters }) =>
    (database.prepare(`explain query plan ${sql}`).all(parameters) as { detail: string }[])
      .map(({ detail }) => detail)
      .join('\n'),
  )
  database.close()
  return plans
}

test('every condition is served by its index', async () => {
  const compiled = PLANS.map(([query]) => selectVouchers(builder, readQuery(query).read).compile())
  const plans = await plansOf(compiled)
  for (const [i, [query, index]] of PLANS.entries()) {
    const plan = plans[i] as string
    expect(plan, JSON.stringify(query)).toMatch(new RegExp(`USING INDEX ${index}\\b`))
    // `SCAN … USING INDEX` in the order of time is right only if nearly every row fits.
    if (index !== 'voucher_at') expect(plan, JSON.stringify(query)).not.toMatch(/^SCAN voucher/m)
  }
})

test('an original is looked up by an index', async () => {
  const cases = [
    [{ voucher: '236' }, 'sqlite_autoindex_voucher'],
    [{ ref: '1', date: '2026-11-23' }, 'voucher_ref'],
    [{ auth: '1' }, 'voucher_auth'],
    [{ payVoucher: '1' }, 'voucher_pay_voucher'],
    [{ id: 'x' }, 'sqlite_autoindex_voucher'],
  ] as const
  const rule = TRADE_TYPE_RULES.refund.original as OriginalRule
  const place = { merchantNo: '', batch: '000017' }
  const compiled = cases.map(([original]) => {
    const trade = { ...tradeOf('refund'), original } as unknown as Trade
    const select = selectOriginal(builder, trade, place, { rule, zone: '+08:00' })
    return (select as NonNullable<typeof select>).compile()
  })
  const plans = await plansOf(compiled)
  for (const [i, [, index]] of cases.entries()) {
    expect(plans[i]).toMatch(new RegExp(`^SEARCH voucher USING INDEX ${index}`))
  }
})

test('totals are read from their index alone, in its order, and a batch by its numbers', async () => {
  const day = { from: '2026-11-23', to: '2026-11-23' }
  const batch = { merchant: '', terminal: '1', epoch: 0, batch: '000017' }
  const [totals, ofTerminal, ofBatch, unknown] = await plansOf([
    selectTotals(builder, day, undefined).compile(),
    selectTotals(builder, day, '1').compile(),
    selectBatch(builder, batch).selectAll().compile(),
    selectUnknown(builder).selectAll().compile(),
  ])
  for (const plan of [totals, ofTerminal]) {
    expect(plan).toMatch(
      /^SEARCH voucher USING COVERING INDEX voucher_totals \(day>\? AND day<\?\)$/,
    )
  }
  expect(ofBatch).toMatch(/USING INDEX sqlite_autoindex_voucher_2 \(terminal=\? AND batch=\?\)/)
  expect(unknown).toMatch(/USING INDEX voucher_result/)
})

test('a trade is looked up by indexes alone, whether its numbers are given or not', async () => {
  const queries = [true, false].map((given) => {
    const query = selectAtOnce(builder, { batch: given, number: given, key: given }).compile()
    return { ...query, parameters: query.parameters.map(() => null) }
  })
  const plans = await plansOf(queries)
  for (const plan of plans) {
    const scanned = plan.split('\n').filter((line) => /^SCAN/.test(line))
    expect(scanned.filter((line) => !/^SCAN (?:o|CONSTANT ROW)\b/.test(line))).toEqual([])
  }
  expect(plans[0]).toMatch(/SEARCH k USING INDEX voucher_key/)
  expect(plans[0]).toMatch(/SEARCH v USING INDEX sqlite_autoindex_voucher_2/)
})

describe('amounts', () => {
  test.each([
    '1286',
    '1286.0',
    '1,286.00',
    '￥1,286.00',
    '¥1286',
    'RMB 1,286.00',
    'cny1286',
    '１２８６元',
    '１，２８６．００',
    '-1,286.00',
    '－1286',
    ' 1286.00 元 ',
    128_600,
    -128_600,
  ])('%s is 1,286.00 yuan', (amount) => {
    expect(readQuery({ amount }).read.amount).toBe(128_600)
    expect(readQuery({ min: amount, max: amount }).read).toMatchObject({
      min: 128_600,
      max: 128_600,
    })
  })

  test.each(['', 'x', '1,28.00', '12.345', '1.2.3', '1e3', '--1', 1.5])('%s is none', (amount) => {
    expect(() => readQuery({ amount })).toThrow(expect.objectContaining({ code: 'QUERY_INVALID' }))
  })
})

describe('pages', () => {
  test.each([
    {},
    { from: '2026-11-01' },
    { min: 1 },
    { kind: 'cash' },
    { day: '2026-11-23' },
  ] as const)('of %o lose none and repeat none', async (query) => {
    await using store = await create(`pages-${JSON.stringify(query).replace(/\W/g, '')}`)
    // Many of them have the same time, the same day and the same amount.
    const trades = Array.from({ length: 57 }, (_, i) => ({
      ...cash,
      fen: 100 + (i % 4),
      at: `2026-11-23T12:0${i % 3}:00+08:00`,
    }))
    await store.addMany(trades, { now })
    const whole = (await store.find({ ...query, limit: 1000 })).vouchers.map(({ id }) => id)
    expect(new Set(whole).size).toBe(57)
    const paged: string[] = []
    let after: string | null = null
    do {
      const page = await store.find({ ...query, limit: 10, ...(after === null ? {} : { after }) })
      expect(page.count).toBe(page.vouchers.length)
      paged.push(...page.vouchers.map(({ id }) => id))
      after = page.next
    } while (after !== null)
    expect(paged).toEqual(whole)
  })

  test('vouchers that come in between do not shift the next page', async () => {
    await using store = await create('between')
    const at = (minute: number) => ({ ...cash, at: `2026-11-23T12:${10 + minute}:00+08:00` })
    await store.addMany([0, 1, 2, 3].map(at), { now })
    const first = await store.find({ limit: 2 })
    await store.add(at(9), { now })
    const second = await store.find({ limit: 2, after: first.next as string })
    expect([...first.vouchers, ...second.vouchers].map((one) => one.at.slice(14, 16))).toEqual([
      '13',
      '12',
      '11',
      '10',
    ])
    expect(second.next).toBeNull()
  })

  test('a place that no answer gave is refused', async () => {
    await expect(archive.find({ after: 'x' })).rejects.toMatchObject({ path: 'after' })
  })
})

describe('what is found', () => {
  test('each condition finds the voucher, and another value does not', async () => {
    await using store = await create('conditions')
    const scan = tradeOf('scan-sale', {
      payCode: '130112345678901234',
      payVoucher: '42000012345678901234',
      orderNo: 'D20261123-7',
      batch: '18',
      terminal: '99',
      operator: '02',
    })
    const { id } = await store.add({ ...sale, auth: '834221' }, { now })
    const other = await store.add(scan, { now })
    for (const query of [
      { ref: sale.ref },
      { auth: '834221' },
      { last4: '0012' },
      { voucher: '236' },
      { voucher: '000236' },
      { batch: '17' },
      { terminal: '10023456' },
      { operator: '01' },
      { kind: 'card' },
      { type: 'sale' },
      { code: '10023456000017000236' },
      { min: '1,000', max: '2000' },
      { day: '2026-11-23', kind: 'card' },
    ]) {
      expect(
        (await store.find(query)).vouchers.map((one) => one.id),
        JSON.stringify(query),
      ).toEqual([id])
    }
    for (const query of [
      { order: 'D20261123-7' },
      { code: '42000012345678901234' },
      { code: '130112345678901234' },
      { max: '100' },
    ]) {
      expect((await store.find(query)).vouchers.map((one) => one.id)).toEqual([other.id])
    }
    for (const query of [
      { ref: '1' },
      { day: '2026-11-22' },
      { amount: '0.01' },
      { printed: 'yes' },
    ]) {
      expect(await store.find(query)).toEqual({ query, count: 0, next: null, vouchers: [] })
    }
  })

  test('a number that three vouchers have asks which one, and shows them apart', async () => {
    await using store = await create('three')
    const ids: string[] = []
    for (const batch of ['1', '2', '3']) ids.push((await store.add({ ...sale, batch }, { now })).id)
    const error = await store.get('236').catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'VOUCHER_AMBIGUOUS', path: 'id' })
    for (const id of ids) expect(error.hint).toContain(id)
    expect(error.hint).toContain('batch 000002')
    expect(await store.get(ids[1] as string)).toMatchObject({ batch: '000002' })
    await expect(store.get('999')).rejects.toMatchObject({ code: 'VOUCHER_UNKNOWN' })
  })

  test('none found differs from a store that is not there', async () => {
    expect((await archive.find({ day: '2020-01-01' })).count).toBe(0)
    await expect(openArchive(path('nowhere'))).rejects.toMatchObject({ code: 'STORE_MISSING' })
  })
})

describe('a card number in a search', () => {
  const [pan = ''] = testPans(20).slice(16)
  const fields = Object.keys(readQueryFields()).filter((name) => name !== 'after')
  test.each(fields)('is refused unquoted as %s', async (field) => {
    for (const spelled of [pan, `${pan.slice(0, 4)} ${pan.slice(4)}`, Number(pan)]) {
      const error = await archive.find({ [field]: spelled }).catch((thrown) => thrown)
      expect(error, field).toMatchObject({ name: 'VoucherError', path: field })
      expect(JSON.stringify([error, error.message, error.hint, error.stack])).not.toContain(pan)
      if (typeof spelled === 'string') expect(error.code).toBe('PAN_IN_SEARCH')
    }
  })

  test.each(['order', 'code'] as const)('is answered as %s if a voucher has it', async (field) => {
    await using store = await create(`suspect-${field}`)
    const { id } = await store.add(
      field === 'order' ? { ...sale, orderNo: pan } : tradeOf('scan-sale', { payVoucher: pan }),
      { now },
    )
    const found = await store.find({ [field]: pan })
    expect(found.vouchers).toMatchObject([{ id }])
    expect(JSON.stringify(found.query)).not.toContain(pan)
  })
})

function readQueryFields(): object {
  const names =
    'day from to amount min max voucher ref auth order code last4 kind type result operator terminal batch printed limit'
  return Object.fromEntries(names.split(' ').map((name) => [name, true]))
}

test('unknown and wrongly given conditions are refused by name', async () => {
  for (const [query, at] of [
    [{ dai: '2026-11-23' }, 'dai'],
    [{ day: '23.11.2026' }, 'day'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 1001 }, 'limit'],
    [{ last4: '12' }, 'last4'],
    [{ voucher: 'abc' }, 'voucher'],
    [{ printed: 'maybe' }, 'printed'],
  ] as const) {
    await expect(archive.find(query)).rejects.toMatchObject({ code: 'QUERY_INVALID', path: at })
  }
})

test('prints decide what printed=… finds', async () => {
  await using store = await create('printed')
  const { id } = await store.add(cash, { now })
  const print = (outcome: 'failed' | 'uncertain' | 'confirmed', jobId: string) =>
    store.recordPrint(
      id,
      { copy: 'merchant', outcome, by: by.by, marked: false, nth: 1, jobId },
      { now },
    )
  const printed = async () => {
    const counts = []
    for (const state of ['no', 'uncertain', 'yes'])
      counts.push((await store.find({ printed: state })).count)
    return counts
  }
  await print('failed', '1')
  expect(await printed()).toEqual([1, 0, 0])
  await print('uncertain', '2')
  expect(await printed()).toEqual([0, 1, 0])
  await print('confirmed', '3')
  await print('confirmed', '3')
  expect(await printed()).toEqual([0, 0, 1])
  expect((await store.get(id)).prints).toHaveLength(3)
})

test.runIf(hasNodeSqlite)('this Node brings its own SQLite', async () => {
  expect(await openNodeSqlite(':memory:')).toBeDefined()
})

test.each([
  [{ day: '2026-13-01' }, 'day'],
  [{ from: '2026-02-30' }, 'from'],
  [{ from: '2026-11-30', to: '2026-11-01' }, 'to'],
  [{ min: '100', max: '1' }, 'max'],
])('%j can find none whatever the store holds, so it is refused', async (query, field) => {
  await expect(archive.find(query)).rejects.toMatchObject({
    code: 'QUERY_INVALID',
    path: field,
    hint: expect.any(String),
  })
})
