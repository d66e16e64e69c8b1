/** USB printers in the guest: by the library `usb`, and by the kernel's own driver as /dev/usb/lp0. Run by guest/usb-job.sh. */

import { execSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { openPrinter } from '../../src/printer/index.js'
import { file } from '../../src/transports/file.js'
import type { Transport } from '../../src/transports/types.js'
import { usb } from '../../src/transports/usb.js'
import {
  type Bench,
  idleReport,
  type Row,
  runFault,
  runSecondClient,
  tellRow,
  type Way,
  wait,
} from './cases.js'
import { type Device, startDevice } from './device/client.js'
import type { CountingPrinterOptions } from './device/counting-printer.js'
import { faultsFor, powerCuts } from './faults.js'
import { paperInWords, wordsOf } from './judge.js'
import { type RigJob, rigJob } from './receipt-job.js'

const [host = '', positions = '20', parts = 'all'] = process.argv.slice(2)
const GADGETS = '/sys/kernel/config/usb_gadget'
const plug = (name: string) =>
  execSync(`echo dummy_udc.${Number(name.slice(1)) - 1} > ${GADGETS}/${name}/UDC`, {
    shell: '/bin/bash',
  })
const unplugCommand = (name: string) => `echo > ${GADGETS}/${name}/UDC`
const isPlugged = (name: string) => readFileSync(`${GADGETS}/${name}/UDC`, 'utf8').trim() !== ''
/** Off, and on again after two seconds. */
const blinkCommand = (name: string) =>
  `${unplugCommand(name)}; (sleep 2; echo dummy_udc.${Number(name.slice(1)) - 1} > ${GADGETS}/${name}/UDC) > /dev/null 2>&1 &`
const LIMITS = { writeTimeoutMs: 1500, closeTimeoutMs: 1500 }

/** What a part that failed has left plugged in. */
const left = new Set<() => Promise<void>>()

async function plugged(name: string, options?: CountingPrinterOptions) {
  const front = {
    kind: 'ffs',
    folder: `/dev/ffs-${name}`,
    deviceId: 'MFG:xiaopiao;CMD:ESC/POS;MDL:VIRTUAL;CLS:PRINTER;',
  } as const
  const device = await startDevice(host, front, options)
  plug(name)
  await until(() => deviceFolder(`SN-${name}`) !== undefined)
  await wait(400)
  const made = {
    device,
    pull: { kind: 'run', command: unplugCommand(name) } as const,
    powerCut: { kind: 'powerCut', command: blinkCommand(name) } as const,
    async plug() {
      // In a slow guest it may not have been pulled yet.
      await until(() => !isPlugged(name))
      plug(name)
      await wait(400)
    },
    async mend() {
      // Power comes back without help; a cable has to be put back.
      await until(() => isPlugged(name))
      if (!isPlugged(name)) plug(name)
      await until(() => deviceFolder(`SN-${name}`) !== undefined)
    },
    async dispose() {
      try {
        execSync(unplugCommand(name), { shell: '/bin/bash', stdio: 'ignore' })
      } catch {
        // It is unplugged already.
      }
      left.delete(made.dispose)
      await device.kill()
      await until(() => deviceFolder(`SN-${name}`) === undefined)
    },
  }
  left.add(made.dispose)
  return made
}

function deviceFolder(serial: string): string | undefined {
  const root = '/sys/bus/usb/devices'
  return readdirSync(root).find((name) => {
    try {
      return (
        execSync(`cat ${root}/${name}/serial 2>/dev/null`, { encoding: 'utf8' }).trim() === serial
      )
    } catch {
      return false
    }
  })
}

function driverOf(serial: string): string {
  try {
    return (
      readlinkSync(`/sys/bus/usb/devices/${deviceFolder(serial)}:1.0/driver`)
        .split('/')
        .pop() ?? ''
    )
  } catch {
    return ''
  }
}

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !done(); i++) await wait(25)
}

const usbWay: Way = {
  name: 'usb',
  async bench(options) {
    const made = await plugged('p1', options)
    return { ...made, transport: usb({ serialNumber: 'SN-p1', ...LIMITS }) }
  },
}

