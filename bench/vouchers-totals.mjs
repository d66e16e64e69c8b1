/**
 * Totals of a day of 2,000 vouchers and of one of 300,000: `node bench/vouchers-totals.mjs [file or postgres URL]` after
 * `npm run build:js`. Prints the median and the 95th percentile by the clock, the processor time of this process, and for a file the
 * plan by which SQLite answers. A store that is named must be empty or not exist; without a name it is made and removed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArchive, EXAMPLE_FEES } from '../dist/vouchers.js'
import { openRaw, percentile, trade } from './vouchers-trades.mjs'

const folder = mkdtempSync(join(tmpdir(), 'bench-vouchers-'))
const store = process.argv[2] ?? join(folder, 'shop.db')
const CHUNK = 5000
const ROUNDS = 20
const DAYS = [
  ['2026-11-23', 2000],
  ['2026-11-24', 300_000],
]
const now = new Date()

/** The trade number `i` at an even distance from the others of its day. */
function tradeOf(i, day, size) {
  const at = Date.parse(`${day}T00:00:00+08:00`) + Math.floor((i * 86_399_000) / size)
  return {
    ...trade(i),
    key: `${day}-${i}`,
    at: new Date(at).toISOString(),
    batch: day.slice(8),
    voucher: String(1 + i),
  }
}

try {
  const archive = await createArchive(store)
  await archive.changeSettings({ fees: EXAMPLE_FEES }, { now, by: 'bench' })
  for (const [day, size] of DAYS) {
    for (let at = 0; at < size; at += CHUNK) {
      const count = Math.min(CHUNK, size - at)
      await archive.addMany(
        Array.from({ length: count }, (_, i) => tradeOf(at + i, day, size)),
        { now },
      )
    }
  }
  for (const [day, size] of DAYS) {
    for (const by of [['kind', 'type'], ['operator'], ['terminal', 'kind', 'area', 'type']]) {
      const [times, processor] = [[], []]
      let totals
      for (let round = 0; round < ROUNDS; round++) {
        const cpu = process.cpuUsage()
        const start = performance.now()
        totals = await archive.totals({ day, by })
        times.push(performance.now() - start)
        const { user, system } = process.cpuUsage(cpu)
        processor.push((user + system) / 1000)
      }
      if (totals.count !== size) throw new Error(`${totals.count} of ${size} vouchers were counted`)
      const [median, p95] = [0.5, 0.95].map((share) => percentile(times, share).toFixed(1))
      const cpu = percentile(processor, 0.5).toFixed(1)
      console.log(
        `${String(size).padStart(6)} vouchers by ${by.join(', ').padEnd(28)} median ${median} ms  p95 ${p95} ms  processor ${cpu} ms`,
      )
    }
  }
  await archive.close()
  if (!store.startsWith('postgres')) {
    const raw = await openRaw(store)
    const keys = 'day, kind, card_class, area, type, operator, terminal'
    const plan = raw
      .prepare(
        `explain query plan select ${keys}, count(*), sum(charged_fen), sum(fee_fen), count(fee_fen) from voucher
         where result = 'approved' and day >= ? and day <= ? group by ${keys}`,
      )
      .all('2026-11-24', '2026-11-24')
    for (const { detail } of plan) console.log(`plan: ${detail}`)
    raw.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
