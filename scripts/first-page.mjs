/**
 * Draws docs/first-page.png: the paper that the first program of README.md prints, on a virtual printer.
 * `npm run docs:first-page`; a test compares the picture with what the code prints.
 */
import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startVirtualPrinter } from '../dist/device.js'
import { paperToPng } from '../dist/paper.js'
import { generic58 } from '../dist/profiles/generic-58.js'

const root = new URL('..', import.meta.url)
const [, code] = /```js\n([\s\S]*?)```/.exec(readFileSync(new URL('README.md', root), 'utf8')) ?? []
const printer = await startVirtualPrinter({ profile: generic58 })
const job = printer.nextJob()
const script = fileURLToPath(new URL('examples/.first-page.mjs', root))
writeFileSync(script, code.replace('tcp://192.168.1.50', printer.uri))
try {
  await promisify(execFile)(process.execPath, [script])
} finally {
  rmSync(script)
}
writeFileSync(new URL('docs/first-page.png', root), paperToPng((await job).paper))
await printer.close()