const lpWay: Way = {
  name: 'usb, /dev/usb/lp0',
  async bench(options) {
    const made = await plugged('p1', options)
    await until(() => existsSync('/dev/usb/lp0'))
    return { ...made, transport: file({ path: '/dev/usb/lp0', ...LIMITS }) }
  },
}

const PATIENT = { profile: { answersStatus: true }, answerTimeoutMs: 4000 }
const log = (line: string) => void process.stdout.write(`${line}\n`)
const rows: Row[] = []
const add = (row: Row | undefined) => {
  if (row === undefined) return
  rows.push(row)
  tellRow(row)
}
const onPaper = async (device: Device, job: RigJob) => paperInWords(await idleReport(device), job)
/** Prints, and says in words what came of it. */
const printed = async (transport: Transport, job: RigJob) =>
  wordsOf(
    await openPrinter(transport, PATIENT)
      .print(job.job)
      .catch((error: unknown) => error),
  )
const check = (fault: string, said: string, paper: string, agrees: boolean) =>
  add({ way: 'usb', fault, said, paper, agrees })

/** What the library says, for the record and for whoever changes the patterns that read it. */
async function words(what: string, work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
    return 'no error'
  } catch (error) {
    const { code, message, cause } = error as { code?: string; message: string; cause?: unknown }
    log(`words: ${what}: ${code} ${message} <- ${String(cause)}`)
    return code ?? message
  }
}

async function twoAlike(): Promise<void> {
  const one = await plugged('p1')
  const two = await plugged('p2')
  const job = rigJob('job', 40)
  const ambiguous = await words('two alike', () => usb().open())
  const grade = await printed(usb({ serialNumber: 'SN-p2' }), job)
  const papers = await Promise.all([one, two].map(({ device }) => onPaper(device, job)))
  check(
    'two of one model, the second named by its serial number',
    `${grade}; unnamed: ${ambiguous}`,
    papers.join(' / '),
    papers.join() === 'nothing,all of it' && ambiguous === 'DEVICE_AMBIGUOUS',
  )
  const { usb: library } = await import('usb')
  const devices = await library.getDevices()
  const port = devices
    .map((device) => {
      log(`words: ${device.serialNumber} bus ${device.bus} ports ${device.ports}`)
      return device.serialNumber === 'SN-p1'
        ? `${Number.parseInt(device.bus, 10)}-${device.ports.join('.')}`
        : undefined
    })
    .find((one) => one !== undefined)
  const result = await printed(usb({ port: port ?? '' }), job)
  const paper = await onPaper(one.device, job)
  check(
    'two of one model, the first named by its port',
    result,
    paper,
    result === 'printed' && paper === 'all of it',
  )
  await one.dispose()
  await two.dispose()
}

async function driverGivenBack(): Promise<void> {
  const made = await plugged('p1')
  await until(() => driverOf('SN-p1') === 'usblp')
  const before = driverOf('SN-p1')
  const connection = await usb({ serialNumber: 'SN-p1' }).open()
  const during = driverOf('SN-p1')
  const stolen = await words('second open', () =>
    usb({ serialNumber: 'SN-p1', openTimeoutMs: 2000 }).open(),
  )
  const job = rigJob('job', 40)
  await connection.write(job.bytes)
  await connection.close()
  await wait(200)
  const after = driverOf('SN-p1')
  const paper = await onPaper(made.device, job)
  check(
    'the kernel’s driver holds it',
    `${before}, ${during}, ${after}; a second program: ${stolen}`,
    paper,
    before === 'usblp' &&
      during === 'usbfs' &&
      after === 'usblp' &&
      stolen === 'DEVICE_BUSY' &&
      paper === 'all of it',
  )
  await made.dispose()
}

