/** The first step of every decision about a slip: lock it, and find out whether the agent that holds it is silent. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import type { Slip } from '../../hub-api/slip-shapes.js'
import { isUnconfirmed, type Refusal, type SlipView } from '../../hub-api/states.js'
import type { HubTransaction } from '../db/open-db.js'
import type { SlipRow, TenantPolicy } from '../db/tables.js'
import { type Silence, slipOfRow } from './slip-of-row.js'

const UNCONFIRMED_SECONDS = 120

export interface LockedSlip {
  readonly slip: SlipRow
  readonly view: SlipView
  readonly isUnconfirmed: boolean
}

/** @throws HubError `NOT_FOUND` */
export async function lockSlip(trx: HubTransaction, id: string): Promise<LockedSlip> {
  const slip = await trx
    .selectFrom('slip')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (slip === undefined) throw noSlip()
  const silence = await silenceOf(trx, slip)
  const { state, epoch, agent, decision } = slip
  const takenAtMs = slip.taken_at?.getTime() ?? 0
  return {
    slip,
    view: { state, epoch, agent: agent ?? undefined, decision: decision ?? undefined },
    isUnconfirmed: isUnconfirmed({ state, takenAtMs }, silence.seenAt?.getTime() ?? 0, silence),
  }
}

/** Makes a slip of the API from its row, with whether it is unconfirmed. */
export async function toldSlip(trx: HubTransaction, slip: SlipRow): Promise<Slip> {
  return slipOfRow(slip, await silenceOf(trx, slip))
}

export async function policyOf(trx: HubTransaction): Promise<TenantPolicy> {
  const found = await trx.selectFrom('tenant').select('policy').executeTakeFirst()
  return found?.policy ?? {}
}

/** Milliseconds of silence after which a person may decide. */
export function silenceMs({ unconfirmedSeconds = UNCONFIRMED_SECONDS }: TenantPolicy): number {
  return unconfirmedSeconds * 1000
}

/** Reads how long the slip's agent has been silent, by the clock of the database, because all hub processes share it. */
async function silenceOf(trx: HubTransaction, { agent }: SlipRow): Promise<Silence> {
  const { rows } = await sql<{
    now: Date
    policy: TenantPolicy
    seen_at: Date | null
    revoked_at: Date | null
  }>`select now(), t.policy, a.seen_at, a.revoked_at
     from tenant t left join agent a on a.tenant = t.id and a.id = ${agent}::uuid`.execute(trx)
  const [row] = rows
  const afterMs = silenceMs(row?.policy ?? {})
  // A revoked agent cannot report any more, so that a person need not wait for it.
  const isRevoked = row?.revoked_at != null
  return {
    nowMs: row?.now.getTime() ?? 0,
    afterMs: isRevoked ? 0 : afterMs,
    seenAt: row?.seen_at ?? null,
  }
}

export function noSlip(): HubError {
  return new HubError('NOT_FOUND', 'no slip has this id')
}

const REFUSED: Readonly<Record<Refusal, readonly [message: string, hint: string]>> = {
  SLIP_WAITS: ['the slip has not been printed yet', 'wait for it, or cancel it'],
  SLIP_OFFERED: [
    'the slip is offered to its agent already',
    'cancel it, and hand it in with another key',
  ],
  SLIP_TAKEN: ['an agent has the slip', 'wait for its report, or until it is unconfirmed'],
  SLIP_ENDED: ['the slip has ended', 'a copy may be made of it'],
  SLIP_CLOSED: ['the slip was never printed', 'hand it in with another key'],
  OWNER_OFFLINE: [
    'the agent of the printer is offline, and may have the slip from the shop itself',
    'wait for the agent, or cancel the slip and hand it in with another key',
  ],
}

export function refused(code: Refusal): HubError {
  const [message, hint] = REFUSED[code]
  return new HubError(code, message, { hint })
}
