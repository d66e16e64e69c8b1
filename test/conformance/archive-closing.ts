/** What every store must do at the end of a batch and a day: settlements, late trades, totals, reports, fees, seals and resets. */
import { describe, expect, test } from 'vitest'
import { type Archive, EXAMPLE_FEES, type Seal } from '../../src/vouchers/index.js'
import { by, cash, now, sale } from '../vouchers/helpers.js'

const place = { terminal: '10023456', batch: '17' } as const
const later = { ...by, now: new Date('2026-11-23T14:01:10Z') }
const nextDay = { ...by, now: new Date('2026-11-24T14:01:10Z') }

/** Three sales, of which one is voided, and a scan; 17 is the batch of all. */
async function fill(archive: Archive): Promise<void> {
  const trades = [
    { ...sale, cardClass: 'credit' },
    { ...sale, voucher: '237', ref: '2', fen: 5000, scheme: 'VISA', cardClass: 'credit' },
    { ...sale, voucher: '238', ref: '3', fen: 700, operator: '02', cardClass: 'debit' },
    { ...sale, type: 'void', voucher: '239', ref: '4', fen: 700, original: { voucher: '238' } },
    { ...cash, type: 'scan-sale', kind: 'wechat', batch: '17', fen: 2600 },
    { ...sale, voucher: '240', ref: '5', fen: 4500, result: 'unknown' },
    { ...sale, voucher: '241', ref: '6', fen: 9900, result: 'declined' },
    { ...sale, type: 'preauth', voucher: '242', ref: '7', fen: 80_000 },
  ]
  await archive.addMany(trades, { now })
}

