import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import {
  type Archive,
  createArchive,
  exportVouchers,
  importVouchers,
  openArchive,
  type RefusedRow,
  restoreArchive,
} from '../../src/vouchers/index.js'
import { openSqliteEngine } from '../../src/vouchers/open-sqlite.js'
import {
  addOld,
  addPresent,
  failure,
  filesHolding,
  keptSlip,
  NEEDLES,
  NOW,
  THEN,
} from './backup-samples.js'
import { cash, hasNodeSqlite, sale, storeFolder } from './helpers.js'

const { path } = storeFolder()
const by = { now: NOW, by: '01' }

async function shop(name: string) {
  const folder = path(name)
  mkdirSync(folder)
  const at = (file: string) => join(folder, file)
  return { archive: await createArchive(at('shop.db')), at, folder, keyFile: at('shop.db.key') }
}

async function retain(archive: Archive, file: string, months = 24) {
  await archive.backup(file, by)
  return archive.retain({ months, backup: file }, by)
}

const NONE = { unknown: 0, open: 0, unsettled: 0, later: 0, newer: 0 }

test('no byte of what was removed is in the file, its log or its free pages, and the chain verifies', async () => {
  const { archive, at, folder, keyFile } = await shop('bytes')
  const ids = await addOld(archive)
  await addPresent(archive)
  const texts = [...Object.values(NEEDLES), await keptSlip(archive)]
  for (const text of texts) expect(filesHolding(folder, text)).not.toEqual([])
  const result = await retain(archive, path('bytes.xpb'))
  expect(result).toEqual({ before: '2024-11-01', removed: 2, spared: NONE, scrubbed: true })
  // While it is open, and after.
  for (const text of texts) expect(filesHolding(folder, text), text).toEqual([])
  for (const id of ids) {
    expect(await failure(archive.get(id))).toMatchObject({ code: 'VOUCHER_UNKNOWN' })
  }
  const { entries } = await archive.verify()
  await archive.close()
  for (const text of texts) expect(filesHolding(folder, text), text).toEqual([])
  await using again = await openArchive(at('shop.db'), { keyFile })
  expect(await again.verify()).toMatchObject({ ok: true, entries })
  expect((await again.find({ to: '2024-12-31' })).count).toBe(0)
  const stubs = (await again.records({ after: 0, limit: 100 })).filter(({ body }) => body === null)
  expect(stubs.map(({ kind }) => kind)).toEqual(['trade', 'trade', 'print', 'answer', 'slip'])
  // Another time there is nothing left to remove.
  const more = await retain(again, path('bytes-2.xpb'))
  expect(more).toMatchObject({ removed: 0, scrubbed: true })
})

test('only what the backup holds is removed', async () => {
  const { archive } = await shop('newer')
  await archive.backup(path('before.xpb'), by)
  const [first = ''] = await addOld(archive)
  const none = await archive.retain({ months: 24, backup: path('before.xpb') }, by)
  expect(none).toMatchObject({ removed: 0, spared: { ...NONE, newer: 2 } })
  await archive.backup(path('after.xpb'), by)
  // An event after the backup keeps its voucher, and here it came within the months that stay as well.
  await archive.recordPrint(
    first,
    { ...{ copy: 'merchant', outcome: 'confirmed', by: '01' }, marked: true, nth: 2, jobId: 'j2' },
    { now: THEN },
  )
  const one = await archive.retain({ months: 24, backup: path('after.xpb') }, by)
  expect(one).toMatchObject({ removed: 1, spared: { ...NONE, newer: 1 } })
  expect(await archive.verify()).toMatchObject({ ok: true })
  await archive.close()
})

