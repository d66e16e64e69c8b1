/** Rows written past Kysely, because building a statement for each of thousands costs more than the row. */

import type { SqliteDatabase } from 'kysely'

/** Writes within one transaction. */
export interface RowWriter {
  /**
   * Writes at once, or before any query that the transaction is asked later; what fails is thrown here or by `done`.
   *
   * @param sql with a `?` for each value
   */
  run(sql: string, values: readonly unknown[]): void
  /** Waits until all of it is written. Undefined if the driver is synchronous, because all is written then. */
  done(): Promise<void> | undefined
}

export function sqliteWriter(database: SqliteDatabase): RowWriter {
  return {
    run: (sql, values) => void database.prepare(sql).run(values),
    done: () => undefined,
  }
}
