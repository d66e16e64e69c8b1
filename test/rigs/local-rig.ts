/** Rigs that need nothing but this machine's loopback: TCP, a serial line of socat, a private CUPS. */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPrinter } from '../../src/printer/index.js'
import { cups } from '../../src/transports/cups.js'
import { serial } from '../../src/transports/serial.js'
import { tcp } from '../../src/transports/tcp.js'
import { QUEUE, startCups } from '../transports/private-cups.js'
import {
  idleReport,
  type Row,
  runFault,
  runSecondClient,
  tellRow,
  type Way,
  wait,
} from './cases.js'
import { type Device, startDevice } from './device/client.js'
import type { Report } from './device/host.js'
import { type Fault, faultsFor, powerCuts } from './faults.js'
import { judge, paperInWords, wordsOf } from './judge.js'
import { rigJob } from './receipt-job.js'

const [host = '', positions = '200', only = ''] = process.argv.slice(2)
const LIMITS = { writeTimeoutMs: 1500, closeTimeoutMs: 1500 }
/** Of a false claim made on purpose one lie is enough. */
const STOPS_AT_LIE = process.env.RIG_STOP === '1'

const tcpWay: Way = {
  name: 'tcp',
  async bench(options) {
    const device = await startDevice(host, { kind: 'tcp', host: '127.0.0.1', port: 0 }, options)
    return {
      device,
      transport: tcp({ host: '127.0.0.1', port: device.port, ...LIMITS }),
      dispose: device.kill,
    }
  },
}

