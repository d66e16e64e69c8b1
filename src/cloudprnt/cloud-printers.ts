/** Printers that poll, in the database: whose address it is, and what they have. */

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type HubDb, inTenant } from '../hub/db/open-db.js'
import type { CloudSlip } from './rules.js'

/** A printer as one of its requests finds it. */
export interface CloudPrinter {
  readonly tenant: string
  readonly printer: string
  /** The agent inside the hub that stands for it. */
  readonly agent: string
  /** Of the printer that polled first; another one is not answered. */
  readonly mac: string | null
  /** Id of its profile. */
  readonly profile: string | null
  readonly held: CloudSlip | undefined
  /** The slip that comes next, by the epoch that it would be taken with. */
  readonly next: Pick<CloudSlip, 'slip' | 'epoch'> | undefined
}

interface Row {
  readonly printer: string
  readonly agent: string
  readonly mac: string | null
  readonly profile: string | null
  readonly held: string | null
  readonly held_epoch: number
  readonly held_state: string
  readonly next: string | null
  readonly next_epoch: number
}

/** The tenant stands before the secret, because rows are looked for as one tenant alone. */
const SECRET = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[\w-]{32}$/

/**
 * Undefined if no printer has this address. One that is another agent's by now gets no slip any more, and its word about the last one counts.
 */
export async function findCloudPrinter(
  db: HubDb,
  secret: string,
): Promise<CloudPrinter | undefined> {
  const [, tenant] = SECRET.exec(secret) ?? []
  if (tenant === undefined) return undefined
  const hash = createHash('sha256').update(secret).digest()
  const row = await inTenant(db, tenant, async (trx) => {
    const { rows } = await sql<Row>`
      select c.printer, c.agent, c.mac, p.profile, h.id as held, h.epoch as held_epoch, h.state as held_state,
        n.id as next, n.epoch + 1 as next_epoch
      from cloud_printer c join printer p on p.tenant = c.tenant and p.id = c.printer
        join agent a on a.tenant = c.tenant and a.id = c.agent and a.revoked_at is null
        left join lateral (
          select s.id, s.epoch, s.state from slip s
          where s.printer = c.printer and s.agent = c.agent and s.state in ('taken', 'printing')) h on true
        left join lateral (
          select s.id, s.epoch from slip s
          where s.printer = c.printer and p.agent = c.agent and s.state in ('accepted', 'offered', 'not-started')
            and (s.expires_at is null or s.expires_at > now())
          order by s.epoch, s.id limit 1) n on true
      where c.hash = ${hash}`.execute(trx)
    return rows[0]
  })
  if (row === undefined) return undefined
  const { printer, agent, mac, profile, held, next } = row
  return {
    ...{ tenant, printer, agent, mac, profile },
    held: held === null ? undefined : heldOf(held, row),
    next: next === null ? undefined : { slip: next, epoch: row.next_epoch },
  }
}

/** The slip that the printer was given last, for those that name none. */
export async function lastFetched(
  db: HubDb,
  { tenant, printer, agent }: CloudPrinter,
): Promise<Pick<CloudSlip, 'slip' | 'epoch'> | undefined> {
  const { rows } = await inTenant(db, tenant, (trx) =>
    sql<{ slip: string; epoch: number }>`
      select s.id as slip, s.epoch from slip s
      where s.printer = ${printer}::uuid and s.agent = ${agent}::uuid and s.state <> 'taken' and s.taken_at is not null
      order by s.taken_at desc limit 1`.execute(trx),
  )
  return rows[0]
}

/** Keeps the address for the printer that came first. @returns whether it is this one */
export async function bindMac(
  db: HubDb,
  { tenant, printer, mac }: CloudPrinter,
  asking: string,
): Promise<boolean> {
  if (mac !== null) return mac === asking
  const { rows } = await inTenant(db, tenant, (trx) =>
    sql<{ mac: string }>`
      update cloud_printer set mac = coalesce(mac, ${asking}) where printer = ${printer}::uuid returning mac`.execute(
      trx,
    ),
  )
  return rows[0]?.mac === asking
}

function heldOf(slip: string, { held_epoch: epoch, held_state: state }: Row): CloudSlip {
  return { slip, epoch, isFetched: state === 'printing' }
}
