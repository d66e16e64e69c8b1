/**
 * npm runs this after `npm ci`, and before the package is packed, published, or installed from git or a folder. It builds the whole
 * package, with declarations, because the demo and the tests build it without them. A whole build that is newer than its sources is kept.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The files that a build writes last. A build without declarations, as tests and the demo make it, is not whole. */
const RESULTS = ['dist/index.d.ts', 'dist/index.d.cts', 'dist/glyph-data/pin.js']
const SOURCES = ['src', 'scripts', 'tsup.config.ts', 'package.json']

function modified(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function newestIn(path) {
  if (!statSync(join(root, path)).isDirectory()) return modified(path)
  const files = readdirSync(join(root, path), { recursive: true })
  return Math.max(...files.map((file) => modified(join(path, file))))
}

const newest = Math.max(...SOURCES.map(newestIn))
const isWhole = RESULTS.every((file) => modified(file) > newest)
if (!isWhole) {
  // The build's output goes to stderr, because `npm pack --json` writes to the standard output.
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
}
