import { createHash } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Archive, openArchive, pushVouchers } from '../../src/vouchers/index.js'
import { openLibsql } from '../../src/vouchers/store/libsql.js'
import { openNodeSqlite } from '../../src/vouchers/store/node-sqlite.js'
import { runHere } from '../cli/run-here.js'
import { type PostgresServer, postgresFolder, startPostgres } from '../postgres-server.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'

const { path, create } = storeFolder()

/** A day with all kinds of records, on two terminals. */
async function fill(archive: Archive): Promise<void> {
  await archive.changeSettings({ completionMaxPercent: 115 }, by)
  await archive.add(sale, { now })
  await archive.add({ ...sale, voucher: '237', ref: '2', result: 'unknown' }, { now })
  await archive.resolve((await archive.get('237')).id, 'approved', by)
  const { id } = await archive.add({ ...cash, terminal: '2', tenderedFen: 6000 }, { now })
  await archive.add({ ...cash, terminal: '3', type: 'refund', fen: 100, original: { id } }, { now })
  await archive.add(
    { ...sale, type: 'void', voucher: '239', ref: '4', original: { voucher: '236' } },
    { now },
  )
  await archive.settle({ terminal: '10023456', batch: '000017' }, by)
  await archive.changeSettings({ language: 'zh' }, { ...by, terminal: '2' })
  await archive.report('2026-11-23', by)
}

async function allRecords(archive: Archive) {
  const all = []
  for (let after = 0; ; ) {
    const part = await archive.records({ after, limit: 1000 })
    if (part.length === 0) return all
    for (const { n, ...record } of part) {
      after = n
      const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
      const { prev, bodyHash, hash } = record
      all.push({ ...record, prev: hex(prev), bodyHash: hex(bodyHash), hash: hex(hash) })
    }
  }
}

/** Changes the file of a store behind the library's back. */
async function edit(name: string, ...statements: readonly string[]): Promise<void> {
  const database = (await openNodeSqlite(path(name))) ?? (await openLibsql(path(name)))
  for (const sql of statements) database.prepare(sql).run([])
  database.close()
}

async function bodyOf(name: string, seq: number, change: (body: string) => string) {
  await using archive = await openArchive(path(name))
  const records = await archive.records({ after: 0, limit: 100 })
  const record = records.find((one) => one.chain === '/10023456' && one.seq === seq)
  return change(record?.body as string)
}

/** Another name for the same store as it is now. */
function backUp(from: string, to: string): void {
  for (const suffix of ['', '.key']) copyFileSync(`${path(from)}${suffix}`, `${path(to)}${suffix}`)
}

const failed = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error,
  )

