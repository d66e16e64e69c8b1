/** The dependencies that the parts of the ledger share. */

import type { SlipState } from '../../hub-api/states.js'
import type { PrintJob } from '../../model/print-job.js'
import type { HubDb, HubPool, HubTransaction } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { Seal } from '../seal.js'

export interface LedgerContext {
  readonly pool: HubPool
  /** The query builder over `pool`. */
  readonly db: HubDb
  readonly seal: Seal
  /** Binds a template and compiles it for a profile. @throws XiaopiaoError */
  bind(template: unknown, data: unknown, profileId: string): PrintJob
  /** Tells the agent of a printer that slips wait for it. If the message is lost, they are only printed later. */
  wake(tenant: string, agent: string, printer: string): void
  /** Adds calls of the tenant's webhooks to the transaction that they report. */
  notify(trx: HubTransaction, tenant: string, event: SlipNotice, slip: SlipRow): Promise<void>
  /** Must be called after the tenant has added or removed a webhook. */
  webhooksChanged(tenant: string): void
  /** Counts a slip for the figures. */
  count(what: 'accepted' | 'taken' | SlipState): void
}

export type SlipNotice = 'slip.ended' | 'slip.decided' | 'slip.copied'
