/** Keeps a voucher's slips in its chain, once and for good. */

import type { Kysely } from 'kysely'
import { version } from '../../model/version.js'
import type { VoucherRecord } from '../archive.js'
import type { SlipEvent } from '../events.js'
import type { Settings } from '../settings.js'
import { type KeptSlips, packSlips, unpackSlips } from '../slips/kept-slips.js'
import type { SlipMaker } from '../slips/slip-making.js'
import { TRADE_TYPE_RULES } from '../trade-types.js'
import { chainOf } from './places.js'
import type { SlipForms } from './slip-forms.js'
import type { StoreTables, VoucherRow } from './tables.js'
import type { Unit } from './unit.js'
import { recordsOf } from './voucher-records.js'

export interface SlipKeeping {
  readonly forms: SlipForms
  readonly settings: Settings
  readonly maker: SlipMaker
}

/** Whether a trade of this type and result has a slip at all. */
export function hasSlip({ type, result }: Pick<VoucherRow, 'type' | 'result'>): boolean {
  return result === 'approved' && TRADE_TYPE_RULES[type as VoucherRecord['type']].hasSlip
}

/**
 * Keeps the slips of a voucher that has none yet.
 *
 * @returns false if they are kept already
 * @throws whatever `maker` throws
 */
export async function keepSlips(
  unit: Unit,
  row: VoucherRow,
  { forms, settings, maker }: SlipKeeping,
): Promise<boolean> {
  if ((await slipEvent(unit.sql(), row.id)) !== undefined) return false
  const [record] = (await recordsOf(unit.sql(), [row])) as [VoucherRecord]
  const original = await originalOf(unit, row)
  const voucher = { record, settings, ...(original === undefined ? {} : { original }) }
  const { profile, template, copies, sample } = await maker(voucher)
  const form = { profile, library: version, template }
  const { seq, dictionary } = await forms.formOf(unit, form, sample)
  const body = { form: seq, ...packSlips(copies, dictionary), voucherId: row.id }
  await unit.append(chainOf(row), { kind: 'slip', voucherId: row.id, body })
  return true
}

/** Ids of the batch's vouchers that have a slip which is not kept yet. */
export async function unkeptIn(
  db: Kysely<StoreTables>,
  { merchant, terminal, batch }: Pick<VoucherRow, 'merchant' | 'terminal' | 'batch'>,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('voucher as v')
    .select(['v.id', 'v.type', 'v.result'])
    .where('v.terminal', '=', terminal)
    .where('v.batch', '=', batch)
    .where('v.merchant', '=', merchant)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('entry as e')
            .select('e.n')
            .whereRef('e.voucher_id', '=', 'v.id')
            .where('e.kind', '=', 'slip'),
        ),
      ),
    )
    .orderBy('v.id')
    .execute()
  return rows.filter(hasSlip).map(({ id }) => id)
}

/** The slips that are kept with a voucher; undefined if none are, or if retention has removed them. */
export async function loadSlips(
  db: Kysely<StoreTables>,
  id: string,
  forms: SlipForms,
): Promise<KeptSlips | undefined> {
  const entry = await slipEvent(db, id)
  if (entry === undefined || entry.body === null) return undefined
  const event = JSON.parse(entry.body) as SlipEvent
  const form = await forms.at(db, event.form)
  if (form === undefined) return undefined
  const { profile, library, template, dictionary } = form
  const at = new Date(entry.recorded_at).toISOString()
  return { at, profile, library, template, copies: unpackSlips(event, dictionary) }
}

async function slipEvent(
  db: Kysely<StoreTables>,
  id: string,
): Promise<{ readonly body: string | null; readonly recorded_at: number } | undefined> {
  return db
    .selectFrom('entry')
    .select(['body', 'recorded_at'])
    .where('voucher_id', '=', id)
    .where('kind', '=', 'slip')
    .orderBy('n')
    .limit(1)
    .executeTakeFirst()
}

async function originalOf(unit: Unit, row: VoucherRow): Promise<VoucherRecord | undefined> {
  if (row.original_id === null) return undefined
  const trx = unit.sql()
  const rows = await trx
    .selectFrom('voucher')
    .selectAll()
    .where('id', '=', row.original_id)
    .execute()
  return (await recordsOf(trx, rows))[0]
}
