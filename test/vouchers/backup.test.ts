import { createDecipheriv } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { constants, inflateRawSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { FrameReader } from '../../src/vouchers/backup/frame-reader.js'
import { FrameWriter } from '../../src/vouchers/backup/frame-writer.js'
import { openBackup } from '../../src/vouchers/backup/read-backup.js'
import { createArchive, openArchive, restoreArchive } from '../../src/vouchers/index.js'
import { openSqliteEngine } from '../../src/vouchers/open-sqlite.js'
import {
  addOld,
  addPresent,
  answersOf,
  decompressed,
  failure,
  filesHolding,
  framesOf,
  NOW,
  PASSWORD,
  withFlippedBit,
} from './backup-samples.js'
import { cash, now, storeFolder } from './helpers.js'

const { path, create } = storeFolder()
const by = { now: NOW, by: '01' }
const DAMAGE = ['BACKUP_DAMAGED', 'BACKUP_CUT', 'BACKUP_UNKNOWN']

/** A folder for one test, with a store of everything in it. */
async function shop(name: string) {
  const folder = path(name)
  mkdirSync(folder)
  const at = (file: string) => join(folder, file)
  const archive = await createArchive(at('shop.db'))
  await addOld(archive)
  await addPresent(archive)
  return { archive, at, folder, keyFile: at('shop.db.key') }
}

/** Decompresses bytes as far as they can be; empty if they cannot, as most random bytes. */
function inflated(bytes: Uint8Array): string {
  try {
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
  } catch {
    return ''
  }
}

/** Tables and indexes, as SQLite keeps them. */
async function schemaOf(file: string): Promise<readonly string[]> {
  const { db, release } = await openSqliteEngine(file)
  const { rows } = await sql<{ sql: string }>`select sql from sqlite_master where sql is not null
    order by name`.execute(db)
  await db.destroy()
  await release()
  expect(rows.length).toBeGreaterThan(25)
  return rows.map((row) => row.sql)
}

describe('a backup of a file', () => {
  test.each([
    ['plain', {}],
    ['encrypted', { password: PASSWORD }],
  ])('%s is restored with everything in it', async (name, given) => {
    const { archive, at, keyFile } = await shop(name)
    const made = await archive.backup(at('day.xpb'), { ...by, ...given })
    expect(made).toMatchObject({ file: 'day.xpb', encrypted: 'password' in given, by: '01' })
    expect(made.bytes).toBe(statSync(at('day.xpb')).size)
    expect(statSync(at('day.xpb')).mode & 0o777).toBe(0o600)
    const restored = await restoreArchive(at('day.xpb'), at('again/again.db'), {
      keyFile,
      ...given,
    })
    expect(restored).toMatchObject({ entries: made.entries, seal: made.seal, vouchers: 9 })
    await using again = await openArchive(at('again/again.db'), { keyFile })
    expect(await again.verify({ seal: made.seal })).toMatchObject({ ok: true })
    // The record of the backup came after the moment that it holds.
    const { heads, lastBackup, ...expected } = (await answersOf(archive)) as Record<string, unknown>
    expect(lastBackup).toEqual(made)
    expect(await answersOf(again)).toMatchObject(expected)
    await again.add({ ...cash, key: 'after' }, { now: NOW })
    expect(await again.verify()).toMatchObject({ ok: true, entries: made.entries + 1 })
    await archive.close()
    await again.close()
    expect(await schemaOf(at('again/again.db'))).toEqual(await schemaOf(at('shop.db')))
    expect(readdirSync(at('again'))).toContain('again.db')
    expect(readdirSync(at('again')).filter((file) => /restore|part/.test(file))).toEqual([])
  })

  test('is of one moment, while others go on recording', async () => {
    const archive = await create('running')
    const trades = Array.from({ length: 3000 }, (_, i) => ({ ...cash, key: `before-${i}` }))
    await archive.addMany(trades, { now })
    let added = 0
    let isOver = false
    const writer = (async () => {
      for (; !isOver; added++) {
        await archive.add({ ...cash, key: `during-${added}` }, { now })
        // SQLite answers at once, so that without this nothing else would run.
        await nextTurn()
      }
    })()
    const made = await archive.backup(path('running.xpb'), by)
    isOver = true
    await writer
    expect(added).toBeGreaterThan(5)
    expect(made.entries).toBeLessThan(3000 + added + 2)
    await archive.close()
    const keyFile = `${path('running')}.key`
    const restored = await restoreArchive(path('running.xpb'), path('run2'), { keyFile })
    expect(restored).toMatchObject({ entries: made.entries, vouchers: made.entries - 1 })
  })

  test('never holds the key of the chain, and holds no card number', async () => {
    const { archive, at, folder, keyFile } = await shop('secrets')
    await archive.backup(at('plain.xpb'), by)
    await archive.close()
    const key = readFileSync(keyFile, 'utf8').trim()
    const texts = decompressed(at('plain.xpb'))
    writeFileSync(at('texts'), texts)
    expect(filesHolding(folder, key)).toEqual([keyFile])
    expect(texts).not.toContain(Buffer.from(key, 'hex').toString('base64').slice(0, 40))
    expect(texts).toContain('622202******0012')
    expect(filesHolding(folder, '6222020000000012')).toEqual([])
  })

  test('encrypted shows nothing of what is in it', async () => {
    const { archive, at } = await shop('closed')
    await archive.backup(at('closed.xpb'), { ...by, password: PASSWORD })
    await archive.backup(at('open.xpb'), by)
    await archive.close()
    const firstOf = (file: string) => {
      const [{ start, end } = { start: 0, end: 0 }] = framesOf(file)
      return readFileSync(file).subarray(start + 5, end - 16)
    }
    const beginning = inflated(firstOf(at('open.xpb'))).slice(0, 8)
    expect(beginning).toHaveLength(8)
    const stored = firstOf(at('closed.xpb'))
    expect(inflated(stored)).not.toContain(beginning)
    // Nor is it what another key would give.
    const decipher = createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12))
    expect(inflated(decipher.update(stored))).not.toContain(beginning)
  })

  test('is not made of a store that is not as it was recorded', async () => {
    const { archive, at, keyFile } = await shop('changed')
    await archive.close()
    const { db, release } = await openSqliteEngine(at('shop.db'))
    await db
      .updateTable('entry')
      .set({ body: '{}' })
      .where('kind', '=', 'trade')
      .where('seq', '=', 2)
      .execute()
    await db.destroy()
    await release()
    await using again = await openArchive(at('shop.db'), { keyFile })
    const error = await failure(again.backup(at('changed.xpb'), by))
    expect(error).toMatchObject({ code: 'RECORD_CHANGED', path: expect.stringContaining('[2]') })
    expect(readdirSync(dirname(at('shop.db'))).filter((file) => /xpb/.test(file))).toEqual([])
    expect(await again.lastBackup()).toBeUndefined()
  })

  test('is not made, and not recorded, of a store whose restore would be refused', async () => {
    const { archive, at, keyFile } = await shop('index')
    await archive.close()
    const { db, release } = await openSqliteEngine(at('shop.db'))
    await db.updateTable('voucher').set({ operator: '99' }).where('kind', '=', 'wechat').execute()
    await db.destroy()
    await release()
    await using again = await openArchive(at('shop.db'), { keyFile })
    expect(await failure(again.backup(at('index.xpb'), by))).toMatchObject({
      code: 'STORE_FAULTY',
      message: expect.stringContaining('another operator than the chain'),
    })
    expect(readdirSync(at('')).filter((file) => /xpb/.test(file))).toEqual([])
    expect(await again.lastBackup()).toBeUndefined()
  })

  test('that fails while it reads says why, and leaves no read open', async () => {
    await (await create('failing')).close()
    const { db, snapshot, scrub, release } = await openSqliteEngine(path('failing'))
    const work = snapshot(async (own) => {
      await own.selectFrom('entry').selectAll().execute()
      throw new Error('no space left')
    })
    expect(await failure(work)).toMatchObject({ message: 'no space left' })
    expect(await scrub()).toBe(true)
    await db.destroy()
    await release()
  })

  test('never takes the place of another file, and none is left of one that fails', async () => {
    const archive = await create('places')
    await archive.backup(path('one.xpb'), by)
    const bytes = readFileSync(path('one.xpb'))
    expect(await failure(archive.backup(path('one.xpb'), by))).toMatchObject({
      code: 'BACKUP_EXISTS',
    })
    expect(readFileSync(path('one.xpb'))).toEqual(bytes)
    const nowhere = join(path('nowhere'), 'two.xpb')
    expect(await failure(archive.backup(nowhere, by))).toMatchObject({ code: 'BACKUP_UNWRITTEN' })
    expect(await failure(archive.backup('/dev/full/x', by))).toMatchObject({
      code: 'BACKUP_UNWRITTEN',
    })
    const short = archive.backup(path('three.xpb'), { ...by, password: 'short' })
    expect(await failure(short)).toMatchObject({ code: 'PASSWORD_INVALID' })
    await archive.close()
  })
})

