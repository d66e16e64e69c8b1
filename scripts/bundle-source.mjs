/** Bundles modules of `src` for scripts and child processes that run without a build: exports to one ES module. */
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}node_modules/.cache/xiaopiao/`

/**
 * URL of a module that exports what `exports` (lines of source, paths from the root) exports. `name` names its file: two
 * processes that run at once give different names.
 */
export function bundleSource(name, exports) {
  const outfile = `${folder}${name}.mjs`
  buildSync({
    ...sourceOptions(folder, exports),
    outfile,
    external: ['sharp', 'serialport', 'usb', 'multicast-dns'],
  })
  return pathToFileURL(outfile).href
}

/**
 * What every bundle of `src` for Node is made with, but for its file and what it leaves out; for builds that want more than that.
 * @param into the bundle's folder, which is made, with the glyph files where the bundle looks for them
 */
export function sourceOptions(into, exports) {
  mkdirSync(into, { recursive: true })
  linkGlyphs(into)
  return {
    stdin: { contents: exports, resolveDir: root, loader: 'ts' },
    bundle: true,
    charset: 'utf8',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: {
      '#glyph-data': `${root}src/glyphs/glyph-data.node.ts`,
      '#symbol-generator': `${root}src/symbols/generator.bundled.ts`,
    },
    // Libraries in CommonJS ask for Node's modules by `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
    },
    logLevel: 'error',
  }
}

/** The glyph files are looked for beside the bundle. */
function linkGlyphs(into) {
  try {
    symlinkSync(`${root}src/glyphs/data`, join(into, 'data'))
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}