test('open pre-authorisations, unknown results, open batches and later events are spared', async () => {
  const { archive } = await shop('spared')
  const old = { ...cash, at: '2024-03-15T12:08:31+08:00' }
  const card = { ...sale, at: old.at }
  const add = async (trade: object, at = THEN) => (await archive.add(trade, { now: at })).id
  const settle = (terminal: string, batch: string, at = THEN) =>
    archive.settle({ terminal, batch }, { now: at, by: '01' })
  const open = await add({ ...card, type: 'preauth', batch: '1', voucher: '1', auth: '111111' })
  const added = await add({
    ...{ ...card, type: 'preauth-add', batch: '1', voucher: '2' },
    original: { id: open },
  })
  const unknown = await add({ ...old, batch: '1', result: 'unknown' })
  const refunded = await add({ ...old, batch: '1', fen: 4000 })
  const reprinted = await add({ ...old, batch: '1', fen: 4100 })
  const declined = await add({ ...old, batch: '1', result: 'declined' })
  const done = await add({ ...card, type: 'preauth', batch: '1', voucher: '8', auth: '222222' })
  const completed = await add({
    ...{ ...card, type: 'preauth-complete', batch: '1', voucher: '9' },
    original: { id: done },
  })
  await settle(sale.terminal, '1')
  const unsettled = await add({ ...old, terminal: 't2' })
  const refund = await add(
    {
      ...cash,
      type: 'refund',
      fen: 100,
      at: '2026-11-20T12:00:00+08:00',
      original: { id: refunded },
    },
    NOW,
  )
  const print = {
    copy: 'merchant',
    outcome: 'confirmed',
    by: '01',
    marked: true,
    nth: 1,
    jobId: 'j',
  }
  await archive.recordPrint(reprinted, print as never, { now: NOW })
  const result = await retain(archive, path('spared.xpb'))
  expect(result).toMatchObject({
    removed: 3,
    spared: { unknown: 1, open: 2, unsettled: 1, later: 2, newer: 0 },
  })
  for (const id of [open, added, unknown, refunded, reprinted, unsettled, refund]) {
    expect(await archive.get(id)).toMatchObject({ id })
  }
  for (const id of [declined, done, completed]) {
    expect(await failure(archive.get(id))).toMatchObject({ code: 'VOUCHER_UNKNOWN' })
  }
  // An original that was spared can still be refunded.
  const more = { ...cash, type: 'refund', fen: 200, original: { id: refunded }, key: 'more' }
  await archive.add(more, { now: NOW })
  expect(await archive.verify()).toMatchObject({ ok: true })
  await archive.close()
})

test('a family stays whole if one of it is refunded while others are removed', async () => {
  const { archive } = await shop('family')
  const at = (hour: number) => `2024-03-15T${String(hour).padStart(2, '0')}:00:00+08:00`
  // Those of the first part, after which the refund comes.
  const filler = Array.from({ length: 500 }, (_, i) => ({
    ...cash,
    at: at(9),
    batch: '1',
    fen: 1 + i,
  }))
  await archive.addMany(filler, { now: THEN })
  const add = async (trade: object) => (await archive.add(trade, { now: THEN })).id
  const card = { ...sale, at: at(10), batch: '1', auth: '222222' }
  const first = await add({ ...card, type: 'preauth', voucher: '801' })
  const original = { id: first }
  const completed = await add({ ...card, type: 'preauth-complete', voucher: '802', original })
  await archive.settle({ terminal: sale.terminal, batch: '1' }, { now: THEN, by: '01' })
  await archive.backup(path('family.xpb'), by)
  let refund: Promise<unknown> | undefined
  const onProgress = () => {
    refund ??= archive.add(
      { ...sale, type: 'refund', fen: 100, batch: '2', voucher: '1', original: { id: completed } },
      { now: NOW },
    )
  }
  const request = { months: 24, backup: path('family.xpb') }
  const result = await archive.retain(request, { ...by, onProgress })
  await refund
  expect(result).toMatchObject({ removed: 500, spared: { ...NONE, later: 2 } })
  for (const id of [first, completed]) expect(await archive.get(id)).toMatchObject({ id })
  expect(await archive.verify()).toMatchObject({ ok: true })
  await archive.close()
})

test('a family goes as a whole, also if others lie between', async () => {
  const { archive } = await shop('whole')
  const day = (no: number) => `2024-03-${String(no).padStart(2, '0')}T12:00:00+08:00`
  const add = async (trade: object) => (await archive.add(trade, { now: THEN })).id
  const card = { ...sale, batch: '1', auth: '222222' }
  const first = await add({ ...card, at: day(1), type: 'preauth', voucher: '801' })
  const filler = Array.from({ length: 500 }, (_, i) => ({
    ...cash,
    at: day(2),
    batch: '1',
    fen: 1 + i,
  }))
  await archive.addMany(filler, { now: THEN })
  const last = { ...card, at: day(3), voucher: '802', original: { id: first } }
  const completed = await add({ ...last, type: 'preauth-complete' })
  await archive.settle({ terminal: sale.terminal, batch: '1' }, { now: THEN, by: '01' })
  await archive.backup(path('whole.xpb'), by)
  const gone: unknown[] = []
  const onProgress = (done: number) => {
    if (done === 500) gone.push(failure(archive.get(completed)))
  }
  const request = { months: 24, backup: path('whole.xpb') }
  const result = await archive.retain(request, { ...by, onProgress })
  expect(result).toMatchObject({ removed: 502, spared: NONE })
  expect(await Promise.all(gone)).toMatchObject([{ code: 'VOUCHER_UNKNOWN' }])
  expect(await archive.verify()).toMatchObject({ ok: true })
  await archive.close()
})

