/** SQLite for Kysely, with transactions that take the write lock at once. */

import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'

/** Told while no other transaction has begun. */
type OnEnd = (isCommitted: boolean) => void

/**
 * Kysely begins a transaction with a plain BEGIN. Two processes that both read before they write would then end in SQLITE_BUSY in
 * spite of the busy timeout, because neither can raise its lock; BEGIN IMMEDIATE makes the second one wait.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #onEnd: OnEnd

  constructor(database: SqliteDatabase, onEnd: OnEnd) {
    super({ database })
    this.#onEnd = onEnd
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection)
    this.#onEnd(true)
  }

  /**
   * If the disk is full, SQLite has already rolled back and reports that there is no transaction. That second error
   * must not hide the first.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#onEnd(false)
    try {
      await super.rollbackTransaction(connection)
    } catch (error) {
      if (!/no transaction is active/.test(String(error))) throw error
    }
  }
}

export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #onEnd: OnEnd

  constructor(database: SqliteDatabase, onEnd: OnEnd) {
    super({ database })
    this.#database = database
    this.#onEnd = onEnd
  }

  override createDriver(): ImmediateDriver {
    return new ImmediateDriver(this.#database, this.#onEnd)
  }

  override createAdapter(): SqliteAdapter {
    return new SqliteAdapter()
  }
}

/**
 * Every store is opened so: a write-ahead log that is flushed at each commit, deleted rows overwritten, and a wait of ten seconds for
 * another process's write.
 */
export const SQLITE_PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'secure_delete = ON',
  'foreign_keys = ON',
  'busy_timeout = 10000',
  'cache_size = -32000',
] as const
