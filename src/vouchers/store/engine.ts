/** The differences between the databases that may hold a store. */

import type { Kysely, Transaction } from 'kysely'
import type { KnownTerminals } from './known-terminals.js'
import type { RowWriter } from './row-writer.js'
import type { StoreTables } from './tables.js'

export interface StoreEngine {
  readonly db: Kysely<StoreTables>
  /** Runs `work` in one transaction. */
  transact<T>(work: (trx: Transaction<StoreTables>) => Promise<T>): Promise<T>
  /** A writer for the transaction, which must have asked nothing yet. */
  writerOf(trx: Transaction<StoreTables>): RowWriter | Promise<RowWriter>
  /** The state that a new transaction may go on from. */
  terminals(): KnownTerminals
  /** Hands it to the next transaction, if this one is committed. */
  keepTerminals(terminals: KnownTerminals): void
  /** Whether it is the copy of a shop, which only `push` writes. */
  readonly isCopy: boolean
  /** Reads as of one moment while others write. */
  snapshot<T>(work: (db: Kysely<StoreTables>) => Promise<T>): Promise<T>
  /**
   * Takes what was deleted out of the files of the store, which others cannot use meanwhile.
   * @returns false if another program reads what was deleted, so that it stays until the next time
   */
  scrub(): Promise<boolean>
  /** Whether several transactions may write at once, so that what they read to change it must be locked. */
  readonly locksRows: boolean
  /** Whether a transaction failed only because another one came first, so that it may be tried again. */
  isOvertaken(error: unknown): boolean
  /** Whether a row was refused because another one has its key or its number; false where that is always asked before. */
  isTaken(error: unknown): boolean
  /** Gives up what was taken with the store, such as its lock. */
  release(): Promise<void>
}
