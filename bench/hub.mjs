/**
 * The hub's throughput beside raw commits of the same PostgreSQL in the same run: `node bench/hub.mjs [--slips 4000] [--seconds 30]`. Accepts, and
 * takes with reports, go through a hub process by HTTP; then again through two processes that share a broker. At last 1,500 agents wait by MQTT for
 * 20 slips a second, and the time from the wake-up to the take is told. It starts its own PostgreSQL, with fsync on.
 * With `--seconds 0` it ends before the agents that wait.
 *
 * The clients, which make and sign the requests, run on the same cores as hub and PostgreSQL; in life they are elsewhere. What they take of the
 * processor is told beside what the hub takes.
 *
 * `--check` ends with 1 if a figure is below what docs/hub.md promises: 0.25 of the raw commits and 300 accepts and 150 takes with
 * reports a second, and 500 ms from a wake-up to its take for 19 of 20.
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { bundleSource } from '../scripts/bundle-source.mjs'
import { percentile } from './vouchers-trades.mjs'

const { values } = parseArgs({
  options: {
    slips: { type: 'string', default: '4000' },
    seconds: { type: 'string', default: '30' },
    check: { type: 'boolean', default: false },
    /** Writes what the hub's processor did into this folder, see `node --cpu-prof`. */
    profile: { type: 'string' },
  },
})
const SLIPS = Number(values.slips)
const SECONDS = Number(values.seconds)
const CONNECTIONS = 16
/** Each connection of the load speaks for two of them, because an agent reports one thing after the other. */
const AGENTS = 2 * CONNECTIONS
const PRINTERS_EACH = 63
const WAITING_AGENTS = 1500
const PER_SECOND = 20
const PAYLOAD_BYTES = 2500
const LEARN_MS = 8000
/** Of the processor times that Linux tells. */
const TICK_MS = 10
const lines = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })

const child = fileURLToPath(new URL('hub-child.mjs', import.meta.url))
const bundle = bundleSource(
  'hub-bench',
  `
  export { startPostgres } from './test/postgres-server.ts'
  export { makeTenant, migrateHub, openHub } from './src/hub/index.ts'
  export { authorizationOf, mqttPassword, newAgentKey } from './src/hub-api/signing.ts'
  export { mqttUser, topicOf } from './src/hub-api/topics.ts'
`,
)
const { startPostgres, makeTenant, migrateHub, authorizationOf, newAgentKey } = await import(bundle)

const children = []
const server = await startPostgres()
try {
  await measure()
} finally {
  for (const one of children) one.process.kill('SIGKILL')
  await server.stop()
}

async function measure() {
  const db = server.url()
  await migrateHub(db)
  const { key, store } = await makeTenant(db, { name: 'bench', store: 'bench' })
  const raw = await rawCommits(db)
  tell(`raw commits, ${CONNECTIONS} connections`, raw, raw)
  const hub = await startChild('hub', { db })
  const shop = { url: hub.url, key, store }
  const agents = []
  for (let i = 0; i < AGENTS; i++) agents.push(await enrol(shop, PRINTERS_EACH))
  // A hub that has just begun knows its tables by nothing but their names.
  await through([hub], { key, agents, raw, name: 'warm' }, SLIPS / 4)
  await new Promise((resolve) => setTimeout(resolve, LEARN_MS))
  const one = await through([hub], { key, agents, raw, name: 'one' }, SLIPS)
  const memory = await memoryOf(hub)
  if (SECONDS === 0) {
    await hub.stop()
    return
  }
  const wake = await wakeUps(shop, hub)
  console.log(
    `wake-up to take, ${WAITING_AGENTS} agents, ${PER_SECOND}/s: p50 ${wake.p50.toFixed(0)} p95 ${wake.p95.toFixed(0)} p99 ${wake.p99.toFixed(0)} ms, ${wake.taken} of ${wake.slips} taken`,
  )
  const afterwards = await memoryOf(hub)
  console.log(
    `memory of a hub process: ${memory.toFixed(0)} MiB after the load, ${afterwards.toFixed(0)} MiB with ${WAITING_AGENTS} agents connected`,
  )
  await hub.stop()
  const broker = await startChild('broker', {})
  const pair = []
  for (let i = 0; i < 2; i++) pair.push(await startChild('hub', { db, mqtt: broker.url }))
  await through(pair, { key, agents, raw, name: 'two' }, SLIPS)
  const { accepts, takes } = one
  const isGood =
    accepts.perSecond >= Math.max(300, 0.25 * raw.perSecond) &&
    takes.perSecond >= Math.max(150, 0.25 * raw.perSecond) &&
    wake.p95 < 500 &&
    wake.taken === wake.slips
  if (values.check && !isGood) process.exitCode = 1
}

