/** `vouchers backup | restore | close-month | retain` as they are called. */

import { existsSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { createArchive } from '../../src/vouchers/index.js'
import { addOld, PASSWORD } from '../vouchers/backup-samples.js'
import { workplace } from './run.js'
import { runHere } from './run-here.js'

const { path } = workplace()
const vouchers = (...args: readonly string[]) => runHere('vouchers', ...args)

async function asked(...args: readonly string[]) {
  const { code, stdout } = await vouchers(...args, '--json')
  return { code, json: JSON.parse(stdout) }
}

afterEach(() => {
  delete process.env.XIAOPIAO_BACKUP_PASSWORD
})

test('a month is closed and kept, old vouchers go, and a lost store comes back', async () => {
  const archive = await createArchive(path('shop.db'))
  await addOld(archive)
  await archive.close()
  const store = ['--store', path('shop.db')] as const
  expect((await asked('doctor', ...store)).json).toMatchObject({
    findings: [{ code: 'BACKUP_NONE', fix: expect.stringContaining('vouchers backup') }],
    lastBackup: null,
  })

  writeFileSync(path('password'), `${PASSWORD}\n`)
  const secret = ['--password-file', path('password')] as const
  const closed = await vouchers('close-month', '2024-03', path('03.xpb'), '--by', '01', ...store)
  expect(closed).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^2024-03-15\t2\t1295\.90\t0\.00\n2024-03: 2 trades, .*not encrypted/s,
    ),
  })
  const made = await asked('backup', path('day.xpb'), '--by', '01', ...secret, ...store)
  expect(made).toMatchObject({ code: 0, json: { file: 'day.xpb', encrypted: true, by: '01' } })
  const again = await asked('backup', path('day.xpb'), '--by', '01', ...store)
  expect(again).toMatchObject({ code: 1, json: { error: { code: 'BACKUP_EXISTS' } } })
  expect((await asked('doctor', ...store)).json).toEqual({ findings: [], lastBackup: made.json })
  expect((await vouchers('doctor', ...store)).stdout).toBe(
    'all is well\nthe last backup is day.xpb, less than a day old\n',
  )

  const retain = ['retain', '--months', '12', '--by', '01', ...store] as const
  const refused = await asked(...retain, '--backup', path('day.xpb'))
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'BACKUP_PASSWORD' } } })
  const removed = await asked(...retain, '--backup', path('day.xpb'), ...secret)
  expect(removed).toMatchObject({ code: 0, json: { removed: 2, scrubbed: true } })
  expect(await asked('find', ...store)).toMatchObject({ json: { count: 0 } })

  const key = ['--key-file', path('shop.db.key')] as const
  const place = ['--store', path('again.db'), ...key] as const
  process.env.XIAOPIAO_BACKUP_PASSWORD = `${PASSWORD}?`
  const wrong = await asked('restore', path('day.xpb'), ...place)
  expect(wrong).toMatchObject({ code: 1, json: { error: { code: 'BACKUP_PASSWORD' } } })
  expect(existsSync(path('again.db'))).toBe(false)
  process.env.XIAOPIAO_BACKUP_PASSWORD = PASSWORD
  const restored = await vouchers('restore', path('day.xpb'), '--seal', made.json.seal, ...place)
  expect(restored.stdout).toMatch(/^\d+ records of 2 vouchers are restored and verified, as of /)
  expect(await asked('find', ...place)).toMatchObject({ json: { count: 2 } })
  const full = await asked('restore', path('day.xpb'), ...place)
  expect(full).toMatchObject({ code: 1, json: { error: { code: 'STORE_EXISTS' } } })
})

test('a password is never an argument, and one that is not there is asked for or missed', async () => {
  await (await createArchive(path('empty.db'))).close()
  const backup = ['backup', path('e.xpb'), '--by', '01', '--store', path('empty.db')] as const
  const missing = await asked(...backup, '--encrypt')
  expect(missing).toMatchObject({ code: 2, json: { error: { code: 'PASSWORD_MISSING' } } })
  writeFileSync(path('nothing'), '\n')
  const blank = await asked(...backup, '--password-file', path('nothing'))
  expect(blank).toMatchObject({ code: 2, json: { error: { code: 'PASSWORD_MISSING' } } })
  const argument = await vouchers(...backup, '--password', PASSWORD)
  expect(argument).toMatchObject({ code: 2, stderr: expect.stringContaining('--password') })
  expect(existsSync(path('e.xpb'))).toBe(false)
})
