/** Checks whether a record is as it was recorded, and whether it follows the one before it. */

import type { KeyObject } from 'node:crypto'
import { type ChainHead, hashBody, hashLink, isSameHash } from '../chain.js'
import type { ChainFault } from '../verification.js'
import type { EntryRow } from './tables.js'

interface RecordedBody {
  readonly id?: string
  readonly voucherId?: string
  readonly recordedAt: number
}

type RecordRow = Omit<EntryRow, 'n'>

/**
 * Finds the fault of the record itself.
 * @param key of the chain; without it the body is checked by its hash, and the hash by the record that follows
 */
export function changedFault(row: RecordRow, key: KeyObject | undefined): ChainFault | undefined {
  const { chain, seq, kind, prev, body_hash: bodyHash, hash, body, voucher_id: voucherId } = row
  const changed = (message: string): ChainFault => ({ ...placeOf(row), kind: 'changed', message })
  if (body !== null && !isSameHash(hashBody(body), bodyHash)) {
    return changed('the body is not the one that was recorded')
  }
  if (key !== undefined && !isSameHash(hashLink({ chain, seq, kind, prev, bodyHash }, key), hash)) {
    return changed('kind, position or hash is not what was recorded')
  }
  if (body === null) return undefined
  const parsed: RecordedBody = JSON.parse(body)
  if (((kind === 'trade' ? parsed.id : parsed.voucherId) ?? null) !== voucherId) {
    return changed('the record was moved to another voucher')
  }
  return parsed.recordedAt === row.recorded_at
    ? undefined
    : changed('the time of the record is not the one that was recorded')
}

/** Finds the fault of the record's place: records are missing between it and `last`, or it follows another record than `last`. */
export function orderFault(row: RecordRow, last: ChainHead): ChainFault | undefined {
  const { seq, prev } = row
  if (seq !== last.seq + 1) {
    const missing =
      seq === last.seq + 2
        ? `record ${last.seq + 1} is`
        : `records ${last.seq + 1} to ${seq - 1} are`
    return { ...placeOf(row), kind: 'missing', message: `${missing} missing before this one` }
  }
  if (isSameHash(prev, last.hash)) return undefined
  const message = 'the record does not follow the one before it'
  return { ...placeOf(row), kind: 'moved', message }
}

function placeOf({ chain, seq, voucher_id: voucherId }: RecordRow) {
  return { chain, seq, ...(voucherId === null ? {} : { voucherId }) }
}
