/** Backups go from either kind of store to the other, and retention leaves no row or column of what it removed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createArchive, openArchive, restoreArchive } from '../../src/vouchers/index.js'
import { CARRIED_TABLES } from '../../src/vouchers/store/carried-tables.js'
import { type PostgresServer, postgresFolder, startPostgres } from '../postgres-server.js'
import {
  addOld,
  addPresent,
  answersOf,
  failure,
  keptSlip,
  NEEDLES,
  NOW,
  PASSWORD,
} from './backup-samples.js'
import { cash, storeFolder } from './helpers.js'

const { path, create } = storeFolder()
const by = { now: NOW, by: '01' }

describe.skipIf(postgresFolder === undefined)('PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())
  const url = (schema: string) => server.url(`?schema=${schema}`)
  const keyFile = path('key')
  const schemas = () => server.sql('select nspname from pg_namespace').split('\n')

  /** Everything in a schema, as text. */
  const dump = (schema: string) =>
    Object.keys(CARRIED_TABLES)
      .map((table) => server.sql(`select t::text from ${schema}.${table} as t`))
      .join('\n')

  async function checkSame(from: Record<string, unknown>, store: string, seal: string) {
    await using restored = await openArchive(store, { keyFile })
    const { heads, lastBackup, ...expected } = from
    expect(await answersOf(restored)).toMatchObject(expected)
    expect(await restored.verify({ seal })).toMatchObject({ ok: true, faults: [] })
    await restored.add({ ...cash, key: 'after' }, { now: NOW })
    expect(await restored.verify()).toMatchObject({ ok: true, faults: [] })
  }

  test('a backup of a file is restored in PostgreSQL, and one of that in a file', async () => {
    const archive = await createArchive(path('shop'), { keyFile })
    await addOld(archive)
    await addPresent(archive)
    const made = await archive.backup(path('a.xpb'), { ...by, password: PASSWORD })
    const answers = (await answersOf(archive)) as Record<string, unknown>
    await archive.close()
    const options = { keyFile, password: PASSWORD, seal: made.seal }
    const restored = await restoreArchive(path('a.xpb'), url('moved'), options)
    expect(restored).toMatchObject({ entries: made.entries, seal: made.seal })
    await checkSame(answers, url('moved'), made.seal)
    await (await createArchive(url('fresh'), { keyFile })).close()
    const indexes = (schema: string) =>
      server
        .sql(`select indexdef from pg_indexes where schemaname = '${schema}' order by indexname`)
        .replaceAll(`${schema}.`, '')
    expect(indexes('moved')).toContain('entry_chain_prev')
    expect(indexes('moved')).toBe(indexes('fresh'))

    await using moved = await openArchive(url('moved'), { keyFile })
    const second = await moved.backup(path('b.xpb'), by)
    const later = (await answersOf(moved)) as Record<string, unknown>
    await restoreArchive(path('b.xpb'), path('back'), { keyFile })
    await checkSame(later, path('back'), second.seal)
  })

  test('a backup is of one moment, while counters go on recording', async () => {
    const archive = await createArchive(url('running'), { keyFile })
    await archive.addMany(
      Array.from({ length: 1500 }, (_, i) => ({ ...cash, key: `b${i}` })),
      { now: NOW },
    )
    let added = 0
    let isOver = false
    const counters = ['t1', 't2', 't3'].map(async (terminal) => {
      for (; !isOver; added++) await archive.add({ ...cash, terminal }, { now: NOW })
    })
    const made = await archive.backup(path('running.xpb'), by)
    isOver = true
    await Promise.all(counters)
    expect(added).toBeGreaterThan(3)
    await archive.close()
    const restored = await restoreArchive(path('running.xpb'), path('quiet'), { keyFile })
    expect(restored.entries).toBe(made.entries)
  })

  test('a place that is not empty stays as it is, and a failure leaves none behind', async () => {
    await (await create('small')).close()
    const archive = await openArchive(path('small'))
    await archive.add(cash, { now: NOW })
    await archive.backup(path('small.xpb'), by)
    await archive.close()
    const small = { keyFile: `${path('small')}.key` }
    await restoreArchive(path('small.xpb'), url('small'), small)
    const before = dump('small')
    const again = failure(restoreArchive(path('small.xpb'), url('small'), small))
    expect(await again).toMatchObject({ code: 'STORE_EXISTS' })
    expect(dump('small')).toBe(before)

    const bytes = readFileSync(path('small.xpb'))
    writeFileSync(path('cut.xpb'), bytes.subarray(0, bytes.length - 30))
    server.sql('create schema own')
    for (const schema of ['cut', 'own']) {
      const error = await failure(restoreArchive(path('cut.xpb'), url(schema), small))
      expect(error).toMatchObject({ code: 'BACKUP_CUT' })
    }
    expect(schemas()).not.toContain('cut')
    expect(schemas()).toContain('own')
    expect(server.sql("select count(*) from pg_tables where schemaname = 'own'")).toBe('0')
    // The place can be used after that.
    await restoreArchive(path('small.xpb'), url('own'), small)
    const shop = failure(restoreArchive(path('small.xpb'), server.url('?shop=07'), small))
    expect(await shop).toMatchObject({ code: 'STORE_READ_ONLY' })
  })

  test('no row, search column or statistic holds what retention has removed', async () => {
    await using archive = await createArchive(url('retained'), { keyFile })
    await addOld(archive)
    await addPresent(archive)
    server.sql('analyze retained.voucher')
    const texts = [...Object.values(NEEDLES), await keptSlip(archive)]
    for (const text of texts) expect(dump('retained')).toContain(text)
    await archive.backup(path('retained.xpb'), by)
    const request = { months: 24, backup: path('retained.xpb') }
    expect(await archive.retain(request, by)).toMatchObject({ removed: 2, scrubbed: true })
    const statistics = server.sql("select * from pg_stats where schemaname = 'retained'")
    const dead = server.sql(
      "select coalesce(sum(n_dead_tup), 0) from pg_stat_user_tables where schemaname = 'retained'",
    )
    for (const text of texts) {
      expect(dump('retained')).not.toContain(text)
      expect(statistics).not.toContain(text)
    }
    expect(Number(dead)).toBe(0)
    // The files of the tables and indexes, which the server has written again.
    server.sql('checkpoint')
    const files = server
      .sql(
        `select pg_relation_filepath(c.oid) from pg_class c join pg_namespace n on n.oid = relnamespace
        where relfilenode > 0 and (nspname = 'retained' or c.oid in (select reltoastrelid from pg_class t
        join pg_namespace s on s.oid = t.relnamespace where s.nspname = 'retained'))`,
      )
      .split('\n')
    for (const file of files) {
      const bytes = readFileSync(`${server.folder}/data/${file}`)
      for (const text of texts) expect(bytes.includes(text), file).toBe(false)
    }
    expect(await archive.verify()).toMatchObject({ ok: true, faults: [] })
    expect((await archive.find({ to: '2024-12-31' })).count).toBe(0)
  })
})
