// Tries every way to a printer with every fault on this machine: installs what it needs, runs the rigs, makes docs/faults.md.
// Usage: npm run test:rigs [-- --only tcp,serial,cups,network,usb] [--quick] [--seed N] [--fault WORD] [--keep]
//        npm run test:rigs -- --claims [WORD]
// `--keep` leaves docs/faults.md as it is, as do `--quick` and `--fault`. `--claims` makes false claims on purpose (false-claims.mjs), and
// fails if the rig believes one.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { editsOf, FALSE_CLAIMS } from './false-claims.mjs'
import { writeFaults } from './write-faults.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const bundles = join(root, `node_modules/.cache/xiaopiao-rigs-${process.pid}`)
const cache = process.env.XIAOPIAO_RIGS_CACHE ?? join(homedir(), '.cache/xiaopiao-rigs')

const only = argument('--only')?.split(',') ?? ['tcp', 'serial', 'cups', 'network', 'usb']
// For CI: XIAOPIAO_RIGS is `off`, `quick` or `full`.
const mode = process.env.XIAOPIAO_RIGS ?? 'full'
const quick = mode === 'quick' || process.argv.includes('--quick')
if (mode === 'off') {
  process.stderr.write('rigs: not run, XIAOPIAO_RIGS=off\n')
  process.exit(0)
}

function argument(name) {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** The programs that a rig calls, and the Debian packages that they are in. */
const NEEDS = {
  tcp: {},
  serial: { socat: 'socat' },
  cups: { cupsd: 'cups', lp: 'cups-client' },
  network: { ip: 'iproute2', nft: 'nftables', tc: 'iproute2' },
  usb: {
    'qemu-system-x86_64': 'qemu-system-x86',
    busybox: 'busybox-static',
    modprobe: 'kmod',
    cpio: 'cpio',
    udevadm: 'udev',
    ip: 'iproute2',
  },
}

function has(program) {
  return spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`]).status === 0
}

/** Why a rig cannot run here; undefined when it can. */
function obstacle(rig) {
  if (process.platform !== 'linux') return 'it needs Linux'
  const root = process.getuid() === 0
  if (rig === 'tcp') return undefined
  if (rig !== 'serial' && !root) return 'it needs root'
  if (rig === 'usb' && process.arch !== 'x64') return 'its guest is for x86_64'
  const missing = Object.entries(NEEDS[rig]).filter(([program]) => !has(program))
  if (missing.length === 0) return undefined
  const packages = [...new Set(missing.map(([, name]) => name))]
  if (!root || !has('apt-get')) return `it needs ${packages.join(', ')}`
  process.stderr.write(`installing ${packages.join(' ')}\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  apt('update', '-qq')
  const done = apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
  return done.status === 0 ? undefined : `apt could not install ${packages.join(', ')}`
}

/** The rigs with their device, the session changed by the edits of a false claim. */
async function bundle(folder, edits = {}) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: {
      host: join(here, 'device/host.ts'),
      local: join(here, 'local-rig.ts'),
      network: join(here, 'network-rig.ts'),
      usb: join(here, 'usb-rig.ts'),
      'open-usb': join(here, 'open-usb.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    alias: {
      '#glyph-data': join(root, 'src/glyphs/glyph-data.node.ts'),
      '#symbol-generator': join(root, 'src/symbols/generator.bundled.ts'),
    },
    plugins: [{ name: 'false-claims', setup: (plugins) => plugins.onLoad(SESSION, edited(edits)) }],
  })
}

const SESSION = { filter: /src\/printer\/[a-z-]+\.ts$/ }

function edited(edits) {
  return ({ path }) => {
    let contents = readFileSync(path, 'utf8')
    for (const [from, to] of edits[basename(path)] ?? []) {
      if (contents.split(from).length !== 2) throw new Error(`not exactly once: ${from}`)
      contents = contents.replace(from, () => to)
    }
    return { contents, loader: 'ts' }
  }
}

/** At which the power is cut, for each kind of proof. */
const POSITIONS = { tcp: 100, serial: 40, usb: 12, cups: 0 }
const positionsOf = (rig) => String(quick ? Math.ceil(POSITIONS[rig] / 5) : POSITIONS[rig])
const environment = {
  ...process.env,
  RIG_SEED: argument('--seed') ?? process.env.RIG_SEED ?? '1',
  RIG_FAULT: argument('--fault') ?? '',
  RIG_QUICK: quick ? '1' : '',
}

