/**
 * `npm run fuzz -- --seed 1`: sends random and spoilt streams through decoder, encoder and virtual printer, a million of them unless `--streams`
 * says how many. Nothing may throw, hang, or grow in memory; decoding, encoding and decoding again must give the same; and the same paper
 * must come out in pieces and part by part. On failure it prints the seed, the stream's number and a minimal stream.
 * `--from N` begins at stream N; `--streams 1` with it tries one again. `--workers` is 1 or 2 (default 2).
 */
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** A stream that has not ended after this time counts as hanging. */
const hangMs = 60_000

if (isMainThread) await main()
else await work(workerData)

async function main() {
  const { values } = parseArgs({
    options: {
      streams: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      workers: { type: 'string', default: '2' },
    },
  })
  const from = Number(values.from)
  const streams = Number(values.streams)
  const seed = Number(values.seed)
  const step = Math.min(2, Math.max(1, Number(values.workers)), streams)
  const { bundleSource } = await import('./bundle-source.mjs')
  const source = bundleSource(
    `fuzz-${process.pid}`,
    `export { printBytes, VirtualPrinter } from './src/emulator/virtual-printer.ts'
     export { commandTable, Decoder, decodeAll, encodeCommands } from './src/encoders/escpos/index.ts'
     export { profiles } from './src/profiles/index.ts'`,
  )
  const { rmSync } = await import('node:fs')
  const { fileURLToPath } = await import('node:url')
  process.on('exit', () => rmSync(fileURLToPath(source)))
  const started = performance.now()
  const parts = Array.from({ length: step }, (_, i) =>
    runWorker({ source, seed, from: from + i, to: from + streams, step }),
  )
  const results = await Promise.all(parts)
  const seconds = (performance.now() - started) / 1000
  report(results, seconds)
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]))
  for (const failure of failures) console.log('FAILED', JSON.stringify(failure))
  process.exit(failures.length > 0 ? 1 : 0)
}

/** Runs a part of the streams in a worker, and fails if one of them does not end. */
function runWorker(data) {
  const at = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL(import.meta.url), { workerData: { ...data, at } })
  let seen = -1
  let since = performance.now()
  return new Promise((resolve, reject) => {
    const watch = setInterval(() => {
      const now = Atomics.load(at, 0)
      if (now !== seen) {
        seen = now
        since = performance.now()
      } else if (performance.now() - since > hangMs) {
        clearInterval(watch)
        worker.terminate()
        resolve({
          counts: {},
          memory: [],
          failure: { seed: data.seed, index: now, failure: 'hangs' },
        })
      }
    }, 1000)
    worker.once('message', (result) => {
      clearInterval(watch)
      resolve(result)
    })
    worker.once('error', reject)
  })
}

async function work({ source, seed, from, to, step, at }) {
  const { runStreams } = await import('./fuzz/run.mjs')
  const { readCorpus } = await import('./fuzz/corpus.mjs')
  const [corpus, api] = [await readCorpus(), await import(source)]
  const memory = [await memoryNow()]
  const total = {}
  const part = Math.max(step, Math.ceil((to - from) / 8))
  for (let begin = from; begin < to; ) {
    // A part is a multiple of `step`, because the worker's streams are `step` apart.
    const end = Math.min(to, begin + Math.ceil(part / step) * step)
    const progress = (index) => Atomics.store(at, 0, index)
    const { counts, failure } = runStreams({
      seed,
      from: begin,
      to: end,
      step,
      corpus,
      api,
      progress,
    })
    for (const [kind, count] of Object.entries(counts)) total[kind] = sum(total[kind], count)
    memory.push(await memoryNow())
    if (failure !== undefined) {
      parentPort.postMessage({ counts: total, memory, failure })
      return
    }
    begin = end
  }
  parentPort.postMessage({ counts: total, memory, failure: grown(memory, seed) })
}

/** Returns the memory in use in MB, after garbage collection. */
async function memoryNow() {
  const { setFlagsFromString } = await import('node:v8')
  const { runInNewContext } = await import('node:vm')
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  for (let i = 0; i < 3; i++) collect()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  const mb = (bytes) => Math.round(bytes / 104857.6) / 10
  return { heap: mb(heapUsed), external: mb(external), arrayBuffers: mb(arrayBuffers) }
}

/** Fails if memory has grown since the first part, after which glyph files and code tables are loaded. */
function grown(memory, seed) {
  const [, , first] = memory
  const last = memory.at(-1)
  if (first === undefined || last === undefined) return undefined
  const more = last.heap + last.external - first.heap - first.external
  return more > 24 ? { seed, failure: `memory grew by ${more.toFixed(1)} MB` } : undefined
}

function sum(one, other) {
  if (one === undefined) return other
  return Object.fromEntries(
    Object.entries(one).map(([name, value]) => [
      name,
      name === 'slowestMs' ? Math.max(value, other[name]) : value + other[name],
    ]),
  )
}

function report(results, seconds) {
  const kinds = [...new Set(results.flatMap(({ counts }) => Object.keys(counts)))]
  const rows = kinds.map((kind) => ({
    kind,
    ...results.map(({ counts }) => counts[kind]).reduce((one, other) => sum(one, other)),
  }))
  const all = { kind: 'all', ...rows.map(({ kind: _, ...counts }) => counts).reduce(sum) }
  const names = Object.keys(all)
  const cell = (value) => (typeof value === 'number' ? String(Math.round(value)) : value)
  const line = (values) =>
    values.map((value, i) => (i === 0 ? value.padEnd(22) : value.padStart(12))).join('')
  console.log(line(names))
  for (const row of [...rows, all]) console.log(line(names.map((name) => cell(row[name]))))
  console.log(`${seconds.toFixed(1)} s, ${Math.round(all.streams / seconds)} streams/s`)
  for (const [i, { memory }] of results.entries()) {
    console.log(`worker ${i}, MB after collection (heap + external):`)
    console.log(`  ${memory.map(({ heap, external }) => `${heap}+${external}`).join('  ')}`)
  }
}
