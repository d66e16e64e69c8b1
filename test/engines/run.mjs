/**
 * `npm run engines`: the packed package in other people's tools. Jest and vitest, types, versions of Node, and bundles of esbuild,
 * webpack and Vite that run in Node and in Chromium. A word runs the steps whose names hold it: `npm run engines -- jest`.
 * `--full` runs all tests of the project on the other versions of Node as well, which takes some minutes each.
 */
import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'
import { checkBrowserBundles, checkNodeBundles } from './bundles.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const shop = mkdtempSync(join(tmpdir(), 'xiaopiao engines '))
// Tests start processes of other users, and these need the versions of Node in it.
chmodSync(shop, 0o755)
const [words, isFull] = [
  process.argv.slice(2).filter((word) => !word.startsWith('--')),
  process.argv.includes('--full'),
]

const runFile = promisify(execFile)

/** What a program prints; its whole output if it fails. A golden that is missing is written, which runners refuse in CI. */
async function run(file, args, options = {}) {
  const { CI: _, ...env } = process.env
  try {
    const { stdout } = await runFile(file, args, {
      cwd: shop,
      maxBuffer: 1 << 26,
      ...options,
      env: { ...env, NODE_NO_WARNINGS: '1', ...options.env },
    })
    return stdout.trim()
  } catch (error) {
    throw new Error(
      `${file} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? error.message}`,
    )
  }
}

const node = (args, options) => run(process.execPath, args, options)
const tool = (path) => join(shop, 'node_modules', path)

async function install() {
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    cpSync(join(here, file), join(shop, file))
  cpSync(join(here, 'consumer'), shop, { recursive: true })
  const body = readFileSync(join(shop, 'body.mjs'), 'utf8')
  writeFileSync(join(shop, 'body.cjs'), transformSync(body, { format: 'cjs' }).code)
  const packed = JSON.parse(
    await run('npm', ['pack', '--json', '--pack-destination', shop], {
      cwd: root,
    }),
  )
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']
  await run('npm', ['ci', ...quiet])
  await run('npm', ['install', '--no-save', ...quiet, join(shop, packed[0].filename)])
}

/** Jest with one kind of test file. */
function jest(extension, args = [], env = {}) {
  const config = JSON.stringify({
    testMatch: [`**/jest.test.${extension}`],
    transform: {},
    rootDir: shop,
  })
  return node([tool('jest/bin/jest.js'), '--config', config, '--ci=false', ...args], { env })
}

const esm = { NODE_OPTIONS: '--experimental-vm-modules' }

function vitest(pool) {
  return node([tool('vitest/vitest.mjs'), 'run', '--pool', pool, 'vitest.test.mjs'])
}

/** Type-checks files as a strict program of one kind. */
async function types(module, files, extra = {}) {
  const bundler = { module: 'preserve', moduleResolution: 'bundler' }
  const compilerOptions = {
    ...(module === 'bundler' ? bundler : { module }),
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    types: ['node'],
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    ...extra,
  }
  const config = join(shop, `tsconfig.${module}.json`)
  writeFileSync(config, JSON.stringify({ compilerOptions, files }))
  await node([tool('typescript/bin/tsc'), '-p', config])
}

/** The first program of a README. */
function example(readme) {
  const [, code] =
    /```js\n(import [\s\S]*?)```/.exec(readFileSync(join(root, readme), 'utf8')) ?? []
  const name = `${readme.replaceAll('.', '-')}.mts`
  writeFileSync(join(shop, name), code)
  return name
}

/** The versions of Node beside the one that runs this, as packages of the registry. */
function otherNodes() {
  return readdirSync(join(shop, 'node_modules'))
    .filter((name) => /^node-\d+$/.test(name))
    .map((name) => [name, join(shop, 'node_modules', name, 'bin/node')])
    .filter(([, file]) => existsSync(file))
}

async function smoke(file) {
  const module = await run(file, ['smoke.mjs'])
  const version = await run(file, ['smoke.cjs'])
  const cli = tool('xiaopiao/dist/cli/main.js')
  await run(file, [cli, 'preview', 'receipt.json', '--profile', 'generic-58', '-o', 'receipt.png'])
  return `${module}, ${version}`
}

const steps = {
  'jest, CommonJS': () => jest('cjs'),
  'jest, ES modules': () => jest('mjs', [], esm),
  'jest, CommonJS in jsdom': () => jest('cjs', ['--env=jsdom']),
  'vitest, threads': () => vitest('threads'),
  'vitest, forks': () => vitest('forks'),
  'vitest, vmThreads': () => vitest('vmThreads'),
  async 'types, NodeNext and Bundler'() {
    const files = ['mistakes.mts', example('README.md'), example('README.zh-CN.md')]
    for (const module of ['nodenext', 'bundler']) {
      await types(module, [...files, 'types.mts'])
      // The matchers of vitest and of Jest declare the same global names, so that no program has both.
      await types(module, ['vitest-types.mts'], { skipLibCheck: true })
    }
  },
  async 'versions of Node'() {
    const receipt = { nodes: [{ kind: 'text', text: '合计 12.50' }] }
    writeFileSync(join(shop, 'receipt.json'), JSON.stringify(receipt))
    const says = [await smoke(process.execPath)]
    for (const [, file] of otherNodes()) says.push(await smoke(file))
    if (says.length < 3) throw new Error(`only ${says.length} versions of Node were found`)
    return says.join('; ')
  },
  'bundles for Node': () => checkNodeBundles(shop, run),
  'bundles in Chromium': () => checkBrowserBundles(shop, run),
  async 'all tests on other versions of Node'() {
    if (!isFull) return 'left out, see --full'
    for (const [name, file] of otherNodes()) {
      console.log(`      ${name}`)
      await run(file, ['node_modules/vitest/vitest.mjs', 'run'], { cwd: root })
    }
  },
}

let failed = 0
const since = performance.now()
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`
await install()
console.log(`installed in ${seconds(since)}`)
for (const [name, step] of Object.entries(steps)) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue
  const from = performance.now()
  try {
    const says = await step()
    const line = says === undefined || says.includes('\n') ? '' : `: ${says}`
    console.log(`ok    ${name} (${seconds(from)})${line}`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${name}: ${error.message}`)
  }
}
if (process.argv.includes('--keep')) console.log(shop)
else rmSync(shop, { recursive: true, force: true })
console.log(failed === 0 ? 'it runs everywhere' : `${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
