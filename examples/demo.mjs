/** Prints a UnionPay sale slip on a virtual printer over TCP, waits for the proof, and leaves the paper in `demo/`. */

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { compile } from 'xiaopiao'
import { listStream, paperToPng, paperToText, startVirtualPrinter } from 'xiaopiao/emulator'
import { loadImage } from 'xiaopiao/images'
import { openPrinter } from 'xiaopiao/printer'
import { generic80 } from 'xiaopiao/profiles/generic-80'
import { bind } from 'xiaopiao/template'
import { tcp } from 'xiaopiao/transports/tcp'

const fixtures = new URL('../fixtures/', import.meta.url)
const json = async (name) =>
  JSON.parse(await readFile(new URL(`receipts/${name}`, fixtures), 'utf8'))

// 1. A template and the data of a trade become a receipt; its pictures are loaded before anything is laid out.
const receipt = bind(await json('demo-sale.json'), await json('demo-sale.data.json'))
const logo = await loadImage('receipts/logo.png', { root: fixtures.pathname })

// 2. The receipt becomes bytes, all of them, before the first one is sent.
const profile = { ...generic80, answersStatus: true }
const { bytes, diagnostics } = compile(receipt, { profile, images: { 'logo.png': logo } })

// 3. A printer on a free port of this machine, and a session with it.
const server = await startVirtualPrinter({ profile, processIds: true })
const host = '127.0.0.1'
const { port } = server
const printer = openPrinter(tcp({ host, port }), { profile, processIds: true })
const job = server.nextJob()
const result = await printer.print(bytes)
const { paper, bytes: received } = await job
await printer.close()
await server.close()

// 4. What the printer did with the bytes that it received.
await mkdir('demo', { recursive: true })
await writeFile('demo/sale.bin', received)
await writeFile('demo/sale.esc', listStream(received, profile))
await writeFile('demo/sale.txt', `${paperToText(paper)}\n`)
await writeFile('demo/sale.png', paperToPng(paper))

console.log(`printed on ${server.uri} (${profile.name}): grade "${result.grade}"`)
console.log(
  `  ${bytes.length} bytes compiled, ${received.length} received, ${diagnostics.length} diagnostics`,
)
console.log(
  `  ${paper.heightDots} dots of paper, ${paper.cuts.length} cuts, ${paper.unknown.length} unknown commands`,
)
console.log(
  'look at demo/sale.png (the paper), sale.txt (its text), sale.esc (the commands), sale.bin (the bytes)',
)
if (result.grade !== 'printed') process.exitCode = 1
