/** Printers that poll: each gets a secret address, and an agent inside the hub that owns the printer. */

import { createHash, randomBytes } from 'node:crypto'
import { HubError } from '../../hub-api/errors.js'
import { addAudit } from '../audit.js'
import { type HubDb, type HubTransaction, inTenant } from '../db/open-db.js'
import { newId } from '../new-id.js'
import { handOver } from './hand-over.js'

export interface CloudPrinterMade {
  readonly printer: string
  readonly agent: string
  /** `/cloudprnt/SECRET` or `/direct-print/SECRET` */
  readonly path: string
}

export interface CloudPrinterWanted {
  readonly by: string
  readonly protocol?: 'cloudprnt' | 'direct-print'
}

/** @throws HubError `NOT_FOUND`, `OWNER_OFFLINE`, `SLIP_OFFERED`, `SLIP_WAITS` */
export function addCloudPrinter(
  db: HubDb,
  { tenant, id: printer }: { readonly tenant: string; readonly id: string },
  { by, protocol = 'cloudprnt' }: CloudPrinterWanted,
): Promise<CloudPrinterMade> {
  // The tenant's id comes first, because a row can only be looked up in the name of one tenant.
  const secret = `${tenant}.${randomBytes(24).toString('base64url')}`
  const hash = createHash('sha256').update(secret).digest()
  return inTenant(db, tenant, async (trx) => {
    const agent = await ownAgent(trx, tenant, printer)
    await trx
      .insertInto('cloud_printer')
      .values({ tenant, printer, agent, hash, mac: null })
      .onConflict((known) =>
        known.columns(['tenant', 'printer']).doUpdateSet({ agent, hash, mac: null }),
      )
      .execute()
    await handOver(trx, printer, agent)
    await addAudit(trx, { tenant, who: by, what: protocol, subject: printer, detail: { agent } })
    return { printer, agent, path: `/${protocol}/${secret}` }
  })
}

/** Finds or makes the printer's agent inside the hub. The agent of an earlier address stays, because it may hold a slip, unless it was revoked. */
async function ownAgent(trx: HubTransaction, tenant: string, printer: string): Promise<string> {
  const found = await trx
    .selectFrom('printer')
    .leftJoin('cloud_printer', 'cloud_printer.printer', 'printer.id')
    .leftJoin('agent', 'agent.id', 'cloud_printer.agent')
    .select(['printer.store', 'printer.name', 'agent.id as agent', 'agent.revoked_at'])
    .where('printer.id', '=', printer)
    .executeTakeFirst()
  if (found === undefined) throw new HubError('NOT_FOUND', 'no printer has this id')
  const { store, name } = found
  if (found.agent !== null && found.revoked_at === null) return found.agent
  const agent = newId()
  await trx
    .insertInto('agent')
    .values({ tenant, id: agent, store, kind: 'cloudprnt', name, public_key: null, online: true })
    .execute()
  return agent
}
