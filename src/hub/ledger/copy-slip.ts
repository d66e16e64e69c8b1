/** Marked copies: new slips that name their original and the person or policy that wanted them. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import { type CopyRequest, MAX_COPIES, type Slip } from '../../hub-api/slip-shapes.js'
import { type Decision, moveSlip } from '../../hub-api/states.js'
import { withoutCardNumbers } from '../../model/errors.js'
import { addAudit } from '../audit.js'
import { type HubTransaction, inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import { newId } from '../new-id.js'
import type { LedgerContext } from './context.js'
import { lockSlip, policyOf, refused, toldSlip } from './decide.js'

/**
 * Makes a copy that a person wants. If the original is doubtful, the copy decides it.
 *
 * @throws HubError `NOT_FOUND`, `SLIP_WAITS`, `SLIP_TAKEN`, `SLIP_CLOSED`, `PRINTER_UNKNOWN`
 */
export async function copySlip(
  context: LedgerContext,
  { tenant, id }: { readonly tenant: string; readonly id: string },
  request: CopyRequest,
): Promise<Slip> {
  const { slip, owner } = await inTenant(
    context.db,
    tenant,
    async (trx) => {
      const locked = await lockSlip(trx, id)
      const { slip: original, isUnconfirmed, view } = locked
      const verdict = moveSlip(view, { what: 'copy', isUnconfirmed })
      if (verdict.verdict === 'refused') throw refused(verdict.code)
      const wantedBy = withoutCardNumbers(request.by)
      const why = withoutCardNumbers(request.reason)
      if (verdict.verdict === 'moved') {
        await decided(trx, original, {
          state: verdict.slip.state,
          decision: 'copied',
          by: wantedBy,
          why,
        })
      }
      const printer = request.printer ?? original.printer
      const made = await insertCopy(trx, original, { printer, wantedBy, why })
      await context.notify(trx, tenant, 'slip.copied', made.slip)
      return { slip: await toldSlip(trx, made.slip), owner: made.owner }
    },
    'payloads stay',
  )
  context.count('accepted')
  if (owner !== null) context.wake(tenant, owner, slip.printer)
  return slip
}

/** Makes the copy that the tenant's policy wants of a doubtful slip, unless the slip is a copy itself or somebody has decided. */
export async function copyByPolicy(
  context: LedgerContext,
  trx: HubTransaction,
  slip: SlipRow,
): Promise<void> {
  const { state } = slip
  if ((state !== 'partial' && state !== 'uncertain') || slip.copy_of !== null) return
  if (slip.decision !== null) return
  const { copyAfter = [] } = await policyOf(trx)
  if (!copyAfter.includes(state)) return
  const wantedBy = `policy:copy-after-${state}`
  await decided(trx, slip, { state, decision: 'copied', by: wantedBy, why: null })
  const made = await insertCopy(trx, slip, { printer: slip.printer, wantedBy, why: state })
  context.count('accepted')
  await context.notify(trx, slip.tenant, 'slip.copied', made.slip)
}

export interface DecisionMade {
  readonly state: SlipRow['state']
  readonly decision: Decision
  readonly by: string
  readonly why: string | null
}

export async function decided(
  trx: HubTransaction,
  { id }: SlipRow,
  { state, decision, by, why }: DecisionMade,
): Promise<SlipRow> {
  return trx
    .updateTable('slip')
    .set({ state, decision, decided_by: by, decided_why: why, decided_at: sql<Date>`now()` })
    .set({ ended_at: sql<Date>`coalesce(ended_at, now())` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function insertCopy(
  trx: HubTransaction,
  original: SlipRow,
  want: { readonly printer: string; readonly wantedBy: string; readonly why: string },
): Promise<{ readonly slip: SlipRow; readonly owner: string | null }> {
  const { rows } = await sql<SlipRow & { owner: string | null }>`
    with target as (
      select p.id, p.store, p.agent from printer p where p.id = ${want.printer}::uuid
        and exists (select 1 from payload y where y.tenant = p.tenant and y.hash = ${original.payload_hash})
    ), fresh as (
      insert into slip (id, tenant, store, key, copy_index, content_hash, payload_hash, printer, state, origin, title, copy_of, marked, wanted_by)
      select ${newId()}::uuid, ${original.tenant}::uuid, t.store, ${original.key},
        (select greatest(max(s.copy_index), ${MAX_COPIES}) + 1 from slip s where s.tenant = ${original.tenant}::uuid and s.key = ${original.key}),
        ${original.content_hash}, ${original.payload_hash}, t.id, 'accepted', 'copy', ${original.title}, ${original.id}::uuid, true, ${want.wantedBy}
      from target t returning *
    ) select f.*, t.agent as owner from fresh f, target t`.execute(trx)
  const [row] = rows
  if (row === undefined) {
    throw new HubError('PRINTER_UNKNOWN', 'the printer, or the bytes of the slip, are not known', {
      path: 'printer',
      hint: 'hand the slip in once more with a key of its own if its bytes were forgotten',
    })
  }
  const { owner, ...slip } = row
  const detail = { copyOf: original.id, reason: want.why }
  await addAudit(trx, {
    tenant: original.tenant,
    who: want.wantedBy,
    what: 'copy',
    subject: slip.id,
    detail,
  })
  return { slip, owner }
}
