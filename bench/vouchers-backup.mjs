/**
 * Backup, restore and retention of a store of 1,000,000 vouchers: `node bench/vouchers-backup.mjs [vouchers] [folder] [address]` after
 * `npm run build:js`. A folder that is named is kept, and its store is used again, because making it takes minutes. With the address of a
 * schema of PostgreSQL without records the backup is restored there too. Each step is a process, so that the peak of its memory is its own.
 */
import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createArchive, openArchive, restoreArchive } from '../dist/vouchers.js'
import { trade } from './vouchers-trades.mjs'

const CHUNK = 5000
const password = 'four words are enough'
const by = { now: new Date('2028-01-15T04:00:00Z'), by: 'bench' }

const steps = {
  async fill({ store, total }) {
    const archive = await createArchive(store)
    for (let at = 0; at < total; at += CHUNK) {
      const trades = Array.from({ length: Math.min(CHUNK, total - at) }, (_, i) => trade(at + i))
      await archive.addMany(trades, { now: new Date(trades.at(-1).at) })
    }
    const open = new Map()
    for (let at = 0; at < total; at++) {
      const { terminal, batch, merchant } = trade(at)
      open.set(`${terminal} ${batch}`, { terminal, batch, merchant: merchant.no })
    }
    for (const batch of open.values()) await archive.settle(batch, by)
    await archive.close()
  },
  encrypted: ({ store, sealed }) =>
    opened(store, store, (archive) => archive.backup(sealed, { ...by, password })),
  restore: ({ store, sealed, again }) =>
    restoreArchive(sealed, again, { keyFile: `${store}.key`, password }),
  verify: ({ store, again }) =>
    opened(again, store, async (archive) => {
      if (!(await archive.verify()).ok) throw new Error('the restored store has faults')
    }),
  plain: ({ store, file }) => opened(store, store, (archive) => archive.backup(file, by)),
  postgres: ({ store, file, address }) =>
    restoreArchive(file, address, { keyFile: `${store}.key` }),
  retain: ({ store, again, sealed }) =>
    opened(again, store, async (archive) => {
      const request = { months: 12, backup: sealed, password }
      const { removed, scrubbed } = await archive.retain(request, by)
      console.log(`${removed} vouchers removed, ${scrubbed ? 'scrubbed' : 'not scrubbed'}`)
    }),
}

/** The archive at `path` with the key of the store that was backed up. */
async function opened(path, store, work) {
  const archive = await openArchive(path, { keyFile: `${store}.key` })
  try {
    await work(archive)
  } finally {
    await archive.close()
  }
}

/** A step as a process: its time, and the peak of its memory. */
function run(step, place) {
  const child = fork(fileURLToPath(import.meta.url), ['--step', step, JSON.stringify(place)])
  return new Promise((resolve, reject) => {
    let answer
    child.on('message', (message) => {
      answer = message
    })
    child.on('exit', (code) => (code === 0 ? resolve(answer) : reject(new Error(`${step} failed`))))
  })
}

async function measure() {
  const [, , vouchers = '1000000', kept, address] = process.argv
  const total = Number(vouchers)
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'bench-vouchers-'))
  const at = (name) => join(folder, name)
  const place = {
    ...{ total, address, store: at('shop.db'), again: at('again.db') },
    ...{ file: at('plain.xpb'), sealed: at('sealed.xpb') },
  }
  for (const name of ['again.db', 'plain.xpb', 'sealed.xpb']) rmSync(at(name), { force: true })
  const skipped = [
    ...(existsSync(place.store) ? ['fill'] : []),
    ...(address === undefined ? ['postgres'] : []),
  ]
  try {
    for (const step of Object.keys(steps)) {
      if (skipped.includes(step)) continue
      const { wall, cpu, peak } = await run(step, place)
      const files = ['shop.db', 'plain.xpb', 'sealed.xpb', 'again.db'].filter((name) =>
        existsSync(at(name)),
      )
      const sizes = files.map((name) => `${name} ${Math.round(statSync(at(name)).size / 1e6)} MB`)
      console.log(
        `${step.padEnd(10)} ${wall.toFixed(0)} s, processor ${cpu.toFixed(0)} s, peak ${Math.round(peak / 1024)} MB; ${sizes.join(', ')}`,
      )
    }
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[2] === '--step') {
  const start = performance.now()
  await steps[process.argv[3]](JSON.parse(process.argv[4]))
  const { user, system } = process.cpuUsage()
  process.send({
    wall: (performance.now() - start) / 1000,
    cpu: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS,
  })
  process.disconnect()
} else await measure()
