/**
 * Shops push at once through a network that cuts connections and loses answers, while pushes and the server are killed with -9, until every copy
 * is equal to its shop. `npm run test:push` does it with 20 shops of 5,000 vouchers.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type Archive, openArchive } from '../../src/vouchers/index.js'
import { buildChild } from '../build-child.js'
import { root } from '../built.js'
import { startCuttingProxy } from '../cutting-proxy.js'
import { type PostgresServer, postgresFolder, startPostgres } from '../postgres-server.js'
import { chance } from '../rigs/chance.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'

const SHOPS = Number(process.env.XIAOPIAO_PUSH_SHOPS ?? 3)
const VOUCHERS = Number(process.env.XIAOPIAO_PUSH_VOUCHERS ?? 400)
const SERVER_KILLS = Number(process.env.XIAOPIAO_PUSH_SERVER_KILLS ?? 2)
const SEED = process.env.XIAOPIAO_SEED ?? '1'
/** Of shops that push at the same time. */
const AT_ONCE = 4

/** In the project, so that the program finds the packages. */
const programs = mkdtempSync(join(root, 'node_modules/.xiaopiao-'))
afterAll(() => rmSync(programs, { recursive: true, force: true }))
const { path, create } = storeFolder()

const totals = { pushes: 0, killed: 0, serverKills: 0, errors: new Map<string, number>() }

test.skipIf(postgresFolder === undefined)(
  'copies are equal to their shops, whatever was cut, lost, sent twice or killed',
  { timeout: 3_600_000 },
  async () => {
    const random = chance(SEED)
    const server = await startPostgres()
    const child = await buildChild(new URL('push-child.ts', import.meta.url), programs, [
      'pg',
      'libsql',
    ])
    const proxy = await startCuttingProxy(server.port, random, 1_500_000)
    try {
      const shops = Array.from({ length: SHOPS }, (_, i) => String(i + 1).padStart(2, '0'))
      for (const shop of shops) await fill(shop)
      let isDone = false
      const killing = killServer(server, random, () => isDone)
      const queue = [...shops]
      const workers = Array.from({ length: AT_ONCE }, async () => {
        for (let shop = queue.shift(); shop !== undefined; shop = queue.shift()) {
          await pushUntilDone({ child, server, port: proxy.port, random }, shop)
        }
      })
      await Promise.all(workers)
      isDone = true
      await killing
      let records = 0
      for (const shop of shops) records += await compare(server, shop)
      process.stderr.write(
        `seed ${SEED}: ${SHOPS} shops, ${records} records, ${totals.pushes} pushes (${totals.killed} killed), ` +
          `server killed ${totals.serverKills} times, connections ${JSON.stringify(proxy.counts)}, ` +
          `errors ${JSON.stringify(Object.fromEntries(totals.errors))}\n`,
      )
      expect(Math.min(proxy.counts.cut, proxy.counts.lost)).toBeGreaterThan(0)
    } finally {
      await proxy.stop()
      await server.stop()
    }
  },
)

/** Trades of several kinds on three terminals, with what happened to some of them later, in batches that are settled. */
async function fill(shop: string): Promise<void> {
  await using archive = await create(shop)
  const batchSize = 200
  for (let from = 0; from < VOUCHERS; from += batchSize) {
    const count = Math.min(batchSize, VOUCHERS - from)
    const batch = String(1 + from / batchSize)
    const trades = Array.from({ length: count }, (_, i) => tradeOf(shop, from + i, batch))
    const added = await archive.addMany(trades, { now: new Date(now.getTime() + from) })
    for (const [i, { id }] of added.entries()) {
      if ((from + i) % 29 === 7) await archive.resolve(id, 'approved', by)
      if ((from + i) % 61 === 3) await archive.add(refundOf(id, from + i, batch), { now })
    }
    await archive.changeSettings({ completionMaxPercent: 100 + (from % 16) }, by)
    if (from % 400 === 0)
      await archive.settle({ terminal: 't1', batch: batch.padStart(6, '0') }, by)
  }
  await archive.report('2026-11-23', by)
}

