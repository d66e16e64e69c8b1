/** Cuts, removals and computed chains that nobody can see in the chains alone, made as somebody with the key and the file would. */
import { copyFileSync, readFileSync } from 'node:fs'
import type { SqliteDatabase } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ChainHead, emptyHead, linkAfter } from '../../src/vouchers/chain.js'
import { openArchive, type Seal, type Verification } from '../../src/vouchers/index.js'
import { openLibsql } from '../../src/vouchers/store/libsql.js'
import { openNodeSqlite } from '../../src/vouchers/store/node-sqlite.js'
import { by, cash, now, storeFolder } from './helpers.js'

const { path, create } = storeFolder()
let seal: Seal
let unsealed = 0

/** Three trades on each of two terminals, and a seal over both chains. */
beforeAll(async () => {
  await using archive = await create('sound')
  for (const terminal of ['1', '2']) {
    for (const fen of [100, 200, 300]) await archive.add({ ...cash, terminal, fen }, { now })
  }
  await archive.changeSettings({ language: 'zh' }, by)
  seal = await archive.seal(by)
  unsealed = (await archive.verify()).entries
})

type Change = (database: SqliteDatabase, key: Uint8Array) => void

/** Opens a copy in which `change` was made behind the library's back. */
async function verifyAfter(
  name: string,
  change: Change,
  given?: string | Seal,
): Promise<Verification> {
  for (const suffix of ['', '.key'])
    copyFileSync(`${path('sound')}${suffix}`, `${path(name)}${suffix}`)
  const database = (await openNodeSqlite(path(name))) ?? (await openLibsql(path(name)))
  change(database, Buffer.from(readFileSync(`${path(name)}.key`, 'utf8').trim(), 'hex'))
  database.close()
  await using archive = await openArchive(path(name))
  return await archive.verify(given === undefined ? {} : { seal: given })
}

function run(database: SqliteDatabase, ...statements: readonly string[]): void {
  for (const sql of statements) database.prepare(sql).run([])
}

/** The last record of a chain is gone, with its voucher, and the head says so too. */
const cutTail: Change = (database) =>
  run(
    database,
    "delete from voucher where id = (select voucher_id from entry where chain = '/2' and seq = 3)",
    "delete from entry where chain = '/2' and seq = 3",
    "update chain_head set seq = 2, hash = (select hash from entry where chain = '/2' and seq = 2) where chain = '/2'",
    "update batch set last_number = 2 where terminal = '2'",
  )

const removeTerminal: Change = (database) =>
  run(
    database,
    ...['entry', 'chain_head'].map((table) => `delete from ${table} where chain = '/2'`),
    ...['voucher', 'batch'].map((table) => `delete from ${table} where terminal = '2'`),
  )

/** The first amount is another one, and every later hash is computed again with the key. */
const computeAgain: Change = (database, key) => {
  const rows = database.prepare("select * from entry where chain = '/2' order by seq").all([]) as {
    n: number
    kind: string
    body: string
    voucher_id: string
  }[]
  let head: ChainHead = emptyHead('/2')
  for (const { n, kind, body } of rows) {
    const changed = body.replace('"fen":100', '"fen":1')
    const link = linkAfter(head, { kind, body: changed }, key)
    database
      .prepare('update entry set body = ?, body_hash = ?, prev = ?, hash = ? where n = ?')
      .run([changed, link.bodyHash, link.prev, link.hash, n])
    head = { chain: '/2', seq: link.seq, hash: link.hash }
  }
  database.prepare("update chain_head set hash = ? where chain = '/2'").run([head.hash])
}

/** Whoever can do this can take the store's own seals away as well. */
const dropSeals: Change = (database) =>
  run(
    database,
    "delete from entry where chain = '@shop' and seq = 2",
    "update chain_head set seq = 1, hash = (select hash from entry where chain = '@shop' and seq = 1) where chain = '@shop'",
  )

const both =
  (...changes: readonly Change[]): Change =>
  (database, key) => {
    for (const change of changes) change(database, key)
  }

const CHANGES = [
  ['a cut tail', cutTail, 'cut', 3],
  ['a removed terminal', removeTerminal, 'removed', 3],
] as const

describe.each(CHANGES)('%s', (name, change, kind, seq) => {
  test('is named by the digits of a slip', async () => {
    const { ok, faults } = await verifyAfter(`${name} hex`, change, seal.seal.slice(0, 16))
    expect(ok).toBe(false)
    expect(faults).toMatchObject([{ kind, chain: '/2', seq }])
  })

  test('is named by a seal that was kept, also if the seals of the store are gone', async () => {
    const { faults } = await verifyAfter(`${name} file`, both(change, dropSeals), seal)
    expect(faults).toMatchObject([{ kind, chain: '/2', seq }])
  })

  test('cannot be seen without a seal, and verify says so', async () => {
    const result = await verifyAfter(`${name} none`, both(change, dropSeals))
    expect(result).toMatchObject({ ok: true, faults: [] })
    expect(result.entries).toBeLessThan(unsealed)
    expect(result.notSeen.join()).toMatch(/cut off at the end.*whole chain was removed.*key file/)
  })

  test('leaves digits that no record has, if the seals of the store are gone', async () => {
    const { faults } = await verifyAfter(`${name} lost`, both(change, dropSeals), seal.seal)
    expect(faults).toMatchObject([{ kind: 'seal', chain: '@shop' }])
  })
})

describe('a chain that was computed again', () => {
  const byKind = ({ faults }: Verification) => faults.filter(({ kind }) => kind !== 'index')

  test('has sound hashes, and no seal shows it', async () => {
    const result = await verifyAfter('again none', both(computeAgain, dropSeals))
    expect(byKind(result)).toEqual([])
  })

  test.each([
    ['the digits of a slip', () => seal.seal.slice(0, 16), computeAgain],
    ['a seal that was kept', () => seal, both(computeAgain, dropSeals)],
  ])('is named by %s', async (what, given, change) => {
    const result = await verifyAfter(`again ${what}`, change, given())
    expect(byKind(result)).toMatchObject([{ kind: 'recomputed', chain: '/2', seq: 3 }])
  })
})

test('the seals of a store are compared also if none is given', async () => {
  const { faults, seal: compared } = await verifyAfter('own', cutTail)
  expect(faults).toMatchObject([{ kind: 'cut', chain: '/2' }])
  expect(compared).toMatchObject({ seal: seal.seal, isGiven: false })
})

test('a sound store is as sealed, and what came later is no fault', async () => {
  const { faults } = await verifyAfter('later', () => undefined, seal)
  expect(faults).toEqual([])
})

test.each([
  ["update batch set settled_at = 1 where terminal = '2'", 'is not settled as it was recorded'],
  ["insert into terminal values ('', '2', 3)", 'resets'],
])('verify names a closing that was changed: %s', async (sql, words) => {
  const { faults } = await verifyAfter(`closing ${words}`, (database) => run(database, sql))
  expect(faults).toMatchObject([{ kind: 'index', chain: '/2' }])
  expect(faults[0]?.message).toContain(words)
})
