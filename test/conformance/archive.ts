/** What every store of vouchers must do, whatever keeps its records. */
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../src/vouchers/index.js'
import { by, cash, now, sale } from '../vouchers/helpers.js'
import { closingConformance } from './archive-closing.js'
import { operatorConformance } from './archive-operators.js'

/** @param create makes an empty store; `open` opens the one of that name again */
export function archiveConformance(
  name: string,
  create: (store: string) => Promise<Archive>,
  open: (store: string) => Promise<Archive>,
): void {
  closingConformance(name, create)
  operatorConformance(name, create, open)

  describe(`an archive in ${name}`, () => {
    test('four callers at once fork no chain and give no number twice', async () => {
      await using archive = await create('callers')
      const callers = [0, 1, 2, 3].map(async (caller) => {
        const numbers: string[] = []
        for (let i = 0; i < 10; i++) {
          const added = await archive.add({ ...cash, key: `${caller}-${i}` }, { now })
          numbers.push(added.voucher)
        }
        return numbers
      })
      const numbers = (await Promise.all(callers)).flat().map(Number)
      expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1))
      expect(await archive.verify()).toMatchObject({ ok: true, entries: 40, vouchers: 40 })
    })

    test('the same key is the same voucher, also at once, and another trade is refused', async () => {
      await using archive = await create('keys')
      const trade = { ...cash, key: 'till-1' }
      const added = await Promise.all([1, 2, 3, 4].map(() => archive.add(trade, { now })))
      expect(new Set(added.map(({ id }) => id)).size).toBe(1)
      expect(added.filter(({ repeated }) => !repeated)).toHaveLength(1)
      const other = archive.add({ ...trade, fen: 1 }, { now })
      await expect(other).rejects.toMatchObject({ code: 'KEY_CONFLICT', path: 'key' })
      await expect(archive.addMany([trade, { ...trade, fen: 1 }], { now })).rejects.toMatchObject({
        code: 'KEY_CONFLICT',
        path: '[1].key',
      })
    })

    test('many trades are all recorded or none, and repeats among them are seen', async () => {
      await using archive = await create('many')
      const trades = Array.from({ length: 600 }, (_, i) => ({ ...cash, key: `k${i}`, fen: 1 + i }))
      const wrong = [...trades, { ...cash, fen: 0 }]
      await expect(archive.addMany(wrong, { now })).rejects.toMatchObject({ path: '[600].fen' })
      expect((await archive.find({})).count).toBe(0)
      const first = await archive.addMany([...trades, ...trades], { now })
      expect(first.map(({ repeated }) => repeated)).toEqual(first.map((_, i) => i >= 600))
      expect(first[600]?.id).toBe(first[0]?.id)
      const again = await archive.addMany(trades, { now })
      expect(again.every(({ repeated }) => repeated)).toBe(true)
      expect(await archive.verify()).toMatchObject({ ok: true, vouchers: 600 })
    })

    test('an import follows originals of its own, and of the store', async () => {
      await using archive = await create('originals')
      const { id } = await archive.add({ ...cash, key: 'before' }, { now })
      const [, undo] = await archive.addMany(
        [
          { ...sale, key: 'sale' },
          { ...sale, type: 'void', voucher: '241', ref: '2', original: { voucher: '236' } },
          { ...cash, type: 'refund', batch: '17', original: { id } },
        ],
        { now },
      )
      expect(await archive.get('236')).toMatchObject({ state: 'voided' })
      expect(await archive.get(undo?.id as string)).toMatchObject({ type: 'void' })
      expect(await archive.get(id)).toMatchObject({ state: 'refunded' })
      expect((await archive.verify()).faults).toEqual([])
    })

    test('numbers of the terminal are kept, and the library gives the others', async () => {
      await using archive = await create('numbers')
      await archive.add({ ...sale, voucher: '1' }, { now })
      await archive.add({ ...sale, voucher: '3', ref: '3' }, { now })
      const given = []
      for (let i = 0; i < 3; i++)
        given.push((await archive.add({ ...cash, batch: '17', fen: 1 + i }, { now })).voucher)
      expect(given).toEqual(['000002', '000004', '000005'])
      const taken = archive.add({ ...sale, voucher: '2', ref: '4' }, { now })
      await expect(taken).rejects.toMatchObject({ code: 'NUMBER_TAKEN', path: 'voucher' })
      const next = await archive.add({ ...sale, batch: '18', voucher: '1' }, { now })
      expect(next).toMatchObject({ batch: '000018', voucher: '000001', repeated: false })
    })

    test('a trade that is older than the last one is kept with a warning', async () => {
      await using archive = await create('times')
      await archive.add(cash, { now })
      const { warnings } = await archive.add({ ...cash, at: '2026-11-22T12:00:00+08:00' }, { now })
      expect(warnings).toMatchObject([{ code: 'AT_BEFORE_LAST', path: 'at' }])
    })

    test('the business day is that of the shop, and stays when the setting changes', async () => {
      await using archive = await create('days')
      const late = { ...cash, at: '2026-11-24T05:59:59+08:00' }
      const before = await archive.add({ ...late, key: '1' }, { now })
      await archive.changeSettings({ dayStarts: '06:00' }, by)
      const after = await archive.add({ ...late, key: '2' }, { now })
      const own = { ...by, terminal: '7' }
      await archive.changeSettings({ dayStarts: '00:00' }, own)
      const terminal = await archive.add({ ...late, key: '3', terminal: '7' }, { now })
      const days = [before, after, terminal].map(({ businessDay }) => businessDay)
      expect(days).toEqual(['2026-11-24', '2026-11-23', '2026-11-24'])
      expect((await archive.get(before.id)).businessDay).toBe('2026-11-24')
      expect((await archive.verify()).faults).toEqual([])
    })

    test('all that was acknowledged is there when the store is opened again', async () => {
      const before = await create('again')
      const { id } = await before.add({ ...sale, result: 'unknown' }, { now })
      await before.resolve(id, 'declined', by)
      await before.changeSettings({ language: 'zh' }, by)
      await before.close()
      await using after = await open('again')
      expect(await after.get(id)).toMatchObject({ result: 'declined', state: 'not-effective' })
      expect(await after.settings()).toMatchObject({ language: 'zh' })
      expect((await after.verify()).faults).toEqual([])
    })

    test('the drawer is taken once, and again if it was returned', async () => {
      await using archive = await create('drawer')
      const { id } = await archive.add(cash, { now })
      const taken = await Promise.all([archive.takeDrawer(id, by), archive.takeDrawer(id, by)])
      expect(taken.toSorted()).toEqual([false, true])
      await archive.returnDrawer(id, by)
      expect([await archive.takeDrawer(id, by), await archive.takeDrawer(id, by)]).toEqual([
        true,
        false,
      ])
    })

    test('a note without a name, or a clock that is none, is refused', async () => {
      await using archive = await create('notes')
      const { id } = await archive.add({ ...cash, result: 'unknown' }, { now })
      const nameless = archive.resolve(id, 'approved', { now, by: ' ' })
      await expect(nameless).rejects.toMatchObject({ code: 'TRADE_INVALID', path: 'by' })
      const track = archive.resolve(id, 'approved', { now, by: '6222020000000122=30122010' })
      await expect(track).rejects.toMatchObject({ code: 'SECRET_REFUSED', path: 'by' })
      const clockless = archive.add(cash, { now: 'now' as unknown as Date })
      await expect(clockless).rejects.toMatchObject({ path: 'options.now' })
      const unclear = archive.resolve(id, 'unknown' as 'approved', by)
      await expect(unclear).rejects.toMatchObject({ path: 'result' })
      await expect(archive.resolve('x', 'approved', by)).rejects.toMatchObject({
        code: 'VOUCHER_UNKNOWN',
      })
    })
  })
}
