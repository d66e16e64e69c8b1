import { execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createArchive, openArchive } from '../../src/vouchers/index.js'
import { openLibsql } from '../../src/vouchers/store/libsql.js'
import { openNodeSqlite } from '../../src/vouchers/store/node-sqlite.js'
import { buildChild } from '../build-child.js'
import { root } from '../built.js'
import { archiveConformance } from '../conformance/archive.js'
import { answersOf, expectLocked, withOperators } from '../conformance/archive-operators.js'
import { cash, hasNodeSqlite, now, storeFolder } from './helpers.js'

const { path, create } = storeFolder()
archiveConformance(hasNodeSqlite ? 'node:sqlite' : 'libsql', create, (name) =>
  openArchive(path(name)),
)

/** In the project, so that the program finds the native package. */
const programs = mkdtempSync(join(root, 'node_modules/.xiaopiao-'))
afterAll(() => rmSync(programs, { recursive: true, force: true }))
let child = ''
beforeAll(async () => {
  child = await buildChild(new URL('store-child.ts', import.meta.url), programs, ['libsql'])
})

const run = promisify(execFile)

async function runChild(...args: readonly string[]): Promise<readonly Record<string, string>[]> {
  const { stdout } = await run(process.execPath, ['--no-warnings', child, ...args]).catch(
    (error) => error as { readonly stdout: string },
  )
  return linesOf(stdout)
}

function linesOf(text: string): readonly Record<string, string>[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

async function edit(store: string, ...statements: readonly string[]): Promise<void> {
  const database = (await openNodeSqlite(path(store))) ?? (await openLibsql(path(store)))
  for (const sql of statements) database.prepare(sql).run([])
  database.close()
}

test.runIf(hasNodeSqlite)(
  'four processes at once fork no chain and give no number twice',
  async () => {
    await (await create('processes')).close()
    const names = ['a', 'b', 'c', 'd']
    const lines = await Promise.all(
      names.map((name) => runChild(path('processes'), 'add', '25', name)),
    )
    expect(lines.flat().filter((line) => 'error' in line)).toEqual([])
    const numbers = lines.flatMap((all) =>
      all.flatMap(({ voucher }) => (voucher ? [Number(voucher)] : [])),
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    await using archive = await openArchive(path('processes'))
    expect(await archive.verify()).toMatchObject({ ok: true, entries: 100, vouchers: 100 })
  },
)

test.runIf(hasNodeSqlite)(
  '200 wrong PINs of four processes at once are five attempts',
  async () => {
    const archive = await create('pins')
    await withOperators(archive)
    await archive.close()
    const program = await buildChild(new URL('pin-child.ts', import.meta.url), programs, ['libsql'])
    const runs = [1, 2, 3, 4].map(() =>
      run(process.execPath, ['--no-warnings', program, path('pins'), '50']),
    )
    await using again = await openArchive(path('pins'))
    await expectLocked(again, answersOf(await Promise.all(runs)))
  },
)

test.skipIf(hasNodeSqlite)(
  'a second process is told who holds the store, and what to do',
  async () => {
    await using held = await create('held')
    const [line] = await runChild(path('held'))
    expect(line).toMatchObject({ error: 'STORE_LOCKED' })
    expect(line?.message).toContain(String(process.pid))
    const error = await openArchive(path('held')).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'STORE_LOCKED', path: 'store' })
    expect(error.hint).toMatch(/Node 22\.13 or newer, or PostgreSQL/)
    await held.close()
    expect(await runChild(path('held'))).toMatchObject([{ opened: true }, { voucher: '000001' }])
  },
)

describe('the files of a store', () => {
  test.skipIf(process.platform === 'win32')('are for their owner alone', async () => {
    const store = path('folder/modes')
    await using archive = await createArchive(store)
    await archive.add(cash, { now })
    const mode = (file: string) => statSync(file).mode & 0o777
    for (const suffix of ['', '-wal', '-shm', '.key']) {
      if (existsSync(`${store}${suffix}`)) expect(mode(`${store}${suffix}`), suffix).toBe(0o600)
    }
    expect(mode(join(store, '..'))).toBe(0o700)
    await archive.close()
    chmodSync(store, 0o644)
    await using again = await openArchive(store)
    expect(mode(store)).toBe(0o600)
    expect((await again.find({})).count).toBe(1)
  })

  test('are never overwritten', async () => {
    await (await create('once')).close()
    await expect(create('once')).rejects.toMatchObject({ code: 'STORE_EXISTS' })
    writeFileSync(path('notes'), 'not a store')
    await expect(create('notes')).rejects.toMatchObject({ code: 'STORE_EXISTS' })
  })

  test('that are no store are named so', async () => {
    writeFileSync(path('text'), 'this is no database, but it is long enough to be looked at as one')
    copyFileSync(`${path('once')}.key`, `${path('text')}.key`)
    await expect(openArchive(path('text'))).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
    mkdirSync(path('folder2'))
    copyFileSync(`${path('once')}.key`, `${path('folder2')}.key`)
    await expect(openArchive(path('folder2'))).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
    writeFileSync(path('file'), '')
    const below = createArchive(join(path('file'), 'x.db'))
    await expect(below).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
  })

  test('of a newer version are refused', async () => {
    await (await create('newer')).close()
    const stamp = "insert into xiaopiao_migration values ('9999-tomorrow', '2030-01-01')"
    await edit('newer', stamp)
    const error = await openArchive(path('newer')).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'STORE_NEWER', path: 'store' })
    expect(error.hint).toContain('9999-tomorrow')
  })
})

