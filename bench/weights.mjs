/** What the package weighs: bundles for browsers, and all that an installation brings. `npm run bench` shows it, a test limits it. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

const nodes = "[text('a'), field('b', 'c'), columns([{}], [['d']])]"
const programs = {
  'a slip in Latin letters': `import { columns, compile, field, text } from 'xiaopiao/small'
import { generic58Latin } from 'xiaopiao/profiles/generic-58-latin'
globalThis.bytes = compile({ nodes: ${nodes} }, { profile: generic58Latin }).bytes`,
  'a slip in GBK': `import { columns, compile, field, text } from 'xiaopiao/small-gbk'
import { generic58 } from 'xiaopiao/profiles/generic-58'
globalThis.bytes = compile({ nodes: ${nodes} }, { profile: generic58 }).bytes`,
  'a slip by the whole of xiaopiao': `import { columns, compile, field, text } from 'xiaopiao'
import { generic58 } from 'xiaopiao/profiles/generic-58'
globalThis.bytes = compile({ nodes: ${nodes} }, { profile: generic58 }).bytes`,
  'a slip and its preview, without glyphs': `import { columns, compile, field, text } from 'xiaopiao'
import { paperToPng, printBytes } from 'xiaopiao/preview'
import { generic58 } from 'xiaopiao/profiles/generic-58'
const { bytes } = compile({ nodes: ${nodes} }, { profile: generic58 })
globalThis.png = paperToPng(printBytes(bytes, generic58))`,
}

/** Bytes of each program as a minified bundle, by gzip. */
export async function bundles() {
  const sizes = {}
  for (const [name, contents] of Object.entries(programs)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      charset: 'utf8',
      write: false,
    })
    sizes[name] = gzipSync(outputFiles[0].contents, { level: 9 }).length
  }
  return sizes
}

/** The packages that `npm install xiaopiao` brings. */
export function packages() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const needed = new Set()
  const visit = (dependencies = {}) => {
    for (const name of Object.keys(dependencies)) {
      if (needed.has(name)) continue
      needed.add(name)
      visit(lock[`node_modules/${name}`].dependencies)
    }
  }
  visit(lock[''].dependencies)
  return ['xiaopiao', ...needed]
}

/** Megabytes of all their files. Of our own, those that a package would hold now. */
export function installedMegabytes() {
  const pack = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const own = JSON.parse(pack)[0].unpackedSize
  const others = packages().filter((name) => name !== 'xiaopiao')
  const sizes = others.map((name) => sizeOf(join(root, 'node_modules', name)))
  return sizes.reduce((sum, size) => sum + size, own) / 1e6
}

function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return files
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0)
}
