/** Settles a batch: a record of the terminal's chain with the sums and the open trades, followed by a seal. */

import { sql } from 'kysely'
import { localTime } from '../business-day.js'
import { canonicalValue } from '../canonical-value.js'
import { VoucherError } from '../errors.js'
import { sectionsOf } from '../sections.js'
import type { Settings } from '../settings.js'
import { type OpenTrade, reconcile, type Settlement, type SettleRequest } from '../settlement.js'
import { signedFen } from '../totals.js'
import type { TradeType } from '../trade-types.js'
import { changeBatch, loadOpenBatch } from './batches.js'
import { loadEpoch } from './epochs.js'
import { loadBatch } from './originals.js'
import { type BatchPlace, batchName, chainOf, type TerminalPlace } from './places.js'
import { appendSeal, loadSealOf } from './seals.js'
import { loadBatchSums, selectUnknown } from './select-totals.js'
import type { VoucherRow } from './tables.js'
import { unindexed } from './unindexed.js'
import type { Unit } from './unit.js'

/** The part of a settlement that the chain keeps: all but the seal, which is made from the head after it. */
type SettlementBody = Omit<Settlement, 'seal' | 'repeated'>

export async function settleBatch(
  unit: Unit,
  request: SettleRequest,
  { settings, by }: { readonly settings: Settings; readonly by: string },
): Promise<Settlement> {
  const place = await placeOf(unit, request, settings)
  const batch = await loadBatch(unit, place)
  if (batch === undefined) throw unknownBatch()
  if (batch.settled_seq !== null) {
    const settled = await repeated(unit, place, batch.settled_seq)
    checkHost(request, settled)
    return settled
  }
  unit.terminals.batches.set(batchName(batch), batch)
  const body = await countBatch(unit, request, { place, zone: settings.zone, by })
  const chain = chainOf(place)
  batch.settled_seq = await unit.append(chain, { kind: 'settle', body })
  batch.settled_at = unit.now
  changeBatch(unit, batch)
  const of = { chain, seq: batch.settled_seq }
  const { seal } = await appendSeal(unit, { because: 'settlement', of, by })
  return { ...body, seal, repeated: false }
}

/** Finds the batch of a request, by default the last one of the terminal, and locks its chain before anything is counted. */
export async function placeOf(
  unit: Unit,
  { terminal, batch, merchant = '' }: SettleRequest,
  settings: Settings,
): Promise<BatchPlace> {
  const merchantNo = merchant === '' ? (settings.merchant?.no ?? '') : merchant
  const epoch = await loadEpoch(unit, { merchant: merchantNo, terminal })
  const place = { merchant: merchantNo, terminal, epoch }
  await unit.loadHead(chainOf(place))
  if (batch !== undefined) return { ...place, batch }
  const open = await loadOpenBatch(unit, place)
  // A second call after a time-out means the batch that the first one has settled, and not one that has no trades yet.
  return { ...place, batch: unit.terminals.lastBatches.get(chainOf(place))?.batch ?? open }
}

async function countBatch(
  unit: Unit,
  { host }: SettleRequest,
  { place, zone, by }: { readonly place: BatchPlace; readonly zone: string; readonly by: string },
): Promise<SettlementBody> {
  const sums = await loadBatchSums(unit.sql(), place)
  return {
    merchantNo: place.merchant,
    terminal: place.terminal,
    batch: place.batch,
    at: localTime(unit.now, zone),
    by,
    sections: reconcile(sectionsOf(sums), host),
    count: sums.reduce((all, { count }) => all + count, 0),
    fen: sums.reduce((all, sum) => all + signedFen(sum), 0),
    feeFen: sums.reduce((all, { feeFen }) => all + feeFen, 0),
    unknown: await unknownTrades(unit, place),
    late: await lateTrades(unit, place),
  }
}

async function unknownTrades(unit: Unit, place: TerminalPlace): Promise<readonly OpenTrade[]> {
  const rows = await selectUnknown(unit.sql())
    .selectAll()
    .where(unindexed('terminal'), '=', place.terminal)
    .where(unindexed('merchant'), '=', place.merchant)
    .orderBy('at')
    .execute()
  return rows.map(openTrade)
}

/** Trades that became late after the last settlement of the terminal; that settlement has listed the earlier ones. */
async function lateTrades(unit: Unit, place: TerminalPlace): Promise<readonly OpenTrade[]> {
  const last = await unit
    .sql()
    .selectFrom('batch')
    .select(({ fn }) => fn.max('settled_seq').as('seq'))
    .where('merchant', '=', place.merchant)
    .where('terminal', '=', place.terminal)
    .where('epoch', '=', place.epoch)
    .executeTakeFirst()
  const rows = await selectLate(unit, place.terminal, Number(last?.seq ?? 0))
    .where(unindexed('merchant'), '=', place.merchant)
    .where(unindexed('epoch'), '=', place.epoch)
    .where(unindexed('result'), '=', 'approved')
    .orderBy('late_seq')
    .execute()
  return rows.map(openTrade)
}

function selectLate(unit: Unit, terminal: string, after: number) {
  return unit
    .sql()
    .selectFrom('voucher')
    .selectAll()
    .where('terminal', '=', terminal)
    .where(sql.ref('late_seq'), '>', sql.lit(0))
    .where('late_seq', '>', after)
}

function openTrade(row: VoucherRow): OpenTrade {
  const type = row.type as TradeType
  return {
    id: row.id,
    batch: row.batch,
    voucher: row.number,
    type,
    fen: signedFen({ type, fen: row.charged_fen }),
  }
}

async function repeated(unit: Unit, place: BatchPlace, seq: number): Promise<Settlement> {
  const chain = chainOf(place)
  const entry = await unit
    .sql()
    .selectFrom('entry')
    .select('body')
    .where('chain', '=', chain)
    .where('seq', '=', seq)
    .executeTakeFirst()
  const { recordedAt: _, ...body } = JSON.parse(entry?.body ?? 'null')
  const seal = await loadSealOf(unit.sql(), { chain, seq })
  return { ...(body as SettlementBody), seal: seal?.seal ?? '', repeated: true }
}

/** Refuses totals of the host that differ from the recorded ones. A settlement is recorded once, so later totals would be lost silently. */
function checkHost({ host = {} }: SettleRequest, { sections }: Settlement): void {
  for (const [name, given] of Object.entries(host)) {
    const recorded = sections.find((section) => section.name === name)?.host
    if (canonicalValue(recorded ?? null) === canonicalValue(given)) continue
    throw new VoucherError('the batch was settled with other totals of the host', {
      code: 'BATCH_SETTLED',
      path: `host.${name}`,
      hint: 'settle it without totals to see what was recorded, and compare them with those of the host',
    })
  }
}

export function unknownBatch(): VoucherError {
  return new VoucherError('this terminal has no such batch', {
    code: 'BATCH_UNKNOWN',
    path: 'batch',
    hint: 'give the terminal and the batch of a voucher that find shows',
  })
}
