/** Decisions of people about a slip besides copying it: it was found on paper, is cancelled, or goes to another printer. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import type { Slip } from '../../hub-api/slip-shapes.js'
import { moveSlip } from '../../hub-api/states.js'
import { withoutCardNumbers } from '../../model/errors.js'
import { addAudit } from '../audit.js'
import { inTenant } from '../db/open-db.js'
import type { LedgerContext } from './context.js'
import { decided } from './copy-slip.js'
import { lockSlip, refused, toldSlip } from './decide.js'

export interface SlipName {
  readonly tenant: string
  readonly id: string
}

export interface PersonsWord {
  readonly by: string
  readonly reason?: string | undefined
}

/** @throws HubError `NOT_FOUND`, or the code of the state that does not allow it */
export async function seeSlip(
  context: LedgerContext,
  { tenant, id }: SlipName,
  word: PersonsWord,
): Promise<Slip> {
  return inTenant(context.db, tenant, async (trx) => {
    const { slip, view, isUnconfirmed } = await lockSlip(trx, id)
    const verdict = moveSlip(view, { what: 'seen', isUnconfirmed })
    if (verdict.verdict === 'refused') throw refused(verdict.code)
    const by = withoutCardNumbers(word.by)
    const why = word.reason === undefined ? null : withoutCardNumbers(word.reason)
    const state = verdict.verdict === 'moved' ? verdict.slip.state : slip.state
    const row = await decided(trx, slip, { state, decision: 'seen', by, why })
    await addAudit(trx, { tenant, who: by, what: 'seen', subject: id, detail: { reason: why } })
    await context.notify(trx, tenant, 'slip.decided', row)
    return toldSlip(trx, row)
  })
}

/** @throws HubError `NOT_FOUND`, or the code of the state that does not allow it */
export async function cancelSlip(
  context: LedgerContext,
  { tenant, id }: SlipName,
  word: PersonsWord,
): Promise<Slip> {
  return inTenant(context.db, tenant, async (trx) => {
    const { view } = await lockSlip(trx, id)
    const verdict = moveSlip(view, { what: 'cancel' })
    if (verdict.verdict === 'refused') throw refused(verdict.code)
    const row = await trx
      .updateTable('slip')
      .set({ state: 'cancelled', ended_at: sql<Date>`now()` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    const detail = { reason: word.reason === undefined ? null : withoutCardNumbers(word.reason) }
    await addAudit(trx, { tenant, who: word.by, what: 'cancel', subject: id, detail })
    context.count('cancelled')
    await context.notify(trx, tenant, 'slip.ended', row)
    return toldSlip(trx, row)
  })
}

/** @throws HubError `NOT_FOUND`, `PRINTER_UNKNOWN`, `OWNER_OFFLINE`, or the code of the state that does not allow it */
export async function rerouteSlip(
  context: LedgerContext,
  { tenant, id }: SlipName,
  { by, printer }: { readonly by: string; readonly printer: string },
): Promise<Slip> {
  const { slip, owner } = await inTenant(context.db, tenant, async (trx) => {
    const { slip: locked, view } = await lockSlip(trx, id)
    const { rows } = await sql<{ online: boolean }>`
      select a.online from printer p join agent a on a.tenant = p.tenant and a.id = p.agent
      where p.id = ${locked.printer}::uuid`.execute(trx)
    const ownerIsOnline = rows[0]?.online === true
    const verdict = moveSlip(view, { what: 'reroute', ownerIsOnline })
    if (verdict.verdict === 'refused') throw refused(verdict.code)
    const target = await trx
      .selectFrom('printer')
      .select(['store', 'agent'])
      .where('id', '=', printer)
      .executeTakeFirst()
    if (target === undefined) {
      throw new HubError('PRINTER_UNKNOWN', 'no printer has this id', { path: 'printer' })
    }
    const row = await trx
      .updateTable('slip')
      .set({ printer, store: target.store })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    const detail = { from: locked.printer, to: printer }
    await addAudit(trx, { tenant, who: by, what: 'reroute', subject: id, detail })
    return { slip: await toldSlip(trx, row), owner: target.agent }
  })
  if (owner !== null) context.wake(tenant, owner, printer)
  return slip
}
