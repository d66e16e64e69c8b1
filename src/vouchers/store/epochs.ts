/** Epochs of terminals: how often each was reset. */

import { type TerminalPlace, terminalName } from './places.js'
import type { Unit } from './unit.js'

export async function loadEpoch(unit: Unit, place: Omit<TerminalPlace, 'epoch'>): Promise<number> {
  const name = terminalName(place)
  const known = unit.terminals.epochs.get(name)
  if (known !== undefined) return known
  const row = await unit
    .sql()
    .selectFrom('terminal')
    .select('epoch')
    .where('merchant', '=', place.merchant)
    .where('terminal', '=', place.terminal)
    .executeTakeFirst()
  const epoch = row?.epoch ?? 0
  unit.terminals.epochs.set(name, epoch)
  return epoch
}
