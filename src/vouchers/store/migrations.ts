/** The steps that bring a store to the newest form. A step that has been released is never changed. */

import {
  type CreateTableBuilder,
  type Kysely,
  type Migration,
  type MigrationProvider,
  sql,
} from 'kysely'
import { isPostgres } from './postgres-dialect.js'

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-vouchers': {
    async up(db) {
      await createEntries(db)
      await createVouchers(db)
      await createIndexes(db)
    },
  },
}

/** Names of the steps that this version knows, in order. */
export const KNOWN_MIGRATIONS: readonly string[] = Object.keys(MIGRATIONS)

export const migrationProvider: MigrationProvider = {
  getMigrations: async () => ({ ...MIGRATIONS }),
}

async function createEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('entry')
    .addColumn('n', 'integer', (column) => column.primaryKey())
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('voucher_id', 'text')
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .addColumn('prev', 'blob', (column) => column.notNull())
    .addColumn('body_hash', 'blob', (column) => column.notNull())
    .addColumn('hash', 'blob', (column) => column.notNull())
    .addColumn('body', 'text')
    // Two writers who read the same head would fork the chain; the second of them fails here instead.
    .addUniqueConstraint('entry_chain_seq', ['chain', 'seq'])
    .execute()
  // SQLite has one writer at a time, so there the constraint on positions is enough.
  if (isPostgres(db)) {
    await db.schema
      .createIndex('entry_chain_prev')
      .unique()
      .on('entry')
      .columns(['chain', 'prev'])
      .execute()
  }
  await db.schema
    .createTable('chain_head')
    .addColumn('chain', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('hash', 'blob', (column) => column.notNull())
    .execute()
}

async function createVouchers(db: Kysely<unknown>): Promise<void> {
  let table: CreateTableBuilder<string, string> = db.schema
    .createTable('voucher')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('content', 'blob', (column) => column.notNull())
  for (const name of TEXTS) table = table.addColumn(name, 'text', (column) => column.notNull())
  for (const name of OPTIONAL_TEXTS) table = table.addColumn(name, 'text')
  for (const name of NUMBERS) table = table.addColumn(name, 'bigint', (column) => column.notNull())
  table = table.addColumn('fee_fen', 'bigint')
  await table
    // In the order of a slip's bar code, so that the code finds its voucher without the merchant.
    .addUniqueConstraint('voucher_number', ['terminal', 'batch', 'number', 'merchant', 'epoch'])
    .execute()
  await db.schema
    .createTable('batch')
    .addColumn('merchant', 'text', (column) => column.notNull())
    .addColumn('terminal', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('batch', 'text', (column) => column.notNull())
    .addColumn('last_number', 'integer', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('settled_seq', 'integer')
    .addPrimaryKeyConstraint('batch_key', ['merchant', 'terminal', 'epoch', 'batch'])
    .execute()
  await db.schema
    .createTable('terminal')
    .addColumn('merchant', 'text', (column) => column.notNull())
    .addColumn('terminal', 'text', (column) => column.notNull())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('terminal_key', ['merchant', 'terminal'])
    .execute()
  await db.schema
    .createTable('setting')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('setting_key', ['scope', 'name'])
    .execute()
  let operators: CreateTableBuilder<string, string> = db.schema
    .createTable('operator')
    .addColumn('no', 'text', (column) => column.primaryKey())
  for (const name of ['name', 'role', 'pin'])
    operators = operators.addColumn(name, 'text', (column) => column.notNull())
  for (const name of ['first_pin', 'failures', 'generation', 'removed'])
    operators = operators.addColumn(name, 'integer', (column) => column.notNull())
  await operators.execute()
}

const TEXTS = [
  'merchant',
  'terminal',
  'batch',
  'number',
  'day',
  'kind',
  'type',
  'result',
  'state',
  'operator',
  'printed',
] as const
const OPTIONAL_TEXTS = [
  'key',
  'card_class',
  'area',
  'last4',
  'auth',
  'ref',
  'order_no',
  'pay_voucher',
  'pay_code',
  'original_id',
] as const
const NUMBERS = [
  'epoch',
  'at',
  'fen',
  'tip_fen',
  'charged_fen',
  'refunded_fen',
  'print_count',
  'late_seq',
] as const

/** Searches sort by time, so an index whose value many vouchers share ends with `at`. */
const INDEXES: readonly (readonly [string, readonly string[]])[] = [
  ['voucher_at', ['at']],
  ['voucher_day', ['day', 'at']],
  ['voucher_charged', ['charged_fen', 'at']],
  ['voucher_by_number', ['number', 'at']],
  ['voucher_kind', ['kind', 'at']],
  ['voucher_type', ['type', 'at']],
  ['voucher_operator', ['operator', 'at']],
  ['voucher_terminal', ['terminal', 'at']],
  ['voucher_batch', ['batch', 'at']],
  ['voucher_printed', ['printed', 'at']],
]
/** Fields that many vouchers lack: their indexes hold only the vouchers that have a value. */
const PARTIAL_INDEXES = [
  'last4',
  'auth',
  'ref',
  'order_no',
  'pay_voucher',
  'pay_code',
  'original_id',
] as const

/** The keys by which totals may be grouped. */
export const TOTALS_KEYS = [
  'day',
  'kind',
  'card_class',
  'area',
  'type',
  'operator',
  'terminal',
] as const

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('entry_voucher')
    .on('entry')
    .columns(['voucher_id', 'n'])
    .where('voucher_id' as never, 'is not', null)
    .execute()
  // The shop's own records are few beside those of trades, and the newest of a kind is asked for often.
  await db.schema
    .createIndex('entry_shop')
    .on('entry')
    .columns(['kind', 'seq'])
    .where('chain' as never, '=', sql.lit('@shop'))
    .execute()
  for (const [name, columns] of INDEXES) {
    await db.schema
      .createIndex(name)
      .on('voucher')
      .columns([...columns])
      .execute()
  }
  for (const name of PARTIAL_INDEXES) {
    await db.schema
      .createIndex(`voucher_${name}`)
      .on('voucher')
      .columns([name, 'at'])
      .where(sql.ref(name), 'is not', null)
      .execute()
  }
  // Nearly all trades are approved, so only the others are worth an index.
  await db.schema
    .createIndex('voucher_result')
    .on('voucher')
    .columns(['result', 'at'])
    .where(sql.ref('result'), '<>', sql.lit('approved'))
    .execute()
  // A covering index of all columns that totals need, in the order of their groups, so that totals neither read vouchers nor sort.
  await db.schema
    .createIndex('voucher_totals')
    .on('voucher')
    .columns([...TOTALS_KEYS, 'charged_fen', 'fee_fen'])
    .where(sql.ref('result'), '=', sql.lit('approved'))
    .execute()
  await db.schema
    .createIndex('voucher_late')
    .on('voucher')
    .columns(['terminal', 'late_seq'])
    .where(sql.ref('late_seq'), '>', sql.lit(0))
    .execute()
  await db.schema
    .createIndex('voucher_key')
    .unique()
    .on('voucher')
    .column('key')
    .where(sql.ref('key'), 'is not', null)
    .execute()
}
