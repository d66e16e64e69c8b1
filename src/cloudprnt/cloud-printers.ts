/** Finds polling printers in the database by their address, with the slips that they hold or get next. */

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type HubDb, inTenant } from '../hub/db/open-db.js'
import type { CloudSlip } from './rules.js'

/** A polling printer at the time of one of its requests. */
export interface CloudPrinter {
  readonly tenant: string
  readonly printer: string
  /** The agent inside the hub that represents the printer. */
  readonly agent: string
  /** MAC address, or other name, of the printer that polled first. Another printer is refused. */
  readonly mac: string | null
  /** Id of its profile. */
  readonly profile: string | null
  readonly held: CloudSlip | undefined
  /** The next slip, with the epoch that taking it would give. */
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

/** The tenant's id comes before the secret, because a row can only be looked up in the name of one tenant. */
const SECRET = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[\w-]{32}$/

/**
 * Finds the printer of an address; undefined if there is none. If the printer belongs to another agent by now, it gets no further slip, but its
 * report about the last one still counts.
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

/** Finds the slip that a printer fetched last, for reports that name no slip. */
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

/** Binds the address to the first printer that polls it. @returns whether the asking printer is the first one */
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
