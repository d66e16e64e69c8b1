/** `npm run check:package`: packs the package, installs the tarball in a clean folder, and checks there what users rely on. */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'xiaopiao package '))
const consumer = join(work, 'a shop')
const modules = join(consumer, 'node_modules')
const installed = join(modules, 'xiaopiao')

function run(file, args, cwd = root) {
  try {
    return execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    throw new Error(`${file} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
  }
}

function node(script, cwd = consumer) {
  return run(process.execPath, [script], cwd)
}

function check(condition, message) {
  if (!condition) throw new Error(message)
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Finds the public entries: every module of `dist` that is neither a chunk nor a part of the command line. */
function entriesOf(folder) {
  const dist = join(folder, 'dist')
  return filesUnder(dist)
    .map((file) => file.slice(dist.length + 1).replaceAll('\\', '/'))
    .filter(
      (file) =>
        file.endsWith('.js') &&
        !/^(chunk-|cli\/|data-loader\/|glyph-data\/|symbol-generator\/)/.test(file),
    )
    .map((file) => (file === 'index.js' ? 'xiaopiao' : `xiaopiao/${file.slice(0, -3)}`))
    .sort()
}

/** Largest size in bytes of all packages that an installation brings. */
const MOST_INSTALLED = 8.9e6

const steps = {
  'the build is of these sources'() {
    const newest = Math.max(...filesUnder(join(root, 'src')).map((file) => statSync(file).mtimeMs))
    const hasTypes = existsSync(join(root, 'dist/index.d.ts'))
    const built =
      statSync(join(root, 'dist/glyph-data/pin.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
    check(
      hasTypes && built > newest,
      'dist is missing, without types or older than src: run `npm run build` first',
    )
  },

  'pack, and install in a folder with blanks'() {
    const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', work]))
    mkdirSync(consumer)
    writeFileSync(
      join(consumer, 'package.json'),
      '{ "name": "shop", "private": true, "type": "module" }',
    )
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline']
    run('npm', ['install', ...quiet, join(work, packed.filename)], consumer)
    for (const name of ['sharp', 'serialport', 'usb']) {
      check(!readdirSync(modules).includes(name), `${name} was installed, though it is optional`)
    }
    const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`
    const packages = Object.keys(
      JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages,
    )
    check(
      packages.length <= 3,
      `${packages.length} packages were installed: ${packages.join(', ')}`,
    )
    const bytes = filesUnder(modules).reduce((sum, file) => sum + statSync(file).size, 0)
    check(bytes <= MOST_INSTALLED, `an installation takes ${mb(bytes)}`)
    const sizes = `${mb(packed.size)}, unpacked ${mb(packed.unpackedSize)}`
    return `${packed.entryCount} files, ${sizes}; installed ${packages.length} packages, ${mb(bytes)}`
  },

  'the tarball holds its licences, and only what it must'() {
    const names = filesUnder(installed).map((file) => file.slice(installed.length + 1))
    for (const name of ['LICENSE', 'NOTICE', 'README.md', 'README.zh-CN.md', 'CHANGELOG.md']) {
      check(names.includes(name), `${name} is not in the package`)
    }
    const other = names.find((name) => /^(src|test|scripts|fixtures|node_modules|\.)/.test(name))
    check(other === undefined, `${other} does not belong into the package`)
    const notice = readFileSync(join(installed, 'NOTICE'), 'utf8')
    const texts = names.filter((name) => name.startsWith('LICENSES/'))
    for (const text of texts) check(notice.includes(text), `NOTICE does not name ${text}`)
    for (const [text] of notice.matchAll(/LICENSES\/\S+\.txt/g)) {
      check(texts.includes(text), `NOTICE names ${text}, which is not in the package`)
    }
    const leak = filesUnder(installed).find((file) => readFileSync(file).includes(root))
    check(leak === undefined, `${leak} holds a path of this machine`)
    return `${texts.length} licence texts`
  },

  'NOTICE names every bundled package'() {
    const scripts = filesUnder(join(installed, 'dist')).filter((file) => file.endsWith('js'))
    const source = scripts.map((file) => readFileSync(file, 'utf8')).join('\n')
    const found = source.matchAll(/^\/\*! holds parts of ([^:]+): see NOTICE \*\//gm)
    const bundled = [...new Set([...found].flatMap(([, names]) => names.split(', ')))].sort()
    check(bundled.length > 9, `only ${bundled.length} bundled packages were found`)
    const notice = readFileSync(join(installed, 'NOTICE'), 'utf8')
    const dependencies = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
    for (const name of bundled) {
      check(notice.includes(`\n${name} `), `NOTICE does not name ${name}`)
      check(dependencies.includes(`\`${name}\``), `docs/dependencies.md does not name ${name}`)
    }
    return bundled.join(', ')
  },

  'every entry as ES module and as CommonJS'() {
    const entries = entriesOf(installed)
    const list = JSON.stringify(entries)
    const report = 'process.stdout.write(JSON.stringify(found))'
    const names = 'Object.keys(loaded).filter((key) => key !== "__esModule").sort()'
    writeFileSync(
      join(consumer, 'all.mjs'),
      `const found = {}
for (const entry of ${list}) { const loaded = await import(entry); found[entry] = ${names} }
${report}`,
    )
    writeFileSync(
      join(consumer, 'all.cjs'),
      `const found = {}
for (const entry of ${list}) { const loaded = require(entry); found[entry] = ${names}; named(loaded) }
function named(loaded) {
  for (const [key, value] of Object.entries(loaded)) {
    if (/^class\\b/.test(String(value)) && value.name !== key) throw new Error(key + ' is called ' + value.name)
  }
}
${report}`,
    )
    check(entries.length > 10, `only ${entries.length} entries were found`)
    const esm = node('all.mjs')
    check(esm === node('all.cjs'), 'the ES modules and the CommonJS modules export different names')
    for (const hidden of [
      'cli/main',
      'data-loader/node',
      'glyph-data/node',
      'symbol-generator/node',
    ]) {
      writeFileSync(join(consumer, 'hidden.mjs'), `await import('xiaopiao/${hidden}')`)
      let error
      try {
        node('hidden.mjs')
      } catch (caught) {
        error = caught
      }
      check(/ERR_PACKAGE_PATH_NOT_EXPORTED/.test(error?.message), `${hidden} can be imported`)
    }
    return `${entries.length} entries`
  },

  'compile and preview hanzi and a drawn character'() {
    const body = `
const { bytes, diagnostics } = compile({ nodes: [{ kind: 'text', text: '合计 ¥12.50 𠮷野家' }] }, { profile: generic58 })
const paper = printBytes(bytes, generic58)
const png = paperToPng(paper)
process.stdout.write(JSON.stringify({
  codes: diagnostics.map(({ code }) => code).sort(), text: paper.glyphs.map(({ text }) => text).join(''),
  drawn: paper.images.length, unknown: paper.unknown.length, isPng: png[1] === 0x50 && png.length > 200,
}))`
    const parts = {
      '': ['compile'],
      '/emulator': ['paperToPng, printBytes'],
      '/profiles': ['generic58'],
    }
    const lines = (form) => Object.entries(parts).map(form).join('\n')
    writeFileSync(
      join(consumer, 'use.mjs'),
      lines(([path, names]) => `import { ${names} } from 'xiaopiao${path}'`) + body,
    )
    writeFileSync(
      join(consumer, 'use.cjs'),
      lines(([path, names]) => `const { ${names} } = require('xiaopiao${path}')`) + body,
    )
    const expected = JSON.stringify({
      codes: ['CHAR_DRAWN', 'CHAR_SUBSTITUTED'],
      text: '合计￥12.50野家',
      drawn: 1,
      unknown: 0,
      isPng: true,
    })
    for (const script of ['use.mjs', 'use.cjs']) {
      const found = node(script)
      check(found === expected, `${script} gives ${found}, not ${expected}`)
    }
  },

  'stacks name functions'() {
    const body = `
let error
try { compile({ nodes: [{ kind: 'text', text: 5 }] }, { profile: generic58 }) } catch (caught) { error = caught }
process.stdout.write(error.stack)`
    const imports = {
      'use.mjs': (name, module) => `import { ${name} } from '${module}'`,
      'use.cjs': (name, module) => `const { ${name} } = require('${module}')`,
    }
    for (const [script, line] of Object.entries(imports)) {
      const lines = [line('compile', 'xiaopiao'), line('generic58', 'xiaopiao/profiles')]
      writeFileSync(join(consumer, script), lines.join('\n') + body)
      const stack = node(script)
      for (const name of [
        'ReceiptError: ',
        'at checkedReceipt ',
        'at compileJson ',
        'at compile ',
      ]) {
        check(stack.includes(name), `the stack of ${script} lacks "${name}":\n${stack}`)
      }
      const longest = Math.max(...stack.split('\n').map((one) => one.length))
      check(longest < 400, `the stack of ${script} has a line of ${longest} characters`)
    }
  },

  'the command line'() {
    const main = join(installed, 'dist/cli/main.js')
    const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    check(
      run(process.execPath, [main, '--version']).trim() === version,
      'it does not know its version',
    )
    check(
      run(process.execPath, [main, 'docs', 'receipt']).includes('## `text`'),
      'the package has no manual',
    )
    check(
      readdirSync(join(modules, '.bin')).some((name) => name.startsWith('xiaopiao')),
      'no xiaopiao in .bin',
    )
  },

  publint() {
    run('npx', ['--no-install', 'publint', 'run', '--strict', join(work, packedName())])
  },

  /** Checks the resolution modes from Node 16 on. That of Node 10, which ignores `exports`, is left out, because the package needs 20.19. */
  'attw (node16 and later)'() {
    run('npx', [
      '--no-install',
      'attw',
      join(work, packedName()),
      '--profile',
      'node16',
      '--no-emoji',
      '-f',
      'ascii',
    ])
  },

  'types without those of Node'() {
    const lines = entriesOf(installed).map(
      (entry, i) => `import * as e${i} from '${entry}'; export { e${i} }`,
    )
    writeFileSync(join(consumer, 'types.mts'), lines.join('\n'))
    writeFileSync(join(consumer, 'types.cts'), lines.join('\n'))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const common = { noEmit: true, strict: true, exactOptionalPropertyTypes: true, types: [] }
    const options = { ...common, target: 'es2022', lib: ['es2022', 'dom', 'esnext.disposable'] }
    for (const module of ['node16', 'preserve']) {
      const config = { compilerOptions: { ...options, module }, files: ['types.mts', 'types.cts'] }
      writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(config))
      run(process.execPath, [tsc, '-p', consumer], consumer)
    }
  },

  async 'the core and the preview in a plain engine'() {
    const bundle = async (source) => {
      const { outputFiles, metafile } = await build({
        stdin: { contents: source, resolveDir: consumer },
        bundle: true,
        minify: true,
        format: 'iife',
        platform: 'browser',
        metafile: true,
        write: false,
        logLevel: 'silent',
      })
      const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
      const builtin = imports.find(({ path }) =>
        builtinModules.includes(path.replace(/^node:/, '')),
      )
      check(builtin === undefined, `the bundle needs Node's ${builtin?.path}`)
      return outputFiles[0].text
    }
    const start = `import { compile } from 'xiaopiao'
import { generic58 } from 'xiaopiao/profiles/generic-58'
const bytesOf = (text) => compile({ nodes: [{ kind: 'text', text }] }, { profile: generic58 }).bytes
`
    const plain = await bundle(`${start}globalThis.result = bytesOf('合计').length`)
    const whole = await bundle(`import { preload } from 'xiaopiao/preload'
import { printBytes } from 'xiaopiao/preview'
${start}globalThis.result = preload().then(() => printBytes(bytesOf('合计 𠮷'), generic58).bitmap.heightDots)`)
    for (const text of [plain, whole]) {
      const engine = vm.createContext({})
      vm.runInContext(text, engine)
      check((await engine.result) > 5, 'the bundle does not compile a receipt')
    }
    const kb = (text) => `${Math.round(gzipSync(text).length / 1000)} KB`
    return `gzip ${kb(plain)}, with the preview and all data ${kb(whole)}`
  },

  'start-up'() {
    writeFileSync(join(consumer, 'start.mjs'), "import 'xiaopiao'")
    writeFileSync(join(consumer, 'nothing.mjs'), '')
    // The shortest of several runs, because other work of the machine can only make a run longer.
    const least = (script) => {
      const times = Array.from({ length: 9 }, () => {
        const from = performance.now()
        node(script)
        return performance.now() - from
      })
      return Math.round(Math.min(...times))
    }
    const bare = least('nothing.mjs')
    return `import 'xiaopiao' takes ${least('start.mjs') - bare} ms over node's own ${bare} ms`
  },
}

function packedName() {
  return readdirSync(work).find((name) => name.endsWith('.tgz'))
}

let failed = 0
for (const [name, step] of Object.entries(steps)) {
  const from = performance.now()
  try {
    const says = await step()
    const seconds = ((performance.now() - from) / 1000).toFixed(1)
    console.log(`ok    ${name} (${seconds} s)${says === undefined ? '' : `: ${says}`}`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${name}: ${error.message}`)
    if (name.startsWith('the build') || name.startsWith('pack')) break
  }
}
rmSync(work, { recursive: true, force: true })
console.log(failed === 0 ? 'the package is sound' : `${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
