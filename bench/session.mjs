/**
 * What a session costs beside plain writes to a socket: `node bench/session.mjs [KB/s ...]`. A job of 2 MB goes over loopback to a
 * printer that takes it at once, and to one that takes so many KB a second (default 500); plain and by session in turn, medians of
 * the wall times and their ratio. Plain is connect, write, end, and wait for the printer's end. The printer is a process of its own.
 */
import { fork } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const JOB_BYTES = 2 << 20
const SEGMENT_BYTES = 1024
const self = fileURLToPath(import.meta.url)

if (process.argv[2] === '--printer') runPrinter(Number(process.argv[3]))
else await measureAll(process.argv.slice(2).map(Number))

/** Answers what a session asks, in order with the data; `kiloBytes` a second, 0 is as fast as it comes. */
function runPrinter(kiloBytes) {
  const EVERY_MS = 10
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    let waiting = []
    let size = 0
    let ended = false
    let carry = Buffer.alloc(0)
    const take = (data) => {
      // A question may be cut in two: what it began with is looked at again.
      const all = carry.length === 0 ? data : Buffer.concat([carry, data])
      const said = []
      let at = 0
      for (;;) {
        const next = nextQuestion(all, at)
        if (next === undefined) break
        said.push(...next.answer)
        at = next.end
      }
      carry = all.subarray(Math.max(at, all.length - 10))
      if (said.length > 0 && socket.writable) socket.write(Buffer.from(said))
    }
    const finish = () => ended && size === 0 && socket.end()
    socket.on('error', () => {})
    socket.on('data', (data) => {
      if (kiloBytes === 0) return take(data)
      waiting.push(data)
      size += data.length
      // As much as a printer's buffer holds.
      if (size > 65_536) socket.pause()
    })
    socket.on('end', () => {
      ended = true
      finish()
    })
    if (kiloBytes === 0) return
    let credit = 0
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      credit = Math.min(credit + (now - last) * kiloBytes * 1.024, kiloBytes * 1.024 * EVERY_MS * 4)
      last = now
      while (waiting.length > 0 && credit > 0) {
        const [first] = waiting
        const piece = first.subarray(0, Math.ceil(credit))
        if (piece.length === first.length) waiting = waiting.slice(1)
        else waiting[0] = first.subarray(piece.length)
        size -= piece.length
        credit -= piece.length
        take(piece)
      }
      if (size <= 65_536) socket.resume()
      finish()
    }, EVERY_MS)
    socket.on('close', () => clearInterval(timer))
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}

function nextQuestion(bytes, from) {
  for (let at = from; at < bytes.length; at++) {
    const rest = bytes.length - at
    if (bytes[at] === 0x10 && bytes[at + 1] === 0x04 && rest >= 3)
      return { answer: [0x12], end: at + 3 }
    if (bytes[at] !== 0x1d) continue
    if (bytes[at + 1] === 0x72 && rest >= 3) return { answer: [0x00], end: at + 3 }
    if (bytes[at + 1] === 0x61 && rest >= 3) return { answer: [0x10, 0, 0, 0], end: at + 3 }
    if (bytes[at + 1] === 0x49 && rest >= 3) return { answer: [0x5f, 0x41, 0], end: at + 3 }
    if (bytes[at + 1] === 0x28 && bytes[at + 2] === 0x48 && rest >= 11) {
      return { answer: [0x37, 0x22, ...bytes.subarray(at + 7, at + 11), 0], end: at + 11 }
    }
  }
  return undefined
}

async function measureAll(speeds) {
  const { openPrinter } = await import('../dist/printer.js')
  const line = Buffer.from(`${'A'.repeat(63)}\n`)
  const bytes = new Uint8Array(JOB_BYTES).map((_, i) => line[i % 64])
  const segments = Array.from({ length: JOB_BYTES / SEGMENT_BYTES }, (_, i) => ({
    kind: 'print',
    from: i * SEGMENT_BYTES,
    to: (i + 1) * SEGMENT_BYTES,
    firstLine: i * 16 + 1,
    lastLine: i * 16 + 16,
    paths: [],
  }))
  const jobs = [
    ['bytes, accepted', { bytes }, { profile: { answersStatus: false } }],
    ['bytes, fence', { bytes }, {}],
    [
      'segments, fences',
      { bytes, segments },
      { processIds: false, profile: { answersStatus: true } },
    ],
    ['segments, process IDs', { bytes, segments }, { profile: { answersStatus: true } }],
  ]
  for (const speed of [0, ...(speeds.length > 0 ? speeds : [500])]) {
    const rounds = speed === 0 ? 15 : 5
    for (const [name, job, options] of jobs) {
      const printer = fork(self, ['--printer', String(speed)])
      const port = await new Promise((resolve) => printer.once('message', resolve))
      const session = openPrinter(`tcp://127.0.0.1:${port}`, options)
      const plain = []
      const ours = []
      let grade
      for (let i = -1; i < rounds; i++) {
        const [a, b] = [
          await timed(() => plainWrite(port, bytes)),
          await timed(async () => {
            grade = (await session.print(job)).grade
          }),
        ]
        if (i < 0) continue
        plain.push(a)
        ours.push(b)
      }
      printer.kill()
      const [p, s] = [median(plain), median(ours)]
      const rate = speed === 0 ? 'at once' : `${speed} KB/s`
      process.stdout.write(
        `${rate.padEnd(9)} ${name.padEnd(22)} plain ${p.toFixed(1)} ms, session ${s.toFixed(1)} ms, ratio ${(s / p).toFixed(3)} (${grade})\n`,
      )
    }
  }
}

function plainWrite(port, bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', reject)
    socket.on('data', () => {})
    socket.on('close', resolve)
    socket.end(bytes)
  })
}

async function timed(task) {
  const start = performance.now()
  await task()
  return performance.now() - start
}

function median(times) {
  return times.sort((a, b) => a - b)[times.length >> 1]
}
