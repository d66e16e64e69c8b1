/** Operators as rows, which are made from the records of their chain: when they change, in copies, and when the store is verified. */

import type { Kysely } from 'kysely'
import { canonicalValue } from '../canonical-value.js'
import {
  type OperatorEvent,
  type OperatorState,
  operatorAfter,
} from '../operators/operator-events.js'
import type { ChainFault } from '../verification.js'
import type { OperatorTable, StoreTables } from './tables.js'

/**
 * Chain of the operators' records. It belongs to the shop and not to a terminal, and is separate from that of the settings because every
 * sign-in adds a record.
 */
export const OPERATORS_CHAIN = '@operators'

/** All operators, also those that were removed, by number. */
export async function loadOperators(db: Kysely<StoreTables>): Promise<readonly OperatorState[]> {
  const rows = await db.selectFrom('operator').selectAll().orderBy('no').execute()
  return rows.map(stateOf)
}

export async function loadOperator(
  db: Kysely<StoreTables>,
  no: string,
): Promise<OperatorState | undefined> {
  const row = await db.selectFrom('operator').selectAll().where('no', '=', no).executeTakeFirst()
  return row === undefined ? undefined : stateOf(row)
}

/** Applies an event to the operator's row; an event about an unknown operator is ignored. */
export async function storeOperator(db: Kysely<StoreTables>, event: OperatorEvent): Promise<void> {
  const after = operatorAfter(await loadOperator(db, event.no), event)
  if (after === undefined) return
  const { no, ...row } = rowOf(after)
  await db
    .insertInto('operator')
    .values({ no, ...row })
    .onConflict((conflict) => conflict.column('no').doUpdateSet(row))
    .execute()
}

/** Compares the rows of operators with the operators that result from their chain. */
export async function verifyOperators(db: Kysely<StoreTables>): Promise<readonly ChainFault[]> {
  const entries = await db
    .selectFrom('entry')
    .select('body')
    .where('chain', '=', OPERATORS_CHAIN)
    .orderBy('seq')
    .execute()
  const expected = new Map<string, OperatorState>()
  for (const { body } of entries) {
    const event = eventOf(body)
    // A record that was removed or cannot be read is reported by the check of the chain.
    if (event === undefined) return []
    const after = operatorAfter(expected.get(event.no), event)
    if (after !== undefined) expected.set(event.no, after)
  }
  const faults: ChainFault[] = []
  for (const row of await db.selectFrom('operator').selectAll().execute()) {
    const state = expected.get(row.no)
    if (state === undefined || !isSameRow(row, rowOf(state))) faults.push(operatorFault(row.no))
    expected.delete(row.no)
  }
  for (const no of expected.keys()) faults.push(operatorFault(no))
  return faults
}

function eventOf(body: string | null): OperatorEvent | undefined {
  try {
    return body === null ? undefined : JSON.parse(body)
  } catch {
    return undefined
  }
}

function operatorFault(no: string): ChainFault {
  const message = `operator ${no} is not as recorded`
  return { kind: 'index', chain: OPERATORS_CHAIN, seq: 0, message }
}

function isSameRow(a: OperatorTable, b: OperatorTable): boolean {
  return (Object.keys(b) as (keyof OperatorTable)[]).every((name) => a[name] === b[name])
}

function rowOf(state: OperatorState): OperatorTable {
  return {
    no: state.no,
    name: state.name,
    role: state.role,
    pin: canonicalValue(state.pin),
    first_pin: state.isFirstPin ? 1 : 0,
    failures: state.failures,
    generation: state.generation,
    removed: state.isRemoved ? 1 : 0,
  }
}

function stateOf(row: OperatorTable): OperatorState {
  return {
    no: row.no,
    name: row.name,
    role: row.role as OperatorState['role'],
    pin: JSON.parse(row.pin),
    isFirstPin: row.first_pin === 1,
    failures: row.failures,
    generation: row.generation,
    isRemoved: row.removed === 1,
  }
}
