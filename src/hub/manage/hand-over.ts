/** Gives a printer to another agent, together with the slips that wait for it. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import { moveSlip, type SlipState, WAITING_STATES } from '../../hub-api/states.js'
import type { HubTransaction } from '../db/open-db.js'
import { refused } from '../ledger/decide.js'

/**
 * Hands a printer over. A slip that the old owner has taken stays with it, and the new owner gets none until that one has ended. Slips that wait go
 * with the printer, so that the rules for giving a slip to another printer apply to each: an owner that is offline may have the same keys from the
 * tills of its store.
 *
 * @returns the old owner
 * @throws HubError `NOT_FOUND`, `OWNER_OFFLINE`, or the code of a slip that does not allow it
 */
export async function handOver(
  trx: HubTransaction,
  printer: string,
  agent: string,
): Promise<string | null> {
  const { rows } = await sql<{ agent: string | null; online: boolean | null }>`
    select p.agent, a.online from printer p left join agent a on a.tenant = p.tenant and a.id = p.agent
    where p.id = ${printer}::uuid for update of p`.execute(trx)
  const [found] = rows
  if (found === undefined) throw new HubError('NOT_FOUND', 'no printer has this id')
  if (found.agent !== null && found.agent !== agent) {
    if (found.online !== true) throw ownerOffline()
    await checkWaiting(trx, printer)
  }
  await trx.updateTable('printer').set({ agent }).where('id', '=', printer).execute()
  return found.agent
}

async function checkWaiting(trx: HubTransaction, printer: string): Promise<void> {
  const waiting = await trx
    .selectFrom('slip')
    .select('state')
    .distinct()
    .where('printer', '=', printer)
    .where('state', 'in', [...WAITING_STATES] as SlipState[])
    .execute()
  for (const { state } of waiting) {
    const verdict = moveSlip({ state, epoch: 0 }, { what: 'reroute', ownerIsOnline: true })
    if (verdict.verdict === 'refused') throw refused(verdict.code)
  }
}

function ownerOffline(): HubError {
  return new HubError('OWNER_OFFLINE', 'the agent of the printer is offline', {
    hint: 'wait for the agent, because it may have the slips that wait from the store itself; revoke it if it will not come back',
  })
}
