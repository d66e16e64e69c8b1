/** Facts: slips that ended in a store while the hub was out of reach. They are reported later, and never offered to an agent. */

import { sql } from 'kysely'
import type { AgentEvent } from '../../hub-api/agent-shapes.js'
import { moveSlip } from '../../hub-api/states.js'
import { withoutCardNumbers } from '../../model/errors.js'
import { addAudit } from '../audit.js'
import type { HubTransaction } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import { newId } from '../new-id.js'
import type { AgentName } from '../parts.js'
import type { LedgerContext } from './context.js'
import { readyPayload } from './ready-payload.js'

type Fact = Extract<AgentEvent, { what: 'fact' }>

interface FactDone {
  readonly slip: string | null
  readonly moved: boolean
  /** The slip as it is now, if it was moved. */
  readonly row?: SlipRow
}

/** Makes a slip that has ended already, or closes the slip of the same key that waits at the hub. */
export async function recordFact(
  context: LedgerContext,
  trx: HubTransaction,
  name: AgentName,
  fact: Fact,
): Promise<FactDone> {
  if (fact.payload !== undefined) await keepPayload(context, trx, name.tenant, fact)
  const made = await makeSlip(trx, name, fact)
  if (made !== undefined) {
    context.count(made.state)
    await context.notify(trx, name.tenant, 'slip.ended', made)
    return { slip: made.id, moved: true, row: made }
  }
  return closeSlip(context, trx, name, fact)
}

async function closeSlip(
  context: LedgerContext,
  trx: HubTransaction,
  { tenant, agent }: AgentName,
  fact: Fact,
): Promise<FactDone> {
  const slip = await trx
    .selectFrom('slip')
    .selectAll()
    .where('key', '=', fact.key)
    .where('copy_index', '=', fact.copyIndex)
    .forUpdate()
    .executeTakeFirst()
  if (slip === undefined) return { slip: null, moved: false }
  const printer = await storeOf(trx, fact.printer)
  // A fact of another store is not about this slip: both stores may number their orders alike.
  if (printer !== undefined && printer.store !== slip.store) return { slip: slip.id, moved: false }
  const isSame = slip.content_hash === fact.contentHash
  const { outcome } = fact
  const { state, epoch } = slip
  const verdict = moveSlip(
    { state, epoch, agent: slip.agent ?? undefined, decision: slip.decision ?? undefined },
    { what: 'fact', agent, outcome, isSame },
  )
  if (!isSame) {
    const detail = { contentHash: fact.contentHash, seq: fact.seq }
    await addAudit(trx, {
      tenant,
      who: `agent:${agent}`,
      what: 'key-conflict',
      subject: slip.id,
      detail,
    })
  }
  if (verdict.verdict !== 'moved') return { slip: slip.id, moved: false }
  const moved = await trx
    .updateTable('slip')
    .set({
      ...endOf(fact),
      state: verdict.slip.state,
      agent,
      ...(isSame ? {} : { reason: 'key-conflict' }),
    })
    .where('id', '=', slip.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  context.count(moved.state)
  await context.notify(trx, tenant, 'slip.ended', moved)
  return { slip: slip.id, moved: true, row: moved }
}

function storeOf(trx: HubTransaction, printer: string) {
  return trx.selectFrom('printer').select('store').where('id', '=', printer).executeTakeFirst()
}

/** Inserts the slip of a fact; undefined if the key is known already, or if the printer is unknown. */
async function makeSlip(
  trx: HubTransaction,
  { tenant, agent }: AgentName,
  fact: Fact,
): Promise<SlipRow | undefined> {
  const printer = await storeOf(trx, fact.printer)
  if (printer === undefined) return undefined
  return trx
    .insertInto('slip')
    .values({
      ...endOf(fact),
      ...{ id: newId(), tenant, store: printer.store, printer: fact.printer, agent, origin: 'lan' },
      key: fact.key,
      copy_index: fact.copyIndex,
      content_hash: fact.contentHash,
      payload_hash: fact.payloadHash,
      state: fact.outcome,
      title: fact.title === undefined ? null : withoutCardNumbers(fact.title),
      created_at: fact.acceptedAt,
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'key', 'copy_index']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

function endOf({ reason, reach, paperHash }: Fact) {
  return {
    reason: reason === undefined ? null : withoutCardNumbers(reason),
    reach: reach === undefined ? null : JSON.stringify(reach),
    paper_hash: paperHash ?? null,
    // By the database's clock, because old slips are removed by it, and a till's clock may be years off. The till's time is in the event.
    ended_at: sql<Date>`now()`,
  }
}

async function keepPayload(
  { seal }: LedgerContext,
  trx: HubTransaction,
  tenant: string,
  fact: Fact,
): Promise<void> {
  const { hash, bytes, heading, segments } = readyPayload(
    fact.payload as NonNullable<Fact['payload']>,
  )
  if (hash !== fact.payloadHash) return
  const place = `${tenant}/${hash}`
  const closed = seal.close(bytes, place)
  await trx
    .insertInto('payload')
    .values({
      ...{ tenant, hash, size: bytes.length, bytes: closed.bytes, key_id: closed.keyId },
      segments: segments === null ? null : JSON.stringify(segments),
      heading: heading && seal.close(heading, `${place}/heading`).bytes,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
