/**
 * Writes each public ES module of the build as a CommonJS module too. Esbuild puts the same functions for exports at the head of each
 * file, and calls a module by a long name wherever it is used; with 500 files that was a quarter of the code, so that both are short here.
 */
import { writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { minify } from '@swc/core'
import { build, transform } from 'esbuild'

/** What the modules share. A file of its own, because a transport is not to load the code of receipts for it. */
const SHARED = 'chunk-exports.cjs'
const SHARED_TEXT = `"use strict"
exports.__exported = (exports, all) => {
  Object.defineProperty(exports, "__esModule", { value: true })
  for (const name in all) Object.defineProperty(exports, name, { get: all[name], enumerable: true })
}
exports.__toESM = (module, isNode) => {
  const target = Object.create(Object.getPrototypeOf(module))
  if (isNode || !module.__esModule) Object.defineProperty(target, "default", { value: module, enumerable: true })
  for (const name of Object.getOwnPropertyNames(module)) {
    if (Object.hasOwn(target, name)) continue
    const { enumerable } = Object.getOwnPropertyDescriptor(module, name)
    Object.defineProperty(target, name, { get: () => module[name], enumerable })
  }
  return target
}
`

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

const HEAD = /^"use strict";\n(?:var __[\s\S]*?\n)?(?=\/\/ dist\/|\n)/
const EXPORTS =
  /^var (\w+) = \{\};\n__export\(\1, (\{[\s\S]*?\n\})\);\nmodule\.exports = __toCommonJS\(\1\);$/m
const NAMES_FOR_NODE =
  /^\/\/ Annotate the CommonJS .*\n(0 && \(module\.exports = \{[\s\S]*?\n\}\);?)\n$/m
const MODULE_URL = 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;\n'

/**
 * @param dist folder of the build
 * @param files its ES modules, as `hub.js`
 * @param small how esbuild makes them small
 */
export async function writeCommonJs(dist, files, small) {
  const { outputFiles } = await build({
    entryPoints: files.map((file) => `${dist}/${file}`),
    outdir: dist,
    outbase: dist,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    plugins: [outside],
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    // As `require`, because Jest runs CommonJS without `import()`.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    logLevel: 'warning',
    write: false,
  })
  writeFileSync(`${dist}/${SHARED}`, SHARED_TEXT)
  for (const { path, text } of outputFiles) {
    const file = path.replaceAll('\\', '/').slice(dist.length + 1)
    const { head, body, names } = shortened(text, file)
    // The names of functions stay as they are, for errors and stacks.
    const { code } = await minify(body, {
      ecma: 2022,
      compress: false,
      mangle: { toplevel: false, keep_fnames: true, keep_classnames: true },
      format: { comments: 'all' },
    })
    // Its names would take short ones from variables within functions, so that it comes last.
    const done = await transform(`"use strict";\n${head}${code}`, { ...small, loader: 'js' })
    const url = done.code.includes('moduleUrl') ? MODULE_URL : ''
    // Node looks for the names of exports in the text, when an ES module imports it; nothing of that kind imports a chunk.
    writeFileSync(path, url + done.code + (file.startsWith('chunk-') ? '' : names))
  }
}

/** The text with its runtime required, and with short names for the modules that it requires. */
function shortened(text, file) {
  const runtime = HEAD.exec(text)
  if (!text.includes('__export')) return { head: '', body: text, names: '' }
  if (runtime === null || !EXPORTS.test(text))
    throw new Error(`esbuild writes ${file} in another form`)
  let names = ''
  let body = text
    .slice(runtime[0].length)
    .replace(NAMES_FOR_NODE, (_, list) => {
      names = `${list.replace(/\s+/g, '')}\n`
      return ''
    })
    .replace(EXPORTS, '__exported(exports, $2);')
  const short = new Map()
  const byPath = new Map()
  body = body.replace(/^var (import_\w+) = (.*);\n/gm, (line, name, required) => {
    const known = byPath.get(required)
    short.set(name, known ?? `$${short.size}`)
    if (known !== undefined) return ''
    byPath.set(required, short.get(name))
    return line
  })
  body = body.replace(/\bimport_\w+\b/g, (name) => short.get(name) ?? name)
  const used = ['__exported', '__toESM'].filter((name) => body.includes(`${name}(`))
  const own = [...runtime[0].matchAll(/^var (__\w+) =/gm)].map(([, name]) => name)
  const missing = own.find((name) => !used.includes(name) && body.includes(`${name}(`))
  if (missing !== undefined) throw new Error(`${file} needs ${missing}, which ${SHARED} lacks`)
  const from = posix.relative(posix.dirname(file), SHARED)
  const path = from.startsWith('.') ? from : `./${from}`
  return { head: `const { ${used.join(', ')} } = require("${path}");\n`, body, names }
}
