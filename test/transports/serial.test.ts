import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serial } from '../../src/transports/serial.js'
import { failureOf, pattern, transportConformance } from '../conformance/transport.js'

const socat = spawnSync('socat', ['-V']).status === 0

/** Two ends of a line made by the kernel; the far one is read and written as a plain file. */
async function line(reads = true) {
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-line-'))
  const [near, far] = [join(folder, 'near'), join(folder, 'far')]
  const child = spawn('socat', [`PTY,raw,echo=0,link=${near}`, `PTY,raw,echo=0,link=${far}`])
  await expect.poll(() => existsSync(near) && existsSync(far), { timeout: 20_000 }).toBe(true)
  const handle = await open(far, 'r+')
  const pieces: Uint8Array[] = []
  let stopped = false
  const listening = (async () => {
    const buffer = new Uint8Array(65_536)
    while (reads && !stopped) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
      pieces.push(buffer.slice(0, bytesRead))
    }
  })().catch(() => {})
  return {
    path: near,
    child,
    pieces,
    say: (data: Uint8Array) => void handle.write(data),
    /** What is under way between the two ends arrives within a moment. */
    async received() {
      for (let before = -1; before !== total(pieces); ) {
        before = total(pieces)
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
      return Buffer.concat(pieces)
    },
    async dispose() {
      stopped = true
      await ended(child)
      await listening
      await handle.close().catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const total = (pieces: readonly Uint8Array[]) => pieces.reduce((sum, { length }) => sum + length, 0)

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  await exit
}

const over = (path: string) => serial({ path, baudRate: 115_200 })

if (socat) {
  transportConformance({
    name: 'serial',
    async taking() {
      const made = await line()
      return { transport: over(made.path), ...made }
    },
    async stopped() {
      const made = await line(false)
      return { transport: over(made.path), ...made }
    },
    async absent() {
      return { transport: over('/dev/xiaopiao-absent'), code: 'FILE_NOT_FOUND' }
    },
  })
}

it.skipIf(socat)('serial lines are not tested: install socat', ({ skip }) => skip())

describe.skipIf(!socat)('a serial line', () => {
  it('that is pulled while idle ends the connection', async () => {
    const made = await line()
    onTestFinished(made.dispose)
    const connection = await over(made.path).open()
    const ends: (Error | undefined)[] = []
    connection.onClose((error) => ends.push(error))
    await connection.write(pattern(10))
    await ended(made.child)
    await expect.poll(() => ends.length, { timeout: 20_000 }).toBe(1)
    expect(ends[0]).toMatchObject({ code: 'DEVICE_GONE', bytesWritten: 10 })
    expect(await failureOf(connection.close())).toMatchObject({ code: 'DEVICE_GONE' })
  })

  it('that is pulled during a write says how far it got', async () => {
    const made = await line(false)
    onTestFinished(made.dispose)
    const connection = await over(made.path).open()
    const write = failureOf(connection.write(pattern(1 << 20)))
    setTimeout(() => made.child.kill('SIGKILL'), 200)
    const failure = await write
    expect(failure).toMatchObject({ code: 'DEVICE_GONE', phase: 'write' })
    expect(failure.bytesWritten).toBeLessThan(1 << 20)
    await connection.close()
  })

  it('is opened by one program at a time', async () => {
    const made = await line()
    onTestFinished(made.dispose)
    const connection = await over(made.path).open()
    expect(await failureOf(over(made.path).open())).toMatchObject({
      code: 'DEVICE_BUSY',
      hint: expect.stringContaining('other program'),
    })
    await connection.close()
  })

  it('stops at XOFF and goes on at XON', async () => {
    const made = await line()
    onTestFinished(made.dispose)
    const connection = await serial({
      path: made.path,
      baudRate: 9600,
      flow: 'xonxoff',
    }).open()
    made.say(Uint8Array.of(0x13))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const write = connection.write(pattern(100_000))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(total(made.pieces)).toBe(0)
    made.say(Uint8Array.of(0x11))
    await write
    await connection.close()
    expect(Buffer.compare(await made.received(), pattern(100_000))).toBe(0)
  })
})

describe.skipIf(!socat)('a line that the printer holds', () => {
  it('is heard meanwhile, and goes on however much was said', async () => {
    const made = await line()
    onTestFinished(made.dispose)
    const connection = await serial({ path: made.path, baudRate: 9600, flow: 'xonxoff' }).open()
    const heard: Uint8Array[] = []
    connection.onData((data) => heard.push(data))
    made.say(Uint8Array.of(0x13))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const write = connection.write(pattern(1000), { timeoutMs: 10_000 })
    for (let i = 0; i < 20; i++) {
      made.say(Uint8Array.of(0x14, 0, 0, 0x0f))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await expect.poll(() => total(heard), { timeout: 20_000 }).toBe(80)
    expect(total(made.pieces)).toBe(0)
    made.say(Uint8Array.of(0x11))
    await write
    await connection.close()
    expect(Buffer.compare(await made.received(), pattern(1000))).toBe(0)
  })
})

describe('serial without a line', () => {
  it('says how to install the library', async () => {
    const transport = serial({
      path: '/dev/ttyUSB0',
      baudRate: 9600,
      library: () => Promise.reject(new Error('Cannot find package')),
    })
    expect(await failureOf(transport.open())).toMatchObject({
      code: 'SERIAL_LIBRARY_MISSING',
      phase: 'open',
      hint: expect.stringContaining('npm install serialport'),
    })
  })

  it('tells a file that is no serial line', async () => {
    expect(await failureOf(serial({ path: '/dev/null', baudRate: 9600 }).open())).toMatchObject({
      code: 'SERIAL_SETTINGS_REFUSED',
    })
  })

  it.each([
    ['', 9600],
    ['/dev/ttyS0', 0],
    ['/dev/ttyS0', Number.NaN],
  ])('refuses path "%s" at %d baud', (path, baudRate) => {
    expect(() => serial({ path, baudRate })).toThrowError(/self-test|no serial line/)
  })
})