test('a backup that is damaged, of another store, or older than a cut removes nothing', async () => {
  const { archive, at } = await shop('other')
  await addOld(archive)
  const other = await createArchive(at('other.db'))
  await addOld(other)
  await other.backup(at('other.xpb'), by)
  await other.close()
  const retaining = (file: string) => failure(archive.retain({ months: 24, backup: file }, by))
  expect(await retaining(at('other.xpb'))).toMatchObject({ code: 'BACKUP_OTHER', path: 'backup' })
  expect(await retaining(at('shop.db'))).toMatchObject({ code: 'BACKUP_UNKNOWN' })
  expect(await retaining(at('none.xpb'))).toMatchObject({ code: 'BACKUP_MISSING' })
  const months = failure(archive.retain({ months: 0, backup: at('other.xpb') }, by))
  expect(await months).toMatchObject({ code: 'OPTION_INVALID' })
  expect((await archive.find({})).count).toBe(2)
  await archive.close()
})

test('a body that somebody else has removed is not taken for retention', async () => {
  const { archive, at, keyFile } = await shop('forged')
  const [id = ''] = await addOld(archive)
  await addPresent(archive)
  await retain(archive, path('forged.xpb'))
  const { vouchers } = await archive.find({ kind: 'cash' })
  const victim = vouchers[0]?.id as string
  await archive.close()
  const { db, release } = await openSqliteEngine(at('shop.db'))
  await db.updateTable('entry').set({ body: null }).where('voucher_id', '=', victim).execute()
  await db.deleteFrom('voucher').where('id', '=', victim).execute()
  await db.destroy()
  await release()
  await using again = await openArchive(at('shop.db'), { keyFile })
  const { ok, faults } = await again.verify()
  expect(ok).toBe(false)
  expect(faults.map(({ message }) => message)).toContain(
    'its body was removed, and not by retention',
  )
  expect(victim).not.toBe(id)
  const error = await failure(again.backup(path('forged-2.xpb'), by))
  expect(error).toMatchObject({ code: 'RECORD_CHANGED' })
})

test('a voucher that was removed is not taken in again from an export of before', async () => {
  const { archive, at, keyFile } = await shop('exported')
  await addOld(archive)
  const parts: Uint8Array[] = []
  for await (const part of exportVouchers(archive, { as: 'csv', ...by })) parts.push(part)
  await retain(archive, path('exported.xpb'))
  const refused: RefusedRow[] = []
  const result = await importVouchers(archive, Readable.from(parts), {
    ...by,
    onRefused: (row) => refused.push(row),
  })
  expect(result).toMatchObject({ added: 0, repeated: 0, refused: 2 })
  expect(refused).toMatchObject([
    { code: 'VOUCHER_RETAINED', path: 'id', hint: expect.stringContaining('backup') },
    { code: 'VOUCHER_RETAINED', path: 'id' },
  ])
  expect(await archive.verify()).toMatchObject({ ok: true, vouchers: 0 })
  await archive.backup(at('after.xpb'), by)
  await archive.close()
  const restored = restoreArchive(at('after.xpb'), at('again.db'), { keyFile })
  expect(await restored).toMatchObject({ vouchers: 0 })
})

test('nothing is removed from a store with a fault, whose backup was made before it', async () => {
  const { archive, at, keyFile } = await shop('faulty')
  const [id = ''] = await addOld(archive)
  await archive.backup(at('good.xpb'), by)
  await archive.close()
  const { db, release } = await openSqliteEngine(at('shop.db'))
  await db.updateTable('voucher').set({ fen: 1 }).where('id', '=', id).execute()
  await db.destroy()
  await release()
  await using again = await openArchive(at('shop.db'), { keyFile })
  const error = await failure(again.retain({ months: 24, backup: at('good.xpb') }, by))
  expect(error).toMatchObject({
    code: 'STORE_FAULTY',
    message: expect.stringContaining(`${id}: the search table has another fen than the chain`),
    hint: expect.stringContaining('vouchers verify'),
  })
  expect(await again.find({})).toMatchObject({ count: 2 })
})

