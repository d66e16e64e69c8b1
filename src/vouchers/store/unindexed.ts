/** A column in a form that no index serves, so that SQLite without statistics takes the intended index. */

import { sql } from 'kysely'
import type { VoucherRow } from './tables.js'

export function unindexed(column: keyof VoucherRow) {
  return sql<string | number>`coalesce(${sql.ref(column)}, null)`
}
