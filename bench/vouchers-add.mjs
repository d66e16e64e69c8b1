/**
 * Durable single adds against plain prepared one-row INSERTs into the same table, and against a raw append with fdatasync, in turns:
 * `node bench/vouchers-add.mjs [rounds] [adds]` after `npm run build:js`. Each is one commit that is on the disk, with the same
 * indexes and pragmas. Prints the median of the rounds, in commits per second of the clock.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArchive } from '../dist/vouchers.js'
import { median, openRaw, rawInsert, trade } from './vouchers-trades.mjs'

const rounds = Number(process.argv[2] ?? 10)
const size = Number(process.argv[3] ?? 100)
const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'bench-vouchers-'))
const now = new Date()

async function rate(work) {
  const start = performance.now()
  for (let i = 0; i < size; i++) await work(i)
  return size / ((performance.now() - start) / 1000)
}

try {
  const archive = await createArchive(join(folder, 'library.db'))
  const model = join(folder, 'model.db')
  const source = await createArchive(model)
  await source.addMany(
    Array.from({ length: rounds * size }, (_, i) => trade(i)),
    { now },
  )
  await source.close()
  const reader = await openRaw(model)
  const rows = reader.prepare('select * from voucher order by rowid').all()
  reader.close()
  await (await createArchive(join(folder, 'raw.db'))).close()
  const raw = await openRaw(join(folder, 'raw.db'))
  const insert = rawInsert(raw, 'voucher', Object.keys(rows[0]))
  const log = await open(join(folder, 'log'), 'a')
  const line = Buffer.alloc(900, 0x61)
  const rates = { library: [], insert: [], append: [] }
  for (let round = 0; round < rounds; round++) {
    // Made before, as the rows of the plain INSERT are.
    const trades = Array.from({ length: size }, (_, i) => trade(round * size + i))
    rates.library.push(await rate((i) => archive.add(trades[i], { now })))
    rates.insert.push(await rate((i) => insert(rows[round * size + i])))
    rates.append.push(
      await rate(async () => {
        await log.write(line)
        await log.datasync()
      }),
    )
  }
  await log.close()
  raw.close()
  await archive.close()
  for (const [name, all] of Object.entries(rates))
    console.log(`${name.padEnd(8)} ${median(all).toFixed(0)}/s`)
  console.log(
    `share of a plain insert ${(median(rates.library) / median(rates.insert)).toFixed(2)}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
