/**
 * Writes each public ES module of the build as a CommonJS module too. Esbuild puts the same helper functions at the head of each file,
 * and uses a long name wherever a module is used. In 500 files that was a quarter of the code, so that this script shortens both.
 */
import { writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { minify } from '@swc/core'
import { build, transform } from 'esbuild'

/** The file of the shared helper functions. It is separate, because a transport must not load the code of receipts to get them. */
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

/** Makes modules of the package import each other by their CommonJS names. Imports of other packages stay as they are. */
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
 * @param files its ES modules, such as `hub.js`
 * @param small options with which esbuild minifies them
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
    // `import()` becomes `require`, because Jest runs CommonJS without `import()`.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    logLevel: 'warning',
    write: false,
  })
  writeFileSync(`${dist}/${SHARED}`, SHARED_TEXT)
  for (const { path, text } of outputFiles) {
    const file = path.replaceAll('\\', '/').slice(dist.length + 1)
    const { head, body, names } = shortened(text, file)
    // Functions and classes keep their names, for errors and stack traces.
    const { code } = await minify(body, {
      ecma: 2022,
      compress: false,
      mangle: { toplevel: false, keep_fnames: true, keep_classnames: true },
      format: { comments: 'all' },
    })
    // The head is added after minifying, because its names would take short names from the variables inside functions.
    const done = await transform(`"use strict";\n${head}${code}`, { ...small, loader: 'js' })
    const url = done.code.includes('moduleUrl') ? MODULE_URL : ''
    // If an ES module imports a CommonJS one, Node looks for the names of the exports in its text. No ES module imports a chunk.
    writeFileSync(path, url + done.code + (file.startsWith('chunk-') ? '' : names))
  }
}

/** Replaces the helper functions in the text by a `require` of the shared file, and gives required modules short names. */
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
