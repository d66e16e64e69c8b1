// Tries every way to a printer with every fault on this machine: installs what it needs, runs the rigs, writes docs/faults.md.
// Usage: npm run test:rigs [-- --only tcp,serial,cups,network,usb] [--quick] [--write]
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { writeFaults } from './write-faults.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const bundles = join(root, 'node_modules/.cache/xiaopiao-rigs')
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

async function bundle() {
  rmSync(bundles, { recursive: true, force: true })
  mkdirSync(bundles, { recursive: true })
  await build({
    entryPoints: {
      host: join(here, 'device/host.ts'),
      local: join(here, 'local-rig.ts'),
      network: join(here, 'network-rig.ts'),
      usb: join(here, 'usb-rig.ts'),
      'open-usb': join(here, 'open-usb.ts'),
    },
    outdir: bundles,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: {
      '#glyph-data': join(root, 'src/glyphs/glyph-data.node.ts'),
      '#symbol-generator': join(root, 'src/symbols/generator.bundled.ts'),
    },
  })
}

/** Runs one rig; its rows, or why there are none. */
function run(rig) {
  const why = obstacle(rig)
  if (why !== undefined) return { skipped: why }
  const result = join(bundles, `${rig}.json`)
  const started = Date.now()
  const env = { ...process.env, RIG_RESULT: result }
  const host = join(bundles, 'host.mjs')
  const positions = quick ? '20' : '200'
  const node = (...args) =>
    spawnSync(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status
  let status
  if (rig === 'usb') {
    mkdirSync(cache, { recursive: true })
    if (!existsSync(join(cache, 'initrd.gz'))) {
      execFileSync(join(here, 'guest/build.sh'), [cache], { stdio: ['ignore', 2, 2] })
    }
    status = spawnSync(
      join(here, 'guest/run.sh'),
      [cache, bundles, result, quick ? '5' : positions, argument('--parts') ?? 'all'],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    ).status
  } else if (rig === 'network') {
    status = spawnSync(join(here, 'network.sh'), [join(bundles, 'network.mjs'), host], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    }).status
  } else status = node(join(bundles, 'local.mjs'), host, positions, rig)
  const seconds = Math.round((Date.now() - started) / 1000)
  if (!existsSync(result)) return { skipped: `it ended with status ${status}`, failed: true }
  const rows = JSON.parse(readFileSync(result, 'utf8'))
  process.stderr.write(`${rig}: ${rows.length} rows in ${seconds} s\n`)
  return { rows }
}

await bundle()
const outcomes = Object.fromEntries(only.map((rig) => [rig, run(rig)]))
for (const [rig, { skipped }] of Object.entries(outcomes)) {
  if (skipped !== undefined) process.stderr.write(`${rig}: not run, ${skipped}\n`)
}
if (process.argv.includes('--write')) writeFaults(join(root, 'docs/faults.md'), outcomes)
const wrong = Object.values(outcomes).flatMap(({ rows = [] }) => rows.filter((row) => !row.agrees))
for (const row of wrong)
  process.stderr.write(`NOT ${row.way} · ${row.fault}: ${row.said}; ${row.paper}\n`)
const broken = Object.values(outcomes).some(({ failed }) => failed)
process.exit(wrong.length > 0 || broken ? 1 : 0)
