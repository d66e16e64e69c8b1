/**
 * A first look at the hub in one command: `npm run hub:demo`. It starts PostgreSQL (Debian's, as an ordinary user, in a separate folder; or uses the
 * one of `--db postgres://…`), a hub, two agents with a virtual printer each, one more printer that polls, and a till that sells noodles. It
 * prints the addresses of the pages that show slips and paper, and ends with Ctrl-C.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundlePart } from './fleet/bundle.mjs'

const { values } = parseArgs({
  options: {
    db: { type: 'string' },
    port: { type: 'string', default: '8620' },
    seconds: { type: 'string' },
  },
})
const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, 'node_modules/.cache/xiaopiao-demo', `${process.pid}`)
const exports = `
  export { cloudPrnt } from './src/cloudprnt/cloud-prnt.ts'
  export { compile } from './src/compile.ts'
  export { enrolAgent } from './src/agent/enrol.ts'
  export { generic80 } from './src/profiles/generic-80.ts'
  export { makeTenant, migrateHub, openHub } from './src/hub/entry.ts'
  export { postgresFolder, startPostgres } from './test/postgres-server.ts'
  export { startAgent } from './src/agent/start-agent.ts'
  export { startVirtualPrinter } from './src/device/server/server.ts'
  export { statusPage } from './src/hub-page/status-page.ts'`
const demo = await import((await bundlePart(cache, 'demo', { exports })).url)
const profile = { ...demo.generic80, answersStatus: true }
const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-demo-'))
const closing = [
  () => rmSync(folder, { recursive: true, force: true }),
  () => rmSync(cache, { recursive: true, force: true }),
]
let isOver = false
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end())

const DISHES = [
  ['牛肉面', 2800],
  ['番茄鸡蛋面', 1800],
  ['酸辣粉', 1500],
  ['老坛酸菜鱼', 6800],
  ['冰豆浆', 600],
]

try {
  await start()
} catch (error) {
  process.stderr.write(`${error.message}\n${error.hint ?? ''}\n`)
  await end(1)
}

async function start() {
  const db = values.db ?? (await ownPostgres())
  await demo.migrateHub(db)
  const { key, store, code } = await demo.makeTenant(db, { name: '示例面馆', store: '人民路店' })
  const fronts = [demo.statusPage, demo.cloudPrnt]
  const hub = await demo.openHub({
    db,
    port: Number(values.port),
    mqttPort: 0,
    log: 'warn',
    fronts,
  })
  closing.push(() => hub.close())
  const api = apiOf(hub.url, key)
  const second = await api('POST', '/v1/stores', { name: '解放路店' })
  const more = await api('POST', '/v1/agents/codes', { store: second.id })
  const stores = [
    { store, code, name: '人民路店' },
    { store: second.id, code: more.code, name: '解放路店' },
  ]
  const pages = []
  for (const one of stores) pages.push(await openStore(hub.url, one))
  pages.push(await openCloudPrinter(hub.url, api, store))
  const printers = await allPrinters(api, pages.length)
  const link = `${hub.url}/status#${new URLSearchParams({ key, person: '王店长' })}`
  say(`\nslips:   ${link}`)
  for (const { name, controlUrl } of pages) say(`paper:   ${controlUrl} (${name})`)
  say(
    '\nOpen a cover or take the paper out on a page of paper, and see on the page of slips what is known. Ctrl-C ends it.\n',
  )
  if (values.seconds !== undefined) setTimeout(() => void end(), Number(values.seconds) * 1000)
  await sell(api, printers)
}

async function ownPostgres() {
  if (demo.postgresFolder === undefined) {
    throw Object.assign(new Error('PostgreSQL is not installed'), {
      hint: 'Debian: apt-get install postgresql; or give --db postgres://owner@host/database',
    })
  }
  const server = await demo.startPostgres()
  closing.push(() => server.stop())
  return server.url()
}

function apiOf(url, key) {
  return async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const json = await answer.json()
    if (!answer.ok) throw new Error(json.error.message)
    return json
  }
}

/** Opens a store: a virtual printer, and the agent that prints on it. */
async function openStore(hub, { code, name }) {
  const printer = await demo.startVirtualPrinter({
    ...{
      profile,
      processIds: true,
      control: 0,
      speedMmPerSecond: 60,
      keepJobs: 50,
      keepPieces: 50,
    },
  })
  closing.push(() => printer.close())
  const own = join(folder, name)
  await demo.enrolAgent({ hub, code, folder: own, name: `${name}的代理` })
  const agent = await demo.startAgent({
    folder: own,
    printers: { [`${name}前台`]: { uri: printer.uri, profile } },
    statusMs: 2000,
    holdMs: 5000,
    printer: { lockFolder: own },
  })
  closing.push(() => agent.close())
  return { name: `${name}前台`, controlUrl: printer.controlUrl }
}

async function openCloudPrinter(hub, api, store) {
  const name = '外卖窗口（轮询）'
  const made = await api('POST', '/v1/printers', { store, name, profile: 'generic-80' })
  const { path } = await api('POST', `/v1/printers/${made.id}/cloudprnt`, { by: '工程师' })
  const printer = await demo.startVirtualPrinter({
    ...{ profile, control: 0, speedMmPerSecond: 60, keepJobs: 50, keepPieces: 50 },
    cloudPrnt: { url: `${hub}${path}`, pollMs: 2000 },
  })
  closing.push(() => printer.close())
  return { name, controlUrl: printer.controlUrl }
}

/** Waits until the agents have told the hub of their printers. */
async function allPrinters(api, count) {
  for (;;) {
    const { printers } = await api('GET', '/v1/printers')
    if (printers.length >= count && printers.every(({ agent }) => agent !== null)) return printers
    await wait(200)
  }
}

/** Hands in a slip every second and a half, for one printer after the other. */
async function sell(api, printers) {
  for (let number = 1; !isOver; number++) {
    const { id } = printers[number % printers.length]
    const key = `D${Date.now().toString(36)}-${number}`
    const payload = { bytes: Buffer.from(slipOf(number)).toString('base64') }
    await api('POST', '/v1/slips', { key, printer: id, payload, title: `${number}号` }).catch(
      (error) => isOver || say(error.message),
    )
    await wait(1500)
  }
}

function slipOf(number) {
  const dishes = [DISHES[number % DISHES.length], DISHES[(number * 3 + 1) % DISHES.length]]
  const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`
  const total = dishes.reduce((sum, [, fen]) => sum + fen, 0)
  const nodes = [
    { kind: 'text', text: `示例面馆 ${number}号`, size: 2, align: 'center' },
    { kind: 'rule' },
    ...dishes.map(([label, fen]) => ({ kind: 'field', label, value: yuan(fen) })),
    { kind: 'rule' },
    { kind: 'field', label: '合计', value: yuan(total), bold: true },
    { kind: 'cut' },
  ]
  return demo.compile({ nodes }, { profile }).bytes
}

async function end(code = 0) {
  if (isOver) return
  isOver = true
  for (const close of closing.reverse()) await close()
  process.exit(code)
}

function say(text) {
  process.stdout.write(`${text}\n`)
}
