/**
 * Totals of a day of 2,000 vouchers and of one of 300,000: `node bench/vouchers-totals.mjs [file or postgres URL]` after
 * `npm run build:js`. Prints the median and the 95th percentile by the clock, the processor time of this process, and the plan by which
 * the database answers. A store that is named must not exist; without a name it is made and removed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArchive, EXAMPLE_FEES } from '../dist/vouchers.js'
import { openRaw, percentile, trade } from './vouchers-trades.mjs'

const folder = mkdtempSync(join(tmpdir(), 'bench-vouchers-'))
const store = process.argv[2] ?? join(folder, 'shop.db')
const isFile = !store.startsWith('postgres')
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

async function planOfFile(question) {
  const raw = await openRaw(store)
  const rows = raw.prepare(`explain query plan ${question}`).all()
  raw.close()
  return rows.map(({ detail }) => detail)
}

async function planOfPostgres(question) {
  const { Client } = createRequire(import.meta.url)('pg')
  const address = new URL(store)
  const schema = address.searchParams.get('schema') ?? 'xiaopiao'
  address.searchParams.delete('schema')
  const client = new Client({ connectionString: address.href })
  await client.connect()
  await client.query(`set search_path = "${schema}"`)
  const { rows } = await client.query(`explain (analyze, costs off) ${question}`)
  await client.end()
  return rows.map((row) => row['QUERY PLAN'])
}

try {
  const archive = await createArchive(store, isFile ? {} : { keyFile: join(folder, 'key') })
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
  const keys = 'day, kind, card_class, area, type, operator, terminal'
  const question = `select ${keys}, count(*), sum(charged_fen), sum(fee_fen), count(fee_fen) from voucher
    where result = 'approved' and day >= '2026-11-24' and day <= '2026-11-24' group by ${keys}`
  const plan = isFile ? await planOfFile(question) : await planOfPostgres(question)
  for (const line of plan) console.log(`plan: ${line}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
