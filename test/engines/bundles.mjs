/** Bundles of esbuild, webpack and Vite of the installed package, run in Node and in Chromium. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A module of a tool that the shop has installed. */
function toolsOf(shop) {
  const { resolve } = createRequire(join(shop, 'package.json'))
  return (name) => import(pathToFileURL(resolve(name)).href)
}

/** Each bundles `entry` into `folder`, with a file `main.js` that a page or Node runs as a module. */
const bundlers = {
  async esbuild(load, { shop, entry, folder, isBrowser }) {
    const { build } = await load('esbuild')
    const { warnings } = await build({
      entryPoints: { main: join(shop, entry) },
      outdir: folder,
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      platform: isBrowser ? 'browser' : 'node',
      logLevel: 'silent',
      // Libraries in CommonJS ask for Node's modules by `require`.
      ...(isBrowser
        ? {}
        : {
            banner: {
              js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)",
            },
          }),
    })
    return warnings.map(({ text }) => text)
  },
  async webpack(load, { shop, entry, folder, isBrowser }) {
    const { default: webpack } = await load('webpack')
    const stats = await new Promise((resolve, reject) => {
      webpack(
        {
          mode: 'production',
          context: shop,
          entry: { main: join(shop, entry) },
          target: isBrowser ? 'web' : 'node20',
          output: {
            path: folder,
            filename: '[name].js',
            module: true,
            publicPath: isBrowser ? '' : undefined,
          },
          experiments: { outputModule: true },
          performance: { hints: false },
          optimization: { minimize: isBrowser },
        },
        (error, result) => (error ? reject(error) : resolve(result)),
      )
    })
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
    if (errors.length > 0) throw new Error(errors[0].message)
    return warnings.map(({ message, moduleName }) => `${message} (${moduleName})`)
  },
  async vite(load, { shop, entry, folder, isBrowser }) {
    const { build } = await load('vite')
    const warnings = []
    await build({
      root: shop,
      configFile: false,
      logLevel: 'silent',
      ...(isBrowser ? {} : { ssr: { noExternal: true } }),
      build: {
        outDir: folder,
        ssr: !isBrowser,
        target: 'es2022',
        chunkSizeWarningLimit: 5000,
        rollupOptions: {
          input: { main: join(shop, entry) },
          output: { entryFileNames: '[name].js', format: 'es' },
          onwarn: ({ message }) => warnings.push(message),
        },
      },
    })
    return warnings
  },
}

async function bundleAll(shop, entry, isBrowser, use) {
  const load = toolsOf(shop)
  const says = []
  for (const [name, bundle] of Object.entries(bundlers)) {
    const folder = join(shop, `${name}-${entry.replace('.mjs', '')}`)
    const warnings = await bundle(load, { shop, entry, folder, isBrowser })
    if (warnings.length > 0) throw new Error(`${name} warns: ${warnings[0]}`)
    says.push(`${name} ${await use(folder)}`)
  }
  return says.join(', ')
}

/** Node prints with the bundle of the whole program; nothing optional is installed. */
export function checkNodeBundles(shop, run) {
  return bundleAll(shop, 'server.mjs', false, async (folder) => {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const printed = await run(process.execPath, [join(folder, 'main.js')])
    if (printed !== 'true true NotStarted SERIAL_LIBRARY_MISSING') throw new Error(printed)
    return 'prints'
  })
}

/** A piece of each glyph file, and a word that the generator of symbols alone uses. */
function marksOfData(shop) {
  const data = join(shop, 'node_modules/xiaopiao/dist/glyph-data')
  const files = readdirSync(data).filter((file) =>
    /^(font|gb|korean|emoji|small|pin).*\.js$/.test(file),
  )
  if (files.length < 9) throw new Error(`only ${files.length} glyph files were found`)
  return [
    'bwipp.pdf417',
    ...files.map((file) => readFileSync(join(data, file), 'utf8').slice(100, 160)),
  ]
}

function sizeOf(folder, marks) {
  const files = readdirSync(folder, { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.js') && statSync(file).isFile())
  const data = files.filter((file) => {
    const text = readFileSync(file, 'utf8')
    return marks.some((mark) => text.includes(mark))
  })
  if (data.length > 0) throw new Error(`a bundle for plain text holds data: ${data[0]}`)
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
}

/** The files of a folder over HTTP, with a page that runs `main.js`. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname
    if (path === '/') {
      response.setHeader('content-type', 'text/html')
      return response.end('<!doctype html><script type="module" src="/main.js"></script>')
    }
    try {
      const body = readFileSync(join(folder, path))
      response.setHeader('content-type', 'text/javascript')
      response.end(body)
    } catch {
      response.statusCode = 404
      response.end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** What Node gives for the same program, but for the errors that never come there. */
async function expected(shop, run) {
  const script =
    "import { run } from './browser.mjs'; process.stdout.write(JSON.stringify(await run()))"
  return JSON.parse(
    await run(process.execPath, ['--input-type=module', '-e', script], { cwd: shop }),
  )
}

export async function checkBrowserBundles(shop, run) {
  const { early: earlyInNode, ...inNode } = await expected(shop, run)
  if (earlyInNode.some((says) => says !== 'nothing was thrown'))
    throw new Error(String(earlyInNode))
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS })
  try {
    const page = await browser.newPage()
    const problems = []
    page.on('pageerror', (error) => problems.push(error.message))
    const result = async (folder) => {
      const server = await serve(folder)
      await page.goto(`http://127.0.0.1:${server.address().port}/`)
      await page
        .waitForFunction('globalThis.xiaopiaoResult !== undefined', undefined, { timeout: 10_000 })
        .catch((error) => {
          throw new Error(problems[0] ?? error.message)
        })
      const value = await page.evaluate('globalThis.xiaopiaoResult')
      server.close()
      return value
    }
    const whole = await bundleAll(shop, 'browser.mjs', true, async (folder) => {
      const { early, ...found } = await result(folder)
      const codes = [...new Set(early)].join()
      if (codes !== 'XiaopiaoError DATA_NOT_LOADED') throw new Error(`before preload: ${early}`)
      for (const [name, value] of Object.entries(inNode)) {
        if (found[name] !== value)
          throw new Error(`${name} is ${found[name]}, and in Node ${value}`)
      }
      return 'as Node'
    })
    const plain = await bundleAll(shop, 'plain.mjs', true, async (folder) => {
      const length = await result(folder)
      if (!(length > 10)) throw new Error(`${length} bytes`)
      return `${Math.round(sizeOf(folder, marksOfData(shop)) / 1000)} KB gzip`
    })
    return `${whole}; plain text: ${plain}`
  } finally {
    await browser.close()
  }
}
