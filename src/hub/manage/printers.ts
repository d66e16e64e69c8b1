/** Printers, and the one agent that prints on each. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import type { HubPrinter } from '../../hub-api/manage-shapes.js'
import { addAudit } from '../audit.js'
import { type HubDb, type HubTransaction, inTenant } from '../db/open-db.js'
import { newId } from '../new-id.js'
import { handOver } from './hand-over.js'
import { checkStore, nameTaken } from './stores.js'

interface Row {
  readonly id: string
  readonly store: string
  readonly name: string
  readonly profile: string | null
  readonly agent: string | null
  readonly status: HubPrinter['status']
  readonly status_at: Date | null
  readonly waiting: number
}

export function listPrinters(db: HubDb, tenant: string): Promise<readonly HubPrinter[]> {
  return inTenant(db, tenant, (trx) => select(trx))
}

export interface NewPrinter {
  readonly store: string
  readonly name: string
  readonly profile?: string | undefined
  readonly agent?: string | undefined
}

/** @throws HubError `NOT_FOUND`, `NAME_TAKEN` */
export function addPrinter(db: HubDb, tenant: string, given: NewPrinter): Promise<HubPrinter> {
  const { store, name, profile = null, agent = null } = given
  return inTenant(db, tenant, async (trx) => {
    await checkStore(trx, store)
    if (agent !== null) await checkAgent(trx, agent)
    const made = await trx
      .insertInto('printer')
      .values({ tenant, id: newId(), store, name, profile, agent })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made === undefined) throw nameTaken('a printer of the store', name)
    return one(trx, made.id)
  })
}

/**
 * Hands a printer to another agent. A slip that the old agent has taken stays with it, so that the new one waits until that slip has ended.
 *
 * @throws HubError `NOT_FOUND`, `OWNER_OFFLINE`, `SLIP_OFFERED`, `SLIP_WAITS`
 */
export function setOwner(
  db: HubDb,
  { tenant, id }: { readonly tenant: string; readonly id: string },
  { agent, by }: { readonly agent: string; readonly by: string },
): Promise<HubPrinter> {
  return inTenant(db, tenant, async (trx) => {
    await checkAgent(trx, agent)
    const from = await handOver(trx, id, agent)
    const detail = { from, to: agent }
    await addAudit(trx, { tenant, who: by, what: 'printer-owner', subject: id, detail })
    return one(trx, id)
  })
}

async function checkAgent(trx: HubTransaction, agent: string): Promise<void> {
  const found = await trx
    .selectFrom('agent')
    .select('id')
    .where('id', '=', agent)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (found === undefined)
    throw new HubError('NOT_FOUND', 'no agent has this id', { path: 'agent' })
}

async function one(trx: HubTransaction, id: string): Promise<HubPrinter> {
  const [found] = await select(trx, id)
  if (found === undefined) throw new HubError('NOT_FOUND', 'no printer has this id')
  return found
}

async function select(trx: HubTransaction, id?: string): Promise<readonly HubPrinter[]> {
  const { rows } = await sql<Row>`
    select p.*, (select count(*) from slip s
      where s.printer = p.id and s.state in ('accepted', 'offered', 'not-started')) as waiting
    from printer p where ${id === undefined ? sql`true` : sql`p.id = ${id}::uuid`} order by p.store, p.name`.execute(
    trx,
  )
  return rows.map((row) => ({
    id: row.id,
    store: row.store,
    name: row.name,
    profile: row.profile,
    agent: row.agent,
    status: row.status,
    statusAt: row.status_at?.toISOString() ?? null,
    waiting: row.waiting,
  }))
}
