/**
 * Finishes what tsup built: takes out the imports that only order modules without effects, and writes each ES module as a CommonJS
 * module too. tsup's own CommonJS goes through a compiler that renames classes, and an error called `_class2` helps nobody.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const files = readdirSync(dist, { recursive: true })
const scripts = files.filter((file) => file.endsWith('.js'))
const declarations = files.filter((file) => file.endsWith('.d.ts'))

// Chunks do nothing when they are loaded, so that a bare import of one is only work for Node and a warning of bundlers.
const BARE_IMPORT = /^import "\.{1,2}\/chunk-[^"]+";\n/gm

for (const file of scripts) {
  const path = `${dist}/${file}`
  const text = readFileSync(path, 'utf8')
  const finished = text.replace(BARE_IMPORT, '')
  if (finished !== text) writeFileSync(path, finished)
}

/** `toMatchPaper` of Jest's `@jest/globals`, whose types are those of the package `expect`; without it the lines mean nothing. */
const JEST_TYPES = `
// @ts-ignore: only programs that use Jest have the package
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** See \`paperMatchers\`. */
    toMatchPaper(golden: string | URL): R
  }
}
`

for (const file of declarations) {
  const path = `${dist}/${file}`
  let text = readFileSync(path, 'utf8')
  if (file === 'emulator/matchers.d.ts') {
    text += JEST_TYPES
    writeFileSync(path, text)
  }
  const commonJs = text.replace(/((?:from |import\(|import )['"]\.[^'"]*)\.js(['"])/g, '$1.cjs$2')
  writeFileSync(path.replace(/\.ts$/, '.cts'), commonJs)
}

/** Modules of the package import each other by their CommonJS names; other packages stay as they are. */
const outside = {
  name: 'outside',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) => {
      if (kind === 'entry-point') return undefined
      return { path: path.replace(/^(\..*)\.js$/, '$1.cjs'), external: true }
    })
  },
}

await build({
  // The command line is an ES module alone.
  entryPoints: scripts.filter((file) => !file.startsWith('cli/')).map((file) => `${dist}/${file}`),
  outdir: dist,
  outbase: dist,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  plugins: [outside],
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // As `require`, because Jest runs CommonJS without `import()`.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href' },
  logLevel: 'warning',
})
