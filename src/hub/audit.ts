/** The record of what people and policies did: copies, decisions, cancellations, rights. Entries are never changed. */

import { withoutCardNumbers } from '../model/errors.js'
import type { HubTransaction } from './db/open-db.js'
import { newId } from './new-id.js'

export interface AuditEntry {
  readonly tenant: string
  /** A person, an API key, an agent or a policy. */
  readonly who: string
  readonly what: string
  readonly subject?: string
  readonly detail?: object
}

export async function addAudit(
  trx: HubTransaction,
  { tenant, who, what, subject, detail = {} }: AuditEntry,
): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      ...{ tenant, id: newId(), what, subject: subject ?? null },
      who: withoutCardNumbers(who),
      detail: JSON.stringify(detail),
    })
    .execute()
}
