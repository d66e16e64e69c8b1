import { copyFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Archive, openArchive, type Verification } from '../../src/vouchers/index.js'
import { openLibsql } from '../../src/vouchers/store/libsql.js'
import { openNodeSqlite } from '../../src/vouchers/store/node-sqlite.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'

const { path, create } = storeFolder()

/** A store with nine entries on two terminals, a resolved trade, a void and a setting. */
async function filled(name: string): Promise<Archive> {
  const archive = await create(name)
  await archive.add(sale, { now })
  await archive.add({ ...sale, voucher: '237', ref: '2', result: 'unknown' }, { now })
  await archive.add({ ...cash, terminal: '2', tenderedFen: 6000 }, { now })
  await archive.resolve((await archive.get('237')).id, 'approved', by)
  await archive.add({ ...sale, voucher: '238', ref: '3', fen: 5 }, { now })
  const undo = { ...sale, type: 'void', voucher: '239', ref: '4', original: { voucher: '236' } }
  await archive.add(undo, { now })
  await archive.changeSettings({ completionMaxPercent: 115 }, by)
  await archive.changeSettings({ language: 'zh' }, { ...by, terminal: '2' })
  return archive
}

beforeAll(async () => (await filled('sound')).close())

/** What `verify` says of a copy in which the statements have been run behind the library's back. */
async function verifyAfter(name: string, ...statements: readonly string[]): Promise<Verification> {
  copy(name)
  const database = await openDriver(name)
  for (const sql of statements) database.prepare(sql).run([])
  database.close()
  await using archive = await openArchive(path(name))
  return await archive.verify()
}

function copy(name: string): void {
  for (const suffix of ['', '.key'])
    copyFileSync(`${path('sound')}${suffix}`, `${path(name)}${suffix}`)
}

async function openDriver(name: string) {
  return (await openNodeSqlite(path(name))) ?? (await openLibsql(path(name)))
}

const CHAIN = "chain = '/10023456'"

test('a store as it was written has no fault, and verify says what it cannot see', async () => {
  await using archive = await openArchive(path('sound'))
  const result = await archive.verify()
  expect(result).toMatchObject({ ok: true, entries: 9, vouchers: 5, faults: [] })
  expect(result.heads.map(({ chain, seq }) => [chain, seq])).toEqual([
    ['/10023456', 6],
    ['/2', 1],
    ['@shop', 2],
  ])
  expect(result.notSeen.join('; ')).toMatch(/cut off at the end.*whole chain was removed.*key file/)
})

