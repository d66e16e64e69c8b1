/**
 * Batch import against a raw batch INSERT into the same tables with the same indexes, in turns: `node bench/vouchers-import.mjs
 * [rounds] [size] [before] [file]` after `npm run build:js`. A file is a store of `before` vouchers that `vouchers-find.mjs` has made. Both write rows of `entry` and `voucher`, one transaction a round, into a store
 * that stays open and holds `before` vouchers when the rounds begin. Figures are the median of the rounds in rows per second of
 * processor time, so that other programs do not count, and of the clock.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArchive, openArchive } from '../dist/vouchers.js'
import { median, openRaw, rawInsert, trade } from './vouchers-trades.mjs'

const rounds = Number(process.argv[2] ?? 10)
const size = Number(process.argv[3] ?? 2000)
const before = Number(process.argv[4] ?? 0)
const filled = process.argv[5]
const CHUNK = 5000
const folder = mkdtempSync(join(tmpdir(), 'bench-vouchers-'))
const now = new Date()

const path = join(folder, 'library.db')
const rawPath = join(folder, 'raw.db')
const modelPath = join(folder, 'model.db')

const tradesFrom = (first, count) => Array.from({ length: count }, (_, i) => trade(first + i))

async function fill(archive, first, count) {
  for (let at = first; at < first + count; at += CHUNK) {
    await archive.addMany(tradesFrom(at, Math.min(CHUNK, first + count - at)), { now })
  }
}

/** Three stores with the same first vouchers; the model has all, as the library writes them. */
async function makeStores() {
  if (filled === undefined) {
    const archive = await createArchive(path)
    await fill(archive, 0, before)
    await archive.close()
  } else {
    copyFileSync(filled, path)
    copyFileSync(`${filled}.key`, `${path}.key`)
  }
  for (const copy of [rawPath, modelPath]) {
    copyFileSync(path, copy)
    copyFileSync(`${path}.key`, `${copy}.key`)
  }
  const model = await openArchive(modelPath)
  await fill(model, before, rounds * size)
  await model.close()
}

async function timed(work) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 }
}

try {
  await makeStores()
  const model = await openRaw(modelPath)
  const rowsOf = (table, first) =>
    model
      .prepare(`select * from ${table} where rowid > ? and rowid <= ? order by rowid`)
      .all(first, first + size)
  const raw = await openRaw(rawPath)
  const archive = await openArchive(path)
  const columnsOf = (table) => Object.keys(model.prepare(`select * from ${table} limit 1`).all()[0])
  const insertEntry = rawInsert(raw, 'entry', columnsOf('entry'))
  const insertVoucher = rawInsert(raw, 'voucher', columnsOf('voucher'))
  const ours = []
  const plain = []
  for (let round = 0; round < rounds; round++) {
    const first = before + round * size
    const trades = tradesFrom(first, size)
    const [entries, vouchers] = [rowsOf('entry', first), rowsOf('voucher', first)]
    ours.push(await timed(() => archive.addMany(trades, { now })))
    plain.push(
      await timed(async () => {
        raw.exec('begin immediate')
        for (const row of entries) insertEntry(row)
        for (const row of vouchers) insertVoucher(row)
        raw.exec('commit')
      }),
    )
  }
  await archive.close()
  model.close()
  raw.close()
  const rate = (times, of) => Math.round(size / median(times.map((time) => time[of])))
  for (const of of ['cpu', 'wall']) {
    const [one, other] = [rate(ours, of), rate(plain, of)]
    console.log(
      `${of.padEnd(4)}  addMany ${one}/s  raw ${other}/s  share ${(one / other).toFixed(2)}`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
