/**
 * The tables that a backup carries, whole: a table that is added to the store has its line here, which the compiler demands. The key of a
 * table is the order in which it is read, page by page.
 */

import { type StoreTables, VOUCHER_COLUMNS } from './tables.js'

export type TableName = keyof StoreTables

interface CarriedTable<Row> {
  readonly columns: readonly (keyof Row & string)[]
  readonly key: readonly (keyof Row & string)[]
}

/** In the order in which they are written: the chains first, because all else is checked against them. */
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
