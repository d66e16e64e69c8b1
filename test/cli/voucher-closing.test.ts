/** The end of a batch and of a day on the command line: voids, refunds, settlement, detail, report, sums, seals, resets. */

import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { startVirtualPrinter } from '../../src/entries/emulator.js'
import { generic58 } from '../../src/profiles/index.js'
import { createArchive, EXAMPLE_FEES } from '../../src/vouchers/index.js'
import { by, cash, now, sale } from '../vouchers/helpers.js'
import { workplace } from './run.js'
import { runHere } from './run-here.js'

const { path } = workplace()
const store = ['--store', path('shop.db')] as const
const batch = ['--terminal', sale.terminal, '--batch', '17'] as const
const at = ['--at', '2026-11-23T13:40:02+08:00'] as const
const vouchers = (...args: readonly string[]) => runHere('vouchers', ...args)

async function asked(...args: readonly string[]) {
  const { code, stdout, stderr } = await vouchers(...args, '--json')
  return { code, stderr, json: JSON.parse(stdout) }
}

beforeAll(async () => {
  await using archive = await createArchive(path('shop.db'))
  await archive.changeSettings({ fees: EXAMPLE_FEES }, by)
  const card = { ...sale, cardClass: 'credit' }
  await archive.addMany(
    [
      card,
      { ...card, voucher: '237', ref: '2', fen: 5000, scheme: 'VISA' },
      { ...cash, batch: '17', tenderedFen: 6000 },
      { ...cash, batch: '17', type: 'scan-sale', kind: 'wechat', fen: 2600 },
    ],
    { now },
  )
})

test('void and refund make the trade from its original, and the rules hold', async () => {
  const voided = await asked('void', '237', '--voucher', '241', '--by', '01', ...at, ...store)
  expect(voided).toMatchObject({ code: 0, json: { voucher: '000241', batch: '000017' } })
  const { json } = await asked('find', '--voucher', '241', ...store)
  expect(json.vouchers[0]).toMatchObject({ type: 'void', fen: 5000, feeFen: -30, operator: '01' })
  const again = await asked('void', '237', '--by', '01', ...at, ...store)
  expect(again).toMatchObject({ code: 1, json: { error: { code: 'TRADE_REFUSED' } } })

  const refund = ['refund', '2', '--amount', '￥6.00', '--by', '01', '--batch', '17'] as const
  const part = await asked(...refund, '--why', '少一份', ...at, ...store)
  expect(part).toMatchObject({ code: 0, json: { batch: '000017' } })
  const original = await asked('find', '--voucher', '2', ...store)
  expect(original.json.vouchers[0]).toMatchObject({ state: 'part-refunded', refundableFen: 2000 })
  const more = await asked('refund', '2', '--amount', '20.01', '--by', '01', ...at, ...store)
  expect(more).toMatchObject({ code: 1, json: { error: { code: 'TRADE_REFUSED', path: 'fen' } } })
  const early = await asked('refund', '236', '--by', '01', ...at, ...store)
  expect(early).toMatchObject({ code: 1, json: { error: { path: 'batch' } } })
})

test('answer records what the customer wanted, and show records nothing', async () => {
  const before = await asked('verify', ...store)
  const answered = await asked('answer', '236', 'skip', '--by', '01', ...store)
  expect(answered).toMatchObject({ code: 0, json: { answer: 'skip' } })
  const after = await asked('verify', ...store)
  // The answer, the slip that the customer did not want on paper, and the form that it is kept in.
  expect(after.json.entries).toBe(before.json.entries + 3)
  for (const slip of ['merchant', 'cardholder']) {
    const shown = await vouchers('show', '236', '--slip', slip, '--profile', 'generic-58', ...store)
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('1,286.00') })
  }
  const picture = ['-o', path('slip.png'), '--profile', 'generic-58'] as const
  expect((await vouchers('show', '236', ...picture, ...store)).code).toBe(0)
  expect((await asked('verify', ...store)).json).toEqual(after.json)
  expect((await asked('find', '--voucher', '236', ...store)).json.vouchers[0].prints).toEqual([])
})

