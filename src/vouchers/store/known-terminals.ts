/**
 * Keeps what a transaction has read and written of the terminals, so that the next one need not ask for it again: reading it costs
 * about as much as the trade itself. Only a database with one writer at a time can keep it.
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
  /** Those of them that the store has. */
  readonly storedBatches = new Set<BatchTable>()
  /** The last batch of each terminal, or null. */
  readonly lastBatches = new Map<string, BatchTable | null>()
  /** The newest `at` of each terminal. */
  readonly lastAt = new Map<string, number>()
  /** The highest number of each batch that was looked up. */
  readonly highest = new Map<string, number>()
}

/** An old batch may still get a trade, but a shop that imports years has thousands of them. */
const MAX_BATCHES = 500

/**
 * Hands what one transaction knows to the next on the same connection. It is kept only if the transaction says so and its
 * commit succeeded, and it is used only while no other connection has written.
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

  /** The state to begin a transaction with. Ask within it, because only then nobody else writes. */
  take(): KnownTerminals {
    const version = this.#dataVersion()
    const kept = version === this.#version ? this.#kept : undefined
    this.#version = version
    return kept ?? new KnownTerminals()
  }

  /** Keeps `terminals` if the transaction that it belongs to is committed. */
  keep(terminals: KnownTerminals): void {
    if (terminals.batches.size <= MAX_BATCHES) this.#next = terminals
  }

  /** The transaction has ended, and the next one has not begun. */
  readonly ended = (isCommitted: boolean): void => {
    this.#kept = isCommitted ? this.#next : undefined
    this.#next = undefined
  }

  /** SQLite's own number, which changes when another connection has committed. */
  #dataVersion(): unknown {
    const [row] = this.#shared?.prepare('pragma data_version').all([]) ?? []
    return (row as { readonly data_version: number } | undefined)?.data_version
  }
}
