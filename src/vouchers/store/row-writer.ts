/** Writes rows without Kysely, because building a statement for each of thousands of rows costs more than writing the row. */

import type { SqliteDatabase } from 'kysely'

/** Writes within one transaction. */
export interface RowWriter {
  /**
   * Writes at once, or at the latest before the next query of the transaction. A failure is thrown here or by `done`.
   *
   * @param sql with a `?` for each value
   */
  run(sql: string, values: readonly unknown[]): void
  /** Waits until all rows are written. Undefined if the driver is synchronous, because `run` has written them already. */
  done(): Promise<void> | undefined
}

export function sqliteWriter(database: SqliteDatabase): RowWriter {
  return {
    run: (sql, values) => void database.prepare(sql).run(values),
    done: () => undefined,
  }
}
