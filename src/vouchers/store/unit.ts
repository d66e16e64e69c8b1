/** One transaction: it appends to chains and knows their heads, the batches and the settings that it has read. */

import type { Transaction } from 'kysely'
import { type ChainHead, emptyHead, linkAfter } from '../chain.js'
import { canonicalBody } from './canonical.js'
import { insertRows, type Target } from './insert-rows.js'
import {
  type BatchTable,
  type NewEntry,
  type StoreTables,
  VOUCHER_COLUMNS,
  type VoucherRow,
} from './tables.js'

/** Entries of settings belong to the shop and to no terminal. */
export const SHOP_CHAIN = '@shop'

const ENTRIES: Target<NewEntry> = {
  table: 'entry',
  columns: [
    'chain',
    'seq',
    'kind',
    'voucher_id',
    'recorded_at',
    'prev',
    'body_hash',
    'hash',
    'body',
  ],
}

const VOUCHERS: Target<VoucherRow> = { table: 'voucher', columns: VOUCHER_COLUMNS }

/** Rows that are kept back at most before they are written. */
const MAX_KEPT = 512

export interface NewRecord {
  readonly kind: string
  readonly voucherId?: string
  /** Without `recordedAt`, which is added. */
  readonly body: object
  /** Canonical texts of further fields of the body. */
  readonly texts?: Readonly<Record<string, string>>
}

export class Unit {
  readonly now: number
  readonly #trx: Transaction<StoreTables>
  readonly #key: Uint8Array
  readonly #heads = new Map<string, ChainHead>()
  readonly #changed = new Set<string>()
  #entries: NewEntry[] = []
  #rows: VoucherRow[] = []
  readonly batches = new Map<string, BatchTable>()
  /** The newest `at` of each terminal. */
  readonly lastAt = new Map<string, number>()
  /** Vouchers by key or number that were looked up already; null if there is none. */
  readonly known = new Map<string, VoucherRow | null>()
  /** The highest number of each batch that was looked up. */
  readonly highest = new Map<string, number>()

  constructor(trx: Transaction<StoreTables>, key: Uint8Array, now: number) {
    this.#trx = trx
    this.#key = key
    this.now = now
  }

  /** The transaction, to read or change what it holds: everything that was kept back is written first. */
  async sql(): Promise<Transaction<StoreTables>> {
    await this.#write()
    return this.#trx
  }

  /** Appends a record to a chain. The new head is written once, by `finish`. */
  async append(chain: string, { kind, voucherId, body, texts }: NewRecord): Promise<void> {
    const text = canonicalBody({ ...body, recordedAt: this.now }, texts)
    const link = linkAfter(await this.#head(chain), { kind, body: text }, this.#key)
    this.#heads.set(chain, link)
    this.#changed.add(chain)
    this.#entries.push({
      chain,
      seq: link.seq,
      kind,
      voucher_id: voucherId ?? null,
      recorded_at: this.now,
      prev: link.prev,
      body_hash: link.bodyHash,
      hash: link.hash,
      body: text,
    })
    if (this.#entries.length >= MAX_KEPT) await this.#write()
  }

  addVoucher(row: VoucherRow): void {
    this.#rows.push(row)
  }

  /** Writes the heads. Call it last in the transaction. */
  async finish(): Promise<void> {
    const trx = await this.sql()
    for (const chain of this.#changed) {
      const { seq, hash } = this.#heads.get(chain) as ChainHead
      await trx
        .insertInto('chain_head')
        .values({ chain, seq, hash })
        .onConflict((conflict) => conflict.column('chain').doUpdateSet({ seq, hash }))
        .execute()
    }
    for (const batch of this.batches.values()) {
      const { last_number, settled_at } = batch
      await trx
        .insertInto('batch')
        .values(batch)
        .onConflict((conflict) =>
          conflict
            .columns(['merchant', 'terminal', 'batch'])
            .doUpdateSet({ last_number, settled_at }),
        )
        .execute()
    }
  }

  async #write(): Promise<void> {
    const [entries, rows] = [this.#entries, this.#rows]
    this.#entries = []
    this.#rows = []
    await insertRows(this.#trx, ENTRIES, entries)
    await insertRows(this.#trx, VOUCHERS, rows)
  }

  async #head(chain: string): Promise<ChainHead> {
    const known = this.#heads.get(chain)
    if (known !== undefined) return known
    const row = await this.#trx
      .selectFrom('chain_head')
      .selectAll()
      .where('chain', '=', chain)
      .executeTakeFirst()
    return row ?? emptyHead(chain)
  }
}
