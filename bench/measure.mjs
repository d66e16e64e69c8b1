/**
 * One measurement in a process of its own: `node bench/measure.mjs KIND LIBRARY RECEIPT`, for `npm run bench`. It writes what it found as
 * JSON. Times are of the processor, user and system, because other programs of the machine weigh less on them than on a clock.
 */
import { libraries, receiptOf, withNewCode } from './receipts.mjs'

process.env.NODE_ENV = 'production'
const [kind, library, name, warmMs = '400'] = process.argv.slice(2)
const receipt = await receiptOf(name)

/** Milliseconds of the processor since the process began. */
function cpuMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Milliseconds of a call: the median of batches, after a time in which the compiler may do its work. */
async function timeOf(work) {
  const run = async (calls) => {
    const from = cpuMs()
    for (let i = 0; i < calls; i++) {
      const made = work()
      if (made instanceof Promise) await made
    }
    return cpuMs() - from
  }
  let calls = 0
  const from = cpuMs()
  while (cpuMs() - from < Number(warmMs) || calls < 3) {
    await run(1)
    calls++
  }
  const batch = Math.max(1, Math.round(calls / Number(warmMs) / 0.02))
  const times = []
  for (let i = 0; i < 9; i++) times.push((await run(batch)) / batch)
  return times.sort((a, b) => a - b)[4]
}

/** Bytes on the heap that a call takes, while nothing is collected. */
function allocatedBy(work) {
  for (let i = 0; i < 300; i++) work()
  globalThis.gc()
  const from = process.memoryUsage().heapUsed
  for (let i = 0; i < 20; i++) work()
  return Math.round((process.memoryUsage().heapUsed - from) / 20)
}

const kinds = {
  /** A receipt to bytes, with a new text in its code each time. */
  async warm() {
    const print = await libraries[library]()
    let n = 0
    const ms = await timeOf(() => print(withNewCode(receipt, n++ % 10_000)))
    return { ms, bytes: (await print(receipt)).length }
  },
  /** As a print needs it: with the places at which the job may be parted. */
  async segments() {
    const { compiled } = await libraries[library]()
    return { ms: await timeOf(() => compiled(receipt).segments.length) }
  },
  async allocated() {
    const { compiled } = await libraries[library]()
    return { bytes: allocatedBy(() => compiled(receipt).bytes) }
  },
  /** One large receipt in a process that has printed a small one. */
  async once() {
    const print = await libraries[library]()
    await print(await receiptOf('bill'))
    const startMiB = process.memoryUsage().rss / 2 ** 20
    const from = cpuMs()
    await print(receipt)
    const ms = cpuMs() - from
    return { ms, mib: process.resourceUsage().maxRSS / 1024 - startMiB }
  },
  /** The bytes of a receipt as base64, for who looks at what they print. */
  async bytes() {
    const print = await libraries[library]()
    return { base64: Buffer.from(await print(receipt)).toString('base64') }
  },
  /** Of the bytes of xiaopiao, by its virtual printer; of the peer, by way of its SVG and sharp. */
  async preview() {
    const print = await libraries[library]()
    if (library === 'receiptline') {
      const { default: sharp } = await import('sharp')
      const svg = () => Buffer.from(print.svg(receipt))
      return { ms: await timeOf(() => sharp(svg()).png().toBuffer()) }
    }
    const { paperToPng, printBytes } = await import('xiaopiao/emulator')
    const { generic80 } = await import('xiaopiao/profiles/generic-80')
    const bytes = print(receipt)
    return { ms: await timeOf(() => paperToPng(printBytes(bytes, generic80))) }
  },
  /** A process that has just begun, and prints one. */
  async cold() {
    const print = await libraries[library]()
    await print(receipt)
    return { ms: cpuMs() }
  },
}

console.log(JSON.stringify(await kinds[kind]()))