describe('the key file', () => {
  test('must be there and be a key', async () => {
    const archive = await create('key')
    await archive.add(cash, { now })
    await archive.close()
    rmSync(`${path('key')}.key`)
    await expect(openArchive(path('key'))).rejects.toMatchObject({
      code: 'STORE_KEY',
      path: 'keyFile',
    })
    writeFileSync(`${path('key')}.key`, 'short')
    await expect(openArchive(path('key'))).rejects.toMatchObject({ code: 'STORE_KEY' })
    writeFileSync(`${path('key')}.key`, `${'0'.repeat(64)}\n`)
    await using wrong = await openArchive(path('key'))
    expect((await wrong.verify()).faults).toMatchObject([{ kind: 'changed' }])
  })

  test('may be elsewhere, and is never in the store', async () => {
    const keyFile = path('elsewhere-key')
    const archive = await createArchive(path('elsewhere'), { keyFile })
    await archive.add(cash, { now })
    await archive.close()
    expect(existsSync(`${path('elsewhere')}.key`)).toBe(false)
    await expect(openArchive(path('elsewhere'))).rejects.toMatchObject({ code: 'STORE_KEY' })
    await using again = await openArchive(path('elsewhere'), { keyFile })
    expect((await again.verify()).ok).toBe(true)
  })
})

const KILLS = Number(process.env.XIAOPIAO_KILLS ?? 4)
/** Stores grow, and verifying one takes its time. */
const KILLS_A_STORE = 20

test('a process that is killed at any moment loses none of its acknowledged vouchers', {
  timeout: 3_600_000,
}, async () => {
  let acknowledged = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const store = `killed-${Math.floor(kill / KILLS_A_STORE)}`
    if (kill % KILLS_A_STORE === 0) await (await create(store)).close()
    const lines = linesOf(await outputUntilKilled(path(store), kill))
    expect(lines.filter((line) => 'error' in line)).toEqual([])
    await using archive = await openArchive(path(store))
    for (const { added, key, resolved } of lines) {
      if (added) expect(await archive.get(added)).toMatchObject({ id: added, key })
      if (resolved) expect(await archive.get(resolved)).toMatchObject({ result: 'approved' })
      acknowledged++
    }
    expect((await archive.verify()).faults).toEqual([])
  }
  // Four of five are killed after an acknowledgement.
  expect(acknowledged).toBeGreaterThan(KILLS / 2)
})

/** Kills the process a random time after its start or after its first acknowledgement. */
function outputUntilKilled(store: string, kill: number): Promise<string> {
  const work = kill % 2 === 0 ? 'add' : 'resolve'
  const args = ['--no-warnings', child, store, work, '100000', `k${kill}`]
  const { promise, resolve, reject } = deferred<string>()
  const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  let isTimed = false
  const killSoon = (range: number) => {
    isTimed = true
    setTimeout(() => process_.kill('SIGKILL'), Math.random() * range)
  }
  // Some die while they open the store, most between two acknowledgements.
  if (kill % 5 === 4) killSoon(400)
  process_.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    if (!isTimed) killSoon(150)
  })
  process_.on('error', reject)
  process_.on('close', () => resolve(text))
  return promise
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<T>((one, other) => {
    resolve = one
    reject = other
  })
  return { promise, resolve, reject }
}

test.skipIf(process.platform === 'win32')(
  'a full disk is an error before the acknowledgement',
  async () => {
    for (const blocks of [400, 480, 700]) {
      const store = path(`full-${blocks}`)
      await (await createArchive(store)).close()
      const command = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`
      const args = [process.execPath, '--no-warnings', child, store, 'add', '100000', 'f']
      const { stdout } = await run('bash', ['-c', command, ...args]).catch((error) => error)
      const lines = linesOf(stdout)
      const failed = lines.at(-1)
      expect(failed?.error, JSON.stringify(failed)).toMatch(/^STORE_(?:FULL|UNREACHABLE)$/)
      await using archive = await openArchive(store)
      const { vouchers } = await archive.verify()
      expect((await archive.verify()).faults).toEqual([])
      const added = lines.filter((line) => 'added' in line)
      expect(vouchers).toBe(added.length)
      for (const { added: id } of added.slice(-3))
        expect(await archive.get(id as string)).toBeDefined()
      // With room again it goes on where it was.
      expect(await archive.add(cash, { now })).toMatchObject({ repeated: false })
      expect((await archive.verify()).faults).toEqual([])
    }
  },
)
