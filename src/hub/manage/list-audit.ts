/** Reads the audit, the newest entries first. */

import { type HubDb, inTenant } from '../db/open-db.js'

const DEFAULT_LIMIT = 100

export function listAudit(
  db: HubDb,
  tenant: string,
  {
    subject,
    limit = DEFAULT_LIMIT,
  }: { readonly subject?: string | undefined; readonly limit?: number | undefined },
) {
  return inTenant(db, tenant, async (trx) => {
    const rows = await trx
      .selectFrom('audit')
      .selectAll()
      .$if(subject !== undefined, (query) => query.where('subject', '=', subject as string))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(({ at, who, what, subject: about, detail }) => ({
      ...{ at: at.toISOString(), who, what, subject: about },
      detail: detail as Readonly<Record<string, unknown>>,
    }))
  })
}
