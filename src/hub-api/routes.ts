/**
 * Every path of the hub's API: who may ask, and the shapes of question and answer. The server, the page of OpenAPI and the clients are made from
 * this one table.
 *
 * An API key goes into `Authorization: Bearer KEY`. An agent signs, see `signing.ts`. An error is answered as `errorShape`, with the status of
 * `errors.ts`.
 */

import * as z from 'zod/mini'
import * as agent from './agent-shapes.js'
import * as manage from './manage-shapes.js'
import type { Scope } from './scopes.js'
import * as slip from './slip-shapes.js'

export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** The path, with parameters in the form `{id}`. */
  readonly path: string
  readonly summary: string
  /** The scope of an API key, `agent` for a signature, or `open`. */
  readonly who: Scope | 'agent' | 'open'
  readonly query?: z.ZodMiniObject
  readonly body?: z.ZodMiniType
  /** The shape of the body for each HTTP status; null means no body, and `bytes` a body of raw bytes. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | null | 'bytes'>>
}

const nothing = z.strictObject({})

export const ROUTES = {
  acceptSlip: {
    method: 'post',
    path: '/v1/slips',
    summary: 'hand in a slip; 201 if it is new, 200 if key and content are known',
    who: 'slips:write',
    body: slip.slipRequestShape,
    answers: { 201: slip.acceptedShape, 200: slip.acceptedShape },
  },
  listSlips: {
    method: 'get',
    path: '/v1/slips',
    summary: 'slips, the newest first',
    who: 'slips:read',
    query: slip.slipQueryShape,
    answers: { 200: slip.slipListShape },
  },
  getSlip: {
    method: 'get',
    path: '/v1/slips/{id}',
    summary: 'a slip with its history',
    who: 'slips:read',
    answers: { 200: slip.slipHistoryShape },
  },
  copySlip: {
    method: 'post',
    path: '/v1/slips/{id}/copies',
    summary: 'a person wants a copy, which is headed 补打',
    who: 'slips:decide',
    body: slip.copyRequestShape,
    answers: { 201: slip.oneSlipShape },
  },
  seeSlip: {
    method: 'post',
    path: '/v1/slips/{id}/seen',
    summary: 'a person has found a doubtful slip on paper',
    who: 'slips:decide',
    body: slip.decisionRequestShape,
    answers: { 200: slip.oneSlipShape },
  },
  cancelSlip: {
    method: 'post',
    path: '/v1/slips/{id}/cancel',
    summary: 'a slip that no agent has taken shall not print',
    who: 'slips:decide',
    body: slip.decisionRequestShape,
    answers: { 200: slip.oneSlipShape },
  },
  rerouteSlip: {
    method: 'post',
    path: '/v1/slips/{id}/reroute',
    summary: 'another printer, before the slip is offered and while its agent is online',
    who: 'slips:decide',
    body: slip.rerouteRequestShape,
    answers: { 200: slip.oneSlipShape },
  },
  listStores: {
    method: 'get',
    path: '/v1/stores',
    summary: 'the stores',
    who: 'slips:read',
    answers: { 200: manage.storesShape },
  },
  addStore: {
    method: 'post',
    path: '/v1/stores',
    summary: 'a new store',
    who: 'manage',
    body: manage.storeRequestShape,
    answers: { 201: manage.storeShape },
  },
  setRoutes: {
    method: 'put',
    path: '/v1/stores/{id}/routes',
    summary: 'which printer has which role in a store; replaces all of them',
    who: 'manage',
    body: manage.routesShape,
    answers: { 200: manage.routesShape },
  },
  getRoutes: {
    method: 'get',
    path: '/v1/stores/{id}/routes',
    summary: 'which printer has which role in a store',
    who: 'slips:read',
    answers: { 200: manage.routesShape },
  },
  listPrinters: {
    method: 'get',
    path: '/v1/printers',
    summary: 'the printers and how they are',
    who: 'slips:read',
    answers: { 200: manage.printersShape },
  },
  addPrinter: {
    method: 'post',
    path: '/v1/printers',
    summary: 'a printer, before its agent has found it',
    who: 'manage',
    body: manage.printerRequestShape,
    answers: { 201: manage.printerShape },
  },
  setOwner: {
    method: 'post',
    path: '/v1/printers/{id}/owner',
    summary: 'another agent prints there',
    who: 'manage',
    body: manage.ownerRequestShape,
    answers: { 200: manage.printerShape },
  },
  addCloudPrinter: {
    method: 'post',
    path: '/v1/printers/{id}/cloudprnt',
    summary:
      'the printer polls the hub by Star CloudPRNT or Epson Server Direct Print; its address is shown once, and an earlier one is good for nothing more',
    who: 'manage',
    body: manage.cloudPrinterRequestShape,
    answers: { 201: manage.cloudPrinterShape },
  },
  listAgents: {
    method: 'get',
    path: '/v1/agents',
    summary: 'the agents and when they were heard of',
    who: 'slips:read',
    answers: { 200: manage.agentsShape },
  },
  addCode: {
    method: 'post',
    path: '/v1/agents/codes',
    summary: 'a one-time code with which an agent is enrolled',
    who: 'manage',
    body: manage.codeRequestShape,
    answers: { 201: manage.codeShape },
  },
  revokeAgent: {
    method: 'post',
    path: '/v1/agents/{id}/revoke',
    summary: 'an agent is believed nothing more; its printers have no owner then',
    who: 'manage',
    body: manage.revokeRequestShape,
    answers: { 200: manage.agentShape },
  },
  listTemplates: {
    method: 'get',
    path: '/v1/templates',
    summary: 'the newest version of each template',
    who: 'slips:read',
    answers: { 200: manage.templatesShape },
  },
  addTemplate: {
    method: 'post',
    path: '/v1/templates/{name}',
    summary: 'a new version of a template',
    who: 'manage',
    body: manage.templateRequestShape,
    answers: { 201: manage.templateShape },
  },
  getTemplate: {
    method: 'get',
    path: '/v1/templates/{name}/{version}',
    summary: 'a version of a template',
    who: 'slips:read',
    answers: { 200: manage.templateVersionShape },
  },
  listWebhooks: {
    method: 'get',
    path: '/v1/webhooks',
    summary: 'the addresses that are told of slips',
    who: 'manage',
    answers: { 200: manage.webhooksShape },
  },
  addWebhook: {
    method: 'post',
    path: '/v1/webhooks',
    summary: 'an address that is told of slips; its secret is shown once',
    who: 'manage',
    body: manage.webhookRequestShape,
    answers: { 201: manage.webhookMadeShape },
  },
  removeWebhook: {
    method: 'delete',
    path: '/v1/webhooks/{id}',
    summary: 'an address that is told nothing more',
    who: 'manage',
    answers: { 204: null },
  },
  listAudit: {
    method: 'get',
    path: '/v1/audit',
    summary: 'copies, decisions, cancellations and changes of rights, the newest first',
    who: 'manage',
    query: manage.auditQueryShape,
    answers: { 200: manage.auditShape },
  },
  enrol: {
    method: 'post',
    path: '/v1/agent/enrol',
    summary: 'an agent is enrolled with a one-time code and its own key',
    who: 'open',
    body: agent.enrolRequestShape,
    answers: { 201: agent.enrolledShape },
  },
  hello: {
    method: 'post',
    path: '/v1/agent/hello',
    summary: 'an agent says its version and the printers that it found, and gets their ids',
    who: 'agent',
    body: agent.helloRequestShape,
    answers: { 200: agent.helloShape },
  },
  take: {
    method: 'post',
    path: '/v1/agent/take',
    summary: 'the next slip of a printer; the same one again until it has ended; 204 if none waits',
    who: 'agent',
    body: agent.takeRequestShape,
    answers: { 200: agent.takenShape, 204: null },
  },
  payload: {
    method: 'get',
    path: '/v1/payload/{hash}',
    summary: 'the bytes of a slip that this agent has taken',
    who: 'agent',
    answers: { 200: 'bytes' },
  },
  events: {
    method: 'post',
    path: '/v1/agent/events',
    summary: 'reports of an agent, in order; repeating them changes nothing',
    who: 'agent',
    body: agent.eventsRequestShape,
    answers: { 200: agent.eventsAckShape },
  },
  health: {
    method: 'get',
    path: '/health',
    summary: 'the process lives',
    who: 'open',
    answers: { 200: nothing },
  },
  ready: {
    method: 'get',
    path: '/ready',
    summary: 'the database answers',
    who: 'open',
    answers: { 200: nothing },
  },
} as const satisfies Readonly<Record<string, ApiRoute>>
export type RouteName = keyof typeof ROUTES