test('settle, detail and report print their slips, and the second print is marked', async () => {
  const virtual = await startVirtualPrinter({ profile: generic58, processIds: true })
  onTestFinished(() => virtual.close())
  const to = ['--to', virtual.uri, '--profile', 'generic-58'] as const
  const host = path('host.json')
  const totals = { salesCount: 1, salesFen: 128_600, refundsCount: 0, refundsFen: 0 }
  writeFileSync(host, JSON.stringify({ domestic: totals }))
  const nowhere = ['--to', 'tcp://127.0.0.1:1'] as const
  const lost = await asked('settle', ...batch, '--by', '01', ...nowhere, ...store)
  expect(lost).toMatchObject({
    code: 2,
    json: { error: { code: 'PROFILE_MISSING', path: 'profile' } },
  })

  // The batch is settled before its slip is printed, so the slip that did not come out is asked for again.
  const settle = ['settle', ...batch, '--by', '01', '--host', host] as const
  const dead = await asked(...settle, ...nowhere, '--profile', 'generic-58', ...store)
  expect(dead).toMatchObject({ code: 3, json: { error: { code: 'PRINT_NOT_STARTED' } } })
  const settled = await asked(...settle, ...to, ...store)
  expect(settled).toMatchObject({ code: 0, json: { batch: '000017', repeated: true, count: 6 } })
  const seal = settled.json.seal.slice(0, 16)
  expect(virtual.text).toContain(`封存码:${seal}`)
  expect(virtual.text).toContain('内卡:对账平')
  expect(virtual.text).not.toContain('补打')
  const again = await asked('settle', ...batch, '--by', '02', ...to, ...store)
  expect(again.json).toEqual(settled.json)
  expect(virtual.text).toContain('补打')

  const detail = await asked('detail', ...batch, ...to, ...store)
  expect(detail).toMatchObject({ code: 0, json: { batch: '000017', printed: 4 } })
  expect(virtual.text).toContain('共4笔')
  const rest = await asked('detail', ...batch, '--from', '4', ...to, ...store)
  expect(rest.json.printed).toBe(1)

  const report = await vouchers('report', '2026-11-23', '--by', '01', ...to, ...store)
  expect(report).toMatchObject({ code: 0, stdout: expect.stringContaining('6 trades, 1357.00') })
  expect(virtual.text).toContain('营业日:2026-11-23')

  expect((await asked('verify', '--seal', seal, ...store)).json).toMatchObject({
    ok: true,
    seal: { isGiven: true },
  })
})

test('totals and fees, compared with a bill', async () => {
  const totals = await vouchers('totals', '--day', '2026-11-23', '--by', 'kind,type', ...store)
  expect(totals.stdout.trim().split('\n')).toEqual([
    'card\tsale\t2\t1336.00\t8.02',
    'card\tvoid\t1\t-50.00\t-0.30',
    'cash\tsale\t1\t51.00\t0.00',
    'wechat\tscan-refund\t1\t-6.00\t-0.02',
    'wechat\tscan-sale\t1\t26.00\t0.10',
    '6 trades, 1357.00, fees 7.80',
  ])
  const bill = path('bill.jsonl')
  const lines = [
    { ref: '112308456701', feeFen: 772 },
    { ref: '2', feeFen: 31 },
  ]
  writeFileSync(bill, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const fees = await vouchers('fees', '--day', '2026-11-23', '--charged', bill, ...store)
  expect(fees.stdout).toMatch(/^differs\t000017\/000237\t0\.30\t0\.31\t/m)
  expect(fees.stdout).toMatch(/^not charged\t000017\/000241\t-0\.30\t/m)
  expect(fees.stdout).toContain('charged 8.03, expected 7.80, difference 0.23')
  writeFileSync(bill, 'x\n')
  expect(await asked('fees', '--charged', bill, ...store)).toMatchObject({
    code: 1,
    json: { error: { code: 'JSON_INVALID', path: 'charged:1' } },
  })
})

test('seal writes a file that verify reads, and reset begins a chain', async () => {
  const file = path('shop.seal')
  expect((await vouchers('seal', '--by', '01', '-o', file, ...store)).code).toBe(0)
  const { seal } = JSON.parse(readFileSync(file, 'utf8'))
  for (const given of [file, seal]) {
    const verified = await asked('verify', '--seal', given, ...store)
    expect(verified).toMatchObject({ code: 0, json: { ok: true, seal: { seal, isGiven: true } } })
  }
  const other = await asked('verify', '--seal', '0123456789abcdef', ...store)
  expect(other).toMatchObject({ code: 1, json: { ok: false, faults: [{ kind: 'seal' }] } })
  writeFileSync(file, '{}')
  const wrong = await asked('verify', '--seal', file, ...store)
  expect(wrong).toMatchObject({ code: 2, json: { error: { code: 'SEAL_INVALID', path: 'seal' } } })
  const reset = await asked('reset', sale.terminal, '--by', '01', '--why', '换主板', ...store)
  expect(reset).toMatchObject({ code: 0, json: { chain: `/${sale.terminal}#1` } })
  expect((await asked('verify', ...store)).json.faults).toEqual([])
})

test.each([
  ['BY_MISSING', 'by', ['settings', '--set', 'copies=1']],
  ['SET_INVALID', 'set', ['settings', '--set', 'copies', '--by', '01']],
  ['COPY_UNKNOWN', 'copies', ['show', '236', '--slip', 'x', '--profile', 'generic-58']],
  ['PAN_IN_SEARCH', 'last4', ['find', '--last4', '6222020000000122']],
  ['ANSWER_UNKNOWN', 'answer', ['answer', '236', 'perhaps', '--by', '01']],
  ['QUERY_INVALID', 'by[0]', ['totals', '--by', 'colour']],
  ['QUERY_INVALID', 'to', ['totals', '--from', '2026-11-24', '--to', '2026-11-23']],
])('%s at %s ends with 2, because the command was called wrongly', async (code, at, args) => {
  const { json, code: exit } = await asked(...args, ...store)
  expect({ exit, error: json.error.code, at: json.error.path }).toEqual({
    exit: 2,
    error: code,
    at,
  })
})
