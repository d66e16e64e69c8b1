/** `vouchers` as a counter uses it: in this process, save for what only a process shows. */

import { writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { startVirtualPrinter } from '../../src/entries/emulator.js'
import { generic58 } from '../../src/profiles/index.js'
import { cash, hasNodeSqlite, sale } from '../vouchers/helpers.js'
import { workplace } from './run.js'
import { runHere } from './run-here.js'

const { path, run, pipe } = workplace()
const store = ['--store', path('shop.db')] as const

const vouchers = (...args: readonly string[]) => runHere('vouchers', ...args)

/** The one answer of a command with `--json`. */
async function asked(...args: readonly string[]) {
  const { code, stdout, stderr } = await vouchers(...args, '--json')
  return { code, stderr, json: JSON.parse(stdout) }
}

function file(name: string, ...trades: readonly object[]): string {
  writeFileSync(path(name), trades.map((trade) => `${JSON.stringify(trade)}\n`).join(''))
  return path(name)
}

test('a day at the counter: init, add, find, resolve, settings, verify, doctor', async () => {
  const made = await asked('init', ...store)
  expect(made).toMatchObject({
    code: 0,
    json: { store: path('shop.db'), keyFile: path('shop.db.key') },
  })
  expect(await asked('init', ...store)).toMatchObject({
    code: 1,
    json: { error: { code: 'STORE_EXISTS', path: 'store', fix: expect.any(String) } },
  })

  const added = await asked('add', file('one.jsonl', { ...sale, key: 'till-1' }), ...store)
  expect(added.json).toEqual({
    id: expect.any(String),
    repeated: false,
    voucher: '000236',
    batch: '000017',
    businessDay: '2026-11-23',
    warnings: [],
  })
  const again = await asked('add', path('one.jsonl'), ...store)
  expect(again.json).toEqual({ ...added.json, repeated: true })

  const two = file('two.jsonl', { ...cash, result: 'unknown' }, { ...cash, fen: 0 })
  const half = await vouchers('add', two, ...store, '--json')
  const answers = half.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers).toMatchObject([
    { voucher: '000001' },
    { error: { code: 'TRADE_INVALID', path: 'fen', message: 'fen must be at least 1' } },
  ])
  expect(half).toMatchObject({ code: 1, stderr: expect.stringContaining('line 2: 1 trades') })

  const found = await asked('find', '--day', '2026-11-23', '--amount', '￥1,286.00', ...store)
  expect(found).toMatchObject({
    code: 0,
    json: {
      query: { day: '2026-11-23', amount: '￥1,286.00' },
      count: 1,
      next: null,
      vouchers: [
        { id: added.json.id, state: 'effective', panShown: '622202******0012', prints: [] },
      ],
    },
  })
  expect(found.json.vouchers[0]).not.toHaveProperty('pan')
  const none = await vouchers('find', '--day', '2026-11-24', ...store)
  expect(none).toMatchObject({ code: 0, stdout: 'none found for day 2026-11-24\n' })

  const doctor = await asked('doctor', ...store)
  expect(doctor.json.findings).toMatchObject([{ code: 'RESULT_UNKNOWN' }, { code: 'BACKUP_NONE' }])
  const resolved = await asked('resolve', '1', 'approved', '--by', '01', ...store)
  expect(resolved).toMatchObject({ code: 0, json: { result: 'approved', state: 'effective' } })
  const twice = await asked('resolve', '1', 'declined', '--by', '01', ...store)
  expect(twice).toMatchObject({ code: 1, json: { error: { code: 'TRADE_REFUSED', path: 'id' } } })

  const set = await asked('settings', '--set', 'copies=3', '--by', 'Wang', ...store)
  expect(set).toMatchObject({ code: 0, json: { copies: 3, language: 'zh-en' } })
  const verified = await asked('verify', ...store)
  expect(verified).toMatchObject({ code: 0, json: { ok: true, vouchers: 2, faults: [] } })
  expect(verified.json.notSeen).toHaveLength(3)
})