/** One row a commit, with the bytes of a slip, over as many connections as the load has. */
async function rawCommits(db) {
  const pool = new pg.Pool({ connectionString: db, max: CONNECTIONS })
  await pool.query('create table raw (id bigint primary key, payload bytea not null)')
  const payload = randomBytes(PAYLOAD_BYTES)
  const run = await load(SLIPS, (n) => pool.query('insert into raw values ($1, $2)', [n, payload]))
  await pool.end()
  return run
}

async function through(hubs, { key, agents, raw, name }, count) {
  // Slip by slip another agent, and then its next printer.
  const printers = Array.from(
    { length: PRINTERS_EACH * AGENTS },
    (_, i) => agents[i % AGENTS].printers[Math.floor(i / AGENTS)],
  )
  const payload = randomBytes(PAYLOAD_BYTES)
  const before = await processorMs(hubs)
  const accepts = await load(count, async (n) => {
    // Each slip is another paper.
    payload.writeUInt32LE(n, 0)
    const body = {
      key: `${name}-${n}`,
      printer: printers[n % printers.length],
      payload: { bytes: payload.toString('base64') },
    }
    const answer = await post(hubs[n % hubs.length].url, '/v1/slips', body, `Bearer ${key}`)
    if (answer.status !== 201) throw new Error(`accept: ${answer.status}`)
  })
  const between = await processorMs(hubs)
  let taken = 0
  const takes = await load(count, async (n) => {
    const agent = agents[n % AGENTS]
    const printer = printers[n % printers.length]
    const { url } = hubs[n % hubs.length]
    const slip = await agent.post(url, '/v1/agent/take', { printer })
    if (slip.status === 204) return
    const ended = {
      seq: ++agent.seq,
      at: new Date().toISOString(),
      what: 'ended',
      slip: slip.json.slip,
      epoch: slip.json.epoch,
      outcome: 'printed',
    }
    const told = await agent.post(url, '/v1/agent/events', { events: [ended] })
    if (told.status !== 200) throw new Error(`report: ${told.status}`)
    taken++
  })
  if (taken !== count) throw new Error(`only ${taken} of ${count} slips were taken`)
  const after = await processorMs(hubs)
  accepts.processorMs = (between - before) / count
  if (name === 'warm') return undefined
  tell(`accepts, ${name} hub ${hubs.length === 1 ? 'process' : 'processes'}`, accepts, raw)
  takes.processorMs = (after - between) / count
  tell(`takes with reports, ${name} hub ${hubs.length === 1 ? 'process' : 'processes'}`, takes, raw)
  return { accepts, takes }
}

/** So many at once, each of which goes on when its work is done: how many a second, and how long each took. */
async function load(count, work) {
  const times = []
  const from = performance.now()
  const used = process.cpuUsage()
  const usedThere = serverMs()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, lane) => {
      for (let n = lane; n < count; n += CONNECTIONS) {
        const begun = performance.now()
        await work(n)
        times.push(performance.now() - begun)
      }
    }),
  )
  const perSecond = (count / (performance.now() - from)) * 1000
  const { user, system } = process.cpuUsage(used)
  return {
    perSecond,
    clientMs: (user + system) / 1000 / count,
    serverMs: (serverMs() - usedThere) / count,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
  }
}

async function enrol({ url, key, store }, printers) {
  const { json: code } = await post(url, '/v1/agents/codes', { store }, `Bearer ${key}`)
  const { privateKey, publicKey } = newAgentKey()
  const enrolment = { code: code.code, publicKey, name: 'bench', version: '1' }
  let enrolled
  // The hub lets in some strangers a second.
  do {
    enrolled = await post(url, '/v1/agent/enrol', enrolment)
    if (enrolled.status === 429) await new Promise((resolve) => setTimeout(resolve, 200))
  } while (enrolled.status === 429)
  const signer = { ...enrolled.json, privateKey }
  const signed = (to, path, body) => {
    const request = { method: 'POST', path, body: Buffer.from(JSON.stringify(body)) }
    return post(to, path, body, authorizationOf(signer, request, Date.now()))
  }
  const found = Array.from({ length: printers }, (_, i) => ({
    name: `${signer.agent.slice(-8)}-${i}`,
  }))
  const hello = await signed(url, '/v1/agent/hello', { version: '1', printers: found })
  return { ...signer, seq: 0, post: signed, printers: hello.json.printers.map(({ id }) => id) }
}

