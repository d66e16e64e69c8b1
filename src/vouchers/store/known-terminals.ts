/**
 * Keeps the state of terminals that a transaction has read and written, so that the next one need not read it again, which costs
 * about as much as the trade itself. This is possible only for a database with one writer at a time.
 */

import type { SqliteDatabase } from 'kysely'
import type { ChainHead } from '../chain.js'
import type { BatchTable } from './tables.js'

export class KnownTerminals {
  /** The heads of chains that were loaded or moved. */
  readonly heads = new Map<string, ChainHead>()
  /** How often each terminal was reset. */
  readonly epochs = new Map<string, number>()
  /** Batches that were read or begun. */
  readonly batches = new Map<string, BatchTable>()
  /** Those of `batches` that have a row in the store. */
  readonly storedBatches = new Set<BatchTable>()
  /** The last batch of each terminal; null if the terminal has none. */
  readonly lastBatches = new Map<string, BatchTable | null>()
  /** The newest `at` of each terminal. */
  readonly lastAt = new Map<string, number>()
  /** The highest number of each batch that was looked up. */
  readonly highest = new Map<string, number>()
}

/** Maximum number of batches that are kept: an old batch may still get a trade, but an import of several years has thousands of batches. */
const MAX_BATCHES = 500

/**
 * Hands the state of one transaction to the next on the same connection. The state is kept only if the transaction says so and
 * its commit succeeded, and it is used only while no other connection has written.
 */
export class TerminalsKeeper {
  readonly #shared: SqliteDatabase | undefined
  #kept: KnownTerminals | undefined
  #next: KnownTerminals | undefined
  #version: unknown

  /** @param shared the database, if other connections may write to it too */
  constructor(shared: SqliteDatabase | undefined) {
    this.#shared = shared
  }

  /**
   * Returns the state to begin a transaction with. Call it inside the transaction, because only then it is certain that no other connection
   * writes.
   */
  take(): KnownTerminals {
    const version = this.#dataVersion()
    const kept = version === this.#version ? this.#kept : undefined
    this.#version = version
    return kept ?? new KnownTerminals()
  }

  /** Keeps `terminals` if the current transaction is committed. */
  keep(terminals: KnownTerminals): void {
    if (terminals.batches.size <= MAX_BATCHES) this.#next = terminals
  }

  /** Called after a transaction has ended and before the next one begins. */
  readonly ended = (isCommitted: boolean): void => {
    this.#kept = isCommitted ? this.#next : undefined
    this.#next = undefined
  }

  /** A number of SQLite that changes when another connection has committed. */
  #dataVersion(): unknown {
    const [row] = this.#shared?.prepare('pragma data_version').all([]) ?? []
    return (row as { readonly data_version: number } | undefined)?.data_version
  }
}
