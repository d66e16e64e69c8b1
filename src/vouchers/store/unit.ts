/** One transaction: it appends to chains, and knows the heads, the batches and the vouchers that it has looked up. */

import type { KeyObject } from 'node:crypto'
import type { Transaction } from 'kysely'
import { codeOf } from '../../model/realms.js'
import { canonicalValue } from '../canonical-value.js'
import { type ChainHead, emptyHead, linkAfter } from '../chain.js'
import type { SealedHead } from '../seal.js'
import { insertRows, targetOf } from './insert-rows.js'
import type { KnownQueries } from './known-queries.js'
import type { KnownTerminals } from './known-terminals.js'
import type { KnownVoucher } from './places.js'
import type { RowWriter } from './row-writer.js'
import {
  type BatchTable,
  type NewEntry,
  type StoreTables,
  VOUCHER_COLUMNS,
  type VoucherRow,
} from './tables.js'

/** Chain of the entries that belong to the shop and not to a terminal, such as settings. */
export const SHOP_CHAIN = '@shop'

export const ENTRIES = targetOf<NewEntry>('entry', [
  'chain',
  'seq',
  'kind',
  'voucher_id',
  'recorded_at',
  'prev',
  'body_hash',
  'hash',
  'body',
])
const VOUCHERS = targetOf<VoucherRow>('voucher', VOUCHER_COLUMNS)

const PUT_HEAD = `insert into "chain_head" ("chain", "seq", "hash") values (?, ?, ?)
  on conflict ("chain") do update set "seq" = excluded."seq", "hash" = excluded."hash"`
const PUT_BATCH = `insert into "batch" ("merchant", "terminal", "epoch", "batch", "last_number", "settled_at", "settled_seq")
  values (?, ?, ?, ?, ?, ?, ?)
  on conflict ("merchant", "terminal", "epoch", "batch") do update set
  "last_number" = excluded."last_number", "settled_at" = excluded."settled_at", "settled_seq" = excluded."settled_seq"`

export function putHead(writer: RowWriter, { chain, seq, hash }: ChainHead): void {
  writer.run(PUT_HEAD, [chain, seq, hash])
}

export function putBatch(writer: RowWriter, batch: BatchTable): void {
  const { merchant, terminal, epoch, last_number, settled_at, settled_seq } = batch
  const values = [merchant, terminal, epoch, batch.batch, last_number, settled_at, settled_seq]
  writer.run(PUT_BATCH, values)
}

export interface UnitPlace {
  readonly trx: Transaction<StoreTables>
  /** Writes into the same transaction. */
  readonly writer: RowWriter
  readonly locksRows: boolean
  readonly queries: KnownQueries
  readonly terminals: KnownTerminals
  /** See `Unit.trustsIndexes`. */
  readonly trustsIndexes: boolean
}

/** PostgreSQL's code for a lock that another transaction holds. */
const LOCK_NOT_AVAILABLE = '55P03'

/** Another transaction has locked a chain that this one needs: the caller tries again, and loads the heads of `chains` first. */
export class ChainsTaken extends Error {
  constructor(readonly chains: readonly string[]) {
    super('another transaction has locked a chain')
  }
}

interface NewRecord {
  readonly kind: string
  readonly voucherId?: string
  /** Canonical text of the body, with `recordedAt`. */
  readonly text: string
}

interface NewEvent extends Omit<NewRecord, 'text'> {
  /** Without `recordedAt`, which is added. */
  readonly body: object
}

export class Unit {
  readonly now: number
  readonly #trx: Transaction<StoreTables>
  readonly #writer: RowWriter
  /** Whether others may write at the same time, so that a head is locked when it is read. */
  readonly locksRows: boolean
  readonly #key: KeyObject
  readonly #queries: KnownQueries
  readonly #changed = new Set<string>()
  #entries: NewEntry[] = []
  #rows: VoucherRow[] = []
  /** The known terminals, with the changes of this transaction. */
  readonly terminals: KnownTerminals
  /**
   * Whether keys and numbers are not looked up before an insert, because nearly all are new. The unique indexes refuse one that is taken,
   * and then the transaction is tried again with look-ups.
   */
  readonly trustsIndexes: boolean
  /** Batches that have changed, which `finish` writes. */
  readonly changedBatches = new Set<BatchTable>()
  /** Vouchers by key that were looked up already; null if the key is free. */
  readonly knownKeys = new Map<string, KnownVoucher | null>()
  /** Vouchers by number that were looked up already; null if the number is free. */
  readonly known = new Map<string, KnownVoucher | null>()

  constructor(place: UnitPlace, key: KeyObject, now: number) {
    this.#trx = place.trx
    this.#writer = place.writer
    this.locksRows = place.locksRows
    this.#queries = place.queries
    this.terminals = place.terminals
    this.trustsIndexes = place.trustsIndexes
    this.#key = key
    this.now = now
  }

