/** Bundles modules of `src` for scripts and child processes that run without a build: exports to one ES module. */
import { mkdirSync, symlinkSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}node_modules/.cache/xiaopiao/`

/**
 * URL of a module that exports what `exports` (lines of source, paths from the root) exports. `name` names its file: two
 * processes that run at once give different names.
 */
export function bundleSource(name, exports) {
  mkdirSync(folder, { recursive: true })
  linkGlyphs()
  const outfile = `${folder}${name}.mjs`
  buildSync({
    stdin: { contents: exports, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    charset: 'utf8',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['sharp', 'serialport', 'usb', 'multicast-dns'],
    alias: {
      '#glyph-data': `${root}src/glyphs/glyph-data.node.ts`,
      '#symbol-generator': `${root}src/symbols/generator.bundled.ts`,
    },
    // Libraries in CommonJS ask for Node's modules by `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
    },
    logLevel: 'error',
  })
  return pathToFileURL(outfile).href
}

/** The glyph files are looked for beside the bundle. */
function linkGlyphs() {
  try {
    symlinkSync(`${root}src/glyphs/data`, `${folder}data`)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}
