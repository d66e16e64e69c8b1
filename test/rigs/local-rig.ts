/** Rigs that need nothing but this machine's loopback: TCP, a serial line of socat, a private CUPS. */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cups } from '../../src/transports/cups.js'
import { serial } from '../../src/transports/serial.js'
import { tcp } from '../../src/transports/tcp.js'
import { QUEUE, startCups } from '../transports/private-cups.js'
import {
  faultsFor,
  type Row,
  runFault,
  runPowerCuts,
  runSecondClient,
  type Way,
  wait,
} from './cases.js'
import { startDevice } from './device/client.js'
import { numberedJob, onPaper } from './device/numbered-job.js'

const [host = '', positions = '200', only = ''] = process.argv.slice(2)
const LIMITS = { writeTimeoutMs: 1500, closeTimeoutMs: 1500 }

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
    const line = () => {
      const args = [`PTY,raw,echo=0,link=${near}`, `PTY,raw,echo=0,link=${far}`]
      return spawn('socat', args, { stdio: 'ignore' })
    }
    const child = line()
    for (let i = 0; i < 200 && !(existsSync(near) && existsSync(far)); i++) await wait(20)
    const device = await startDevice(host, { kind: 'tty', path: far }, options)
    return {
      device,
      transport: serial({ path: near, baudRate: 115_200, flow: 'xonxoff', ...LIMITS }),
      pull: { kind: 'run', command: `kill -9 ${child.pid}` },
      async dispose() {
        await device.kill()
        child.kill('SIGKILL')
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
}

const rows: Row[] = []
const add = (row: Row | undefined) => {
  if (row === undefined) return
  rows.push(row)
  process.stderr.write(
    `${row.agrees ? 'ok ' : 'NOT'} ${row.way} · ${row.fault}: ${row.said}; ${row.paper}\n`,
  )
}

/** XOFF for ten seconds in the middle of a job, as from a printer that cools its head. */
async function stopByXoff(): Promise<Row> {
  const job = numberedJob('job', 3000)
  const bench = await serialWay.bench({ processIds: true })
  try {
    await bench.device.at(50_000, { kind: 'say', bytes: [0x13] })
    const started = Date.now()
    const resume = wait(10_000).then(() => bench.device.do({ kind: 'say', bytes: [0x11] }))
    const patient = serial({
      path: bench.transport.uri.slice(7).split('?')[0] ?? '',
      baudRate: 115_200,
      flow: 'xonxoff',
    })
    const { openPrinter } = await import('../../src/printer/index.js')
    const printer = openPrinter(patient, { profile: { answersStatus: true } })
    const { grade } = await printer.print(job.bytes, { timeoutMs: 40_000 })
    await resume
    const paper = onPaper((await bench.device.report()).executed, job)
    const seconds = Math.round((Date.now() - started) / 1000)
    return {
      way: 'serial',
      fault: 'XOFF for 10 s',
      paper,
      said: `${grade} after ${seconds} s`,
      agrees: paper === 'all of it' && seconds >= 10,
    }
  } finally {
    await bench.dispose()
  }
}

/** A queue of the print system in front of a printer: all that is known is that it was handed over. */
async function throughCups(): Promise<void> {
  const system = await startCups()
  const trial = async (
    fault: string,
    act: (port: number) => Promise<() => Promise<Uint8Array>>,
  ) => {
    const device = await startDevice(host, { kind: 'tcp', host: '127.0.0.1', port: 0 }, {})
    const { port } = device
    system.run('lpadmin', '-p', QUEUE, '-E', '-v', `socket://127.0.0.1:${port}`, '-m', 'raw')
    const job = numberedJob('job', 40)
    try {
      const finish = await act(port)
      const { openPrinter } = await import('../../src/printer/index.js')
      const printer = openPrinter(cups({ queue: QUEUE, server: system.server }))
      const said = await printer.print(job.bytes, { timeoutMs: 8000 }).then(
        ({ grade }) => grade,
        (error: unknown) => (error as Error).name,
      )
      await wait(1500)
      const executed = Buffer.concat([
        (await device.report().catch(() => ({ executed: new Uint8Array(0) }))).executed,
        await finish(),
      ])
      const paper = onPaper(executed, job)
      const taken = said === 'handed-over'
      const agrees = taken ? !/twice|order/.test(paper) : paper === 'nothing'
      add({ way: 'cups', fault, paper, said, agrees })
    } finally {
      await device.kill()
      system.run('cancel', '-a', QUEUE)
      system.run('cupsenable', QUEUE)
    }
    return device
  }
  const nothing = async () => new Uint8Array(0)
  await trial('none', async () => nothing)
  await trial('queue stopped', async () => {
    system.run('cupsdisable', QUEUE)
    return nothing
  })
  await trial('printer off, on again later', async (port) => {
    // The address of a printer that is off: nobody listens. It is on again after the job was handed over.
    const spare = await startDevice(host, { kind: 'tcp', host: '127.0.0.1', port: 0 })
    await spare.kill()
    system.run('lpadmin', '-p', QUEUE, '-E', '-v', `socket://127.0.0.1:${spare.port}`, '-m', 'raw')
    return async () => {
      system.run('lpadmin', '-p', QUEUE, '-E', '-v', `socket://127.0.0.1:${port}`, '-m', 'raw')
      const back = await startDevice(host, { kind: 'tcp', host: '127.0.0.1', port: spare.port })
      system.run('lpadmin', '-p', QUEUE, '-E', '-v', `socket://127.0.0.1:${back.port}`, '-m', 'raw')
      await wait(300)
      system.run('cupsdisable', QUEUE)
      system.run('cupsenable', QUEUE)
      for (let i = 0; i < 100 && system.run('lpstat', '-o', QUEUE).trim() !== ''; i++)
        await wait(200)
      await wait(300)
      const { executed } = await back.report()
      await back.kill()
      return executed
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
if (wants('tcp')) {
  for (const fault of faultsFor('tcp')) add(await runFault(tcpWay, fault))
  add(await occupyTcp())
  add(await runPowerCuts(tcpWay, Number(positions), 12))
}
if (wants('serial')) {
  for (const fault of faultsFor('serial')) add(await runFault(serialWay, fault))
  add(await occupySerial())
  add(await stopByXoff())
  add(await runPowerCuts(serialWay, Number(positions), 4))
}
if (wants('cups')) await throughCups()

const output = await open(process.env.RIG_RESULT ?? '/dev/stdout', 'w')
await output.write(JSON.stringify(rows))
await output.close()
process.exit(0)