export function closingConformance(
  name: string,
  create: (store: string) => Promise<Archive>,
): void {
  describe(`an archive in ${name} closes`, () => {
    test('a batch once, with domestic and foreign cards apart', async () => {
      await using archive = await create('settle')
      await fill(archive)
      const host = { salesCount: 2, salesFen: 129_300, refundsCount: 1, refundsFen: 700 }
      const request = { ...place, host: { domestic: host, foreign: 'error' } } as const
      const settled = await archive.settle(request, later)
      expect(settled).toMatchObject({
        terminal: '10023456',
        batch: '000017',
        at: '2026-11-23T22:01:10+08:00',
        by: '01',
        count: 6,
        fen: 128_600 + 5000 + 2600,
        unknown: [{ voucher: '000240', type: 'sale', fen: 4500 }],
        late: [],
        repeated: false,
      })
      expect(settled.sections).toEqual([
        {
          name: 'domestic',
          totals: [
            { type: 'sale', count: 2, fen: 129_300 },
            { type: 'void', count: 1, fen: -700 },
          ],
          host,
          outcome: 'balanced',
        },
        {
          name: 'foreign',
          totals: [{ type: 'sale', count: 1, fen: 5000 }],
          host: 'error',
          outcome: 'failed',
        },
        { name: 'scan', totals: [{ type: 'scan-sale', count: 1, fen: 2600 }] },
      ])
      for (const request of [place, { terminal: place.terminal }]) {
        const again = await archive.settle(request, nextDay)
        expect(again).toEqual({ ...settled, repeated: true })
      }
      const other = archive.settle({ ...place, host: { scan: host } }, nextDay)
      await expect(other).rejects.toMatchObject({ code: 'BATCH_SETTLED', path: 'host.scan' })
      expect(await archive.settle(request, nextDay)).toMatchObject({ repeated: true })
      expect((await archive.verify()).faults).toEqual([])
    })

    test('a batch with sums that are not those of the host', async () => {
      await using archive = await create('unbalanced')
      await fill(archive)
      const scan = { salesCount: 1, salesFen: 2599, refundsCount: 0, refundsFen: 0 }
      const { sections } = await archive.settle({ ...place, host: { scan } }, later)
      expect(sections.map(({ outcome }) => outcome)).toEqual([undefined, undefined, 'unbalanced'])
    })

    test('a batch for good: what comes later is late, and the next settlement lists it', async () => {
      await using archive = await create('late')
      await fill(archive)
      const first = await archive.settle(place, later)
      const lateSale = { ...sale, voucher: '250', ref: '20', fen: 100 } as const
      const { id } = await archive.add(lateSale, later)
      const unknown = await archive.get('240')
      expect((await archive.resolve(unknown.id, 'approved', later)).late).toBe(true)
      expect(await archive.get(id)).toMatchObject({ late: true, batch: '000017' })
      // A void that was made before the settlement has happened; one that was made after it is a refund.
      const undo = {
        ...sale,
        type: 'void',
        voucher: '251',
        ref: '21',
        original: { voucher: '236' },
      }
      await archive.add(undo, later)
      const after = { ...undo, voucher: '252', at: '2026-11-23T22:30:00+08:00', fen: 5000 }
      const refused = archive.add({ ...after, original: { voucher: '237' } }, later)
      await expect(refused).rejects.toMatchObject({ code: 'TRADE_REFUSED', path: 'batch' })
      expect(await archive.settle(place, later)).toEqual({ ...first, repeated: true })

      const next = await archive.add({ ...cash, at: '2026-11-24T12:00:00+08:00' }, nextDay)
      expect(next.batch).toBe('000018')
      const second = await archive.settle({ terminal: '10023456' }, nextDay)
      expect(second).toMatchObject({ batch: '000018', count: 1, fen: 5100, unknown: [] })
      expect(second.late.map(({ voucher, fen }) => [voucher, fen])).toEqual([
        ['000250', 100],
        ['000240', 4500],
        ['000251', -128_600],
      ])
      await archive.add({ ...cash, at: '2026-11-24T13:00:00+08:00' }, nextDay)
      expect((await archive.settle({ terminal: '10023456' }, nextDay)).late).toEqual([])
      expect((await archive.verify()).faults).toEqual([])
    })

    test('no tip and no batch that is not there', async () => {
      await using archive = await create('closed')
      await fill(archive)
      await archive.settle(place, later)
      const { id } = await archive.get('236')
      await expect(archive.adjustTip(id, 100, by)).rejects.toMatchObject({ code: 'TRADE_REFUSED' })
      const other = archive.settle({ terminal: '10023456', batch: '99' }, by)
      await expect(other).rejects.toMatchObject({ code: 'BATCH_UNKNOWN', path: 'batch' })
      const wrong = archive.settle({ terminal: 'x', host: { scan: {} } } as never, by)
      await expect(wrong).rejects.toMatchObject({ code: 'QUERY_INVALID', path: 'host.scan' })
    })

    test('a batch of which the detail lists what counts', async () => {
      await using archive = await create('detail')
      await fill(archive)
      const { vouchers, batch } = await archive.detail(place)
      expect(batch).toBe('000017')
      const numbers = vouchers.map(({ voucher, type }) => `${voucher} ${type}`)
      expect(numbers).toEqual(['000001 scan-sale', '000236 sale', '000237 sale', '000242 preauth'])
    })

    test('a day with totals by all that they may be grouped by', async () => {
      await using archive = await create('totals')
      await archive.changeSettings({ fees: EXAMPLE_FEES }, by)
      await fill(archive)
      const day = '2026-11-23'
      const all = await archive.totals({ day })
      expect(all).toMatchObject({ count: 6, fen: 136_200, unknownCount: 1 })
      expect(all.rows).toEqual([
        { kind: 'card', type: 'preauth', count: 1, fen: 0, feeFen: 0 },
        { kind: 'card', type: 'sale', count: 3, fen: 134_300, feeFen: 772 + 30 + 4 },
        { kind: 'card', type: 'void', count: 1, fen: -700, feeFen: -4 },
        { kind: 'wechat', type: 'scan-sale', count: 1, fen: 2600, feeFen: 10 },
      ])
      const rowsBy = async (group: 'operator' | 'area' | 'cardClass' | 'terminal' | 'day') =>
        (await archive.totals({ day, by: [group] })).rows.map((row) => [
          row[group],
          row.count,
          row.fen,
        ])
      expect(await rowsBy('operator')).toEqual([
        ['01', 5, 135_500],
        ['02', 1, 700],
      ])
      expect(await rowsBy('area')).toEqual([
        [undefined, 1, 2600],
        ['domestic', 4, 128_600],
        ['foreign', 1, 5000],
      ])
      expect(await rowsBy('terminal')).toEqual([['10023456', 6, 136_200]])
      expect(await rowsBy('day')).toEqual([['2026-11-23', 6, 136_200]])
      expect((await archive.totals({ day, terminal: '7' })).rows).toEqual([])
      expect((await archive.totals({ from: '2026-11-24' })).count).toBe(0)
      const wrong = archive.totals({ from: '2026-11-24', to: '2026-11-23' })
      await expect(wrong).rejects.toMatchObject({ code: 'QUERY_INVALID', path: 'to' })
    })

    test('a day with a report, and a changed day with one that names the report before', async () => {
      await using archive = await create('report')
      await fill(archive)
      const first = await archive.report('2026-11-23', later)
      expect(first).toMatchObject({ count: 6, fen: 136_200, unknownCount: 1, repeated: false })
      expect(first).not.toHaveProperty('replaces')
      expect(first.operators.map(({ name }) => name)).toEqual(['01', '02'])
      expect(await archive.report('2026-11-23', nextDay)).toEqual({ ...first, repeated: true })
      await archive.add({ ...cash, batch: '17' }, nextDay)
      const second = await archive.report('2026-11-23', nextDay)
      expect(second).toMatchObject({ fen: 141_300, replaces: first.at, repeated: false })
      expect((await archive.verify()).faults).toEqual([])
    })

    test('fees that were charged are compared with those that are expected', async () => {
      await using archive = await create('fees')
      await archive.changeSettings({ fees: { ...EXAMPLE_FEES, unknownClass: 'unknown' } }, by)
      await fill(archive)
      const { id } = await archive.get('1')
      const charged = [
        { ref: '112308456701', feeFen: 772 },
        { ref: '2', feeFen: 31 },
        { terminal: '10023456', batch: '17', voucher: '238', feeFen: 4 },
        { id, feeFen: 10 },
        { ref: '404', feeFen: 5 },
      ]
      const report = await archive.fees({ day: '2026-11-23', charged })
      expect(report.rows).toEqual([
        { kind: 'card', count: 1, fen: -700, feeFen: -4, unpriced: 0 },
        { kind: 'card', cardClass: 'credit', count: 2, fen: 133_600, feeFen: 802, unpriced: 0 },
        { kind: 'card', cardClass: 'debit', count: 1, fen: 700, feeFen: 4, unpriced: 0 },
        { kind: 'wechat', count: 1, fen: 2600, feeFen: 10, unpriced: 0 },
      ])
      expect(report).toMatchObject({ feeFen: 812, count: 5, unpriced: 0 })
      expect(report.comparison).toMatchObject({
        chargedFen: 822,
        differenceFen: 10,
        differing: [{ voucher: '000237', expectedFen: 30, chargedFen: 31 }],
        notCharged: [{ voucher: '000239', expectedFen: -4 }],
        notFound: [4],
      })
      await archive.add({ ...sale, voucher: '260', ref: '8' }, { now })
      expect((await archive.fees({})).unpriced).toBe(1)
    })

    test('its chains with a seal that finds them again', async () => {
      await using archive = await create('seal')
      await fill(archive)
      const { seal } = await archive.settle(place, later)
      const kept = await archive.seal(later)
      expect(kept.heads.map(({ chain }) => chain)).toEqual(['/10023456', '@shop'])
      await archive.add({ ...cash, fen: 1 }, nextDay)
      for (const given of [seal.slice(0, 16), seal, kept, kept.seal]) {
        const result = await archive.verify({ seal: given })
        expect(result.faults).toEqual([])
        expect(result).toMatchObject({ ok: true, seal: { isGiven: true } })
        expect(result.notSeen.join()).toMatch(/after the seal/)
      }
      const other = await archive.verify({ seal: '0123456789abcdef' })
      expect(other.faults).toMatchObject([{ kind: 'seal' }])
      const changed: Seal = { ...kept, heads: kept.heads.slice(1) }
      const refused = archive.verify({ seal: changed })
      await expect(refused).rejects.toMatchObject({ code: 'SEAL_INVALID', path: 'seal' })
      await expect(archive.verify({ seal: '123' })).rejects.toMatchObject({ code: 'SEAL_INVALID' })
    })

    test('the chain of a terminal that was reset, and goes on in another one', async () => {
      await using archive = await create('reset')
      await fill(archive)
      await archive.settle(place, later)
      const before = (await archive.verify()).heads.find(({ chain }) => chain === '/10023456')
      const request = { terminal: '10023456', why: '换主板' }
      const reset = await archive.resetTerminal(request, later)
      expect(reset).toEqual({ chain: '/10023456#1', follows: before })
      // Batches and numbers begin again, and the old ones are still found.
      const again = await archive.add({ ...sale, at: nextDay.now.toISOString(), fen: 1 }, nextDay)
      expect(again).toMatchObject({ batch: '000017', voucher: '000236', repeated: false })
      const own = await archive.add({ ...cash, at: nextDay.now.toISOString() }, nextDay)
      expect(own).toMatchObject({ batch: '000017', voucher: '000001' })
      const undo = { ...sale, type: 'void', voucher: '239', fen: 1, original: { voucher: '236' } }
      const voided = await archive.add({ ...undo, at: nextDay.now.toISOString() }, nextDay)
      expect((await archive.get(voided.id)).originalId).toBe(again.id)
      expect((await archive.find({ voucher: '236' })).count).toBe(2)
      const { batch, count } = await archive.settle({ terminal: '10023456' }, nextDay)
      expect([batch, count]).toEqual(['000017', 3])
      const as = await archive.resetTerminal({ ...request, as: '77' }, nextDay)
      expect(as).toMatchObject({ chain: '/77', follows: { chain: '/10023456#1' } })
      const used = archive.resetTerminal({ ...request, as: '77' }, nextDay)
      await expect(used).rejects.toMatchObject({ code: 'TERMINAL_USED', path: 'as' })
      const none = archive.resetTerminal({ ...request, terminal: '404' }, nextDay)
      await expect(none).rejects.toMatchObject({ code: 'TERMINAL_UNKNOWN', path: 'terminal' })
      expect((await archive.verify()).faults).toEqual([])
    })
  })
}
