/** One transaction: it appends to chains and knows their heads, the batches and the settings that it has read. */

import canonicalize from 'canonicalize'
import { CompiledQuery, type Transaction } from 'kysely'
import { type ChainHead, emptyHead, linkAfter } from '../chain.js'
import type { BatchTable, EntryTable, StoreTables } from './tables.js'

/** Entries of settings belong to the shop and to no terminal. */
export const SHOP_CHAIN = '@shop'

export interface AppendedEntry {
  readonly n: number
  readonly body: string
}

const ENTRY_COLUMNS = [
  'chain',
  'seq',
  'kind',
  'voucher_id',
  'recorded_at',
  'prev',
  'body_hash',
  'hash',
  'body',
] as const satisfies readonly (keyof EntryTable)[]

const INSERT_ENTRY = `insert into entry (${ENTRY_COLUMNS.join(', ')}) values (${ENTRY_COLUMNS.map(() => '?').join(', ')})`

export class Unit {
  readonly trx: Transaction<StoreTables>
  readonly now: number
  readonly #key: Uint8Array
  readonly #heads = new Map<string, ChainHead>()
  readonly #changed = new Set<string>()
  readonly batches = new Map<string, BatchTable>()
  /** The newest `at` of each terminal. */
  readonly lastAt = new Map<string, number>()

  constructor(trx: Transaction<StoreTables>, key: Uint8Array, now: number) {
    this.trx = trx
    this.#key = key
    this.now = now
  }

  /** Appends a record to a chain. The new head is written once, by `finish`. */
  async append(
    chain: string,
    record: { readonly kind: string; readonly voucherId?: string; readonly body: object },
  ): Promise<AppendedEntry> {
    const body = canonicalize(record.body) as string
    const link = linkAfter(await this.#head(chain), { kind: record.kind, body }, this.#key)
    const { insertId } = await this.trx.executeQuery(
      CompiledQuery.raw(INSERT_ENTRY, [
        chain,
        link.seq,
        record.kind,
        record.voucherId ?? null,
        this.now,
        link.prev,
        link.bodyHash,
        link.hash,
        body,
      ]),
    )
    this.#heads.set(chain, link)
    this.#changed.add(chain)
    return { n: Number(insertId), body }
  }

  /** Writes the heads. Call it last in the transaction. */
  async finish(): Promise<void> {
    for (const chain of this.#changed) {
      const { seq, hash } = this.#heads.get(chain) as ChainHead
      await this.trx
        .insertInto('chain_head')
        .values({ chain, seq, hash })
        .onConflict((conflict) => conflict.column('chain').doUpdateSet({ seq, hash }))
        .execute()
    }
    for (const batch of this.batches.values()) {
      await this.trx
        .insertInto('batch')
        .values(batch)
        .onConflict((conflict) =>
          conflict
            .columns(['merchant', 'terminal', 'batch'])
            .doUpdateSet({ last_number: batch.last_number, settled_at: batch.settled_at }),
        )
        .execute()
    }
  }

  async #head(chain: string): Promise<ChainHead> {
    const known = this.#heads.get(chain)
    if (known !== undefined) return known
    const row = await this.trx
      .selectFrom('chain_head')
      .selectAll()
      .where('chain', '=', chain)
      .executeTakeFirst()
    return row ?? emptyHead(chain)
  }
}
