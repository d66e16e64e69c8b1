/** SQLite for Kysely, with transactions that take the write lock at once. */

import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type Transaction,
} from 'kysely'

/** Called after a transaction has ended and before the next one begins. */
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

  /** Rolls back. If SQLite has done so already, the error of this call is ignored, because it would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#onEnd(false)
    try {
      await super.rollbackTransaction(connection)
    } catch (error) {
      if (!isOver(error)) throw error
    }
  }
}

/** If the disk is full, SQLite has already rolled back and reports that there is no transaction. */
function isOver(error: unknown): boolean {
  return /no transaction is active/.test(String(error))
}

/** Runs `work` in a transaction that takes the write lock at once. */
export type Transact<Tables> = <T>(work: (trx: Transaction<Tables>) => Promise<T>) => Promise<T>

export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #onEnd: OnEnd
  #driver: ImmediateDriver | undefined

  constructor(database: SqliteDatabase, onEnd: OnEnd) {
    super({ database })
    this.#database = database
    this.#onEnd = onEnd
  }

  override createDriver(): ImmediateDriver {
    this.#driver = new ImmediateDriver(this.#database, this.#onEnd)
    return this.#driver
  }

  /**
   * Returns a function that runs transactions on the connection of the database with this dialect, in turn with those of Kysely. Kysely
   * makes a new database object for each transaction, which takes as long as the statements of a trade.
   */
  transactions<Tables>(): Transact<Tables> {
    let inner: Kysely<Tables> | undefined
    return async (work) => {
      const driver = this.#driver as ImmediateDriver
      const connection = await driver.acquireConnection()
      try {
        inner ??= new Kysely<Tables>({ dialect: this.#within(connection) })
        return await this.#transact(inner as Transaction<Tables>, work)
      } finally {
        await driver.releaseConnection()
      }
    }
  }

  async #transact<Tables, T>(
    trx: Transaction<Tables>,
    work: (trx: Transaction<Tables>) => Promise<T>,
  ): Promise<T> {
    this.#run('begin immediate')
    let result: T
    try {
      result = await work(trx)
      this.#run('commit')
    } catch (error) {
      this.#onEnd(false)
      this.#rollBack()
      throw error
    }
    this.#onEnd(true)
    return result
  }

  #rollBack(): void {
    try {
      this.#run('rollback')
    } catch (error) {
      if (!isOver(error)) throw error
    }
  }

  #run(sql: string): void {
    this.#database.prepare(sql).run([])
  }

  /** Makes a dialect whose queries go to a connection that is held already. */
  #within(connection: DatabaseConnection): SqliteDialect {
    const done = async () => undefined
    const driver: Driver = {
      ...{ init: done, releaseConnection: done, destroy: done },
      ...{ beginTransaction: done, commitTransaction: done, rollbackTransaction: done },
      acquireConnection: async () => connection,
    }
    const dialect = new SqliteDialect({ database: this.#database })
    return Object.assign(dialect, { createDriver: () => driver })
  }

  override createAdapter(): SqliteAdapter {
    return new SqliteAdapter()
  }
}

/**
 * Pragmas of every connection: a write-ahead log that is flushed at each commit, deleted rows overwritten, and a wait of up to ten seconds
 * for another process's write.
 */
export const SQLITE_PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'secure_delete = ON',
  'foreign_keys = ON',
  'busy_timeout = 10000',
  'cache_size = -32000',
] as const
