/** `vouchers export | import` as processes of their own. */

import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cash, sale } from '../vouchers/helpers.js'
import { workplace } from './run.js'

const { path, read, files, start, pipe } = workplace()
const by = ['--by', '01'] as const
const from = ['--store', 'shop.db'] as const
const into = ['--store', 'other.db'] as const

test('an export of each form is a whole file, and comes back as the same records', {
  timeout: 240_000,
}, async () => {
  await start('vouchers', 'init', ...from)
  const late = { ...cash, at: '2026-11-23T12:09:40+08:00' }
  // In order of their times, because a warning of a clock that was set back is about the till and not about the trade.
  const trades = [cash, { ...sale, voucher: '236' }, { ...late, fen: 990, remarks: '=1+1' }]
  const lines = trades.map((trade) => JSON.stringify(trade)).join('\n')
  expect((await pipe(lines, 'vouchers', 'add', '-', ...from)).code).toBe(0)

  for (const as of ['csv', 'xlsx', 'jsonl']) {
    const { code, stderr } = await start('vouchers', 'export', '-o', `all.${as}`, ...by, ...from)
    expect([code, stderr]).toEqual([0, ''])
  }
  expect(read('all.xlsx').subarray(0, 2).toString()).toBe('PK')
  expect(read('all.jsonl').toString().trim().split('\n')).toHaveLength(3)
  expect(files().filter((file) => /\.(?:part|tmp)$/.test(file))).toEqual([])

  await start('vouchers', 'init', ...into)
  const taken = await start('vouchers', 'import', 'all.csv', '--json', ...by, ...into)
  expect([taken.code, JSON.parse(taken.stdout)]).toMatchObject([
    0,
    { rows: 3, added: 3, repeated: 0, refused: 0 },
  ])
  const found = async (store: readonly string[]) => {
    const { stdout } = await start('vouchers', 'find', '--json', ...store)
    return JSON.parse(stdout).vouchers.map(
      ({ recordedAt: _, ...record }: { recordedAt: string }) => record,
    )
  }
  expect(await found(into)).toEqual(await found(from))
  const twice = await start('vouchers', 'import', 'all.csv', '--json', ...by, ...into)
  expect(JSON.parse(twice.stdout)).toMatchObject({ added: 0, repeated: 3 })
})

test('rows that are refused are named in a file, and the command ends with 1', {
  timeout: 240_000,
}, async () => {
  await start('vouchers', 'init', '--store', 'third.db')
  writeFileSync(path('old.csv'), `流水号,金额\nA1,12.50\nA2,"12,50"\nA3,6222020000000012\n`)
  const fields = {
    key: { column: '流水号' },
    fen: { column: '金额', unit: 'yuan' },
    ...{ at: { value: cash.at }, type: { value: 'sale' }, kind: { value: 'cash' } },
    ...{ terminal: { value: '1' }, operator: { value: '01' } },
  }
  writeFileSync(path('old.json'), JSON.stringify({ fields }))
  const given = ['old.csv', '--mapping', 'old.json', '--refused', 'refused.jsonl'] as const
  const { code, stdout, stderr } = await start(
    'vouchers',
    'import',
    ...given,
    ...by,
    '--store',
    'third.db',
  )
  expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('2')])
  const refused = read('refused.jsonl')
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(refused).toMatchObject([{ line: 3 }, { line: 4 }])
  expect(stdout + stderr + JSON.stringify(refused)).not.toContain('6222020000000012')
})
