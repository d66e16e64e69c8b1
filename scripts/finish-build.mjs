/**
 * Finishes the build of tsup: removes imports that only order modules without effects, joins the chunks of the core, writes each ES
 * module as a CommonJS module too, and minifies the code. tsup's own CommonJS is not used, because its compiler renames classes, and an
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

// Chunks have no effects when they are loaded, so that a bare import of one only costs Node time and makes bundlers warn.
const BARE_IMPORT = /^import "\.{1,2}\/chunk-[^"]+";\n/gm

for (const file of filesOf('.js')) {
  const path = `${dist}/${file}`
  const text = readFileSync(path, 'utf8')
  const finished = text.replace(BARE_IMPORT, '')
  if (finished !== text) writeFileSync(path, finished)
}

/** Finds the packages whose parts a module contains, by the comments in which esbuild names each file. The next step removes them. */
function packagesIn(file) {
  const text = readFileSync(`${dist}/${file}`, 'utf8')
  const found = text.matchAll(/^\s*\/\/ node_modules\/((?:@[^/]+\/)?[^/\n]+)\//gm)
  return new Set([...found].map(([, name]) => name))
}

const packagesBefore = new Map(filesOf('.js').map((file) => [file, packagesIn(file)]))
await mergeChunks(`${dist}/`, 'index.js')
await writeSmall(dist)

const scripts = filesOf('.js')
/** The note of each module that names the packages bundled into it, for people who look for their licences. */
const notes = new Map(
  scripts.map((file) => {
    // A joined file contains the packages of the chunks that were joined.
    const isJoined = !packagesBefore.has(file) && file.startsWith('chunk-')
    const gone = [...packagesBefore].filter(([one]) => !scripts.includes(one))
    const names = isJoined ? gone.flatMap(([, found]) => [...found]) : [...packagesIn(file)]
    const list = [...new Set(names)].sort().join(', ')
    return [file, list === '' ? '' : `/*! holds parts of ${list}: see NOTICE */\n`]
  }),
)

// Functions, classes and the declarations of a module keep their names, for errors and stack traces. Variables inside functions get short
// names, because an installation has the code twice.
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

/** Declares `toMatchPaper` for Jest's `@jest/globals`, whose types are those of the package `expect`. Without that package it has no effect. */
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
  // Declarations are written once, as CommonJS: an ES module may re-export those, but not the other way round.
  const name = file.slice(0, -'.d.ts'.length)
  if (scripts.includes(`${name}.js`)) {
    writeFileSync(path, `export * from './${posix.basename(name)}.cjs';\n`)
  } else rmSync(path)
}

/** Finds the modules that are not used by the command line only, because the command line is only needed as an ES module. */
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

/** Options of esbuild that minify. The lines stay short, because Node shows the line that threw an error. */
const small = { minifySyntax: true, minifyWhitespace: true, lineLimit: 160, charset: 'utf8' }

await writeCommonJs(
  dist,
  publicScripts().filter((file) => !file.startsWith('small')),
  small,
)

// CommonJS is not used in a page that must load fast, so that its small entries re-export the functions of the whole library.
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
  // The white space stays if there are comments for bundlers, because minifying it would remove them.
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

// The generator of symbols is the largest file, and is written once. It is the code of another project, so that all its names may be shortened.
const generator = `${dist}/symbol-generator/bundled`
const { code } = await transform(readFileSync(`${generator}.cjs`, 'utf8'), {
  ...small,
  minify: true,
  loader: 'js',
})
// Node looks for the names of a CommonJS module's exports in its text.
const note = notes.get('symbol-generator/bundled.js')
writeFileSync(`${generator}.cjs`, `${note}${code}0 && (module.exports = { generateSymbol })\n`)
writeFileSync(`${generator}.js`, "export { generateSymbol } from './bundled.cjs'\n")
