/**
 * The copy of a shop's store, which only the pushes of that shop write. The shop's file is the truth: the copy
 * takes records in the order of their chains, each after the one that it has, or it refuses them. It lacks the key,
 * so it checks what can be checked without it: the hash of each body, and that each record names the hash of the one
 * before.
 */

import type { Kysely, Transaction } from 'kysely'
import { type ChainHead, emptyHead, isSameHash } from '../chain.js'
import type { ChainRecord } from '../chain-record.js'
import { VoucherError } from '../errors.js'
import { entryOf, readableFault, recordError } from './chain-records.js'
import { orderFault } from './check-record.js'
import { copyRows } from './copy-rows.js'
import type { StoreEngine } from './engine.js'
import { insertRows } from './insert-rows.js'
import { storeError } from './store-errors.js'
import type { StoreTables } from './tables.js'
import { ENTRIES, putHead } from './unit.js'

/** Maximum number of attempts of a transaction that other pushes overtake. */
const MAX_ATTEMPTS = 20

export class ShopCopy {
  readonly #engine: StoreEngine

  constructor(engine: StoreEngine) {
    this.#engine = engine
  }

  async heads(): Promise<readonly ChainHead[]> {
    return this.#asking(() =>
      this.#engine.db.selectFrom('chain_head').selectAll().where('seq', '>', 0).execute(),
    )
  }

  /** Hashes of a chain's records from `from` to `to`, both included, by their positions. */
  async hashes(chain: string, from: number, to: number): Promise<ReadonlyMap<number, Uint8Array>> {
    const rows = await this.#asking(() => selectHashes(this.#engine.db, chain, from, to))
    return new Map(rows.map(({ seq, hash }) => [seq, hash]))
  }

  /**
   * Takes records in one transaction: those that the copy has already must be the same, and the others must continue their chains.
   *
   * @returns how many were new
   * @throws VoucherError `RECORD_MISSING`, `RECORD_CHANGED`, `COPY_DIFFERS`
   */
  async take(records: readonly ChainRecord[]): Promise<number> {
    return this.#asking(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#engine.db.transaction().execute((trx) => this.#take(trx, records))
        } catch (error) {
          if (attempt === MAX_ATTEMPTS || !this.#engine.isOvertaken(error)) throw error
        }
      }
    })
  }

  async #take(trx: Transaction<StoreTables>, records: readonly ChainRecord[]): Promise<number> {
    const writer = await this.#engine.writerOf(trx)
    const heads = await lockHeads(trx, records)
    const fresh: ChainRecord[] = []
    const known: ChainRecord[] = []
    for (const record of records) {
      const head = heads.get(record.chain) as ChainHead
      if (record.seq <= head.seq) {
        known.push(record)
        continue
      }
      const row = entryOf(record)
      const fault = orderFault(row, head) ?? readableFault(row, undefined)
      if (fault !== undefined) throw recordError(fault)
      heads.set(record.chain, record)
      fresh.push(record)
    }
    await checkKnown(trx, known)
    insertRows(writer, ENTRIES, fresh.map(entryOf))
    await copyRows(trx, writer, fresh)
    for (const chain of new Set(fresh.map(({ chain }) => chain))) {
      putHead(writer, heads.get(chain) as ChainHead)
    }
    await writer.done()
    return fresh.length
  }

  async close(): Promise<void> {
    await this.#engine.db.destroy()
    await this.#engine.release()
  }

  async #asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw storeError(error)
    }
  }
}

/** Locks the heads of the records' chains in the order of their names, so that two pushes of a shop do not wait for each other. */
async function lockHeads(
  trx: Transaction<StoreTables>,
  records: readonly ChainRecord[],
): Promise<Map<string, ChainHead>> {
  const chains = [...new Set(records.map(({ chain }) => chain))].sort()
  if (chains.length === 0) return new Map()
  await trx
    .insertInto('chain_head')
    .values(chains.map(emptyHead))
    .onConflict((conflict) => conflict.column('chain').doNothing())
    .execute()
  const rows = await trx
    .selectFrom('chain_head')
    .selectAll()
    .where('chain', 'in', chains)
    .orderBy('chain')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.chain, row]))
}

/**
 * Checks that records which were sent twice, because an answer was lost or two pushes ran at once, are those
 * that the copy has.
 */
async function checkKnown(
  trx: Transaction<StoreTables>,
  known: readonly ChainRecord[],
): Promise<void> {
  for (const chain of new Set(known.map((record) => record.chain))) {
    const own = known.filter((record) => record.chain === chain)
    const positions = own.map(({ seq }) => seq)
    const rows = await selectHashes(trx, chain, Math.min(...positions), Math.max(...positions))
    const hashes = new Map(rows.map(({ seq, hash }) => [seq, hash]))
    for (const { seq, hash } of own) {
      const stored = hashes.get(seq)
      if (stored === undefined || !isSameHash(stored, hash)) throw copyDiffers(chain, seq)
    }
  }
}

function selectHashes(db: Kysely<StoreTables>, chain: string, from: number, to: number) {
  return db
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('chain', '=', chain)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .execute()
}

export function copyDiffers(chain: string, seq: number): VoucherError {
  return new VoucherError(
    `record ${seq} of chain ${chain} is another one than the copy has: the store went on from an older backup, is that of another shop, or one of them was changed`,
    {
      code: 'COPY_DIFFERS',
      path: `${chain}[${seq}]`,
      hint: 'compare the record in both by vouchers find; push under another shop name if it is another shop',
    },
  )
}
