/** Bundles modules of `src` into one ES module, for scripts and child processes that run without a build. */
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}node_modules/.cache/xiaopiao/`

/**
 * Bundles the source lines `exports`, whose paths begin at the root, and returns the URL of the module. `name` is the name of its
 * file, which must differ between two processes that run at the same time.
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
 * The options of esbuild that all bundles of `src` for Node share. A caller adds the output file, and what is left out of the bundle.
 * @param into the bundle's folder, which is made, with links to the glyph files where the bundle looks for them
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
    // Bundled CommonJS libraries load Node's modules by `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
    },
    logLevel: 'error',
  }
}

/** Links the glyph files beside the bundle, where it looks for them. */
function linkGlyphs(into) {
  try {
    symlinkSync(`${root}src/glyphs/data`, join(into, 'data'))
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}
