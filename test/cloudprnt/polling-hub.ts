/** A real hub on PostgreSQL for printers that poll. */

import { randomUUID } from 'node:crypto'
import { type Hub, type HubOptions, makeTenant, migrateHub, openHub } from '../../src/hub/index.js'
import type { Slip } from '../../src/hub-api/slip-shapes.js'
import { compile, cut, rule, text } from '../../src/index.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { type PostgresServer, startPostgres } from '../postgres-server.js'

/** Of all answers that are asked for here. */
export interface Answer {
  readonly id: string
  readonly path: string
  readonly slip: Slip
  readonly copies: readonly string[]
}

export interface PollingHub {
  readonly hub: Hub
  readonly postgres: PostgresServer
  api(method: string, path: string, body?: object): Promise<Answer>
  /** A printer of the hub that polls, and the address that it polls. */
  newPrinter(protocol?: string): Promise<{ readonly id: string; readonly url: string }>
  /** The id of a new slip. */
  handIn(printer: string, lines?: number): Promise<string>
  slipOf(id: string): Promise<Slip>
  stateOf(id: string): Promise<Slip['state']>
  stop(): Promise<void>
}

export async function startPollingHub(fronts: HubOptions['fronts']): Promise<PollingHub> {
  const postgres = await startPostgres()
  await migrateHub(postgres.url())
  const { key, store } = await makeTenant(postgres.url(), { name: '面馆', store: '人民路' })
  const hub = await openHub({
    ...{ db: postgres.url(), port: 0, mqttPort: 0, log: 'silent', requestsPerSecond: 1000 },
    ...(fronts === undefined ? {} : { fronts }),
  })
  const api = async (method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`${hub.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as Answer
  }
  const slipOf = async (id: string) => (await api('GET', `/v1/slips/${id}`)).slip
  return {
    ...{ hub, postgres, api },
    async newPrinter(protocol) {
      const { id } = await api('POST', '/v1/printers', { store, name: randomUUID().slice(0, 8) })
      const wish = { by: '工程师', ...(protocol === undefined ? {} : { protocol }) }
      const { path } = await api('POST', `/v1/printers/${id}/cloudprnt`, wish)
      return { id, url: `${hub.url}${path}` }
    },
    async handIn(printer, lines = 1) {
      const nodes = [text('云打印 ¥12.50'), ...Array.from({ length: lines }, () => rule()), cut()]
      const bytes = Buffer.from(compile({ nodes }, { profile: generic80 }).bytes).toString('base64')
      const wish = { key: randomUUID(), printer, payload: { bytes } }
      return (await api('POST', '/v1/slips', wish)).slip.id
    },
    slipOf,
    stateOf: async (id) => (await slipOf(id)).state,
    async stop() {
      await hub.close()
      await postgres.stop()
    },
  }
}
