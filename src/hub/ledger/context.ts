/** The tools that every part of the ledger works with. */

import type { SlipState } from '../../hub-api/states.js'
import type { PrintJob } from '../../model/print-job.js'
import type { HubDb, HubPool, HubTransaction } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { Seal } from '../seal.js'

export interface LedgerContext {
  readonly pool: HubPool
  /** Of the pool. */
  readonly db: HubDb
  readonly seal: Seal
  /** Binds a template and compiles it for a profile. @throws XiaopiaoError */
  bind(template: unknown, data: unknown, profileId: string): PrintJob
  /** Tells the agent of a printer that slips wait there; a message that is lost costs time and nothing else. */
  wake(tenant: string, agent: string, printer: string): void
  /** Puts calls of the tenant's webhooks into the transaction that they tell of. */
  notify(trx: HubTransaction, tenant: string, event: SlipNotice, slip: SlipRow): Promise<void>
  /** The tenant has added or removed a webhook. */
  webhooksChanged(tenant: string): void
  /** For the figures. */
  count(what: 'accepted' | 'taken' | SlipState): void
}

export type SlipNotice = 'slip.ended' | 'slip.decided' | 'slip.copied'
