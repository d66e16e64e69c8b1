import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createArchive, openArchive } from '../../src/vouchers/index.js'
import { now, sale } from './helpers.js'

const folder = mkdtempSync(join(tmpdir(), 'vouchers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('an archive', () => {
  test('keeps a trade, finds it, and refuses what contradicts it', async () => {
    const path = join(folder, 'one.db')
    {
      await using archive = await createArchive(path)
      const added = await archive.add(sale, { now })
      expect(added).toMatchObject({
        repeated: false,
        voucher: '000236',
        batch: '000017',
        businessDay: '2026-11-23',
      })
      expect((await archive.add(sale, { now })).repeated).toBe(true)
      const found = await archive.find({ day: '2026-11-23', amount: '￥1,286.00' })
      expect(found.vouchers).toMatchObject([
        { id: added.id, panShown: '622202******0012', state: 'effective', refundableFen: 128600 },
      ])
      await expect(archive.add({ ...sale, fen: 1 }, { now })).rejects.toMatchObject({
        code: 'NUMBER_TAKEN',
      })
      const undo = { ...sale, type: 'void', voucher: '241', original: { voucher: '236' } }
      await expect(archive.add({ ...undo, fen: 1 }, { now })).rejects.toMatchObject({
        code: 'TRADE_REFUSED',
        path: 'fen',
      })
      const voided = await archive.add(undo, { now })
      expect(await archive.get(added.id)).toMatchObject({ state: 'voided', refundableFen: 0 })
      expect(await archive.get('241')).toMatchObject({ originalId: added.id })
      await expect(archive.add({ ...undo, voucher: '242' }, { now })).rejects.toMatchObject({
        code: 'TRADE_REFUSED',
      })
      expect(voided.repeated).toBe(false)
    }
    await using archive = await openArchive(path)
    expect(await archive.verify()).toMatchObject({ ok: true, entries: 3, vouchers: 2, faults: [] })
    expect(readFileSync(path).includes('6222020000000012')).toBe(false)
  })
})