  /** Returns the transaction for queries. Rows that were held back are written first, so that queries see them. */
  sql(): Transaction<StoreTables> {
    const [entries, rows] = [this.#entries, this.#rows]
    this.#entries = []
    this.#rows = []
    insertRows(this.#writer, ENTRIES, entries)
    insertRows(this.#writer, VOUCHERS, rows)
    return this.#trx
  }

  /** Runs a query that the archive compiles once. */
  async ask<Row>(
    name: string,
    build: Parameters<KnownQueries['ask']>[2],
    values: Readonly<Record<string, unknown>>,
  ): Promise<readonly Row[]> {
    return this.#queries.ask<Row>(this.sql(), name, build, values)
  }

  knowsHead(chain: string): boolean {
    return this.terminals.heads.has(chain)
  }

  /**
   * Reads the head of a chain, after which `link` can append to it. If several programs may write, it is locked
   * until the end. So load it before any record of its terminal that decides what is written, because a program
   * that waited here must read what the other has written.
   */
  async loadHead(chain: string): Promise<void> {
    if (this.terminals.heads.has(chain)) return
    const head = this.locksRows ? await this.#lockHead(chain) : await this.#selectHead(chain)
    this.terminals.heads.set(chain, head ?? emptyHead(chain))
  }

  async #selectHead(chain: string): Promise<ChainHead | undefined> {
    return this.#headOf(chain).executeTakeFirst()
  }

  #headOf(chain: string) {
    return this.#trx.selectFrom('chain_head').selectAll().where('chain', '=', chain)
  }

  /** A row that is not there cannot be locked, so the first writer of a chain makes it, and a second writer waits for the first. */
  async #lockHead(chain: string): Promise<ChainHead | undefined> {
    const head = await this.#lockedHead(chain)
    if (head !== undefined) return head
    await this.#trx
      .insertInto('chain_head')
      .values(emptyHead(chain))
      .onConflict((conflict) => conflict.column('chain').doNothing())
      .execute()
    return this.#lockedHead(chain)
  }

  /**
   * Two transactions that lock the same chains in different orders would wait for each other, so this waits only if the chain comes after
   * all held ones in the order of names.
   */
  async #lockedHead(chain: string): Promise<ChainHead | undefined> {
    const select = this.#headOf(chain).forUpdate()
    const held = [...this.terminals.heads.keys()]
    if (held.every((other) => other < chain)) return select.executeTakeFirst()
    try {
      return await select.noWait().executeTakeFirst()
    } catch (error) {
      if (codeOf(error) === LOCK_NOT_AVAILABLE) throw new ChainsTaken([...held, chain].sort())
      throw error
    }
  }

  /** Notes a head that was read by another query, unless it is known already. */
  setHead(head: ChainHead): void {
    if (!this.terminals.heads.has(head.chain)) this.terminals.heads.set(head.chain, head)
  }

  /** The head of a chain that was loaded. */
  headOf(chain: string): ChainHead {
    return this.terminals.heads.get(chain) as ChainHead
  }

  /** The heads of all chains, as this transaction has moved them. */
  async allHeads(): Promise<readonly SealedHead[]> {
    const heads = new Map<string, ChainHead>()
    const stored = await this.sql().selectFrom('chain_head').selectAll().execute()
    for (const head of [...stored, ...this.terminals.heads.values()]) heads.set(head.chain, head)
    return [...heads.values()]
      .filter(({ seq }) => seq > 0)
      .map(({ chain, seq, hash }) => ({ chain, seq, hash: Buffer.from(hash).toString('hex') }))
  }

  /**
   * Appends a record to a chain.
   * @returns the position of the new record in its chain
   */
  async append(chain: string, { body, ...record }: NewEvent): Promise<number> {
    await this.loadHead(chain)
    return this.link(chain, { ...record, text: canonicalValue({ ...body, recordedAt: this.now }) })
  }

  /** Appends a record to a chain whose head was loaded. The record and the new head are written later, the head once, by `finish`. */
  link(chain: string, { kind, voucherId, text }: NewRecord): number {
    const link = linkAfter(
      this.terminals.heads.get(chain) as ChainHead,
      { kind, body: text },
      this.#key,
    )
    this.terminals.heads.set(chain, link)
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
    return link.seq
  }

  addVoucher(row: VoucherRow): void {
    this.#rows.push(row)
  }

  /** Writes the heads and batches that have changed. Call it last in the transaction. */
  finish(): Promise<void> | undefined {
    this.sql()
    for (const chain of this.#changed) {
      putHead(this.#writer, this.terminals.heads.get(chain) as ChainHead)
    }
    for (const batch of this.changedBatches) {
      putBatch(this.#writer, batch)
      this.terminals.storedBatches.add(batch)
    }
    return this.#writer.done()
  }
}
