/** The built package, for tests that run it: `dist` is made anew when it is missing or older than the sources. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const cliPath = join(root, 'dist/cli/main.js')

/** Written last by the build. */
const lastOutput = join(root, 'dist/glyph-data/pin.js')
const lock = join(root, 'node_modules/.xiaopiao-build')
const lockLimitMs = 300_000

/** Test files run side by side: one of them builds, the others wait for it. */
export async function ensureBuilt(): Promise<void> {
  while (isStale()) {
    if (!takeLock()) {
      await wait(200)
      continue
    }
    try {
      if (isStale())
        execFileSync('npm', ['run', '--silent', 'build:js'], { cwd: root, stdio: 'pipe' })
    } finally {
      rmSync(lock, { recursive: true, force: true })
    }
  }
}

function isStale(): boolean {
  const built = modified(lastOutput)
  return built === 0 || sources().some((file) => modified(file) > built)
}

function sources(): string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const others = [
    'tsup.config.ts',
    'scripts/commonjs.mjs',
    'scripts/finish-build.mjs',
    'scripts/lazy-modules.mjs',
    'scripts/mark-pure.mjs',
    'scripts/merge-chunks.mjs',
    'scripts/plain-engine.mjs',
    'scripts/small-parts.mjs',
    'scripts/write-glyph-files.mjs',
  ]
  return [...files.map((file) => join('src', file)), ...others].map((file) => join(root, file))
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function takeLock(): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    if (Date.now() - modified(lock) > lockLimitMs) rmSync(lock, { recursive: true, force: true })
    return false
  }
}
