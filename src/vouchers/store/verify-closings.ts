/** Checks whether the tables of batches and terminals agree with the settlements and resets in the chains. */

import type { Kysely } from 'kysely'
import type { ChainFault } from '../verification.js'
import { chainOf } from './places.js'
import type { EntryRow, StoreTables } from './tables.js'

/** The facts in the records of settlements and resets, as they are read. */
export interface Closings {
  /** Position and time of each settlement, by chain and batch. */
  readonly settled: Map<string, { readonly seq: number; readonly at: number }>
  /** The highest epoch that a reset has begun, by the name of the chain without the epoch. */
  readonly epochs: Map<string, number>
}

export function noteClosing({ settled, epochs }: Closings, row: EntryRow): void {
  if (row.kind === 'settle') {
    const batch = batchIn(row.body)
    // A settlement whose body was removed has closed a batch that cannot be named any more.
    if (batch !== undefined)
      settled.set(`${row.chain}/${batch}`, { seq: row.seq, at: row.recorded_at })
  }
  const [, name = '', epoch] = /^(.*)#(\d+)$/.exec(row.chain) ?? []
  if (row.kind === 'reset' && epoch !== undefined) {
    epochs.set(name, Math.max(Number(epoch), epochs.get(name) ?? 0))
  }
}

function batchIn(body: string | null): string | undefined {
  try {
    return body === null ? undefined : JSON.parse(body).batch
  } catch {
    return undefined
  }
}

export async function verifyClosings(
  db: Kysely<StoreTables>,
  { settled, epochs }: Closings,
): Promise<readonly ChainFault[]> {
  const faults: ChainFault[] = []
  const open = new Map(settled)
  for (const row of await db.selectFrom('batch').selectAll().execute()) {
    const name = `${chainOf(row)}/${row.batch}`
    const recorded = settled.get(name)
    open.delete(name)
    if ((recorded?.seq ?? null) === row.settled_seq && (recorded?.at ?? null) === row.settled_at)
      continue
    faults.push(closingFault(chainOf(row), `batch ${row.batch} is not settled as it was recorded`))
  }
  for (const [name] of open) faults.push(closingFault(name, 'a settled batch is not in its table'))
  const left = new Map(epochs)
  for (const { epoch, ...place } of await db.selectFrom('terminal').selectAll().execute()) {
    const name = chainOf({ ...place, epoch: 0 })
    if (epochs.get(name) !== epoch) faults.push(closingFault(name, RESET))
    left.delete(name)
  }
  for (const name of left.keys()) faults.push(closingFault(name, RESET))
  return faults
}

const RESET = 'the resets of the terminal are not those that were recorded'

function closingFault(chain: string, message: string): ChainFault {
  return { kind: 'index', chain, seq: 0, message }
}
