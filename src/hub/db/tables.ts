/** The tables of the hub. `slip` is the ledger; rows of `event` and `audit` are never changed. */

import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Reach } from '../../hub-api/plain-shapes.js'
import type { Decision, SlipState } from '../../hub-api/states.js'

type Time = ColumnType<Date, Date | string | undefined, Date | string>
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
/** JSON is written as text, because the driver would write an array as an array of PostgreSQL. */
type Json<T> = ColumnType<T, string, string>
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>

export interface TenantTable {
  id: string
  name: string
  policy: Json<TenantPolicy>
  created_at: Time
}

/** A tenant's settings that apply to all its slips. */
export interface TenantPolicy {
  /** Seconds of silence of an agent after which a person may decide about the slip that it holds. Default 120. */
  readonly unconfirmedSeconds?: number
  /** Endings after which a marked copy is printed without a person's decision. Default none. */
  readonly copyAfter?: readonly ('partial' | 'uncertain')[]
  /** Days after which bytes and titles of slips that have ended are deleted. Default 30. */
  readonly payloadDays?: number
  /** Days after which slips, their events and the audit are deleted. Default 730. */
  readonly slipDays?: number
}

export interface ApiKeyTable {
  tenant: string
  id: string
  name: string
  hash: Uint8Array
  scopes: string[]
  created_at: Time
  revoked_at: MaybeTime
}

export interface StoreTable {
  tenant: string
  id: string
  name: string
}

export interface AgentTable {
  tenant: string
  id: string
  store: string
  kind: string
  name: string
  /** Null for an agent inside the hub. */
  public_key: string | null
  version: string | null
  enrolled_at: Time
  revoked_at: MaybeTime
  last_seq: Generated<number>
  seen_at: MaybeTime
  online: Generated<boolean>
}

export interface EnrolCodeTable {
  tenant: string
  hash: Uint8Array
  store: string
  expires_at: Time
  /** The agent that was enrolled with the code. */
  agent: string | null
}

export interface PrinterTable {
  tenant: string
  id: string
  store: string
  agent: string | null
  name: string
  profile: string | null
  status: MaybeJson<Record<string, unknown>>
  status_at: MaybeTime
}

export interface RouteTable {
  tenant: string
  store: string
  role: string
  category: string | null
  printer: string
  position: number
}

export interface PayloadTable {
  tenant: string
  hash: string
  size: number
  bytes: Uint8Array
  segments: MaybeJson<readonly Record<string, unknown>[]>
  heading: Uint8Array | null
  /** The key by which bytes and heading are encrypted; null if they are not. */
  key_id: string | null
  created_at: Time
}

export interface SlipTable {
  id: string
  tenant: string
  store: string
  key: string
  copy_index: number
  content_hash: string
  payload_hash: string
  printer: string
  state: SlipState
  epoch: Generated<number>
  agent: string | null
  reason: string | null
  reach: MaybeJson<Reach>
  paper_hash: string | null
  copy_of: string | null
  marked: Generated<boolean>
  wanted_by: string | null
  origin: 'hub' | 'lan' | 'copy'
  decision: Decision | null
  decided_by: string | null
  decided_at: MaybeTime
  decided_why: string | null
  title: string | null
  created_at: Time
  expires_at: MaybeTime
  taken_at: MaybeTime
  ended_at: MaybeTime
}
export type SlipRow = Selectable<SlipTable>

export interface EventTable {
  tenant: string
  agent: string
  seq: number
  slip: string | null
  what: string
  moved: boolean
  detail: Json<Record<string, unknown>>
  at_agent: Time
  at_hub: Time
}

export interface TemplateTable {
  tenant: string
  name: string
  version: number
  body: Json<Record<string, unknown>>
  created_by: string
  created_at: Time
}

export interface WebhookTable {
  tenant: string
  id: string
  url: string
  secret: string
  events: string[]
}

export interface AuditTable {
  tenant: string
  id: string
  at: Time
  who: string
  what: string
  subject: string | null
  detail: Json<Record<string, unknown>>
}

/** A printer that polls the hub. */
export interface CloudPrinterTable {
  tenant: string
  printer: string
  /** The agent inside the hub that owns the printer. */
  agent: string
  /** SHA-256 of the secret in the printer's address. */
  hash: Uint8Array
  /** MAC address, or other name, of the printer that polled first. */
  mac: string | null
}

export interface HubTables {
  tenant: TenantTable
  api_key: ApiKeyTable
  store: StoreTable
  agent: AgentTable
  enrol_code: EnrolCodeTable
  printer: PrinterTable
  route: RouteTable
  payload: PayloadTable
  slip: SlipTable
  event: EventTable
  template: TemplateTable
  webhook: WebhookTable
  audit: AuditTable
  cloud_printer: CloudPrinterTable
}
