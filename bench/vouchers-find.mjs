/**
 * Finds in a store of 1,000,000 vouchers: `node bench/vouchers-find.mjs [vouchers] [file]` after `npm run build:js`. A file that is
 * named is kept and used again, because making it takes minutes. Prints bytes per voucher, and of each condition the median, the
 * 95th percentile by the clock, the 95th percentile of processor time, which other programs do not lengthen, and the number of
 * vouchers that the last question found.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArchive, openArchive } from '../dist/vouchers.js'
import { percentile, TRADES_A_DAY, trade } from './vouchers-trades.mjs'

const total = Number(process.argv[2] ?? 1_000_000)
const kept = process.argv[3]
const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'bench-vouchers-')) : undefined
const path = kept ?? join(folder, 'shop.db')
const CHUNK = 5000
const QUESTIONS = 100

const day = (i) => trade(i).at.slice(0, 10)

/** Questions by the number of a voucher that exists, spread over the whole store. */
const questions = {
  day: (i) => ({ day: day(i) }),
  'from to': (i) => ({ from: day(Math.max(0, i - 7 * TRADES_A_DAY)), to: day(i) }),
  amount: (i) => ({ amount: trade(i).fen }),
  'min max': (i) => ({ min: trade(i).fen, max: trade(i).fen + 500 }),
  min: (i) => ({ min: trade(i).fen }),
  voucher: (i) => ({ voucher: trade(i).voucher }),
  ref: (i) => ({ ref: trade(i).ref ?? '112300000000' }),
  auth: (i) => ({ auth: trade(i).auth ?? '100000' }),
  order: (i) => ({ order: trade(i).orderNo }),
  'code of a slip': (i) => {
    const { terminal, batch, voucher } = trade(i)
    return { code: `${terminal}${batch.padStart(6, '0')}${voucher.padStart(6, '0')}` }
  },
  'code of a platform': (i) => ({ code: trade(i).payVoucher ?? '42000000000000000007' }),
  last4: (i) => ({ last4: String(i % 10_000).padStart(4, '0') }),
  kind: (i) => ({ kind: trade(i).kind }),
  type: (i) => ({ type: trade(i).type }),
  'type that none has': () => ({ type: 'refund' }),
  operator: (i) => ({ operator: trade(i).operator }),
  terminal: (i) => ({ terminal: trade(i).terminal }),
  batch: (i) => ({ batch: trade(i).batch }),
  printed: () => ({ printed: 'no' }),
  'printed uncertain': () => ({ printed: 'uncertain' }),
  'result unknown': () => ({ result: 'unknown' }),
  everything: () => ({}),
  'day kind': (i) => ({ day: day(i), kind: 'cash' }),
  'day amount': (i) => ({ day: day(i), amount: trade(i).fen }),
  'day operator printed': (i) => ({ day: day(i), operator: '03', printed: 'no' }),
  'from to min max': (i) => ({ from: day(i), to: day(i), min: 10_000, max: 20_000 }),
}

async function openFilled() {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return openArchive(path)
  const archive = await createArchive(path)
  for (let at = 0; at < total; at += CHUNK) {
    const trades = Array.from({ length: Math.min(CHUNK, total - at) }, (_, i) => trade(at + i))
    await archive.addMany(trades, { now: new Date(trades.at(-1).at) })
    if (at % 100_000 === 0) console.error(`${at} vouchers`)
  }
  return archive
}

try {
  const archive = await openFilled()
  await archive.close()
  console.log(`${Math.round(statSync(path).size / total)} bytes per voucher`)
  const again = await openArchive(path)
  for (const [name, question] of Object.entries(questions)) {
    const times = []
    const processor = []
    let count = 0
    for (let i = 0; i < QUESTIONS; i++) {
      const cpu = process.cpuUsage()
      const start = performance.now()
      const found = await again.find(question((i * 7919 * 13 + 3) % total))
      times.push(performance.now() - start)
      const { user, system } = process.cpuUsage(cpu)
      processor.push((user + system) / 1000)
      count = found.count
    }
    const [median, p95] = [0.5, 0.95].map((share) => percentile(times, share).toFixed(1))
    const cpu = percentile(processor, 0.95).toFixed(1)
    console.log(
      `${name.padEnd(22)} median ${median} ms  p95 ${p95} ms  processor p95 ${cpu} ms  ${count} found`,
    )
  }
  await again.close()
} finally {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
