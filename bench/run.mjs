/**
 * `npm run bench`: speed, bytes and weight against other libraries, all in one run, after `npm run build:js`. Rounds go through all
 * measurements in turn, each in a process of its own; a ratio is the median of the rounds' own ratios, with the least and the greatest,
 * so that a machine that is busy weighs on both sides. `--rounds 5`; `-- --quick` takes one short round, which is good enough to see
 * what a change has done; `-- --profile ROW` says where the time of one row goes. Every library's receipt is printed by the virtual printer, and what is missing on the paper is told.
 */
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { decodeSummary, printBytes } from 'xiaopiao/emulator'
import { generic58 } from 'xiaopiao/profiles/generic-58'
import { generic80 } from 'xiaopiao/profiles/generic-80'
import { libraries, receiptOf, textsOf } from './receipts.mjs'
import { bundles, installedMegabytes, packages } from './weights.mjs'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
})
const rounds = values.quick ? 1 : Number(values.rounds)
const warmMs = values.quick ? '400' : '2000'
const script = fileURLToPath(new URL('measure.mjs', import.meta.url))
const PEER = 'receiptline'

/** What a measurement in a process of its own has found. */
function measure([kind, library, receipt], flags = []) {
  const args = [...flags, script, kind, library, receipt, warmMs]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(`${kind} ${library} ${receipt}\n${stderr}`)
  return JSON.parse(stdout)
}

/** Milliseconds of the processor that a module takes to be imported. */
function importMs(line) {
  const code = `${line};const{user,system}=process.cpuUsage();console.log((user+system)/1000)`
  const args = ['--input-type=module', '-e', code]
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd })
  return Number(stdout)
}

const ours = (receipt, library = 'xiaopiao') => ['warm', library, receipt]
const theirs = (receipt) => ['warm', PEER, receipt]

/** The rows: what is divided by what. */
const ratios = [
  ['payment slip', ours('slip'), theirs('slip')],
  ['bill of 40 rows, native QR', ours('bill', 'xiaopiao, native QR'), theirs('bill')],
  ['bill, QR as dots, a new text each time', ours('bill'), theirs('bill')],
  ['bill with a logo, from its file', ours('bill with a logo'), theirs('bill with a logo')],
  ['picture of 576×800, file to bytes', ours('picture'), theirs('picture')],
  [
    'PNG of the bill, by receiptline and sharp',
    ['preview', 'xiaopiao', 'bill'],
    ['preview', PEER, 'bill'],
  ],
  [
    '100,000 rows, once',
    ['once', 'xiaopiao', 'bill of 100,000 rows'],
    ['once', PEER, 'bill of 100,000 rows'],
  ],
]
const starts = [
  [
    "import, over Node's own",
    () => importMs("import 'xiaopiao'"),
    () => importMs(`import '${PEER}'`),
  ],
  [
    "process that prints a slip, over Node's own",
    () => measure(['cold', 'xiaopiao', 'slip']).ms,
    () => measure(['cold', PEER, 'slip']).ms,
  ],
]
const plain = [
  ['slip and its segments', ['segments', 'xiaopiao', 'slip']],
  ['bill and its segments, native QR', ['segments', 'xiaopiao, native QR', 'bill']],
]

if (values.profile !== undefined) {
  const rows = [...ratios, ...plain, ['process that prints a slip', ['cold', 'xiaopiao', 'slip']]]
  const row = rows.find(([name]) => name.includes(values.profile))
  if (row === undefined) throw new Error(`the rows are ${rows.map(([name]) => name).join(' | ')}`)
  const { profileOf } = await import('./profile.mjs')
  console.log(`${row[0]}\n\n${await profileOf([...row[1], warmMs])}`)
  process.exit()
}

const results = new Map()
function note(name, value) {
  if (!results.has(name)) results.set(name, [])
  results.get(name).push(value)
}

for (let round = 0; round < rounds; round++) {
  for (const [name, one, other] of ratios) {
    const found = measure(one)
    const peer = measure(other)
    note(name, {
      ours: found.ms,
      theirs: peer.ms,
      ratio: peer.ms / found.ms,
      mib: found.mib,
      peerMiB: peer.mib,
    })
  }
  for (const [name, one, other] of starts) {
    const bare = importMs('')
    const found = Math.max(0.1, one() - bare)
    const peer = other() - bare
    note(name, { ours: found, theirs: peer, ratio: peer / found })
  }
  for (const [name, one] of plain) note(name, { ours: measure(one).ms })
  process.stderr.write(`round ${round + 1} of ${rounds}\n`)
}

const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
const short = (value) =>
  value >= 100 ? value.toFixed(0) : value.toPrecision(3).replace(/\.?0+$/, '')

console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, ${rounds} rounds\n`,
)
console.log('| | ms | receiptline, ms | times as fast |\n|---|---|---|---|')
for (const [name, list] of results) {
  const of = (key) => list.map((one) => one[key])
  const spread = of('ratio')
  const ratio =
    spread[0] === undefined
      ? ''
      : `${short(median(spread))} (${short(Math.min(...spread))}–${short(Math.max(...spread))})`
  const peer = of('theirs')[0] === undefined ? '' : short(median(of('theirs')))
  console.log(`| ${name} | ${short(median(of('ours')))} | ${peer} | ${ratio} |`)
}
const large = results.get('100,000 rows, once')
const memory = [large.map(({ mib }) => mib), large.map(({ peerMiB }) => peerMiB)].map(median)
console.log(
  `\nMemory that 100,000 rows add: ${short(memory[0])} MiB; receiptline ${short(memory[1])} MiB.`,
)

console.log(
  '\n| library | receipt | bytes | seconds at 9600 baud | missing on the paper |\n|---|---|---|---|---|',
)
for (const library of Object.keys(libraries)) {
  for (const receipt of ['slip', 'bill', 'bill with a logo']) {
    const bytes = Buffer.from(measure(['bytes', library, receipt]).base64, 'base64')
    const missing = missingOf(await receiptOf(receipt), new Uint8Array(bytes))
    const seconds = (bytes.length / 960).toFixed(1)
    console.log(`| ${library} | ${receipt} | ${bytes.length} | ${seconds} | ${missing} |`)
  }
}

console.log('\n| bundle for a browser | KB, gzip |\n|---|---|')
for (const [name, bytes] of Object.entries(await bundles())) {
  console.log(`| ${name} | ${(bytes / 1000).toFixed(1)} |`)
}
const megabytes = installedMegabytes().toFixed(1)
console.log(`\nInstalled: ${packages().join(', ')}; ${megabytes} MB unpacked.`)

/** What a printer does not print of it. */
function missingOf(receipt, bytes) {
  const summary = decodeSummary(printBytes(bytes, receipt.columns === 32 ? generic58 : generic80))
  const packed = (text) => text.replace(/\s/g, '')
  const printed = packed(summary.text)
  // Long names go on in a second line of their column.
  const missing = textsOf(receipt).filter((text) => !printed.includes(packed(text).slice(0, 11)))
  const pictures = receipt.blocks.filter(({ kind }) => kind === 'qr' || kind === 'image').length
  const lost = pictures - summary.symbols.length - summary.images.length
  return [
    ...missing.slice(0, 2),
    missing.length > 2 ? `and ${missing.length - 2} more` : '',
    lost > 0 ? `${lost} code or picture` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