describe.skipIf(postgresFolder === undefined)('a push', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())

  const url = (shop: string) => server.url(`?shop=${shop}`)
  const copyOf = (shop: string, name = shop) =>
    openArchive(url(shop), { keyFile: `${path(name)}.key` })

  test('makes a copy that is equal record by record, row by row and sum by sum', async () => {
    await using archive = await create('equal')
    await fill(archive)
    const seen: number[] = []
    const result = await pushVouchers(archive, url('equal'), {
      onProgress: ({ checked, sent, total }) => seen.push(checked, sent, total),
    })
    const records = await allRecords(archive)
    expect(result).toMatchObject({ shop: 'equal', records: records.length, sent: records.length })
    expect(seen).toEqual([records.length, records.length, records.length])
    await using copy = await copyOf('equal')
    expect(await allRecords(copy)).toEqual(records)
    expect(await copy.heads()).toEqual(await archive.heads())
    // By the key of the shop, and each row against its records.
    expect(await copy.verify()).toMatchObject({ ok: true, entries: records.length, faults: [] })
    expect((await copy.find({})).vouchers).toEqual((await archive.find({})).vouchers)
    for (const day of ['2026-11-23', '2026-11-24'])
      expect(await copy.totals({ day })).toEqual(await archive.totals({ day }))
    expect(await copy.settings('2')).toEqual(await archive.settings('2'))
    expect(await copy.settingsHistory()).toEqual(await archive.settingsHistory())
    expect(await copy.detail({ terminal: '10023456', batch: '000017' })).toEqual(
      await archive.detail({ terminal: '10023456', batch: '000017' }),
    )
  })

  test('sends only what is new, and what comes late keeps its times', async () => {
    await using archive = await create('late')
    await archive.add(cash, { now })
    const report = await archive.report('2026-11-23', by)
    const before = await pushVouchers(archive, url('late'))
    expect(await pushVouchers(archive, url('late'))).toEqual({ ...before, sent: 0 })
    const late = { ...cash, key: 'late', at: '2026-11-23T21:00:00+08:00' }
    const received = { ...late, receivedAt: '2026-11-25T09:00:00+08:00' }
    await archive.add(received, { now: new Date('2026-11-25T01:00:01Z') })
    const changed = await archive.report('2026-11-23', {
      now: new Date('2026-11-25T02:00:00Z'),
      by: '01',
    })
    expect(changed).toMatchObject({ replaces: report.at, count: 2, repeated: false })
    expect(await pushVouchers(archive, url('late'))).toMatchObject({ sent: 3 })
    await using copy = await copyOf('late')
    expect((await copy.find({ day: '2026-11-23' })).vouchers).toMatchObject([
      {
        key: 'late',
        at: received.at,
        receivedAt: received.receivedAt,
        recordedAt: '2026-11-25T01:00:01.000Z',
      },
      { at: cash.at },
    ])
    const reports = server.sql(
      "select coalesce(body::json->>'replaces', '-') from xiaopiao_shop_late.entry where kind = 'report' order by n",
    )
    expect(reports.split('\n')).toEqual(['-', report.at])
  })

  test('of two at once sends nothing twice', async () => {
    await using archive = await create('twice')
    await archive.addMany(
      Array.from({ length: 1200 }, (_, i) => ({ ...cash, key: `k${i}`, fen: 1 + i })),
      { now },
    )
    const results = await Promise.all([1, 2, 3].map(() => pushVouchers(archive, url('twice'))))
    expect(results.reduce((all, { sent }) => all + sent, 0)).toBe(1200)
    await using copy = await copyOf('twice')
    expect(await copy.verify()).toMatchObject({ ok: true, entries: 1200 })
  })

  test('keeps shops apart in one database', async () => {
    for (const shop of ['a', 'b']) {
      await using archive = await create(shop)
      await archive.add({ ...sale, fen: shop === 'a' ? 1 : 2 }, { now })
      await pushVouchers(archive, url(shop))
    }
    for (const [shop, fen] of [
      ['a', 1],
      ['b', 2],
    ] as const) {
      await using copy = await copyOf(shop)
      expect((await copy.find({})).vouchers).toMatchObject([{ fen, voucher: '000236' }])
    }
    await using b = await openArchive(path('b'))
    const error = await failed(pushVouchers(b, url('a')))
    expect(error).toMatchObject({ code: 'COPY_DIFFERS', path: '/10023456[1]' })
    expect(error.hint).toContain('another shop')
  })

  test('a shop whose user owns its schema alone pushes there, and reads no other', async () => {
    server.sql(`create role shop07 login password 'kuaican-07'`)
    server.sql('create schema xiaopiao_shop_07 authorization shop07')
    await using archive = await create('07')
    await archive.add(cash, { now })
    const as07 = (shop: string) =>
      Object.assign(new URL(url(shop)), { username: 'shop07', password: 'kuaican-07' }).href
    expect(await pushVouchers(archive, as07('07'))).toMatchObject({ sent: 1 })
    await using other = await create('08')
    await other.add(cash, { now })
    expect(await failed(pushVouchers(other, as07('08')))).toMatchObject({
      code: 'STORE_UNREACHABLE',
      message: expect.stringContaining('lacks a right'),
    })
    await pushVouchers(other, url('08'))
    for (const work of [() => pushVouchers(other, as07('08')), () => openArchive(as07('08'))]) {
      expect(await failed(work())).toMatchObject({
        code: 'STORE_UNREACHABLE',
        message: expect.stringContaining('lacks a right'),
      })
    }
  })

  test('a copy is read without the key, and never written', async () => {
    await using archive = await create('read')
    await fill(archive)
    await pushVouchers(archive, url('read'))
    await using copy = await openArchive(url('read'))
    const found = await copy.verify()
    expect(found).toMatchObject({ ok: true, faults: [] })
    expect(found.notSeen.join('; ')).toContain('only the key of the shop')
    for (const write of [
      () => copy.add(cash, { now }),
      () => copy.changeSettings({ language: 'zh' }, by),
      () => copy.report('2026-11-23', by),
    ]) {
      expect(await failed(write())).toMatchObject({ code: 'STORE_READ_ONLY', path: 'store' })
    }
    // Not with the key either: the file of the shop is the truth.
    await using keyed = await copyOf('read')
    expect(await failed(keyed.add(cash, { now }))).toMatchObject({ code: 'STORE_READ_ONLY' })
  })

  describe('refuses and names', () => {
    beforeAll(async () => {
      const archive = await create('honest')
      await fill(archive)
      await pushVouchers(archive, url('honest'))
      await archive.close()
    })

    const CHAIN = "chain = '/10023456'"
    test.each([
      [
        'a changed body',
        [
          `update entry set body = replace(body, '"fen":128600', '"fen":128601') where ${CHAIN} and seq = 1`,
        ],
        'RECORD_CHANGED',
        1,
      ],
      [
        'a changed body with its hash',
        [`update entry set body_hash = x'00' where ${CHAIN} and seq = 2`],
        'RECORD_CHANGED',
        2,
      ],
      [
        'a body that is no JSON',
        [`update entry set body = 'x' where ${CHAIN} and seq = 3`],
        'RECORD_CHANGED',
        3,
      ],
      [
        'a changed time',
        [`update entry set recorded_at = 1 where ${CHAIN} and seq = 1`],
        'RECORD_CHANGED',
        1,
      ],
      [
        'a record that is missing',
        [`delete from entry where ${CHAIN} and seq = 2`],
        'RECORD_MISSING',
        2,
      ],
      [
        'an end that is missing',
        [`delete from entry where ${CHAIN} and seq = 6`],
        'RECORD_MISSING',
        6,
      ],
      [
        'a chain that was cut with its head',
        [
          `delete from entry where ${CHAIN} and seq = 6`,
          `update chain_head set seq = 5, hash = (select hash from entry where ${CHAIN} and seq = 5) where ${CHAIN}`,
        ],
        'COPY_AHEAD',
        6,
      ],
      [
        'a terminal that was removed',
        [`delete from entry where ${CHAIN}`, `delete from chain_head where ${CHAIN}`],
        'COPY_AHEAD',
        1,
      ],
    ] as const)('%s', async (what, statements, code, seq) => {
      const name = `bad-${what.replace(/\W/g, '')}`
      backUp('honest', name)
      await edit(name, ...statements)
      await using archive = await openArchive(path(name))
      const error = await failed(pushVouchers(archive, url('honest')))
      expect(error).toMatchObject({ name: 'VoucherError', code, path: `/10023456[${seq}]` })
      expect(error.hint).toEqual(expect.any(String))
      const shop = name.toLowerCase().replace(/\W/g, '_').slice(0, 27)
      if (seq === 6 || code === 'COPY_AHEAD') return
      // Into an empty copy just so: nothing of the chain from there on arrives.
      expect(await failed(pushVouchers(archive, url(shop)))).toMatchObject({ code })
      await using copy = await openArchive(url(shop))
      expect(await copy.records({ after: 0, limit: 100 })).toEqual([])
    })

    test('a changed body whose hash was changed with it, by the key alone', async () => {
      backUp('honest', 'skilled')
      const changed = await bodyOf('skilled', 1, (body) => body.replace('"fen":128600', '"fen":1'))
      const hash = createHash('sha256').update(changed).digest('hex')
      await edit(
        'skilled',
        `update entry set body = '${changed}', body_hash = x'${hash}' where ${CHAIN} and seq = 1`,
      )
      await using archive = await openArchive(path('skilled'))
      for (const shop of ['honest', 'skilled']) {
        expect(await failed(pushVouchers(archive, url(shop)))).toMatchObject({
          code: 'RECORD_CHANGED',
          path: '/10023456[1]',
        })
      }
    })

    test('a store that went on from an older backup, at the first record that differs', async () => {
      const archive = await create('older')
      for (let i = 0; i < 700; i += 100) {
        const trades = Array.from({ length: 100 }, (_, n) => ({ ...cash, key: `${i + n}` }))
        await archive.addMany(trades, { now })
      }
      await archive.close()
      backUp('older', 'backup')
      const goesOn = await openArchive(path('older'))
      for (const key of ['x', 'y']) await goesOn.add({ ...cash, key }, { now })
      await pushVouchers(goesOn, url('older'))
      await goesOn.close()
      await using backup = await openArchive(path('backup'))
      expect(await failed(pushVouchers(backup, url('older')))).toMatchObject({
        code: 'COPY_AHEAD',
        path: '/10023456[701]',
      })
      for (const key of ['p', 'q', 'r']) await backup.add({ ...cash, key }, { now })
      expect(await failed(pushVouchers(backup, url('older')))).toMatchObject({
        code: 'COPY_DIFFERS',
        path: '/10023456[701]',
      })
    })

    test('what was changed in the copy, by the key of the shop', async () => {
      server.sql(
        `update xiaopiao_shop_honest.entry set body = replace(body, '"fen":128600', '"fen":1'),
         body_hash = sha256(convert_to(replace(body, '"fen":128600', '"fen":1'), 'UTF8')) where ${CHAIN} and seq = 1`,
      )
      await using copy = await copyOf('honest')
      expect((await copy.verify()).faults[0]).toMatchObject({ kind: 'changed', seq: 1 })
    })
  })

  test('the command line pushes, reads the copy, and ends with the code of what went wrong', async () => {
    const archive = await create('till')
    await fill(archive)
    await archive.close()
    const store = ['--store', path('till')] as const
    const first = await runHere('vouchers', 'push', '--to', url('till'), ...store)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(
      /^(\d+) of \1 records were new; the copy of shop till is equal now\n$/,
    )
    const again = await runHere('vouchers', 'push', '--to', url('till'), ...store, '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ shop: 'till', sent: 0 })
    const copy = ['--store', url('till')] as const
    const found = await runHere('vouchers', 'find', '--amount', '1286', ...copy)
    expect(found.stdout).toContain('found for amount 1286')
    expect(await runHere('vouchers', 'verify', ...copy)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('only the key of the shop'),
    })
    expect(await runHere('vouchers', 'doctor', ...copy)).toMatchObject({ code: 0 })
    const written = await runHere('vouchers', 'report', '2026-11-23', '--by', '01', ...copy)
    expect(written).toMatchObject({ code: 1, stderr: expect.stringContaining('STORE_READ_ONLY') })
    const gone = url('till').replace(String(server.port), '1')
    expect(await runHere('vouchers', 'push', '--to', gone, ...store)).toMatchObject({ code: 5 })
    await edit('till', `update entry set body = 'x' where chain = '/2' and seq = 1`)
    const changed = await runHere('vouchers', 'push', '--to', url('till'), ...store, '--json')
    expect(changed.code).toBe(1)
    expect(JSON.parse(changed.stdout)).toMatchObject({
      error: { code: 'RECORD_CHANGED', path: '/2[1]', fix: expect.any(String) },
    })
  })

  test('an address without a shop, or that is a file, is refused', async () => {
    await using archive = await create('nowhere')
    expect(await failed(pushVouchers(archive, server.url()))).toMatchObject({
      code: 'STORE_ADDRESS',
      path: 'to',
      hint: expect.stringContaining('?shop=07'),
    })
    expect(await failed(pushVouchers(archive, 'copy.db'))).toMatchObject({ code: 'STORE_ADDRESS' })
  })
})
