/** Templates by version: a version never changes, so that a slip can be bound again as it was. */

import { sql } from 'kysely'
import { HubError } from '../../hub-api/errors.js'
import { type HubDb, inTenant } from '../db/open-db.js'

export interface TemplateName {
  readonly tenant: string
  readonly name: string
}

interface Head {
  readonly name: string
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
}

export async function addTemplate(
  db: HubDb,
  { tenant, name }: TemplateName,
  { template, by }: { readonly template: object; readonly by: string },
): Promise<Head> {
  return inTenant(db, tenant, async (trx) => {
    // The lock makes sure that two people who store a template at the same time get two versions.
    await sql`select pg_advisory_xact_lock(hashtext(${`${tenant}/${name}`}))`.execute(trx)
    const { rows } = await sql<{ version: number; created_at: Date; created_by: string }>`
      insert into template (tenant, name, version, body, created_by)
      select ${tenant}::uuid, ${name}, coalesce(max(version), 0) + 1, ${JSON.stringify(template)}::jsonb, ${by}
      from template where name = ${name} returning version, created_at, created_by`.execute(trx)
    const [row] = rows as [(typeof rows)[0]]
    return head(name, row)
  })
}

export function listTemplates(db: HubDb, tenant: string): Promise<readonly Head[]> {
  return inTenant(db, tenant, async (trx) => {
    const rows = await trx
      .selectFrom('template')
      .distinctOn('name')
      .selectAll()
      .orderBy('name')
      .orderBy('version', 'desc')
      .execute()
    return rows.map((row) => head(row.name, row))
  })
}

/** @throws HubError `NOT_FOUND` */
export async function getTemplate(
  db: HubDb,
  { tenant, name }: TemplateName,
  version: number,
): Promise<{ readonly name: string; readonly version: number; readonly template: object }> {
  const row = await inTenant(db, tenant, (trx) =>
    trx
      .selectFrom('template')
      .select('body')
      .where('name', '=', name)
      .where('version', '=', version)
      .executeTakeFirst(),
  )
  if (row === undefined) throw new HubError('NOT_FOUND', 'no template has this name and version')
  return { name, version, template: row.body }
}

function head(
  name: string,
  row: { readonly version: number; readonly created_at: Date; readonly created_by: string },
): Head {
  const { version, created_at, created_by } = row
  return { name, version, createdAt: created_at.toISOString(), createdBy: created_by }
}