test('errors end with the code of their kind, and with --json are answers too', async () => {
  const pan = '6222020000000122'
  const cases = [
    [2, 'STORE_UNNAMED', ['find']],
    [5, 'STORE_MISSING', ['find', '--store', path('nowhere.db')]],
    [1, 'VOUCHER_UNKNOWN', ['show', '999', '--profile', 'generic-58', ...store]],
    [2, 'QUERY_INVALID', ['find', '--amount', 'x', ...store]],
    [2, 'PAN_IN_SEARCH', ['find', '--last4', pan, ...store]],
    [
      1,
      'SECRET_REFUSED',
      ['add', file('track.jsonl', { ...cash, remarks: `${pan}=3012201` }), ...store],
    ],
    [
      1,
      'ORIGINAL_UNKNOWN',
      ['add', file('void.jsonl', { ...sale, type: 'void', voucher: '9' }), ...store],
    ],
  ] as const
  for (const [exit, error, args] of cases) {
    const { code, json, stderr } = await asked(...args)
    expect(json, args.join(' ')).toMatchObject({
      error: { code: error, message: expect.any(String) },
    })
    expect(code, args.join(' ')).toBe(exit)
    expect(stderr).toContain(`error ${error}`)
    expect(JSON.stringify(json) + stderr).not.toContain(pan)
  }
  const nowhere = ['--to', 'tcp://127.0.0.1:1', '--profile', 'generic-58', '--by', '01'] as const
  expect(await asked('print', '236', ...nowhere, ...store)).toMatchObject({ code: 3 })
  expect((await vouchers('resolve', '236', 'approved', ...store)).code).toBe(2)
})

test('a power cut in the middle of a slip ends with 4', async () => {
  const virtual = await startVirtualPrinter({
    profile: generic58,
    processIds: true,
    readBytes: 100,
    readIntervalMs: 2,
  })
  onTestFinished(() => virtual.close())
  const to = ['--to', virtual.uri, '--profile', 'generic-58', '--by', '01', ...store]
  virtual.fault('power-cut@500b')
  const cut = await asked('print', '236', '--copies', 'merchant', ...to)
  expect(cut).toMatchObject({ code: 4, json: { error: { code: 'PRINT_UNCERTAIN' } } })
  expect(cut.stderr).toContain('error PRINT_UNCERTAIN')
  const again = await asked('print', '236', '--copies', 'merchant', ...to)
  expect(again).toMatchObject({ code: 1, json: { error: { code: 'PRINTED_ALREADY' } } })
  const { json } = await asked('doctor', ...store)
  expect(json.findings).toMatchObject([{ code: 'PRINT_UNCERTAIN' }, { code: 'BACKUP_NONE' }])
})

test('as a process it reads its standard input and ends with its code', async () => {
  const made = await run('vouchers', 'init', '--store', 'own.db')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  const added = await pipe(
    JSON.stringify(cash, null, 2),
    'vouchers',
    'add',
    '-',
    '--store',
    'own.db',
  )
  expect(added.stdout).toMatch(/^added [0-9a-f-]{36} 000001\/000001 2026-11-23\n$/)
  expect(added).toMatchObject({ code: 0, stderr: '' })
})

test.skipIf(hasNodeSqlite)('a store that another process holds ends with 5', async () => {
  const { openArchive } = await import('../../src/vouchers/index.js')
  await using archive = await openArchive(path('shop.db'))
  expect((await archive.find({})).count).toBe(2)
  const { code, stdout } = await run('vouchers', 'find', '--json', ...store)
  expect([code, JSON.parse(stdout).error.code]).toEqual([5, 'STORE_LOCKED'])
})

test.each(['nope', '__proto__', 'constructor'])('no slip is called %s', async (name) => {
  const { code, stderr } = await vouchers('template', name)
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('TEMPLATE_UNKNOWN'),
  })
})

test('trades that cannot be read are told with the file', async () => {
  await vouchers('init', '--store', path('unread.db'))
  const { code, stderr } = await vouchers('add', 'no-such.jsonl', '--store', path('unread.db'))
  expect(code).toBe(1)
  expect(stderr).toContain('error FILE_UNREADABLE: cannot read no-such.jsonl')
})

test('a line that is no JSON is told by its number, with the trades before it', async () => {
  await vouchers('init', '--store', path('broken.db'))
  writeFileSync(path('broken.jsonl'), `${JSON.stringify(cash)}\n{bad\n${JSON.stringify(cash)}\n`)
  const { code, stdout, stderr } = await vouchers(
    'add',
    path('broken.jsonl'),
    '--store',
    path('broken.db'),
  )
  expect({ code, added: stdout.split('added').length - 1 }).toEqual({ code: 1, added: 1 })
  expect(stderr).toContain('line 2 is not JSON')
  expect(stderr).toContain('; the trades before line 2 are recorded')

  const none = await vouchers('find', '--code', '\u001b[2J', '--store', path('broken.db'))
  expect(none.stdout).toBe('none found for code \ufffd[2J\n')
})