function tradeOf(shop: string, i: number, batch: string): Record<string, unknown> {
  const { voucher: _, ...card } = sale
  const common = { terminal: `t${1 + (i % 3)}`, batch, key: `${shop}-${i}`, fen: 100 + i }
  const remarks = 'x'.repeat(1 + ((i * 37) % 150))
  if (i % 29 === 7) return { ...cash, ...common, result: 'unknown' }
  if (i % 2 === 0) return { ...card, ...common, ref: String(i), remarks }
  return {
    ...cash,
    ...common,
    ...(i % 17 === 0 ? { receivedAt: '2026-11-25T09:00:00+08:00' } : {}),
  }
}

function refundOf(id: string, i: number, batch: string): Record<string, unknown> {
  const kind = i % 2 === 0 ? 'card' : 'cash'
  if (kind === 'card') return { ...cash, terminal: 't2', batch, fen: 1, key: `after-${i}` }
  return { ...cash, terminal: 't2', batch, type: 'refund', fen: 50, original: { id } }
}

interface Chaos {
  readonly child: string
  readonly server: PostgresServer
  readonly port: number
  readonly random: () => number
}

async function pushUntilDone({ child, server, port, random }: Chaos, shop: string): Promise<void> {
  const to = server.url(`?shop=${shop}`).replace(String(server.port), String(port))
  for (;;) {
    totals.pushes++
    const seed = String(Math.floor(random() * 1e9))
    const args = ['--no-warnings', child, path(shop), to, seed]
    const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const isToDie = random() < 0.35
    if (isToDie) setTimeout(() => process_.kill('SIGKILL'), 200 + random() * 1500)
    const { text, signal } = await outputOf(process_)
    if (signal === 'SIGKILL') totals.killed++
    const line = text.endsWith('\n') ? JSON.parse(text) : { error: 'KILLED' }
    if (line.pushed) return
    totals.errors.set(line.error, 1 + (totals.errors.get(line.error) ?? 0))
    expect(['STORE_UNREACHABLE', 'STORE_LOCKED', 'KILLED'], line.message).toContain(line.error)
  }
}

function outputOf(child: ChildProcess): Promise<{ text: string; signal: string | null }> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    child.on('error', reject).on('close', (_, signal) => resolve({ text, signal }))
  })
}

async function killServer(
  server: PostgresServer,
  random: () => number,
  isDone: () => boolean,
): Promise<void> {
  while (totals.serverKills < SERVER_KILLS && !isDone()) {
    await wait(700 + random() * 2500)
    if (isDone()) return
    await server.killAndRestart()
    totals.serverKills++
  }
}

/** Record by record, head by head, row by row and sum by sum. @returns the records of the shop */
async function compare(server: PostgresServer, shop: string): Promise<number> {
  await using archive = await openArchive(path(shop))
  await using copy = await openArchive(server.url(`?shop=${shop}`), {
    keyFile: `${path(shop)}.key`,
  })
  expect(await copy.heads()).toEqual(await archive.heads())
  let count = 0
  let after = [0, 0] as [number, number]
  for (;;) {
    const [own, other] = await Promise.all([
      archive.records({ after: after[0], limit: 1000 }),
      copy.records({ after: after[1], limit: 1000 }),
    ])
    const withoutPlace = (records: typeof own) => records.map(({ n: _, ...record }) => record)
    expect(withoutPlace(other)).toEqual(withoutPlace(own))
    if (own.length === 0) break
    count += own.length
    after = [own.at(-1)?.n ?? 0, other.at(-1)?.n ?? 0]
  }
  // The key of the shop fits every record, and each row of the copy is what its records say.
  const verified = await copy.verify()
  expect(verified).toMatchObject({ ok: true, faults: [], entries: count })
  expect(verified.vouchers).toBe((await archive.verify()).vouchers)
  for (const query of [{ day: '2026-11-23' }, { by: ['operator', 'terminal'] }] as const)
    expect(await sums(copy, query)).toEqual(await sums(archive, query))
  return count
}

function sums(archive: Archive, query: Parameters<Archive['totals']>[0]) {
  return archive.totals(query)
}