describe('a damaged backup', () => {
  const made = (async () => {
    const place = await shop('damaged')
    const { archive, at } = place
    await archive.backup(at('whole.xpb'), by)
    await archive.backup(at('other.xpb'), by)
    await archive.close()
    return { ...place, bytes: readFileSync(at('whole.xpb')), frames: framesOf(at('whole.xpb')) }
  })()

  async function reading(bytes: Uint8Array) {
    const { at } = await made
    writeFileSync(at('damaged.xpb'), bytes)
    const backup = await openBackup(at('damaged.xpb'), undefined)
    return backup.read({ key: undefined }).finally(() => backup.close())
  }

  async function restoring(bytes: Uint8Array) {
    const { at, keyFile } = await made
    writeFileSync(at('damaged.xpb'), bytes)
    const error = await failure(restoreArchive(at('damaged.xpb'), at('restored.db'), { keyFile }))
    expect(readdirSync(at('')).filter((one) => /restore/.test(one))).toEqual([])
    return error
  }

  test('that was cut at the edge of any frame, or within one, is named', async () => {
    const { bytes, frames } = await made
    expect(frames.length).toBeGreaterThan(6)
    const edges = frames.flatMap(({ start, end }) => [
      start,
      start + 3,
      (start + end) >> 1,
      end - 1,
    ])
    for (const length of [...edges, 40]) {
      const error = await failure(reading(bytes.subarray(0, length)))
      expect(error).toMatchObject({ code: 'BACKUP_CUT' })
    }
    for (const length of [0, 5]) {
      const error = await failure(reading(bytes.subarray(0, length)))
      expect(error).toMatchObject({ code: 'BACKUP_UNKNOWN' })
    }
  })

  test('with a flipped bit anywhere is named', async () => {
    const { bytes, frames } = await made
    const first = frames[0]?.start as number
    const places = [
      ...Array.from({ length: first }, (_, at) => at),
      ...frames.flatMap(({ start, end }) => [start, start + 3, start + 4, start + 5, end - 1]),
      ...Array.from({ length: 200 }, (_, i) => Math.floor(((bytes.length - 1) * i) / 199)),
    ]
    for (const [i, place] of places.entries()) {
      const { code } = await failure(reading(withFlippedBit(bytes, place, i % 8)))
      expect(DAMAGE, `byte ${place}`).toContain(code)
    }
  })

  test('with frames that were left out, swapped, added or of another backup is named', async () => {
    const { at, bytes, frames } = await made
    const part = (from: number, to: number) =>
      bytes.subarray(frames[from]?.start, frames[to - 1]?.end as number)
    const all = frames.length
    const header = bytes.subarray(0, frames[0]?.start)
    const [, second] = framesOf(at('other.xpb'))
    const other = readFileSync(at('other.xpb')).subarray(second?.start)
    for (const parts of [
      [header, part(0, 1), part(2, all)],
      [header, part(0, 1), part(2, 3), part(1, 2), part(3, all)],
      [header, part(0, 1), part(1, 2), part(1, all)],
      [header, part(0, 1), part(all - 1, all)],
      [header, part(0, all), part(all - 1, all)],
      [header, part(0, all), Buffer.from([0])],
      [header, part(0, 1), other],
    ]) {
      const error = await failure(reading(Buffer.concat(parts)))
      expect(error).toMatchObject({ code: 'BACKUP_DAMAGED' })
    }
  })

  test('whose heads are not those of its records is named', async () => {
    const { at } = await made
    const reader = await FrameReader.open(at('whole.xpb'), undefined)
    const handle = await open(at('forged.xpb'), 'w')
    const writer = await FrameWriter.begin(handle, undefined)
    let isOver = false
    while (!isOver) {
      const { kind, text } = await reader.next()
      const [name = '', ...rows] = text.split('\n')
      const isHeads = name.startsWith('["chain_head"')
      const forged = rows.map((row) => row.replace(/^(\["@shop"),\d+/, '$1,1'))
      expect(isHeads && forged.join() === rows.join()).toBe(false)
      await writer.write(kind, isHeads ? [name, ...forged].join('\n') : text)
      isOver = kind === 'end'
    }
    await handle.close()
    await reader.close()
    const error = await restoring(readFileSync(at('forged.xpb')))
    expect(error).toMatchObject({ code: 'BACKUP_FAULTY' })
    expect(error.message).toMatch(/@shop.*its head says 1/)
  })

  test('restores nothing, and leaves nothing behind', async () => {
    const { bytes, frames } = await made
    const last = frames.at(-1)?.start as number
    expect(await restoring(bytes.subarray(0, last))).toMatchObject({ code: 'BACKUP_CUT' })
    const middle = bytes.length >> 1
    const flipped = withFlippedBit(bytes, middle, 0)
    expect(await restoring(flipped)).toMatchObject({ code: 'BACKUP_DAMAGED' })
  })
})

test('frames that are encrypted show every flipped bit and every cut', async () => {
  const file = path('frames')
  const handle = await open(file, 'w')
  // The cost of the password is that of a test, because it is paid at each reading.
  const writer = await FrameWriter.begin(handle, PASSWORD, { name: 'scrypt', n: 2, r: 1, p: 1 })
  const texts = ['{"a":1}', 'b', '']
  for (const [i, text] of texts.entries()) {
    await writer.write((['manifest', 'rows', 'end'] as const)[i] as 'rows', text)
  }
  await handle.close()
  const bytes = readFileSync(file)
  expect(writer.bytes).toBe(bytes.length)
  const reading = async (changed: Uint8Array, password = PASSWORD) => {
    writeFileSync(file, changed)
    const reader = await FrameReader.open(file, password)
    try {
      const read = []
      for (const _ of texts) read.push((await reader.next()).text)
      return read
    } finally {
      await reader.close()
    }
  }
  expect(await reading(bytes)).toEqual(texts)
  expect(await failure(reading(bytes, 'wrong'))).toMatchObject({ code: 'BACKUP_PASSWORD' })
  for (let bit = 0; bit < bytes.length * 8; bit += 7) {
    const { code } = await failure(reading(withFlippedBit(bytes, bit >> 3, bit & 7)))
    expect(DAMAGE, `bit ${bit}`).toContain(code)
  }
  for (let length = 0; length < bytes.length; length++) {
    const { code } = await failure(reading(bytes.subarray(0, length)))
    expect(['BACKUP_CUT', 'BACKUP_UNKNOWN'], `${length} bytes`).toContain(code)
  }
})

describe('a restore is refused', () => {
  const made = (async () => {
    const place = await shop('refused')
    await place.archive.backup(place.at('a.xpb'), { ...by, password: PASSWORD })
    await place.archive.backup(place.at('b.xpb'), by)
    await place.archive.close()
    return place
  })()

  test.each([
    ['another password', { password: `${PASSWORD}!` }],
    ['no password', {}],
  ])('with %s', async (_, given) => {
    const { at, keyFile } = await made
    const error = await failure(restoreArchive(at('a.xpb'), at('new.db'), { keyFile, ...given }))
    expect(error).toMatchObject({ code: 'BACKUP_PASSWORD', path: 'password' })
    expect(error.message).not.toContain(PASSWORD)
    expect(existsSync(at('new.db'))).toBe(false)
  })

  test('into a place that is not empty, which stays as it is', async () => {
    const { at, keyFile } = await made
    writeFileSync(at('full.db'), 'something')
    for (const file of ['full.db', 'shop.db']) {
      const before = readFileSync(at(file))
      const error = await failure(restoreArchive(at('b.xpb'), at(file), { keyFile }))
      expect(error).toMatchObject({ code: 'STORE_EXISTS' })
      expect(readFileSync(at(file))).toEqual(before)
    }
  })

  test.each(['-wal', '-shm', '-journal'])('beside a %s of another store', async (suffix) => {
    const { at, keyFile } = await made
    const left = at(`left.db${suffix}`)
    writeFileSync(left, 'of another store')
    const error = await failure(restoreArchive(at('b.xpb'), at('left.db'), { keyFile }))
    expect(error).toMatchObject({ code: 'STORE_EXISTS', message: expect.stringContaining(suffix) })
    expect(existsSync(at('left.db'))).toBe(false)
    expect(readFileSync(left, 'utf8')).toBe('of another store')
    rmSync(left)
    // One that comes while it loads.
    const onProgress = () => writeFileSync(left, 'came later')
    const later = restoreArchive(at('b.xpb'), at('left.db'), { keyFile, onProgress })
    expect(await failure(later)).toMatchObject({ code: 'STORE_EXISTS' })
    expect(readdirSync(at('')).filter((one) => /left|restore/.test(one))).toEqual([
      `left.db${suffix}`,
    ])
    rmSync(left)
  })

  test('without the key of the store, or with that of another one', async () => {
    const { at } = await made
    expect(await failure(restoreArchive(at('b.xpb'), at('new.db')))).toMatchObject({
      code: 'STORE_KEY',
    })
    await (await createArchive(at('other.db'))).close()
    const keyFile = at('other.db.key')
    const error = await failure(restoreArchive(at('b.xpb'), at('new.db'), { keyFile }))
    expect(error).toMatchObject({ code: 'STORE_KEY', hint: expect.stringContaining('that store') })
    expect(existsSync(at('new.db'))).toBe(false)
  })

  test('if a seal that was kept says something else', async () => {
    const { at, keyFile } = await made
    const seal = '0123456789abcdef'
    const error = await failure(restoreArchive(at('b.xpb'), at('new.db'), { keyFile, seal }))
    expect(error).toMatchObject({ code: 'BACKUP_FAULTY' })
    expect(existsSync(at('new.db'))).toBe(false)
    const backup = await openBackup(at('b.xpb'), undefined)
    await backup.close()
    const kept = backup.manifest.seal
    const restored = await restoreArchive(at('b.xpb'), at('sealed.db'), { keyFile, seal: kept })
    expect(restored.seal).toBe(kept.seal)
  })

  test('of a file that is no backup, or is not there', async () => {
    const { at, keyFile } = await made
    for (const [file, code] of [
      ['shop.db', 'BACKUP_UNKNOWN'],
      ['nothing.xpb', 'BACKUP_MISSING'],
      ['', 'BACKUP_MISSING'],
    ] as const) {
      const error = await failure(restoreArchive(at(file), at('new.db'), { keyFile }))
      expect(error).toMatchObject({ code })
    }
  })
})