/** By Node's own client, because `fetch` takes as much of the two cores for a request as the hub does. */
function post(url, path, body, authorization) {
  const text = JSON.stringify(body)
  const headers = {
    ...(authorization === undefined ? {} : { authorization }),
    'content-length': Buffer.byteLength(text),
  }
  return new Promise((resolve, reject) => {
    const sent = http.request(`${url}${path}`, { method: 'POST', headers, agent: lines })
    sent.once('error', (error) => {
      // The hub has closed a line that was quiet for some seconds, at the moment at which it was taken again.
      if (sent.reusedSocket && error.code === 'ECONNRESET') {
        resolve(post(url, path, body, authorization))
      } else reject(error)
    })
    sent.once('response', (response) => {
      const parts = []
      response.on('data', (part) => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const answer = Buffer.concat(parts).toString()
        const json = answer === '' ? undefined : JSON.parse(answer)
        resolve({ status: response.statusCode, json })
      })
    })
    sent.end(text)
  })
}

/** Agents in a process of their own, because they are elsewhere in life as well. */
async function wakeUps(shop, hub) {
  const agents = []
  for (let i = 0; i < WAITING_AGENTS; i++) agents.push(await enrol(shop, 1))
  const crowd = await startChild('agents', {
    url: hub.url,
    mqtt: hub.mqttUrl,
    agents: agents.map(({ tenant, agent, privateKey, printers: [printer] }) => ({
      tenant,
      agent,
      privateKey,
      printer,
    })),
  })
  const bytes = randomBytes(PAYLOAD_BYTES).toString('base64')
  const count = SECONDS * PER_SECOND
  const sent = new Map()
  const pending = []
  for (let n = 0; n < count; n++) {
    const key = `wake-${n}`
    const printer = agents[(n * 7) % agents.length].printers[0]
    pending.push(
      post(hub.url, '/v1/slips', { key, printer, payload: { bytes } }, `Bearer ${shop.key}`).then(
        () => sent.set(key, Date.now()),
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND))
  }
  await Promise.all(pending)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const taken = new Map(await crowd.ask('taken'))
  await crowd.stop()
  const times = [...taken].map(([key, at]) => Math.max(0, at - (sent.get(key) ?? at)))
  return {
    slips: count,
    taken: taken.size,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
  }
}

async function memoryOf(hub) {
  return (await figureOf(hub, 'process_resident_memory_bytes')) / 1024 / 1024
}

/** Processor time of PostgreSQL: of its processes that live, and of those that have ended. Only Linux tells it. */
function serverMs() {
  const root = server.pid()
  if (!existsSync('/proc/self/stat') || root === undefined) return Number.NaN
  const ticks = (pid, ended) => {
    const [, rest = ''] = /.*\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ').map(Number)
    const own = fields[11] + fields[12]
    return { parent: fields[1], ms: (own + (ended ? fields[13] + fields[14] : 0)) * TICK_MS }
  }
  let sum = ticks(root, true).ms
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const { parent, ms } = ticks(pid, false)
      if (parent === root) sum += ms
    } catch {
      // It has just ended.
    }
  }
  return sum
}

/** Processor time of all the processes. */
async function processorMs(hubs) {
  const all = await Promise.all(hubs.map((hub) => figureOf(hub, 'process_cpu_seconds_total')))
  return all.reduce((sum, one) => sum + one, 0) * 1000
}

async function figureOf({ url }, name) {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
}

/** A process of this bench; it says what it is once it is ready. */
async function startChild(kind, options) {
  const isProfiled = kind === 'hub' && values.profile !== undefined
  const process = fork(child, [bundle, kind], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [],
  })
  const one = { process }
  children.push(one)
  const answer = () =>
    new Promise((resolve, reject) => {
      process.once('message', resolve)
      process.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)))
    })
  const ready = answer()
  process.send(options)
  return {
    ...(await ready),
    ask(question) {
      const told = answer()
      process.send(question)
      return told
    },
    stop() {
      const ended = new Promise((resolve) => process.once('exit', resolve))
      process.kill('SIGTERM')
      return ended
    },
  }
}

function tell(name, { perSecond, p50, p95, p99, processorMs, clientMs, serverMs }, raw) {
  const share = (perSecond / raw.perSecond).toFixed(2)
  const processor =
    processorMs === undefined
      ? ''
      : `; processor ${processorMs.toFixed(1)} ms of the hub, ${serverMs.toFixed(1)} ms of PostgreSQL and ${clientMs.toFixed(1)} ms of the clients each`
  console.log(
    `${name.padEnd(42)} ${perSecond.toFixed(0).padStart(6)}/s  ${share} of raw  p50 ${p50.toFixed(0)} p95 ${p95.toFixed(0)} p99 ${p99.toFixed(0)} ms${processor}`,
  )
}
