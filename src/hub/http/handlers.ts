/** The handler of each route of the API. */

import { sql } from 'kysely'
import type { AgentKeys } from '../agent-keys.js'
import type { LedgerContext } from '../ledger/context.js'
import { copySlip } from '../ledger/copy-slip.js'
import type { Doors } from '../ledger/doors.js'
import { cancelSlip, rerouteSlip, seeSlip } from '../ledger/people.js'
import { listSlips, readSlip } from '../ledger/read-slips.js'
import { payloadFor } from '../ledger/take.js'
import { addCode, enrolAgent, listAgents, revokeAgent, sayHello } from '../manage/agents.js'
import { addCloudPrinter } from '../manage/cloud-printers.js'
import { listAudit } from '../manage/list-audit.js'
import { addPrinter, listPrinters, setOwner } from '../manage/printers.js'
import { addStore, getRoutes, listStores, setRoutes } from '../manage/stores.js'
import { addTemplate, getTemplate, listTemplates } from '../manage/templates.js'
import { addWebhook, listWebhooks, removeWebhook } from '../manage/webhooks.js'
import type { Wakes } from '../wake/wakes.js'
import type { Handlers, Reply } from './call.js'

export interface HandlerParts {
  readonly ledger: LedgerContext
  readonly doors: Doors
  readonly wakes: Wakes
  readonly keys: AgentKeys
  /** Interval at which agents ask without being woken. */
  readonly pollMs: number
}

const ok = (json: object): Reply => ({ status: 200, json })
const made = (json: object): Reply => ({ status: 201, json })

export function handlersOf({ ledger, doors, wakes, keys, pollMs }: HandlerParts): Handlers {
  const { db } = ledger
  return {
    acceptSlip: async ({ tenant, body }) => {
      const { isNew, ...accepted } = await doors.accept(tenant, body)
      return { status: isNew ? 201 : 200, json: accepted }
    },
    listSlips: async ({ tenant, query }) => ok({ slips: await listSlips(db, tenant, query) }),
    getSlip: async ({ tenant, params }) => ok(await readSlip(db, tenant, idOf(params))),
    copySlip: async ({ tenant, params, body }) =>
      made({ slip: await copySlip(ledger, { tenant, id: idOf(params) }, body) }),
    seeSlip: async ({ tenant, params, body }) =>
      ok({ slip: await seeSlip(ledger, { tenant, id: idOf(params) }, body) }),
    cancelSlip: async ({ tenant, params, body }) =>
      ok({ slip: await cancelSlip(ledger, { tenant, id: idOf(params) }, body) }),
    rerouteSlip: async ({ tenant, params, body }) =>
      ok({ slip: await rerouteSlip(ledger, { tenant, id: idOf(params) }, body) }),
    listStores: async ({ tenant }) => ok({ stores: await listStores(db, tenant) }),
    addStore: async ({ tenant, body }) => made(await addStore(db, tenant, body.name)),
    setRoutes: async ({ tenant, params, body }) =>
      ok({ routes: await setRoutes(db, { tenant, store: idOf(params) }, body.routes) }),
    getRoutes: async ({ tenant, params }) =>
      ok({ routes: await getRoutes(db, { tenant, store: idOf(params) }) }),
    listPrinters: async ({ tenant }) => ok({ printers: await listPrinters(db, tenant) }),
    addPrinter: async ({ tenant, body }) => made(await addPrinter(db, tenant, body)),
    setOwner: async ({ tenant, params, body }) =>
      ok(await setOwner(db, { tenant, id: idOf(params) }, body)),
    addCloudPrinter: async ({ tenant, params, body }) =>
      made(await addCloudPrinter(db, { tenant, id: idOf(params) }, body)),
    listAgents: async ({ tenant }) => ok({ agents: await listAgents(db, tenant) }),
    addCode: async ({ tenant, body }) => made(await addCode(db, tenant, body)),
    revokeAgent: async ({ tenant, params, body }) => {
      const revoked = await revokeAgent(db, { tenant, id: idOf(params) }, body.by)
      keys.forget(tenant, revoked.id)
      return ok(revoked)
    },
    listTemplates: async ({ tenant }) => ok({ templates: await listTemplates(db, tenant) }),
    addTemplate: async ({ tenant, params, body }) =>
      made(await addTemplate(db, { tenant, name: params.name ?? '' }, body)),
    getTemplate: async ({ tenant, params }) => {
      const version = Number(params.version)
      return ok(await getTemplate(db, { tenant, name: params.name ?? '' }, version))
    },
    listWebhooks: async ({ tenant }) => ok({ webhooks: await listWebhooks(db, tenant) }),
    addWebhook: async ({ tenant, body }) => {
      const webhook = await addWebhook(db, tenant, body)
      ledger.webhooksChanged(tenant)
      return made(webhook)
    },
    removeWebhook: async ({ tenant, params }) => {
      await removeWebhook(db, tenant, idOf(params))
      ledger.webhooksChanged(tenant)
      return { status: 204 }
    },
    listAudit: async ({ tenant, query }) => ok({ entries: await listAudit(db, tenant, query) }),
    enrol: async ({ body }) => made(await enrolAgent(db, body)),
    hello: async ({ tenant, agent, body, host }) => {
      const printers = await sayHello(db, { tenant, agent }, body)
      const url = wakes.addressFor(host)
      return ok({ nowMs: Date.now(), printers, pollMs, mqtt: url === null ? null : { url } })
    },
    take: async ({ tenant, agent, body }) => {
      const taken = await doors.take({ tenant, agent }, body.printer)
      return taken === undefined ? { status: 204 } : ok(taken)
    },
    payload: async ({ tenant, agent, params }) => {
      const bytes = await payloadFor(ledger, { tenant, agent }, params.hash ?? '')
      return { status: 200, bytes }
    },
    events: async ({ tenant, agent, body }) =>
      ok({ ackSeq: await doors.report({ tenant, agent }, body.events) }),
    health: async () => ok({}),
    ready: async () => {
      await sql`select 1`.execute(db)
      return ok({})
    },
  }
}

/** The id in the path, whose form has been checked already. */
function idOf({ id }: Readonly<Record<string, string>>): string {
  return id ?? ''
}
