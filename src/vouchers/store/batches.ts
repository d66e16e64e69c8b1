/** Batches of terminals and the numbers in them. */

import { VoucherError } from '../errors.js'
import { highestNumber, isFree, loadNumber } from './known-vouchers.js'
import { loadBatch } from './originals.js'
import { type BatchPlace, batchName, chainOf, type TerminalPlace } from './places.js'
import type { BatchTable } from './tables.js'
import type { Unit } from './unit.js'

const MAX_NUMBER = 999_999

/**
 * Returns the number of a terminal's open batch: that of the last one, or the next number if that one is settled. Undefined if the last
 * batch was not loaded.
 */
export function openBatch(unit: Unit, place: TerminalPlace): string | undefined {
  const last = unit.terminals.lastBatches.get(chainOf(place))
  if (last === undefined) return undefined
  if (last === null) return '000001'
  if (last.settled_at === null) return last.batch
  return String((Number(last.batch) % MAX_NUMBER) + 1).padStart(6, '0')
}

export async function loadOpenBatch(unit: Unit, place: TerminalPlace): Promise<string> {
  const stored = await unit
    .sql()
    .selectFrom('batch')
    .selectAll()
    .where('merchant', '=', place.merchant)
    .where('terminal', '=', place.terminal)
    .where('epoch', '=', place.epoch)
    .orderBy('batch', 'desc')
    .limit(1)
    .executeTakeFirst()
  noteLastBatch(unit, place, stored)
  return openBatch(unit, place) as string
}

/** Notes the last batch of a terminal, which may be newer than the stored one if this transaction has begun it. */
export function noteLastBatch(
  unit: Unit,
  place: TerminalPlace,
  stored: BatchTable | undefined,
): void {
  const name = chainOf(place)
  unit.terminals.lastBatches.set(name, stored ?? null)
  for (const batch of unit.changedBatches) {
    if (chainOf(batch) === name) noteLast(unit, batch)
  }
}

/** Reads a batch, or begins it if it is not in the store. */
export async function loadOrBegin(unit: Unit, place: BatchPlace): Promise<BatchTable> {
  const begun = unit.terminals.batches.get(batchName(place))
  if (begun !== undefined) return begun
  const known = await loadBatch(unit, place)
  const batch = known ?? { ...place, last_number: 0, settled_at: null, settled_seq: null }
  unit.terminals.batches.set(batchName(batch), batch)
  if (known !== undefined) unit.terminals.storedBatches.add(batch)
  return batch
}

/** Notes that the batch has changed and must be written to the store. */
export function changeBatch(unit: Unit, batch: BatchTable): void {
  unit.changedBatches.add(batch)
  if (unit.terminals.lastBatches.has(chainOf(batch))) noteLast(unit, batch)
}

function noteLast(unit: Unit, batch: BatchTable): void {
  const last = unit.terminals.lastBatches.get(chainOf(batch))
  if (last == null || batch.batch >= last.batch)
    unit.terminals.lastBatches.set(chainOf(batch), batch)
}

/** Whether `nextNumber` can give a number without a query. */
export function knowsNextNumber(unit: Unit, batch: BatchTable): boolean {
  const highest = unit.terminals.highest.get(batchName(batch))
  return highest !== undefined && batch.last_number >= highest
}

/** Looks up numbers until one is free, because a terminal may number some of its trades itself. */
export async function loadNextNumber(unit: Unit, batch: BatchTable): Promise<void> {
  const highest = await highestNumber(unit, batch)
  for (let number = batch.last_number + 1; number <= highest; number++) {
    const place = { ...batch, number: sixDigits(number) }
    await loadNumber(unit, place)
    if (isFree(unit, place)) return
  }
}

/**
 * Takes the next free number of the batch.
 * @throws VoucherError `NUMBERS_EXHAUSTED`
 */
export function nextNumber(unit: Unit, batch: BatchTable): string {
  const highest = unit.terminals.highest.get(batchName(batch)) ?? 0
  for (let number = batch.last_number + 1; number <= MAX_NUMBER; number++) {
    const text = sixDigits(number)
    if (number <= highest && !isFree(unit, { ...batch, number: text })) continue
    batch.last_number = number
    changeBatch(unit, batch)
    return text
  }
  throw new VoucherError('this batch has no number left', {
    code: 'NUMBERS_EXHAUSTED',
    path: 'batch',
    hint: 'settle the batch, so that the next one begins at 000001',
  })
}

function sixDigits(number: number): string {
  return String(number).padStart(6, '0')
}
