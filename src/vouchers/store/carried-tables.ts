/**
 * The tables that a backup carries completely. The compiler demands a line here for every table of the store. The rows of a table are read
 * page by page in the order of its key.
 */

import { type StoreTables, VOUCHER_COLUMNS } from './tables.js'

export type TableName = keyof StoreTables

interface CarriedTable<Row> {
  readonly columns: readonly (keyof Row & string)[]
  readonly key: readonly (keyof Row & string)[]
}

/** In the order in which they are written: the chains first, because all other tables are checked against them. */
export const CARRIED_TABLES: {
  readonly [Name in TableName]: CarriedTable<StoreTables[Name]>
} = {
  entry: {
    columns: [
      ...(['n', 'chain', 'seq', 'kind', 'voucher_id', 'recorded_at'] as const),
      ...(['prev', 'body_hash', 'hash', 'body'] as const),
    ],
    key: ['n'],
  },
  chain_head: { columns: ['chain', 'seq', 'hash'], key: ['chain'] },
  voucher: { columns: VOUCHER_COLUMNS, key: ['id'] },
  batch: {
    columns: [
      ...(['merchant', 'terminal', 'epoch', 'batch'] as const),
      ...(['last_number', 'settled_at', 'settled_seq'] as const),
    ],
    key: ['merchant', 'terminal', 'epoch', 'batch'],
  },
  terminal: { columns: ['merchant', 'terminal', 'epoch'], key: ['merchant', 'terminal'] },
  setting: {
    columns: ['scope', 'name', 'value', 'changed_by', 'changed_at'],
    key: ['scope', 'name'],
  },
  operator: {
    columns: [
      ...(['no', 'name', 'role', 'pin'] as const),
      ...(['first_pin', 'failures', 'generation', 'removed'] as const),
    ],
    key: ['no'],
  },
}
