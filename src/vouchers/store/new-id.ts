/** Ids of vouchers: UUIDs of version 7, which begin with the time. */

import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const BYTES = 16
/** Random bytes for many ids at once, because asking for them costs more than the id. */
const pool = new Uint8Array(BYTES * 256)
let used = pool.length

/**
 * Makes a new id.
 * @param now milliseconds since 1970
 */
export function newId(now: number): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + BYTES)
  used += BYTES
  return v7({ msecs: now, random })
}