const serialWay: Way = {
  name: 'serial',
  async bench(options) {
    const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-line-'))
    const [near, far] = [join(folder, 'near'), join(folder, 'far')]
    const line = async () => {
      const args = [`PTY,raw,echo=0,link=${near}`, `PTY,raw,echo=0,link=${far}`]
      const child = spawn('socat', args, { stdio: 'ignore' })
      for (let i = 0; i < 200 && !(existsSync(near) && existsSync(far)); i++) await wait(20)
      return child
    }
    let child = await line()
    const device = await startDevice(host, { kind: 'tty', path: far }, options)
    return {
      device,
      transport: serial({ path: near, baudRate: 115_200, flow: 'xonxoff', ...LIMITS }),
      // Its links stay when it is killed: they would be taken for those of the next one.
      pull: { kind: 'run', command: `kill -9 ${child.pid}; rm -f ${near} ${far}` },
      async plug() {
        // On a busy machine it may not have been pulled yet.
        for (let i = 0; i < 500 && existsSync(near); i++) await wait(20)
        child = await line()
        await device.do({ kind: 'reopen' })
      },
      async dispose() {
        await device.kill()
        child.kill('SIGKILL')
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
}

const rows: Row[] = []
const add = async (row: Row | undefined) => {
  if (row === undefined) return
  rows.push(row)
  tellRow(row)
  if (STOPS_AT_LIE && !row.agrees) await finish()
}

async function finish(): Promise<never> {
  const output = await open(process.env.RIG_RESULT ?? '/dev/stdout', 'w')
  await output.write(JSON.stringify(rows))
  await output.close()
  process.exit(0)
}

/** XOFF for ten seconds in the middle of a job, as from a printer that cools its head. */
async function stopByXoff(): Promise<Row> {
  const job = rigJob('job', 3000)
  const bench = await serialWay.bench()
  try {
    await bench.device.at(50_000, { kind: 'say', bytes: [0x13] })
    const started = Date.now()
    const resume = wait(10_000).then(() => bench.device.do({ kind: 'say', bytes: [0x11] }))
    const path = bench.transport.uri.slice(7).split('?')[0] ?? ''
    const patient = serial({ path, baudRate: 115_200, flow: 'xonxoff' })
    const printer = openPrinter(patient, { profile: { answersStatus: true } })
    const outcome = await printer
      .print(job.job, { timeoutMs: 60_000 })
      .catch((error: unknown) => error)
    await resume
    const paper = paperInWords(await idleReport(bench.device), job)
    const seconds = Math.round((Date.now() - started) / 1000)
    const said = wordsOf(outcome)
    const agrees = said === 'printed' && paper === 'all of it' && seconds >= 10
    const words = `${said}${seconds >= 10 ? ' after more than 10 s' : ''}`
    return { way: 'serial', fault: 'XOFF for 10 s', paper, said: words, agrees }
  } finally {
    await bench.dispose()
  }
}

/** A queue of the print system in front of a printer: all that is known is that it was handed over. */
async function throughCups(): Promise<void> {
  const system = await startCups()
  const queueAt = (port: number) =>
    system.run('lpadmin', '-p', QUEUE, '-E', '-v', `socket://127.0.0.1:${port}`, '-m', 'raw')
  const trial = async (
    fault: string,
    expects: string,
    act: (device: Device) => Promise<() => Promise<Report>>,
  ) => {
    const device = await startDevice(host, { kind: 'tcp', host: '127.0.0.1', port: 0 })
    queueAt(device.port)
    const job = rigJob('job', 40)
    const copies = 2
    try {
      const finished = await act(device)
      const printer = openPrinter(cups({ queue: QUEUE, server: system.server }))
      const outcome = await printer
        .print(job.job, { timeoutMs: 8000, copies })
        .catch((error: unknown) => error)
      const settledAtMs = Date.now()
      await wait(1500)
      const report = await finished()
      const facts = { answers: 'none', isUnbroken: true, isMarked: false, isTold: false } as const
      const { said, paper, lies } = judge({ ...facts, job, copies, outcome, settledAtMs, report })
      const isWhole = said !== 'handed-over' || paper === 'all of it'
      const agrees = lies.length === 0 && said === expects && isWhole
      await add({ way: 'cups', fault, paper, said, agrees, lies })
    } finally {
      await device.kill()
      system.run('cancel', '-a', QUEUE)
      system.run('cupsenable', QUEUE)
      system.run('cupsaccept', QUEUE)
    }
  }
  await trial('none', 'handed-over', async (device) => () => idleReport(device))
  await trial('queue stopped', 'NotStarted (no-connection)', async (device) => {
    system.run('cupsdisable', QUEUE)
    return () => idleReport(device)
  })
  await trial('queue rejects jobs', 'NotStarted (no-connection)', async (device) => {
    system.run('cupsreject', QUEUE)
    return () => idleReport(device)
  })
  await trial('printer off, on again later', 'handed-over', async () => {
    // The address of a printer that is off: no program listens there. It is on again after the job was handed over.
    const spare = await startDevice(host, { kind: 'tcp', host: '127.0.0.1', port: 0 })
    await spare.kill()
    queueAt(spare.port)
    return async () => {
      const back = await startDevice(host, { kind: 'tcp', host: '127.0.0.1', port: spare.port })
      system.run('cupsdisable', QUEUE)
      system.run('cupsenable', QUEUE)
      for (let i = 0; i < 100 && system.run('lpstat', '-o', QUEUE).trim() !== ''; i++) {
        await wait(200)
      }
      const report = await idleReport(back)
      await back.kill()
      return report
    }
  })
  await system.close()
}

async function occupyTcp(): Promise<Row> {
  return runSecondClient(tcpWay, async ({ device }) => {
    const socket = connect(device.port, '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    await wait(100)
    return async () => void socket.destroy()
  })
}

async function occupySerial(): Promise<Row> {
  return runSecondClient(serialWay, async ({ transport }) => {
    const path = transport.uri.slice(7).split('?')[0] ?? ''
    const held = await serial({ path, baudRate: 115_200 }).open()
    return () => held.close()
  })
}

const wants = (name: string) => only === '' || only === name
if (wants('tcp')) await runAll(tcpWay, 8)
if (wants('tcp')) await add(await occupyTcp())
if (wants('serial')) {
  await runAll(serialWay, 4)
  await add(await occupySerial())
  if (!STOPS_AT_LIE) await add(await stopByXoff())
}
if (wants('cups')) await throughCups()
await finish()

/** Several faults at once: most of their time is waiting. */
async function runAll(way: Way, atOnce: number): Promise<void> {
  const all: Fault[] = [...faultsFor(way.name), ...powerCuts(Number(positions))]
  const faults = all.filter(({ name }) => name.includes(process.env.RIG_FAULT ?? ''))
  const worker = async () => {
    for (let fault = faults.shift(); fault !== undefined; fault = faults.shift()) {
      await add(await runFault(way, fault, atOnce))
    }
  }
  await Promise.all(Array.from({ length: 2 }, worker))
  // In the order of the list, whichever was ready first.
  const place = ({ fault }: Row) => all.findIndex(({ name }) => name === fault)
  rows.sort((a, b) => place(a) - place(b))
}
