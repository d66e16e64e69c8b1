/** A hub process. Its only state is in caches of some seconds, so that it may be killed at any time. */

import type { Server } from 'node:http'
import { createServer } from 'node:https'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import type { XiaopiaoError } from '../model/errors.js'
import { type AgentKeys, agentKeys } from './agent-keys.js'
import { type HubPlace, readHubAddress } from './db/address.js'
import { checkServing } from './db/migrate.js'
import { type HubPool, openPool } from './db/open-db.js'
import { type Figures, hubFigures } from './figures.js'
import { type Answered, hubApp } from './http/app.js'
import { type Callers, callersOf } from './http/callers.js'
import { handlersOf } from './http/handlers.js'
import { rateLimit } from './http/rate-limit.js'
import type { LedgerContext } from './ledger/context.js'
import { type Doors, doorsOf } from './ledger/doors.js'
import { payloadFor } from './ledger/take.js'
import { loggedError } from './logged-error.js'
import { setPresence } from './manage/agents.js'
import { webhookNotifier } from './manage/webhooks.js'
import { need } from './need.js'
import { type HubOptions, readHubOptions } from './options.js'
import type { HubParts, InnerLedger } from './parts.js'
import { NO_SEAL, readSeal } from './seal.js'
import { openElsewhere } from './wake/elsewhere.js'
import { openInside } from './wake/inside.js'
import { type Lease, takeLease } from './wake/lease.js'
import type { Presence, Wakes } from './wake/wakes.js'
import { HubWorker } from './worker/worker.js'

declare const __XIAOPIAO_VERSION__: string | undefined

const PORT = 8620
const MQTT_PORT = 1883
const POLL_MS = 45_000
/** The fraction of a sender's rate limit that all enrolments from one address share. */
const STRANGERS = 1 / 20

export interface Hub {
  /** `http://127.0.0.1:8620` */
  readonly url: string
  readonly port: number
  /** The broker's address for agents on this machine; null if there is no broker. */
  readonly mqttUrl: string | null
  /** Resolves if the hub had to stop on its own, because another process took its place. */
  readonly lost: Promise<XiaopiaoError>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** The implementation of `openHub` in `entry.ts`, which loads this module when it is called. */
export async function startHub(options: HubOptions, bind: LedgerContext['bind']): Promise<Hub> {
  const given = readHubOptions(options)
  const opening = new Opening(given, bind)
  try {
    return await opening.run()
  } catch (error) {
    await opening.close()
    throw error
  }
}

/** Opens the parts of a hub, and remembers those that are open, so that they are closed in reverse order. */
class Opening {
  readonly #options: HubOptions
  readonly #bind: LedgerContext['bind']
  readonly #place: HubPlace
  readonly #closing: (() => Promise<void> | void)[] = []
  #isClosed = false

  constructor(options: HubOptions, bind: LedgerContext['bind']) {
    this.#options = options
    this.#bind = bind
    this.#place = readHubAddress(options.db)
  }

