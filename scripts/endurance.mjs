/**
 * Prints many receipts through one session, on a virtual printer in another process: `node --expose-gc scripts/endurance.mjs
 * [count] [journal]`. Each has to be `printed`, and to come out once and in order. It prints the memory used after 1, 2, 5 and 10 tenths.
 */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleSource } from './bundle-source.mjs'

const exports = `
export { startVirtualPrinter } from './src/device/server/server.ts'
export { openPrinter } from './src/printer/open-printer.ts'
export { fileJournal } from './src/journal/file.ts'
export { compile } from './src/compile.ts'
export { generic80 } from './src/profiles/generic-80.ts'
`
const isPrinter = process.argv[2] === '--printer'
const { startVirtualPrinter, openPrinter, fileJournal, compile, generic80 } = await import(
  bundleSource(isPrinter ? 'endurance-printer' : 'endurance', exports)
)
if (isPrinter) await runPrinter()
else await printAll(Number(process.argv[2] ?? 10_000), process.argv[3] === 'journal')

/** Runs the virtual printer, and checks that the receipts `R000017` and so on come out one after the other. */
async function runPrinter() {
  let seen = 0
  const wrong = []
  const virtual = await startVirtualPrinter({
    profile: generic80,
    processIds: true,
    onJob: ({ executed }) => {
      for (const [, digits] of Buffer.from(executed)
        .toString('latin1')
        .matchAll(/R(\d{6})/g)) {
        if (Number(digits) !== seen + 1) wrong.push([seen, Number(digits)])
        seen = Number(digits)
      }
    },
  })
  process.on('message', () => process.send({ seen, wrong }))
  process.send({ uri: virtual.uri })
}

async function printAll(count, withJournal) {
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-endurance-'))
  const child = fork(fileURLToPath(import.meta.url), ['--printer'])
  const message = () => new Promise((resolve) => child.once('message', resolve))
  const { uri } = await message()
  const journal = withJournal
    ? await fileJournal(join(folder, 'jobs.jsonl'), { keepOver: 500, compactBytes: 1 << 20 })
    : undefined
  const profile = { ...generic80, answersStatus: true }
  const printer = openPrinter(uri, journal === undefined ? { profile } : { profile, journal })
  const marks = [0.1, 0.2, 0.5, 1].map((part) => Math.round(part * count))
  const grades = {}
  const start = performance.now()
  for (let i = 1; i <= count; i++) {
    const text = `R${String(i).padStart(6, '0')} 第${i}单`
    const nodes = [
      { kind: 'text', text, size: 2 },
      { kind: 'rule' },
      { kind: 'text', text: '合计 ¥12.50' },
      { kind: 'cut' },
    ]
    const { grade } = await printer.print(compile({ nodes }, { profile }), { jobId: `${i}` })
    grades[grade] = (grades[grade] ?? 0) + 1
    if (!marks.includes(i)) continue
    // Twice, so that memory that finalizers have released is collected too.
    for (let k = 0; k < 2; k++) {
      globalThis.gc?.()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const { heapUsed, rss } = process.memoryUsage()
    const mib = (bytes) => (bytes / 2 ** 20).toFixed(1)
    const handles = process.getActiveResourcesInfo().length
    say(
      `${i}: heap ${mib(heapUsed)} MiB, rss ${mib(rss)} MiB, ${handles} resources, ${((performance.now() - start) / i).toFixed(1)} ms each`,
    )
  }
  await printer.close()
  child.send('count')
  const { seen, wrong } = await message()
  say(`${JSON.stringify(grades)}, on paper up to ${seen}, out of order ${wrong.length}`)
  child.kill()
  await rm(folder, { recursive: true })
  if (grades.printed !== count || seen !== count || wrong.length > 0) process.exitCode = 1
}

function say(text) {
  process.stdout.write(`${text}\n`)
}
