/**
 * Receipts to bytes against other libraries, in the same run: `node bench/compile.mjs [rounds]` after `npm run build:js`.
 * Warm: milliseconds a receipt. Cold: a new process that prints one. Preview: bytes to a PNG. Ratios are medians of the
 * rounds' own ratios, so that a busy machine weighs on both sides.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { decodeSummary, paperToPng, printBytes } from 'xiaopiao/emulator'
import { generic58 } from 'xiaopiao/profiles/generic-58'
import { generic80 } from 'xiaopiao/profiles/generic-80'
import { libraries, textsOf, workloads } from './receipts.mjs'

process.env.NODE_ENV = 'production'
const self = fileURLToPath(import.meta.url)
const [first, ...rest] = process.argv.slice(2)

if (first === 'once') {
  const [library, workload] = rest
  const print = await libraries[library]()
  print(workloads[workload])
} else {
  const rounds = Number(first ?? 7)
  await warm(rounds)
  cold(rounds)
  await preview(rounds)
}

async function warm(rounds) {
  const printers = {}
  for (const [name, load] of Object.entries(libraries)) printers[name] = await load()
  console.log(
    '| receipt | library | ms | × the time of xiaopiao | bytes | what is missing on the paper |',
  )
  console.log('|---|---|---|---|---|---|')
  for (const [name, workload] of Object.entries(workloads)) {
    const times = Object.fromEntries(Object.keys(printers).map((library) => [library, []]))
    for (const print of Object.values(printers)) millisecondsOf(() => print(workload), 200)
    for (let round = 0; round < rounds; round++) {
      for (const [library, print] of Object.entries(printers)) {
        times[library].push(millisecondsOf(() => print(workload), 100))
      }
    }
    for (const [library, print] of Object.entries(printers)) {
      const bytes = print(workload)
      const ratio = median(times[library].map((time, i) => time / times.xiaopiao[i]))
      const ms = median(times[library]).toFixed(3)
      const missing = missingOf(workload, bytes)
      console.log(
        `| ${name} | ${library} | ${ms} | ${ratio.toFixed(1)} | ${bytes.length} | ${missing} |`,
      )
    }
  }
}

function cold(rounds) {
  console.log('\n| new process, one bill | ms | × xiaopiao |\n|---|---|---|')
  const times = Object.fromEntries(Object.keys(libraries).map((library) => [library, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const library of Object.keys(libraries)) {
      const started = performance.now()
      const { status } = spawnSync(process.execPath, [self, 'once', library, 'bill'])
      if (status !== 0) throw new Error(`${library} ended with ${status}`)
      // The first round warms the file cache.
      if (round > 0) times[library].push(performance.now() - started)
    }
  }
  for (const [library, list] of Object.entries(times)) {
    const ratio = median(list.map((time, i) => time / times.xiaopiao[i]))
    console.log(`| ${library} | ${median(list).toFixed(0)} | ${ratio.toFixed(2)} |`)
  }
}

async function preview(rounds) {
  const { default: receiptline } = await import('receiptline')
  const { default: sharp } = await import('sharp')
  const bytes = (await libraries.xiaopiao())(workloads.bill)
  const document = ['老城面馆', ...textsOf(workloads.bill)].join('\n')
  const options = { cpl: 48, encoding: 'cp936', spacing: true }
  const ours = []
  const theirs = []
  for (let round = 0; round < rounds; round++) {
    ours.push(millisecondsOf(() => paperToPng(printBytes(bytes, generic80)), 200))
    const started = performance.now()
    for (let i = 0; i < 5; i++)
      await sharp(Buffer.from(receiptline.transform(document, options)))
        .png()
        .toBuffer()
    theirs.push((performance.now() - started) / 5)
  }
  const ratio = median(theirs.map((time, i) => time / ours[i]))
  console.log('\n| preview of the bill as PNG | ms | × xiaopiao |\n|---|---|---|')
  console.log(`| xiaopiao, of its bytes | ${median(ours).toFixed(1)} | 1 |`)
  console.log(
    `| receiptline as SVG, by sharp | ${median(theirs).toFixed(1)} | ${ratio.toFixed(1)} |`,
  )
}

/** What a printer does not print of it. */
function missingOf(workload, bytes) {
  const summary = decodeSummary(printBytes(bytes, workload.columns === 32 ? generic58 : generic80))
  const plain = (text) => text.replace(/\s/g, '')
  const printed = plain(summary.text)
  // Long names go on in a second line of their column.
  const missing = textsOf(workload).filter((text) => !printed.includes(plain(text).slice(0, 11)))
  const codes = workload.blocks.filter(({ kind }) => kind === 'qr').length
  const lost = codes - summary.symbols.length - summary.images.length
  return [
    ...missing.slice(0, 2),
    missing.length > 2 ? `and ${missing.length - 2} more` : '',
    lost > 0 ? 'QR' : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** Mean of as many calls as `leastMs` hold. */
function millisecondsOf(work, leastMs) {
  const started = performance.now()
  let calls = 0
  do {
    work()
    calls++
  } while (performance.now() - started < leastMs)
  return (performance.now() - started) / calls
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