  async run(): Promise<Hub> {
    const { host = '127.0.0.1', mqtt } = this.#options
    const log = await makeLog(this.#options)
    const pool = await this.#openPool()
    const figures = await hubFigures()
    let tellLost: (error: XiaopiaoError) => void = () => undefined
    const lost = new Promise<XiaopiaoError>((resolve) => {
      tellLost = resolve
    })
    const broker = mqtt === undefined ? 'inside' : 'elsewhere'
    this.#later(await takeLease(this.#place, broker, (error) => tellLost(error)), releaseLease)
    const keys = agentKeys(pool.db)
    const wakes = await this.#openWakes(pool, keys, log)
    const ledger = await this.#ledger({ pool, wakes, figures })
    const { webhooks = 'public' } = this.#options
    const worker = new HubWorker({ place: this.#place, ledger, webhooks })
    this.#later(worker, (one) => one.close())
    await worker.start()
    const callers = callersOf(pool.db, keys)
    const doors = doorsOf(ledger)
    const app = await this.#app({ ledger, doors, wakes, keys, callers, figures, log })
    for (const front of this.#options.fronts ?? []) {
      await front(this.#parts(app, { ledger, doors, callers }))
    }
    const server = await this.#listen(app)
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const scheme = this.#options.tls === undefined ? 'http' : 'https'
    const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
    log.info({ url, broker }, 'the hub serves')
    const close = () => this.close()
    const mqttUrl = wakes.addressFor(host)
    return { url, port, mqttUrl, lost, close, [Symbol.asyncDispose]: close }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const work of this.#closing.toReversed()) await work()
  }

  #later<T>(thing: T, close: (thing: T) => Promise<void> | void): void {
    this.#closing.push(() => close(thing))
  }

  async #openPool(): Promise<HubPool> {
    const { connections = 10 } = this.#options
    const pool = await openPool(this.#place, { role: this.#place.serve, max: connections })
    this.#later(pool, ({ db }) => db.destroy())
    await checkServing(pool, this.#place)
    return pool
  }

  async #openWakes({ db }: HubPool, keys: AgentKeys, log: Logger): Promise<Wakes> {
    const { mqtt, agentsMqtt, mqttPort = MQTT_PORT, host = '127.0.0.1' } = this.#options
    const onPresence: Presence = (place, presence) => {
      log.debug({ ...place, presence }, 'an agent')
      // Losing a presence does no harm: people and the offer of slips use it, and the agent's next message sets it again.
      setPresence(db, place, presence).catch((error) =>
        log.warn({ err: error }, 'presence is lost'),
      )
    }
    const wakes =
      mqtt === undefined
        ? await openInside({ host, port: mqttPort, keys, onPresence })
        : await openElsewhere({ url: mqtt, agentsUrl: agentsMqtt, onPresence })
    this.#later(wakes, (one) => one.close())
    if (agentsMqtt === undefined) return wakes
    return { ...wakes, addressFor: () => agentsMqtt }
  }

  async #ledger(given: {
    readonly pool: HubPool
    readonly wakes: Wakes
    readonly figures: Figures
  }): Promise<LedgerContext> {
    const { payloadKeys } = this.#options
    const { pool, wakes, figures } = given
    const webhooks = webhookNotifier(this.#place.worker)
    return {
      ...{ pool, db: pool.db },
      bind: this.#bind,
      seal: payloadKeys === undefined ? NO_SEAL : await readSeal(payloadKeys),
      wake(tenant, agent, printer) {
        figures.countWake()
        wakes.wake({ tenant, agent }, printer)
      },
      notify: webhooks.notify,
      webhooksChanged: webhooks.forget,
      count: (what) => figures.countSlip(what),
    }
  }

  async #app(given: {
    readonly ledger: LedgerContext
    readonly doors: Doors
    readonly wakes: Wakes
    readonly keys: AgentKeys
    readonly callers: Callers
    readonly figures: Figures
    readonly log: Logger
  }) {
    const { pollMs = POLL_MS, requestsPerSecond = 200, origins = [] } = this.#options
    const { callers, figures, log } = given
    const app = await hubApp({
      handlers: handlersOf({ ...given, pollMs }),
      callers,
      limit: rateLimit(requestsPerSecond),
      strangers: rateLimit(Math.max(1, requestsPerSecond * STRANGERS)),
      origins,
      version: typeof __XIAOPIAO_VERSION__ === 'string' ? __XIAOPIAO_VERSION__ : '0.0.0',
      onAnswer(answer) {
        figures.answered(answer)
        tell(log, answer)
      },
    })
    app.get('/metrics', async (context) =>
      context.body(await figures.text(), 200, { 'content-type': figures.contentType }),
    )
    return app
  }

  #parts(
    app: Hono,
    given: { readonly ledger: LedgerContext; readonly doors: Doors; readonly callers: Callers },
  ): HubParts {
    const { ledger, doors, callers } = given
    const inner: InnerLedger = {
      take: doors.take,
      payload: (name, hash) => payloadFor(ledger, name, hash),
      tell: doors.tellInside,
    }
    return {
      app,
      ledger: inner,
      db: ledger.db,
      whoAsks: (authorization, scope) => callers.byKey(authorization, scope),
      onClose: (work) => this.#closing.push(work),
    }
  }

  async #listen(app: Hono): Promise<Server> {
    const { serve } = await need<typeof import('@hono/node-server')>('@hono/node-server')
    const { host = '127.0.0.1', port = PORT, tls } = this.#options
    const secure = tls === undefined ? {} : { createServer, serverOptions: tls }
    const server = await new Promise<Server>((resolve, reject) => {
      const made = serve({ fetch: app.fetch, hostname: host, port, ...secure }, () =>
        resolve(made as Server),
      ) as Server
      made.once('error', reject)
    })
    this.#later(server, closeServer)
    return server
  }
}

async function makeLog({ log = 'info' }: HubOptions): Promise<Logger> {
  const { pino } = await need<typeof import('pino')>('pino')
  return pino({ name: 'xiaopiao hub', level: log, serializers: { err: loggedError } })
}

/** Logs an answer without bodies and keys, because a log must not say what customers buy. */
function tell(log: Logger, { route, status, ms, error }: Answered): void {
  const line = { route, status, ms: Math.round(ms) }
  if (error !== undefined) log.error({ ...line, err: error }, 'a request failed')
  else log.debug(line, 'answered')
}

function releaseLease(lease: Lease): Promise<void> {
  return lease.release()
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