describe('verify names', () => {
  /** Changes of one record, the position of the fault and its kind. */
  test.each([
    ['a body', 'body = replace(body, \'"fen":128600\', \'"fen":128601\')', 'changed'],
    ['a time', 'recorded_at = recorded_at + 1', 'changed'],
    ['a kind', "kind = 'tip'", 'changed'],
    ['a hash', "hash = x'00'", 'changed'],
    ['a previous hash', "prev = x'00'", 'changed'],
    ['the hash of a body', "body_hash = x'00'", 'changed'],
    ['a voucher', "voucher_id = '00000000-0000-7000-8000-000000000000'", 'changed'],
    ['a position', 'seq = 100', 'changed'],
  ])('%s that was changed', async (what, change, kind) => {
    const result = await verifyAfter(
      `entry ${what}`,
      `update entry set ${change} where ${CHAIN} and seq = 1`,
    )
    expect(result.ok).toBe(false)
    expect(result.faults).toContainEqual(
      expect.objectContaining({ kind, chain: '/10023456', seq: what === 'a position' ? 100 : 1 }),
    )
  })

  test('a body that was removed, and not by retention', async () => {
    const removed = `update entry set body = null where ${CHAIN} and seq = 5`
    const { faults } = await verifyAfter('removed body', removed)
    expect(faults).toMatchObject([
      { kind: 'changed', seq: 5, message: expect.stringContaining('not by retention') },
      { kind: 'index', message: expect.stringContaining('whose record was removed') },
    ])
  })

  test('two records that were swapped', async () => {
    const swap = [
      `update entry set seq = 100 where ${CHAIN} and seq = 2`,
      `update entry set seq = 2 where ${CHAIN} and seq = 3`,
      `update entry set seq = 3 where ${CHAIN} and seq = 100`,
    ]
    const { faults } = await verifyAfter('swapped', ...swap)
    const named = faults.filter(({ chain }) => chain === '/10023456').map(({ seq }) => seq)
    expect(named).toEqual(expect.arrayContaining([2, 3]))
  })

  test('two contents that were swapped', async () => {
    const columns = ['kind', 'voucher_id', 'body', 'body_hash', 'recorded_at']
    const other = (seq: number, column: string) =>
      `(select ${column} from copy where ${CHAIN} and seq = ${seq})`
    const set = (seq: number) => columns.map((name) => `${name} = ${other(seq, name)}`).join(', ')
    const { faults } = await verifyAfter(
      'contents',
      'create table copy as select * from entry',
      `update entry set ${set(4)} where ${CHAIN} and seq = 1`,
      `update entry set ${set(1)} where ${CHAIN} and seq = 4`,
    )
    expect(faults).toMatchObject([
      { kind: 'changed', seq: 1 },
      { kind: 'changed', seq: 4 },
    ])
  })

  test.each([1, 3, 5])('record %i that was removed from the middle', async (seq) => {
    const { faults } = await verifyAfter(
      `removed ${seq}`,
      `delete from entry where ${CHAIN} and seq = ${seq}`,
    )
    expect(faults[0]).toMatchObject({ kind: 'missing', chain: '/10023456', seq: seq + 1 })
    expect(faults[0]?.message).toContain(`record ${seq} is missing`)
  })

  test('a record that was removed and the rest numbered again', async () => {
    const { faults } = await verifyAfter(
      'numbered again',
      `delete from entry where ${CHAIN} and seq = 3`,
      `update entry set seq = -(seq - 1) where ${CHAIN} and seq > 3`,
      `update entry set seq = -seq where ${CHAIN} and seq < 0`,
    )
    expect(faults[0]).toMatchObject({ kind: 'changed', chain: '/10023456', seq: 3 })
  })

  test('a tail that was cut without its head', async () => {
    const { faults } = await verifyAfter('cut', `delete from entry where ${CHAIN} and seq = 6`)
    expect(faults).toContainEqual(expect.objectContaining({ kind: 'missing', seq: 6 }))
  })

  test.each([
    ['id', "'00000000-0000-7000-8000-000000000000'"],
    ['key', "'other'"],
    ['content', "x'00'"],
    ['merchant', "'m'"],
    ['terminal', "'9'"],
    ['batch', "'000099'"],
    ['number', "'000999'"],
    ['day', "'2026-11-24'"],
    ['at', 'at + 1'],
    ['fen', 'fen + 1'],
    ['tip_fen', '1'],
    ['charged_fen', 'charged_fen - 1'],
    ['refunded_fen', '1'],
    ['kind', "'cash'"],
    ['type', "'refund'"],
    ['result', "'declined'"],
    ['state', "'effective'"],
    ['operator', "'02'"],
    ['last4', "'9999'"],
    ['auth', "'1'"],
    ['ref', "'1'"],
    ['order_no', "'1'"],
    ['pay_voucher', "'1'"],
    ['pay_code', "'1'"],
    ['original_id', "'1'"],
    ['printed', "'yes'"],
    ['print_count', '1'],
    ['epoch', '1'],
    ['fee_fen', '1'],
    ['card_class', "'credit'"],
    ['area', "'foreign'"],
    ['late_seq', '1'],
  ])('%s of the search table that was changed', async (column, value) => {
    const { faults } = await verifyAfter(
      `row ${column}`,
      `update voucher set "${column}" = ${value} where number = '000236'`,
    )
    expect(faults[0]).toMatchObject({ kind: 'index' })
    if (column !== 'id') expect(faults[0]?.message).toContain(column)
  })

  test('a row of the search table that was removed, or made up', async () => {
    const { faults } = await verifyAfter('no row', "delete from voucher where number = '000238'")
    expect(faults).toMatchObject([{ kind: 'index', message: expect.stringContaining('no row') }])
  })

  test.each([
    "update setting set value = '200' where name = 'completionMaxPercent'",
    "update setting set value = 'x' where name = 'completionMaxPercent'",
    "delete from setting where name = 'language'",
    "insert into setting values ('', 'externalOriginals', 'true', '01', 0)",
  ])('settings: %s', async (sql) => {
    const { faults } = await verifyAfter(`setting ${sql.length}`, sql)
    const name = /completionMaxPercent|language|externalOriginals/.exec(sql)?.[0]
    expect(faults).toMatchObject([{ kind: 'index', chain: '@shop' }])
    expect(faults[0]?.message).toContain(name)
  })
})

test('every byte of a body counts', async () => {
  copy('bytes')
  const database = await openDriver('bytes')
  const [{ body } = { body: '' }] = database
    .prepare(`select body from entry where ${CHAIN} and seq = 1`)
    .all([]) as { body: string }[]
  database.close()
  for (let at = 0; at < body.length; at += 41) {
    const other = String.fromCharCode(body.charCodeAt(at) ^ 1)
    const changed = `${body.slice(0, at)}${other}${body.slice(at + 1)}`.replaceAll("'", "''")
    const { faults } = await verifyAfter(
      `byte ${at}`,
      `update entry set body = '${changed}' where ${CHAIN} and seq = 1`,
    )
    expect(faults[0]).toMatchObject({ kind: 'changed', chain: '/10023456', seq: 1 })
  }
})

test('a search that meets a record that is no JSON any more says so without quoting it', async () => {
  const { faults } = await verifyAfter(
    'no JSON',
    `update entry set body = 'x' || body where ${CHAIN}`,
    "update entry set body = 'x' where chain = '@shop'",
  )
  expect(faults.filter(({ kind }) => kind === 'changed')).toHaveLength(8)
  await using archive = await openArchive(path('no JSON'))
  const error = await archive.find({}).catch((thrown) => thrown)
  expect(error).toMatchObject({ code: 'STORE_DAMAGED' })
  expect(error.cause).toBeUndefined()
  expect(error.message).not.toContain('128600')
})
