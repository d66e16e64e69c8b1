/** Stores in a folder of their own, and trades that are right unless a test makes them wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Archive, createArchive } from '../../src/vouchers/index.js'
import { TRADE_TYPE_RULES, type TradeType } from '../../src/vouchers/trade-types.js'

export const now = new Date('2026-11-23T04:10:00Z')
export const by = { now, by: '01' }

/** Whether this Node brings SQLite, with which several processes may share a store. */
export const hasNodeSqlite = 'sqlite' in process.versions

/** A folder for the stores of one test file. */
export function storeFolder(): {
  path(name: string): string
  create(name: string): Promise<Archive>
} {
  const folder = mkdtempSync(join(tmpdir(), 'vouchers-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, `${name}.db`)
  return { path, create: (name) => createArchive(path(name)) }
}

export const sale = {
  type: 'sale',
  kind: 'card',
  fen: 128_600,
  at: '2026-11-23T12:08:31+08:00',
  terminal: '10023456',
  operator: '01',
  batch: '17',
  voucher: '236',
  pan: '6222020000000012',
  ref: '112308456701',
} as const

export const cash = {
  type: 'sale',
  kind: 'cash',
  fen: 5100,
  at: '2026-11-23T12:02:17+08:00',
  terminal: '10023456',
  operator: '01',
} as const

/** A trade of the type by the first kind that it may be paid by, or by `kind`. */
export function tradeOf(
  type: TradeType,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const [kind] = TRADE_TYPE_RULES[type].kinds
  return {
    type,
    kind,
    fen: type === 'balance' ? 0 : 10_000,
    at: sale.at,
    terminal: sale.terminal,
    operator: '01',
    batch: '17',
    ...more,
  }
}
