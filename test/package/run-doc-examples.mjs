/** Runs the examples of the API, compiled to the module of the first argument, and writes what became of each as JSON. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect, isDeepStrictEqual } from 'node:util'
import { startVirtualPrinter } from 'xiaopiao/emulator'
import { generic80 } from 'xiaopiao/profiles'

const [module, picture] = process.argv.slice(2)
const { examples } = await import(pathToFileURL(module).href)
const show = (value) => inspect(value, { depth: null, breakLength: Number.POSITIVE_INFINITY })

/** Files that an example makes are in a folder of its own, which has a picture to load. */
async function outcomeOf({ name, at, run }) {
  const folder = mkdtempSync(join(tmpdir(), 'xiaopiao example '))
  process.chdir(folder)
  copyFileSync(picture, 'logo.png')
  const server = await startVirtualPrinter({ profile: generic80 })
  try {
    const claims = await run({ printerUri: server.uri, printerPort: server.port })
    const wrong = claims
      .filter(([actual, claimed]) => !isDeepStrictEqual(actual, claimed))
      .map(([actual, claimed]) => `${show(actual)}, not ${show(claimed)}`)
    return { name, at, claims: claims.length, wrong }
  } catch (error) {
    return { name, at, claims: 0, wrong: [`throws ${error}`] }
  } finally {
    await server.close()
    process.chdir(tmpdir())
    rmSync(folder, { recursive: true, force: true })
  }
}

const outcomes = []
for (const example of examples.filter(({ runs }) => runs)) outcomes.push(await outcomeOf(example))
process.stdout.write(JSON.stringify(outcomes), () => process.exit())
