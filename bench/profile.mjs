/**
 * `npm run bench -- --profile ROW`: where a row's time goes, by rooms of the sources and by functions. The sources are bundled with the name
 * of each module before its code, because a function of the built package does not say which module it came from.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { sourceOptions } from '../scripts/bundle-source.mjs'
import { profileFiles } from '../scripts/profile-files.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const FUNCTIONS = 12
/** What is no work: waiting, and the clock of the benchmark. */
const LEFT_OUT = new Set(['(idle)', '(program)', 'cpuUsage'])

/** Names of the package as their sources, by the table of entries. */
const sources = {
  name: 'sources',
  setup({ onResolve }) {
    const config = readFileSync(join(root, 'tsup.config.ts'), 'utf8')
    const entries = [...config.matchAll(/^ {2}'?([a-z/-]+)'?: '(src\/[^']+\.ts)',$/gm)]
    const paths = new Map(entries.map(([, name, path]) => [name, path]))
    for (const { id, path } of profileFiles()) paths.set(`profiles/${id}`, `src/profiles/${path}`)
    onResolve({ filter: /^xiaopiao(\/|$)/ }, ({ path }) => ({
      path: join(root, paths.get(path.slice('xiaopiao/'.length) || 'index')),
    }))
  },
}

/** @param args of `measure.mjs`: kind, library, receipt, milliseconds to warm up */
export async function profileOf(args) {
  const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-profile-'))
  try {
    const outfile = join(folder, 'measure.mjs')
    await build({
      ...sourceOptions(folder, ''),
      stdin: undefined,
      entryPoints: [join(root, 'bench/measure.mjs')],
      outfile,
      external: ['sharp'],
      plugins: [sources],
    })
    const flags = ['--cpu-prof', '--cpu-prof-interval', '250', '--cpu-prof-dir', folder]
    const { status, stderr } = spawnSync(process.execPath, [...flags, outfile, ...args], {
      cwd: root,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'))
    return tablesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')), modulesOf(outfile))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of each line of the bundle, the module that it came from. */
function modulesOf(path) {
  let module = ''
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => {
      module = /^ *\/\/ (\S+\.[jt]s|\S+\.mjs)$/.exec(line)?.[1].replace(/^(\.\.\/)+/, '') ?? module
      return module
    })
}

function tablesOf({ nodes, samples, timeDeltas }, modules) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const measuring = nodesUnder(nodes, new Set(['timeOf', 'once']))
  // A process that prints once is measured from its begin.
  const first = Math.max(
    0,
    samples.findIndex((id) => measuring.has(id)),
  )
  const rooms = new Map()
  const functions = new Map()
  let all = 0
  for (const [i, id] of samples.entries()) {
    const { functionName, url, lineNumber } = frames.get(id)
    if (i < first || LEFT_OUT.has(functionName)) continue
    const module = url.endsWith('/measure.mjs') ? modules[lineNumber] : url
    const room = roomOf(module, functionName)
    all += timeDeltas[i]
    rooms.set(room, (rooms.get(room) ?? 0) + timeDeltas[i])
    if (functionName === '(garbage collector)') continue
    const name = `\`${functionName || 'anonymous'}\` of ${module.replace(/^src\//, '') || 'Node'}`
    functions.set(name, (functions.get(name) ?? 0) + timeDeltas[i])
  }
  const table = (head, map, most) => {
    const rows = [...map].sort((a, b) => b[1] - a[1]).slice(0, most)
    const lines = rows.map(([name, time]) => `| ${name} | ${((100 * time) / all).toFixed(1)} |`)
    return `| ${head} | % |\n|---|---|\n${lines.join('\n')}`
  }
  return `${table('room', rooms, 20)}\n\n${table('function', functions, FUNCTIONS)}`
}

/** Functions of these names, and all that they call. */
function nodesUnder(nodes, names) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const found = new Set()
  const visit = (id) => {
    found.add(id)
    for (const child of byId.get(id).children ?? []) visit(child)
  }
  for (const { id, callFrame } of nodes) if (names.has(callFrame.functionName)) visit(id)
  return found
}

function roomOf(module, functionName) {
  if (functionName === '(garbage collector)') return 'garbage collector'
  const inside = /^src\/([^/]+)(\/|$)/.exec(module)
  if (inside !== null) return inside[2] === '' ? 'main' : inside[1]
  if (module.startsWith('bench/')) return 'the benchmark'
  if (module.startsWith('node:') || module === '') return 'Node'
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? 'others'
}
