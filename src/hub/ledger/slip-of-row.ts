/** Makes a slip of the API from its row. */

import type { Slip } from '../../hub-api/slip-shapes.js'
import { isUnconfirmed } from '../../hub-api/states.js'
import type { SlipRow } from '../db/tables.js'

/** The facts that decide whether the agent that holds a slip is silent. */
export interface Silence {
  readonly nowMs: number
  readonly afterMs: number
  /** When the slip's agent was last heard of. */
  readonly seenAt: Date | null
}

export function slipOfRow(row: SlipRow, silence: Silence): Slip {
  const { decision, decided_by, decided_at, decided_why } = row
  const takenAtMs = row.taken_at?.getTime() ?? 0
  const seenMs = silence.seenAt?.getTime() ?? 0
  return {
    id: row.id,
    key: row.key,
    copyIndex: row.copy_index,
    printer: row.printer,
    store: row.store,
    state: row.state,
    epoch: row.epoch,
    agent: row.agent,
    unconfirmed: isUnconfirmed({ state: row.state, takenAtMs }, seenMs, silence),
    reason: row.reason,
    reach: row.reach,
    payloadHash: row.payload_hash,
    paperHash: row.paper_hash,
    copyOf: row.copy_of,
    marked: row.marked,
    wantedBy: row.wanted_by,
    origin: row.origin,
    decision:
      decision === null
        ? null
        : {
            what: decision,
            by: decided_by ?? '',
            at: decided_at?.toISOString() ?? '',
            ...(decided_why === null ? {} : { reason: decided_why }),
          },
    title: row.title,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    takenAt: row.taken_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}
