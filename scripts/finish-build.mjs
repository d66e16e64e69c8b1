/**
 * Finishes what tsup built: takes out the imports that only order modules without effects, joins the chunks of the core, writes each ES
 * module as a CommonJS module too, and makes the code small. tsup's own CommonJS goes through a compiler that renames classes, and an
 * error called `_class2` helps nobody.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minify } from '@swc/core'
import { transform } from 'esbuild'
import { writeCommonJs } from './commonjs.mjs'
import { markPure } from './mark-pure.mjs'
import { mergeChunks } from './merge-chunks.mjs'
import { writeSmall } from './small-parts.mjs'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

function filesOf(end) {
  const files = readdirSync(dist, { recursive: true }).map((file) => file.replaceAll('\\', '/'))
  return files.filter((file) => file.endsWith(end))
}

// Chunks do nothing when they are loaded, so that a bare import of one is only work for Node and a warning of bundlers.
const BARE_IMPORT = /^import "\.{1,2}\/chunk-[^"]+";\n/gm

for (const file of filesOf('.js')) {
  const path = `${dist}/${file}`
  const text = readFileSync(path, 'utf8')
  const finished = text.replace(BARE_IMPORT, '')
  if (finished !== text) writeFileSync(path, finished)
}

/** The packages of which a module holds parts; esbuild names each file in a comment, which only lasts until the next step. */
function packagesIn(file) {
  const text = readFileSync(`${dist}/${file}`, 'utf8')
  const found = text.matchAll(/^\s*\/\/ node_modules\/((?:@[^/]+\/)?[^/\n]+)\//gm)
  return new Set([...found].map(([, name]) => name))
}

const packagesBefore = new Map(filesOf('.js').map((file) => [file, packagesIn(file)]))
await mergeChunks(`${dist}/`, 'index.js')
await writeSmall(dist)

const scripts = filesOf('.js')
/** By its module, what is bundled of other packages: for who looks for their licences. */
const notes = new Map(
  scripts.map((file) => {
    // The joined files hold what the chunks held that are gone.
    const isJoined = !packagesBefore.has(file) && file.startsWith('chunk-')
    const gone = [...packagesBefore].filter(([one]) => !scripts.includes(one))
    const names = isJoined ? gone.flatMap(([, found]) => [...found]) : [...packagesIn(file)]
    const list = [...new Set(names)].sort().join(', ')
    return [file, list === '' ? '' : `/*! holds parts of ${list}: see NOTICE */\n`]
  }),
)

// The names of functions, of classes and of what a module declares stay as they are, for errors and stacks. Those of variables inside of
// functions become short, because an installation carries the code twice.
for (const file of scripts) {
  const path = `${dist}/${file}`
  const { code } = await minify(readFileSync(path, 'utf8'), {
    module: true,
    ecma: 2022,
    compress: false,
    mangle: { toplevel: false, keep_fnames: true, keep_classnames: true },
    format: { comments: 'all' },
  })
  writeFileSync(path, code)
}

const declarations = filesOf('.d.ts')

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
  // Declarations are there once, because an ES module may take those of a CommonJS module, though not the other way round.
  const name = file.slice(0, -'.d.ts'.length)
  if (scripts.includes(`${name}.js`)) {
    writeFileSync(path, `export * from './${posix.basename(name)}.cjs';\n`)
  } else rmSync(path)
}

/** The modules that are not of the command line alone, which is an ES module. */
function publicScripts() {
  const found = new Set()
  const visit = (file) => {
    if (found.has(file)) return
    found.add(file)
    const text = readFileSync(`${dist}/${file}`, 'utf8')
    for (const [, path] of text.matchAll(/(?:from ?|import\()"(\.[^"]+)"/g)) {
      visit(posix.join(posix.dirname(file), path))
    }
  }
  scripts.filter((file) => !/^(chunk-|cli\/)/.test(file)).forEach(visit)
  return [...found]
}

/** Lines stay short, because Node shows the line that threw. */
const small = { minifySyntax: true, minifyWhitespace: true, lineLimit: 160, charset: 'utf8' }

await writeCommonJs(
  dist,
  publicScripts().filter((file) => !file.startsWith('small')),
  small,
)

// What is required is not for a page that must load fast, so that CommonJS has the functions of the whole under these names.
for (const name of ['small', 'small-gbk']) {
  const [, list = ''] =
    /export ?\{([^}]*)\};?\s*$/.exec(readFileSync(`${dist}/${name}.js`, 'utf8')) ?? []
  const names = list.split(',').map((one) => one.trim().split(' as ').pop())
  const lines = names.map((one) => `exports.${one} = whole.${one};`)
  writeFileSync(
    `${dist}/${name}.cjs`,
    `const whole = require('./index.cjs');\n${lines.join('\n')}\n`,
  )
}

for (const file of scripts) {
  const path = `${dist}/${file}`
  const text = readFileSync(path, 'utf8')
  // Comments that bundlers obey go with the white space.
  const minifyWhitespace = !/webpackIgnore|@vite-ignore/.test(text)
  const { code } = await transform(text, {
    ...small,
    minifyWhitespace,
    loader: 'js',
  })
  const isCommand = text.startsWith('#!')
  writeFileSync(path, isCommand ? code : notes.get(file) + markPure(code))
}
for (const file of filesOf('.cjs')) {
  const path = `${dist}/${file}`
  const text = readFileSync(path, 'utf8')
  const note = notes.get(file.replace(/\.cjs$/, '.js')) ?? ''
  if (note !== '') writeFileSync(path, note + text)
}

// The generator of symbols is the largest file, and is there once: it is someone else's code, so that its names may be short as well.
const generator = `${dist}/symbol-generator/bundled`
const { code } = await transform(readFileSync(`${generator}.cjs`, 'utf8'), {
  ...small,
  minify: true,
  loader: 'js',
})
// Node looks for the names of exports in the text.
const note = notes.get('symbol-generator/bundled.js')
writeFileSync(`${generator}.cjs`, `${note}${code}0 && (module.exports = { generateSymbol })\n`)
writeFileSync(`${generator}.js`, "export { generateSymbol } from './bundled.cjs'\n")
