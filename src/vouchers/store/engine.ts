/** The differences between the databases that may hold a store. */

import type { Kysely, Transaction } from 'kysely'
import type { KnownTerminals } from './known-terminals.js'
import type { RowWriter } from './row-writer.js'
import type { StoreTables } from './tables.js'

export interface StoreEngine {
  readonly db: Kysely<StoreTables>
  /** Runs `work` in one transaction. */
  transact<T>(work: (trx: Transaction<StoreTables>) => Promise<T>): Promise<T>
  /** A writer of rows for the transaction, which must not have run a query yet. */
  writerOf(trx: Transaction<StoreTables>): RowWriter | Promise<RowWriter>
  /** The known state of terminals that a new transaction can begin with. */
  terminals(): KnownTerminals
  /** Hands the state to the next transaction if this one is committed. */
  keepTerminals(terminals: KnownTerminals): void
  /** Whether the store is the copy of a shop, which only `push` writes. */
  readonly isCopy: boolean
  /** Reads as of one moment while others write. */
  snapshot<T>(work: (db: Kysely<StoreTables>) => Promise<T>): Promise<T>
  /**
   * Removes deleted data from the files of the store, which other programs cannot use meanwhile.
   * @returns false if another program was reading the deleted data, so that it stays until the next call
   */
  scrub(): Promise<boolean>
  /** Whether several transactions may write at once, so that rows must be locked if they are read in order to be changed. */
  readonly locksRows: boolean
  /** Whether a transaction failed only because another one came first, so that it may be tried again. */
  isOvertaken(error: unknown): boolean
  /**
   * Whether a row was refused because another one has its key or its number; always false if the store looks both up before every insert.
   */
  isTaken(error: unknown): boolean
  /** Releases what was acquired with the store, such as its lock. */
  release(): Promise<void>
}
