/** A terminal that was reset: its batches begin again, in a chain that names the head of the old one. */

import type { ResetResult } from '../archive.js'
import { VoucherError } from '../errors.js'
import { loadEpoch } from './epochs.js'
import { chainOf, type TerminalPlace } from './places.js'
import { appendSeal } from './seals.js'
import type { Unit } from './unit.js'

export interface TerminalToReset {
  readonly merchant: string
  readonly terminal: string
  readonly as: string | undefined
  readonly by: string
  readonly why: string
}

export async function resetTerminal(
  unit: Unit,
  { merchant, terminal, as, by, why }: TerminalToReset,
): Promise<ResetResult> {
  const epoch = await loadEpoch(unit, { merchant, terminal })
  const old = chainOf({ merchant, terminal, epoch })
  await unit.loadHead(old)
  const { seq, hash } = unit.headOf(old)
  if (seq === 0) throw neverUsed()
  const isOther = as !== undefined && as !== terminal
  const next = isOther
    ? { merchant, terminal: as, epoch: await loadEpoch(unit, { merchant, terminal: as }) }
    : { merchant, terminal, epoch: epoch + 1 }
  await unit.loadHead(chainOf(next))
  if (unit.headOf(chainOf(next)).seq > 0) throw usedAlready()
  const follows = { chain: old, seq, hash: Buffer.from(hash).toString('hex') }
  await unit.append(chainOf(next), { kind: 'reset', body: { by, why, follows } })
  if (!isOther) await storeEpoch(unit, next)
  await appendSeal(unit, { because: 'reset', by })
  return { chain: chainOf(next), follows }
}

async function storeEpoch(unit: Unit, place: TerminalPlace): Promise<void> {
  const { epoch } = place
  await unit
    .sql()
    .insertInto('terminal')
    .values(place)
    .onConflict((conflict) => conflict.columns(['merchant', 'terminal']).doUpdateSet({ epoch }))
    .execute()
}

function usedAlready(): VoucherError {
  return new VoucherError('the terminal that takes its place has trades already', {
    code: 'TERMINAL_USED',
    path: 'as',
    hint: 'begin its chain before its first trade, or leave as out',
  })
}

function neverUsed(): VoucherError {
  return new VoucherError('this terminal has no trades, so there is nothing to reset', {
    code: 'TERMINAL_UNKNOWN',
    path: 'terminal',
    hint: 'give the number of the terminal as its trades have it',
  })
}
