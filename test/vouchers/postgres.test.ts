import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inspect, promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Archive, createArchive, openArchive } from '../../src/vouchers/index.js'
import { readPostgresUrl } from '../../src/vouchers/postgres-url.js'
import type { VoucherQuery } from '../../src/vouchers/query.js'
import { readQuery } from '../../src/vouchers/query.js'
import { selectVouchers } from '../../src/vouchers/store/find-vouchers.js'
import { openPostgres } from '../../src/vouchers/store/postgres.js'
import { buildChild } from '../build-child.js'
import { root } from '../built.js'
import { runHere } from '../cli/run-here.js'
import { archiveConformance } from '../conformance/archive.js'
import { answersOf, expectLocked, withOperators } from '../conformance/archive-operators.js'
import { PASSWORD, type PostgresServer, postgresFolder, startPostgres } from '../postgres-server.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'

const run = promisify(execFile)
const { path } = storeFolder()

/** In the project, so that the program finds the packages. */
const programs = mkdtempSync(join(root, 'node_modules/.xiaopiao-'))
afterAll(() => rmSync(programs, { recursive: true, force: true }))

describe.skipIf(postgresFolder === undefined)('PostgreSQL', () => {
  let server: PostgresServer
  let child = ''
  beforeAll(async () => {
    server = await startPostgres()
    child = await buildChild(new URL('store-child.ts', import.meta.url), programs, ['pg', 'libsql'])
  })
  afterAll(() => server?.stop())

  const schemaOf = (name: string) => name.toLowerCase().replace(/\W/g, '_')
  const url = (name: string) => server.url(`?schema=${schemaOf(name)}`)
  const keyFile = (name: string) => path(`${schemaOf(name)}-key`)
  const create = (name: string) => createArchive(url(name), { keyFile: keyFile(name) })
  const open = (name: string) => openArchive(url(name), { keyFile: keyFile(name) })
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error) => error,
    )

  archiveConformance('PostgreSQL', create, open)

  test('200 wrong PINs of four processes at once are five attempts', async () => {
    await using archive = await create('pins')
    await withOperators(archive)
    const program = await buildChild(new URL('pin-child.ts', import.meta.url), programs, [
      'pg',
      'libsql',
    ])
    const given = ['--no-warnings', program, url('pins'), '50', keyFile('pins')]
    const runs = [1, 2, 3, 4].map(() => run(process.execPath, given))
    await expectLocked(archive, answersOf(await Promise.all(runs)))
  })

  async function runChild(name: string, ...args: readonly string[]) {
    const [work = 'add', count = '1', who = 'a'] = args
    const given = ['--no-warnings', child, url(name), work, count, who, keyFile(name)]
    const { stdout } = await run(process.execPath, given).catch((error) => error)
    const lines: readonly Record<string, string>[] = String(stdout)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    return lines
  }

  test('four processes at once fork no chain and give no number twice', async () => {
    await (await create('processes')).close()
    const writers = ['a', 'b', 'c', 'd'].map((who) => runChild('processes', 'add', '25', who))
    const lines = (await Promise.all(writers)).flat()
    expect(lines.filter((line) => 'error' in line)).toEqual([])
    const numbers = lines.flatMap(({ voucher }) => (voucher ? [Number(voucher)] : []))
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    const counts = `select count(*), count(distinct seq), count(distinct prev), max(seq) from processes.entry`
    expect(server.sql(counts)).toBe('100|100|100|100')
    await using archive = await open('processes')
    expect(await archive.verify()).toMatchObject({ ok: true, entries: 100, vouchers: 100 })
  })

  test('refunds from many counters at once never pay more than was charged', async () => {
    await using archive = await create('refunds')
    const { id } = await archive.add({ ...cash, fen: 1000 }, { now })
    const refund = { ...cash, type: 'refund', fen: 300, original: { id } }
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        failed(archive.add({ ...refund, terminal: `t${i}`, key: `r${i}` }, { now })),
      ),
    )
    const refused = answers.filter((error) => error !== undefined)
    expect(refused.map(({ code }) => code)).toEqual(Array(5).fill('TRADE_REFUSED'))
    expect(await archive.get(id)).toMatchObject({ state: 'part-refunded', refundableFen: 100 })
    expect((await archive.verify()).faults).toEqual([])
  })

  test('counters that refund each other at once wait, and none fails', async () => {
    await using archive = await create('crossing')
    const ids = await Promise.all(
      ['a', 'b'].map(async (terminal) => (await archive.add({ ...cash, terminal }, { now })).id),
    )
    const rounds = Array.from({ length: 10 }, (_, i) => i)
    const crossing = ['b', 'a'].map(async (terminal, at) => {
      for (const i of rounds) {
        const original = { id: ids[at] as string }
        const refund = { ...cash, type: 'refund', fen: 10, terminal, key: `${terminal}${i}` }
        await archive.add({ ...refund, original }, { now })
      }
    })
    await Promise.all(crossing)
    for (const id of ids) expect(await archive.get(id)).toMatchObject({ refundableFen: 5000 })
    expect((await archive.verify()).faults).toEqual([])
  })

  test('of programs that make the same store at once one makes it', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => failed(create('made'))))
    const codes = made.map((error) => error?.code)
    expect(codes.toSorted()).toEqual(['STORE_EXISTS', 'STORE_EXISTS', 'STORE_EXISTS', undefined])
    await using archive = await open('made')
    expect(await archive.verify()).toMatchObject({ ok: true, entries: 0 })
  })

  test('a store that is not there, a wrong key and a newer version are named', async () => {
    await (await create('there')).close()
    const missing = await failed(openArchive(url('nowhere'), { keyFile: keyFile('there') }))
    expect(missing).toMatchObject({ code: 'STORE_MISSING', path: 'store' })
    expect(await failed(createArchive(url('nowhere')))).toMatchObject({
      code: 'STORE_KEY',
      path: 'keyFile',
      hint: expect.stringContaining('--key-file'),
    })
    await (await create('other')).close()
    {
      await using archive = await open('there')
      await archive.add(cash, { now })
    }
    expect(await failed(openArchive(url('there'), { keyFile: keyFile('other') }))).toMatchObject({
      code: 'STORE_KEY',
      hint: expect.stringContaining('copy the key file'),
    })
    server.sql("insert into there.xiaopiao_migration values ('9999-tomorrow', '2030-01-01')")
    expect(await failed(open('there'))).toMatchObject({ code: 'STORE_NEWER' })
  })

  test('a store is in its schema alone, and texts compare byte by byte', async () => {
    await (await create('alone')).close()
    const tables = server.sql(
      "select count(*) from pg_tables where schemaname = 'public' or tablename = 'entry' and schemaname = 'alone'",
    )
    expect(tables).toBe('1')
    const collations = server.sql(
      `select distinct collation_name from information_schema.columns
       where table_schema = 'alone' and data_type = 'text'`,
    )
    expect(collations).toBe('C')
  })

  test('amounts beyond the whole numbers of JavaScript are an error, and never rounded', async () => {
    await using archive = await create('large')
    await archive.add(cash, { now })
    server.sql('update large.voucher set charged_fen = 9007199254740993')
    expect(await failed(archive.find({}))).toMatchObject({ code: 'STORE_DAMAGED' })
  })

  describe('what is acknowledged is on the disk', () => {
    test('after the server was killed, and the same archive goes on', async () => {
      await using archive = await create('killed')
      const acknowledged: string[] = []
      const errors: string[] = []
      let stopped = false
      const writers = [0, 1, 2, 3].map(async (writer) => {
        for (let i = 0; !stopped; i++) {
          const trade = { ...cash, key: `${writer}-${i}`, terminal: `t${writer % 2}` }
          const error = await failed(
            archive.add(trade, { now }).then(() => acknowledged.push(trade.key)),
          )
          if (error === undefined) continue
          errors.push(error.code)
          await wait(20)
        }
      })
      for (let kill = 0; kill < 2; kill++) {
        await wait(300)
        await server.killAndRestart()
      }
      await wait(300)
      stopped = true
      await Promise.all(writers)
      expect(new Set(errors)).toEqual(new Set(['STORE_UNREACHABLE']))
      expect(acknowledged.length).toBeGreaterThan(10)
      const stored = new Set(server.sql('select key from killed.voucher').split('\n'))
      expect(acknowledged.filter((key) => !stored.has(key))).toEqual([])
      expect((await archive.verify()).faults).toEqual([])
    })

    test('a server without fsync is refused, and one that commits later commits at once', async () => {
      await (await create('durable')).close()
      const set = (text: string) => {
        server.sql(`alter system ${text}`)
        server.sql('select pg_reload_conf()')
      }
      // The command line of the server comes before its file, so a second server has the setting.
      const careless = await startPostgres({ fsync: 'off' })
      const refused = await failed(createArchive(careless.url(), { keyFile: path('careless') }))
      await careless.stop()
      expect(refused).toMatchObject({ code: 'STORE_NOT_DURABLE', path: 'store' })
      set('set synchronous_commit = off')
      const { db } = await openPostgres(readPostgresUrl(url('durable')))
      const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(
        db,
      )
      await db.destroy()
      set('reset synchronous_commit')
      expect(rows).toEqual([{ synchronous_commit: 'on' }])
    })
  })

  describe('no message quotes the password', () => {
    test.each([
      ['of a wrong password', { password: 'kuaican-no' }, 'STORE_UNREACHABLE'],
      ['of a wrong user', { username: 'nobody' }, 'STORE_UNREACHABLE'],
      ['of a wrong database', { pathname: '/none' }, 'STORE_UNREACHABLE'],
      ['of a wrong host', { hostname: 'none.invalid' }, 'STORE_UNREACHABLE'],
      ['of a wrong port', { port: '1' }, 'STORE_UNREACHABLE'],
      ['of a wrong schema', { search: '?schema=pg_x' }, 'STORE_ADDRESS'],
      ['of a wrong shop', { search: '?shop=A B' }, 'STORE_ADDRESS'],
    ] as const)('%s', async (_, change, code) => {
      const address = Object.assign(new URL(server.url('?schema=secret')), change).href
      const error = await failed(createArchive(address, { keyFile: path('secret') }))
      expect(error).toMatchObject({ name: 'VoucherError', code, hint: expect.any(String) })
      expectNoPassword(inspect(error, { depth: 9 }), JSON.stringify(error), error.stack)
      const shown = await runHere(
        'vouchers',
        'find',
        '--store',
        address,
        '--key-file',
        path('none'),
      )
      expectNoPassword(shown.stderr, shown.stdout)
    })

    test.each([
      'postgres://u:kuaican-9f/x@h/d',
      'postgres://u:kuaican-9f%2@h/d',
      'postgre://u:kuaican-9f@h/d',
      'mysql://u:kuaican-9f@h/d',
    ])('that makes the address unreadable: %s', async (address) => {
      const error = await failed(openArchive(address, { keyFile: path('secret') }))
      expect(error).toMatchObject({ code: 'STORE_ADDRESS', hint: expect.stringContaining('%2F') })
      expectNoPassword(inspect(error, { depth: 9 }), error.stack)
      const shown = await runHere('vouchers', 'verify', '--store', address, '--key-file', 'x')
      expect(shown.code).toBe(2)
      expectNoPassword(shown.stderr, shown.stdout)
    })

    function expectNoPassword(...texts: readonly string[]): void {
      for (const text of texts) expect(text).not.toMatch(/kuaican/)
    }
  })

  test('the command line uses an address as it uses a file', async () => {
    const store = ['--store', url('cli'), '--key-file', keyFile('cli')]
    const made = await runHere('vouchers', 'init', ...store)
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect(made.stdout).toContain('made schema cli at 127.0.0.1')
    expect(made.stdout).not.toContain(PASSWORD.slice(0, 6))
    {
      await using archive = await open('cli')
      await archive.add(sale, { now })
    }
    const found = await runHere('vouchers', 'find', '--amount', '1286', ...store)
    expect(found.stdout).toMatch(/000017\/000236\tsale\tcard.*\n1 found for amount 1286/)
    const doctor = await runHere('vouchers', 'doctor', ...store)
    expect(doctor).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^BACKUP_NONE: [^\n]*\n$/),
    })
    const [, address] = store as [string, string]
    const gone = ['--store', address.replace(String(server.port), '1'), ...store.slice(2)]
    const error = await runHere('vouchers', 'find', ...gone)
    expect(error).toMatchObject({ code: 5, stderr: expect.stringContaining('STORE_UNREACHABLE') })
    expect(await runHere('vouchers', 'find', ...store.slice(0, 2))).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('--key-file'),
    })
  })

  describe('searches', () => {
    let archive: Archive
    beforeAll(async () => {
      archive = await create('searches')
      const trades = Array.from({ length: 6000 }, (_, i) => ({
        ...sale,
        at: new Date(Date.parse('2026-11-01T00:00:00Z') + i * 400_000).toISOString(),
        fen: 100 + ((i * 7919) % 50_000),
        merchant: { no: '898310058120043', name: '老城面馆' },
        batch: String(1 + Math.floor(i / 500)),
        voucher: String(1 + (i % 500)),
        terminal: `1002345${i % 4}`,
        operator: `0${i % 7}`,
        pan: `622202******${String((i * 31) % 10_000).padStart(4, '0')}`,
        ref: String(112_308_000_000 + i),
        auth: String(100_000 + i),
        orderNo: `D${i}`,
        key: `k${i}`,
      }))
      await archive.addMany(trades, { now })
      server.sql('analyze searches.voucher')
    })
    afterAll(() => archive?.close())

    test.each([
      [{ day: '2026-11-23' }, 'voucher_day'],
      [{ from: '2026-11-03', to: '2026-11-04' }, 'voucher_day'],
      [{ amount: '51.00' }, 'voucher_charged'],
      [{ min: 100, max: 300 }, 'voucher_charged'],
      [{ voucher: '236' }, 'voucher_by_number'],
      [{ ref: '112308000007' }, 'voucher_ref'],
      [{ auth: '100007' }, 'voucher_auth'],
      [{ order: 'D7' }, 'voucher_order_no'],
      [{ last4: '0031' }, 'voucher_last4'],
      [{ code: '42000012345678901234' }, 'voucher_pay_voucher'],
      [{ code: '10023451000003000236' }, 'voucher_number'],
      [{ result: 'unknown' }, 'voucher_result'],
      [{ day: '2026-11-23', kind: 'card', type: 'sale', printed: 'no' }, 'voucher_day'],
    ] as const satisfies readonly (readonly [VoucherQuery, string])[])(
      '%j use the index %s',
      async (query, index) => {
        const { db } = await openPostgres(readPostgresUrl(url('searches')))
        const plan = await selectVouchers(db, readQuery(query).read).explain()
        await db.destroy()
        const text = JSON.stringify(plan)
        expect(text).toContain(index)
        expect(text).not.toContain('Seq Scan')
      },
    )

    test('the beginning of a text is served by the same index', async () => {
      const { db } = await openPostgres(readPostgresUrl(url('searches')))
      const like = db.selectFrom('voucher').selectAll().where('ref', 'like', '11230800001%')
      const plan = JSON.stringify(await like.explain())
      await db.destroy()
      expect(plan).toMatch(/voucher_ref/)
      expect(plan).not.toContain('Seq Scan')
    })

    test('find what SQLite finds, in the same order', async () => {
      await using file = await createArchive(path('same'))
      const trades = Array.from({ length: 60 }, (_, i) => ({
        ...cash,
        fen: 100 + (i % 7),
        key: `k${i}`,
        orderNo: ['a', 'B', 'b', 'A-1', 'Z', '1'][i % 6] as string,
        operator: `0${i % 3}`,
        at: `2026-11-2${i % 3}T12:${10 + ((i * 7) % 50)}:${10 + (i % 50)}+08:00`,
      }))
      await using store = await create('same')
      for (const one of [file, store]) await one.addMany(trades, { now })
      for (const query of [{}, { min: 101, max: 104 }, { order: 'B' }, { from: '2026-11-21' }]) {
        const [a, b] = await Promise.all(
          [file, store].map(async (one) => (await one.find({ ...query, limit: 100 })).vouchers),
        )
        expect(b?.map(({ key }) => key)).toEqual(a?.map(({ key }) => key))
      }
    })
  })

  test('a frozen program keeps no lock for long, and a waiting one is told', async () => {
    await using archive = await create('frozen')
    const { id } = await archive.add(cash, { now })
    const { db } = await openPostgres(readPostgresUrl(url('frozen')))
    const held = db.transaction().execute(async (trx) => {
      await trx.selectFrom('chain_head').selectAll().forUpdate().execute()
      return failed(archive.resolve(id, 'declined', by))
    })
    expect(await held).toMatchObject({ code: 'STORE_LOCKED' })
    await db.destroy()
    expect(await archive.add({ ...cash, key: 'after' }, { now })).toMatchObject({ repeated: false })
  })
})