test('once there are operators, a manager removes vouchers and nobody else', async () => {
  const { archive } = await shop('roles')
  await addOld(archive)
  await archive.backup(path('roles.xpb'), by)
  const manager = { no: '01', name: '王店长', role: 'manager', pin: '820416' } as const
  await archive.operators.add(manager, by)
  const request = { months: 24, backup: path('roles.xpb') }
  expect(await failure(archive.retain(request, by))).toMatchObject({ code: 'OPERATOR_NEEDED' })
  const signedIn = await archive.operators.signIn('01', manager.pin, { now: NOW })
  expect(await archive.retain(request, { now: NOW, by: signedIn })).toMatchObject({ removed: 2 })
  expect(await archive.verify()).toMatchObject({ ok: true })
  await archive.close()
})

test('days whose vouchers are gone are summed up by no report and no closing', async () => {
  const { archive } = await shop('sums')
  await addOld(archive)
  expect(await archive.closeMonth('2024-03', path('march.xpb'), by)).toMatchObject({
    closing: { month: '2024-03', count: 2, fen: 129_590, unknownCount: 0, openBatches: [] },
    backup: { month: '2024-03', file: 'march.xpb.db' },
  })
  await archive.retain({ months: 24, backup: path('march.xpb') }, by)
  expect(await failure(archive.report('2024-03-15', by))).toMatchObject({ code: 'DAY_RETAINED' })
  const again = failure(archive.closeMonth('2024-03', path('march-2.xpb'), by))
  expect(await again).toMatchObject({ code: 'DAY_RETAINED' })
  expect(await archive.report('2026-11-28', by)).toMatchObject({ count: 0 })
  const some = await archive.totals({ from: '2024-03-01' })
  expect(some).toMatchObject({ count: 0, completeFrom: '2024-11-01' })
  expect(await archive.totals({ from: '2024-11-01' })).not.toHaveProperty('completeFrom')
  await archive.close()
})

test('a month is closed once it is over, and says which batches are open', async () => {
  const { archive } = await shop('month')
  await addOld(archive)
  await archive.add({ ...cash, at: '2024-03-31T23:59:59+08:00', batch: '2' }, { now: THEN })
  await archive.add({ ...cash, at: '2024-04-01T00:00:00+08:00', terminal: 't9' }, { now: THEN })
  const early = { now: new Date('2024-03-31T15:59:59Z'), by: '01' }
  expect(await failure(archive.closeMonth('2024-03', path('m'), early))).toMatchObject({
    code: 'MONTH_OPEN',
  })
  expect(await failure(archive.closeMonth('2024-13', path('m'), early))).toMatchObject({
    code: 'QUERY_INVALID',
    path: 'month',
  })
  const over = { now: new Date('2024-03-31T16:00:00Z'), by: '01' }
  const { closing, backup } = await archive.closeMonth('2024-03', path('m'), over)
  expect(closing).toMatchObject({
    days: [
      { day: '2024-03-15', count: 2, fen: 129_590 },
      { day: '2024-03-31', count: 1, fen: 5100 },
    ],
    openBatches: [{ merchantNo: '', terminal: sale.terminal, batch: '000002' }],
  })
  expect(closing).not.toHaveProperty('replaces')
  expect(await archive.lastBackup()).toEqual(backup)
  const second = await archive.closeMonth('2024-03', path('m2'), over)
  expect(second.closing).toMatchObject({ replaces: closing.at })
  expect(await archive.verify({ seal: backup.seal })).toMatchObject({ ok: true })
  await archive.close()
})

test.skipIf(!hasNodeSqlite)('another program that is reading is named by the answer', async () => {
  const { archive, at, keyFile } = await shop('reading')
  await addOld(archive)
  await archive.backup(path('reading.xpb'), by)
  const engine = await openSqliteEngine(at('shop.db'))
  const result = await engine.snapshot(async (db) => {
    await db.selectFrom('voucher').selectAll().execute()
    return archive.retain({ months: 24, backup: path('reading.xpb') }, by)
  })
  expect(result).toMatchObject({ removed: 2, scrubbed: false })
  await engine.db.destroy()
  await archive.close()
  expect(keyFile).toBe(at('shop.db.key'))
})
