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

/** What each process of the fleet runs. */
export const PARTS = {
  hub: `
    export { openHub } from './src/hub/entry.ts'
    export { cloudPrnt } from './src/cloudprnt/cloud-prnt.ts'
    export { statusPage } from './src/hub-page/status-page.ts'`,
  agent: `
    export { startAgent } from './src/agent/start-agent.ts'
    export { generic80 } from './src/profiles/generic-80.ts'`,
  farm: `
    export { virtualDevice } from './src/device/virtual-device.ts'
    export { tcpFront } from './src/device/fronts/tcp-front.ts'
    export { cloudFront } from './src/device/fronts/cloud/cloud-front.ts'
    export { paperToText } from './src/paper/views/paper-text.ts'
    export { generic80 } from './src/profiles/generic-80.ts'`,
  tools: `
    export { startPostgres } from './test/postgres-server.ts'
    export { migrateHub } from './src/hub/entry.ts'
    export { readHubAddress } from './src/hub/db/address.ts'
    export { openPool } from './src/hub/db/open-db.ts'
    export { addApiKey, addTenant } from './src/hub/manage/tenants.ts'
    export { enrolAgent } from './src/agent/enrol.ts'
    export { compile } from './src/compile.ts'
    export { encodeCommand } from './src/encoders/escpos/codec.ts'
    export { generic80 } from './src/profiles/generic-80.ts'`,
}

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