/** Runs one rig; its rows, or why there are none. */
function run(rig) {
  const why = obstacle(rig)
  if (why !== undefined) return { skipped: why }
  const result = join(bundles, `${rig}.json`)
  const started = Date.now()
  const options = {
    env: { ...environment, RIG_RESULT: result },
    stdio: ['ignore', 'inherit', 'inherit'],
  }
  const host = join(bundles, 'host.mjs')
  let status
  if (rig === 'usb') {
    mkdirSync(cache, { recursive: true })
    if (!existsSync(join(cache, 'initrd.gz'))) {
      execFileSync(join(here, 'guest/build.sh'), [cache], { stdio: ['ignore', 2, 2] })
    }
    const args = [cache, bundles, result, positionsOf(rig), argument('--parts') ?? 'all']
    status = spawnSync(join(here, 'guest/run.sh'), args, options).status
  } else if (rig === 'network') {
    const args = [join(bundles, 'network.mjs'), host]
    status = spawnSync(join(here, 'network.sh'), args, options).status
  } else {
    const args = [join(bundles, 'local.mjs'), host, positionsOf(rig), rig]
    status = spawnSync(process.execPath, args, options).status
  }
  const seconds = Math.round((Date.now() - started) / 1000)
  if (!existsSync(result)) return { skipped: `it ended with status ${status}`, failed: true }
  const rows = JSON.parse(readFileSync(result, 'utf8'))
  process.stderr.write(`${rig}: ${rows.length} rows in ${seconds} s\n`)
  return { rows }
}

/** Makes one false claim and runs the rig until its first red row; that row, or undefined: it was believed. */
async function redRowOf(claim, folder) {
  await bundle(folder, editsOf(claim))
  const result = join(folder, 'rows.json')
  const rig = /^(serial|cups):/.exec(claim[0])?.[1] ?? 'tcp'
  const why = obstacle(rig)
  if (why !== undefined) return `not tried, ${why}`
  const env = { ...environment, RIG_RESULT: result, RIG_STOP: '1' }
  const args = [join(folder, 'local.mjs'), join(folder, 'host.mjs'), '9', rig]
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
  const status = await new Promise((resolve) => child.on('exit', resolve))
  const rows = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : []
  const red = rows.find((row) => !row.agrees)
  if (red !== undefined) return `${red.fault}: ${red.lies?.[0] ?? red.said}`
  if (rows.length === 0) throw new Error(`${claim[0]}: the rig ended with status ${status}`)
  return undefined
}

async function makeFalseClaims(word) {
  const claims = FALSE_CLAIMS.filter(([name]) => name.includes(word))
  const waiting = [...claims]
  const believed = []
  const worker = async (_, i) => {
    for (let claim = waiting.shift(); claim !== undefined; claim = waiting.shift()) {
      const red = await redRowOf(claim, `${bundles}-${i}`)
      if (red === undefined) believed.push(claim[0])
      process.stderr.write(
        `${red === undefined ? 'BELIEVED' : 'red'} · ${claim[0]} · ${red ?? ''}\n`,
      )
    }
    rmSync(`${bundles}-${i}`, { recursive: true, force: true })
  }
  await Promise.all(Array.from({ length: 2 }, worker))
  process.stderr.write(
    `${claims.length - believed.length} of ${claims.length} false claims are red\n`,
  )
  return believed.length === 0
}

if (process.argv.includes('--claims')) {
  const word = argument('--claims') ?? ''
  process.exit((await makeFalseClaims(word.startsWith('--') ? '' : word)) ? 0 : 1)
}
await bundle(bundles)
const outcomes = Object.fromEntries(only.map((rig) => [rig, run(rig)]))
rmSync(bundles, { recursive: true, force: true })
for (const [rig, { skipped }] of Object.entries(outcomes)) {
  if (skipped !== undefined) process.stderr.write(`${rig}: not run, ${skipped}\n`)
}
const isPart = quick || ['--keep', '--fault', '--parts'].some((name) => process.argv.includes(name))
if (!isPart) {
  const claims = FALSE_CLAIMS.map(([name]) => name)
  writeFaults(join(root, 'docs/faults.md'), { outcomes, seed: environment.RIG_SEED, claims })
}
const wrong = Object.values(outcomes).flatMap(({ rows = [] }) => rows.filter((row) => !row.agrees))
for (const { way, fault, said, paper, lies = [] } of wrong) {
  process.stderr.write(`NOT ${way} · ${fault}: ${said}; ${paper}; ${lies.join('; ')}\n`)
}
const broken = Object.values(outcomes).some(({ failed }) => failed)
process.exit(wrong.length > 0 || broken ? 1 : 0)
