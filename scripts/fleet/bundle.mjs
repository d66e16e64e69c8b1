/** The parts of a fleet as bundles of `src`, so that each process runs the code that is here; a mutant changes one place of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { sourceOptions } from '../bundle-source.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Loaded when the program runs, as by any user. */
const EXTERNAL = [
  ...['sharp', 'serialport', 'usb', 'multicast-dns', 'pg', 'kysely', 'hono', '@hono/node-server'],
  ...['aedes', 'mqtt', 'graphile-worker', 'pino', 'prom-client', 'libsql'],
]

/**
 * @param folder of the bundle, under the project's root
 * @param mutant `{ file, from, to }` in `src`
 * @returns the URL of a module that exports what `exports` exports
 */
export async function bundlePart(folder, name, { exports, mutant }) {
  const outfile = join(folder, `${name}.mjs`)
  let isMutated = mutant === undefined
  const mutate = {
    name: 'mutate',
    setup(builder) {
      if (mutant === undefined) return
      const path = join(root, 'src', mutant.file)
      builder.onLoad({ filter: /\.ts$/ }, (args) => {
        if (args.path !== path) return undefined
        const text = readFileSync(path, 'utf8')
        if (!text.includes(mutant.from)) throw new Error(`${mutant.file} has no ${mutant.from}`)
        isMutated = true
        return { contents: text.replace(mutant.from, mutant.to), loader: 'ts' }
      })
    },
  }
  await build({
    ...sourceOptions(folder, exports),
    outfile,
    external: EXTERNAL,
    plugins: [mutate],
  })
  return { url: pathToFileURL(outfile).href, isMutated }
}
