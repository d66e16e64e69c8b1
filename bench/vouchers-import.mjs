/**
 * Batch import against a raw batch INSERT into the same tables with the same indexes, in turns: `node bench/vouchers-import.mjs
 * [rounds] [size]` after `npm run build:js`. Both write rows of `entry` and `voucher`, one transaction a round. Figures are rows per
 * second of processor time, so that other programs do not count, and of the clock.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArchive } from '../dist/vouchers.js'
import { median, openRaw, rawInsert, trade } from './vouchers-trades.mjs'

const rounds = Number(process.argv[2] ?? 10)
const size = Number(process.argv[3] ?? 2000)
const folder = mkdtempSync(join(tmpdir(), 'bench-vouchers-'))
const now = new Date()

/** Rows of a round as the library writes them, read back for the raw side. */
function rowsAfter(database, last) {
  const entries = database.prepare('select * from entry where n > ? order by n').all(last)
  const vouchers = database
    .prepare('select * from voucher where rowid > ? order by rowid')
    .all(last)
  return { entries, vouchers, last: entries.at(-1).n }
}

async function timed(work) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 }
}

try {
  const path = join(folder, 'library.db')
  const rawPath = join(folder, 'raw.db')
  await (await createArchive(rawPath)).close()
  const raw = await openRaw(rawPath)
  const ours = []
  const plain = []
  let insertEntry
  let insertVoucher
  let last = 0
  for (let round = 0; round < rounds; round++) {
    const trades = Array.from({ length: size }, (_, i) => trade(round * size + i))
    const archive = await (round === 0
      ? createArchive(path)
      : (await import('../dist/vouchers.js')).openArchive(path))
    ours.push(await timed(() => archive.addMany(trades, { now })))
    await archive.close()
    const reader = await openRaw(path)
    const rows = rowsAfter(reader, last)
    reader.close()
    last = rows.last
    insertEntry ??= rawInsert(raw, 'entry', Object.keys(rows.entries[0]))
    insertVoucher ??= rawInsert(raw, 'voucher', Object.keys(rows.vouchers[0]))
    plain.push(
      await timed(async () => {
        raw.exec('begin immediate')
        for (const row of rows.entries) insertEntry(row)
        for (const row of rows.vouchers) insertVoucher(row)
        raw.exec('commit')
      }),
    )
  }
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