async function stall(): Promise<void> {
  const made = await plugged('p1')
  const transport = usb({ serialNumber: 'SN-p1', ...LIMITS })
  const connection = await transport.open()
  await connection.write(Uint8Array.of(0x1b, 0x40))
  await made.device.do({ kind: 'hold' })
  await connection.write(Uint8Array.of(0x41)).catch(() => {})
  await wait(100)
  await made.device.do({ kind: 'stall' })
  const said = await words('stall', () => connection.write(new Uint8Array(600)))
  await connection.close().catch(() => {})
  await made.device.do({ kind: 'release' })
  const job = rigJob('job', 40)
  const result = await printed(transport, job)
  const paper = await onPaper(made.device, job)
  check('stall, then the next job', `${said}, then ${result}`, paper, paper === 'all of it')
  await made.dispose()
}

async function notAllowed(): Promise<void> {
  const made = await plugged('p1')
  const node = process.execPath
  const script = process.argv[1]?.replace(/usb\.mjs$/, 'open-usb.mjs')
  const said = execSync(
    `setpriv --reuid=65534 --regid=65534 --clear-groups ${node} ${script} 2>&1 || true`,
    { encoding: 'utf8' },
  ).trim()
  log(`words: as nobody: ${said}`)
  check(
    'user without permission',
    said.split(' ')[0] ?? '',
    'nothing',
    said.startsWith('ACCESS_DENIED'),
  )
  await made.dispose()
}

/** The kernel's own printer gadget, whose other side is a file. */
async function kernelPrinter(): Promise<void> {
  plug('p3')
  await until(() => existsSync('/dev/g_printer0') && deviceFolder('SN-p3') !== undefined)
  await wait(300)
  const device = await startDevice(host, { kind: 'tty', path: '/dev/g_printer0' })
  const job = rigJob('job', 1000)
  const said = await printed(usb({ serialNumber: 'SN-p3' }), job)
  const paper = await onPaper(device, job)
  add({
    way: 'usb, the kernel’s printer gadget',
    fault: 'none',
    said,
    paper,
    agrees: /^(printed|processed)$/.test(said) && paper === 'all of it',
  })
  await device.kill()
  execSync(unplugCommand('p3'), { shell: '/bin/bash' })
}

/** Bytes said at odd moments, while the waits for them begin and end: none may be lost. */
async function answers(): Promise<void> {
  const made = await plugged('p1')
  const connection = await usb({ serialNumber: 'SN-p1' }).open()
  const heard: number[] = []
  connection.onData((data) => heard.push(...data))
  const said = Array.from({ length: 250 }, (_, i) => i)
  for (const byte of said) {
    await made.device.do({ kind: 'say', bytes: [byte] })
    await wait((byte * 37) % 190)
  }
  await wait(500)
  await connection.close()
  const right = heard.join() === said.join()
  check('250 status bytes, some between two waits', `${heard.length} heard`, 'nothing', right)
  await made.dispose()
}

async function occupy({ transport }: Bench) {
  const held = await transport.open()
  return () => held.close()
}

const secondClient = async () => add(await runSecondClient(usbWay, occupy))
/** The others differ in nothing by the kernel's driver. */
const LP_FAULTS =
  /^none|cover open before|policy wait|one-way clone$|takes nothing from|power cut|pulled/
const faults = [usbWay, lpWay].flatMap((way) =>
  [...faultsFor(way.name), ...(way === usbWay ? powerCuts(Number(positions)) : [])]
    .filter(({ name }) => way === usbWay || LP_FAULTS.test(name))
    .map((fault) => ({
      name: `${way.name} · ${fault.name}`,
      run: async () => add(await runFault(way, fault, 1)),
    })),
)
const all = [
  ...[answers, twoAlike, driverGivenBack, stall, notAllowed, kernelPrinter, secondClient].map(
    (run) => ({ name: run.name, run }),
  ),
  ...faults,
]
for (const { name, run } of all) {
  const known = name.replace(/[ ,]/g, '_')
  if (parts !== 'all' && !parts.split('+').some((part) => known.startsWith(part))) continue
  await run().catch((error: unknown) => check(name, String(error), '?', false))
  for (const dispose of [...left]) await dispose().catch(() => {})
  writeFileSync(process.env.RIG_RESULT ?? '/dev/stdout', JSON.stringify(rows))
}
process.exit(0)
