/** Everything that a fleet needs: PostgreSQL, a broker, hubs, bad lines, agents and printers, each in a process that may be killed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bundlePart, PARTS } from './bundle.mjs'
import { startChaosProxy, startLineProxy } from './chaos-proxy.mjs'
import { Child, freePort } from './children.mjs'
import { makePolling } from './polling.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const HUBS = 2
const CLOCK_MS = 1_800_000

export class World {
  /** Papers in the order in which they came out. */
  papers = []
  /** Faults that struck printers and agents. */
  faults = []
  counts = {}
  troubles = []
  printers = []
  agents = []
  hubs = []
  /** Printers that poll: each with its id and the address that it asks. */
  polling = []
  #closing = []
  #options
  #hubNow = 0

  constructor(options) {
    this.#options = options
  }

  async start() {
    const { printers: all, polling, agents, mutant, chance } = this.#options
    const count = all - polling
    this.folder = mkdtempSync(join(tmpdir(), 'xp-fleet-'))
    this.#closing.push(() => rmSync(this.folder, { recursive: true, force: true }))
    await this.#bundle(mutant)
    const { startPostgres, migrateHub, readHubAddress, openPool, addTenant, addApiKey } = this.tools
    this.postgres = await startPostgres({ max_connections: '100' })
    this.#closing.push(() => this.postgres.stop())
    this.db = this.postgres.url()
    const place = readHubAddress(this.db)
    await migrateHub(this.db)
    const { db } = await openPool(place, { role: place.serve })
    const { tenant } = await addTenant(db, '面馆连锁', { unconfirmedSeconds: 20 })
    const scopes = ['slips:write', 'slips:read', 'slips:decide', 'manage']
    this.apiKey = await addApiKey(db, tenant, { name: 'fleet', scopes })
    await db.destroy()
    await this.#startHubs()
    this.tillProxy = await this.#proxy()
    this.pollProxy = await this.#proxy((kind, path) => this.#strikePolling(kind, path))
    this.polling = await makePolling(polling, {
      ask: (...asked) => this.ask(...asked),
      url: `http://127.0.0.1:${this.pollProxy.port}`,
    })
    await this.#startFarm(count)
    await this.#startAgents(count, agents, chance)
  }

  async #bundle(mutant) {
    // Under the project, because packages are found from there.
    const folder = join(root, 'node_modules/.cache/xiaopiao-fleet', `${process.pid}`)
    this.#closing.push(() => rmSync(folder, { recursive: true, force: true }))
    let isMutated = mutant === undefined
    const bundles = {}
    for (const [name, exports] of Object.entries(PARTS)) {
      const isOf = mutant !== undefined && mutant.part === name
      const made = await bundlePart(folder, name, { exports, mutant: isOf ? mutant : undefined })
      if (isOf) isMutated = made.isMutated
      bundles[name] = made.url
    }
    if (!isMutated)
      throw new Error(`the mutant's file ${mutant.file} is not in the part ${mutant.part}`)
    this.bundles = bundles
    this.tools = await import(bundles.tools)
  }

  async #startHubs() {
    const { pollMs, chance } = this.#options
    const brokerPort = await freePort()
    this.broker = new Child('./broker-child.mjs', () => String(brokerPort), this.#watch())
    this.#closing.push(() => this.broker.kill())
    await this.broker.start()
    this.line = await startLineProxy(brokerPort, chance)
    this.#closing.push(() => this.line.stop())
    for (let i = 0; i < HUBS; i++) {
      const port = await freePort()
      const config = () =>
        JSON.stringify({
          bundle: this.bundles.hub,
          db: this.db,
          port,
          pollMs,
          mqtt: `mqtt://127.0.0.1:${brokerPort}`,
          agentsMqtt: `mqtt://127.0.0.1:${this.line.port}`,
        })
      const child = new Child('./hub-child.mjs', config, this.#watch())
      this.#closing.push(() => child.kill())
      this.hubs.push({ child, port })
    }
    await Promise.all(this.hubs.map(({ child }) => child.start()))
    for (const { port } of this.hubs) await this.#ready(port)
  }

  async #ready(port) {
    for (let tries = 0; tries < 300; tries++) {
      const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined)
      if (answer?.status === 200) return
      await wait(100)
    }
    throw new Error(`the hub does not get ready: ${this.troubles.at(-1)}`)
  }

  async #proxy(onFate) {
    const { chance } = this.#options
    const target = () => {
      const up = this.hubs.filter(({ child }) => child.isUp)
      const from = up.length > 0 ? up : this.hubs
      return from[this.#hubNow++ % from.length].port
    }
    const proxy = await startChaosProxy({ target, chance, counts: this.counts, onFate })
    this.#closing.push(() => proxy.stop())
    return proxy
  }

  #strikePolling(kind, path) {
    const own = this.polling.find(({ url }) => path.startsWith(new URL(url).pathname))
    const at = Date.now()
    this.faults.push({ what: 'printer', id: own?.id, kind, from: at, to: at })
  }

  async #startFarm(count) {
    const { keyStart } = this.#options
    const { polling } = this
    const bundle = this.bundles.farm
    const config = () => JSON.stringify({ bundle, count, speed: 150, polling, keyStart })
    this.farm = new Child('./printer-farm.mjs', config, {
      onStray: (text) => this.troubles.push(text),
      onMessage: (message) => this.#hear(message),
    })
    this.#closing.push(() => this.farm.kill())
    const { ports } = await this.farm.start()
    this.ports = ports
    for (const [i, { id }] of polling.entries())
      this.printers.push({ id, agent: undefined, farm: count + i, polls: true })
  }

  #hear(message) {
    if (message.what === 'paper') this.papers.push(message)
    if (message.what === 'struck') {
      const { printer, kind, from, to } = message
      this.counts[kind] = (this.counts[kind] ?? 0) + 1
      const id = this.printers.find(({ farm }) => farm === printer)?.id
      this.faults.push({ what: 'printer', id, kind, from, to })
    }
    if (message.what === 'rested') this.rested?.()
  }

  async #startAgents(count, agents, chance) {
    const perAgent = Math.ceil(count / agents)
    for (let i = 0; i < agents; i++) {
      const proxy = await this.#proxy()
      const store = await this.ask('POST', '/v1/stores', { name: `第${i + 1}店` })
      const { code } = await this.ask('POST', '/v1/agents/codes', { store: store.id })
      const folder = join(this.folder, `agent-${i}`)
      const identity = await this.tools.enrolAgent({
        hub: `http://127.0.0.1:${proxy.port}`,
        code,
        folder,
        name: `第${i + 1}店`,
      })
      const own = this.ports.slice(i * perAgent, (i + 1) * perAgent)
      const named = own.map((port, k) => [`p${i * perAgent + k}`, `tcp://127.0.0.1:${port}`])
      const lanPort = await freePort()
      const config = () =>
        JSON.stringify({
          bundle: this.bundles.agent,
          folder,
          printers: named,
          lanPort,
          statusMs: this.#options.pollMs,
          offsetMs: this.#options.isCalm ? 0 : chance.whole(-CLOCK_MS, CLOCK_MS),
        })
      const child = new Child('./agent-child.mjs', config, this.#watch())
      this.#closing.push(() => child.kill())
      this.agents.push({
        id: identity.agent,
        child,
        proxy,
        printers: named.length,
      })
    }
    await Promise.all(this.agents.map(({ child }) => child.start()))
    for (const agent of this.agents) await this.#known(agent)
  }

  /** Until the hub has told the ids of all its printers. */
  async #known(agent) {
    for (let tries = 0; tries < 4000; tries++) {
      const known = Object.entries(agent.child.state?.printers ?? {})
      if (known.length === agent.printers) {
        for (const [name, id] of known)
          this.printers.push({ id, agent, farm: Number(name.slice(1)) })
        return
      }
      await wait(100)
    }
    throw new Error(`an agent does not get its printers: ${this.troubles.slice(-3).join('\n')}`)
  }

  /** The LAN door of the store of a printer. */
  doorOf({ agent }) {
    const { lanUrl, lanKey } = agent?.child.state ?? {}
    return lanUrl === undefined ? undefined : { url: lanUrl, key: lanKey }
  }

  /** Of the API, past the bad line. Undefined if it is refused. */
  async ask(method, path, body) {
    const up = this.hubs.find(({ child }) => child.isUp) ?? this.hubs[0]
    const answer = await fetch(`http://127.0.0.1:${up.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => undefined)
    return answer?.ok ? await answer.json() : undefined
  }

  #watch() {
    return {
      onStray: (text) => this.troubles.push(text),
      onMessage: (message) => {
        if (message.what === 'diagnostic')
          this.counts[message.code] = (this.counts[message.code] ?? 0) + 1
        if (message.what === 'waits') this.counts['hub waits'] = (this.counts['hub waits'] ?? 0) + 1
      },
    }
  }

  /** Everything is whole again, and nothing fails any more. */
  async calm() {
    this.tillProxy.calm(true)
    this.pollProxy.calm(true)
    this.line.calm(true)
    for (const { proxy } of this.agents) {
      proxy.cutLine(false)
      proxy.calm(true)
    }
    const down = [
      this.broker,
      ...this.hubs.map(({ child }) => child),
      ...this.agents.map(({ child }) => child),
    ]
    await Promise.all(down.filter(({ isUp }) => !isUp).map((child) => child.start()))
  }

  async stopAgents() {
    await Promise.all(this.agents.map(({ child }) => child.kill()))
  }

  begin() {
    this.tillProxy.calm(false)
    this.pollProxy.calm(false)
    this.line.calm(false)
    for (const { proxy } of this.agents) proxy.calm(false)
  }

  async restPrinters() {
    if (!this.farm.isUp) throw new Error(`the printers are gone: ${this.troubles.at(-1)}`)
    await new Promise((resolve) => {
      this.rested = resolve
      this.farm.send({ what: 'rest' })
    })
  }

  async close() {
    for (const end of this.#closing.reverse()) await end()
  }
}
