import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { file } from '../../src/transports/file.js'
import { failureOf, pattern, transportConformance } from '../conformance/transport.js'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'xiaopiao-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

transportConformance({
  name: 'file',
  async taking() {
    const path = join(await mkdtemp(join(tmpdir(), 'xiaopiao-')), 'job.bin')
    return {
      transport: file({ path }),
      received: () => readFile(path),
      dispose: () => rm(path, { force: true }),
    }
  },
  async absent() {
    return { transport: file({ path: '/dev/xiaopiao-absent/lp0' }), code: 'FILE_NOT_FOUND' }
  },
  skips: {
    says: 'a plain file says nothing',
    stopped: 'a plain file always takes bytes; the terminal line below stops',
  },
})

describe('plain files', () => {
  it('are emptied first, or appended to on request', async () => {
    const path = join(await folder(), 'job.bin')
    await writeFile(path, 'old')
    for (const [append, text] of [
      [false, 'A'],
      [true, 'B'],
    ] as const) {
      const connection = await file({ path, append }).open()
      await connection.write(new TextEncoder().encode(text))
      await connection.close()
    }
    expect(await readFile(path, 'latin1')).toBe('AB')
    expect(file({ path }).twoWay).toBe(false)
  })

  it('are not created where a device is missing, nor in a missing folder', async () => {
    const path = await folder()
    expect(await failureOf(file({ path: join(path, 'no', 'job.bin') }).open())).toMatchObject({
      code: 'FILE_NOT_FOUND',
      hint: expect.stringContaining('plugged in'),
    })
    expect(await failureOf(file({ path: '/dev/xiaopiao-lp7' }).open())).toMatchObject({
      code: 'FILE_NOT_FOUND',
    })
    expect(await readdir(path)).toEqual([])
  })

  it('tell a folder', async () => {
    expect(await failureOf(file({ path: await folder() }).open())).toMatchObject({
      code: 'FILE_IS_FOLDER',
    })
  })
})

describe('device files', () => {
  it('take bytes without blocking', async () => {
    const connection = await file({ path: '/dev/null' }).open()
    await connection.write(pattern(100_000))
    await connection.close()
    expect(connection.bytesWritten).toBe(100_000)
  })

  it('report a full device', async () => {
    const connection = await file({ path: '/dev/full', twoWay: false }).open()
    expect(await failureOf(connection.write(pattern(10)))).toMatchObject({ code: 'DISK_FULL' })
    connection.abort()
  })
})

/** A terminal line set raw. The far side collects, answers each DLE EOT with 12, and says at the end what it got. */
const PTY = `
import os, sys, tty, time, select, signal
master, slave = os.openpty()
tty.setraw(slave)
print(os.ttyname(slave), flush=True)
got = b''
if sys.argv[1] == 'stopped': time.sleep(20)
while True:
    ready, _, _ = select.select([master, 0], [], [])
    if master in ready:
        data = os.read(master, 4096)
        got += data
        if b'\\x10\\x04' in data: os.write(master, b'\\x12')
    elif 0 in ready:
        print(got.hex(), flush=True)
        # Without its other end the line would be gone before it is closed.
        signal.pause()
`
const python = spawnSync('python3', ['-c', 'import pty']).status === 0

async function pty(mode: 'taking' | 'stopped') {
  const child = spawn('python3', ['-c', PTY, mode], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill())
  child.stdout.setEncoding('latin1')
  const lines = child.stdout[Symbol.asyncIterator]()
  // A long line arrives in pieces.
  const line = async () => {
    let text = ''
    while (!text.endsWith('\n')) {
      const { value, done } = await lines.next()
      if (done) break
      text += value
    }
    return text.trim()
  }
  return {
    path: await line(),
    async received() {
      child.stdin.end()
      return Buffer.from(await line(), 'hex')
    },
  }
}

describe.skipIf(!python)('terminal lines (made by python3)', () => {
  it('carry bytes unchanged and answers back', async () => {
    const { path, received } = await pty('taking')
    const transport = file({ path, rawTty: true })
    expect(transport.twoWay).toBe(true)
    const connection = await transport.open()
    const heard: number[] = []
    connection.onData((data) => heard.push(...data))
    await connection.write(pattern(30_000))
    await connection.write(Uint8Array.of(0x10, 0x04, 0x01))
    await expect.poll(() => heard.at(-1)).toBe(0x12)
    const got = await received()
    await connection.close()
    expect(Buffer.compare(got.subarray(0, 30_000), pattern(30_000))).toBe(0)
  })

  it('are refused unless they are said to be raw', async () => {
    const { path } = await pty('taking')
    expect(await failureOf(file({ path }).open())).toMatchObject({
      code: 'FILE_IS_TTY',
      hint: expect.stringContaining('stty'),
    })
  })

  it('that take nothing fail at the deadline, and do not hang afterwards', async () => {
    const { path } = await pty('stopped')
    const connection = await file({ path, rawTty: true, writeTimeoutMs: 200 }).open()
    const failure = await failureOf(connection.write(pattern(100_000)))
    expect(failure.code).toBe('WRITE_TIMEOUT')
    expect(failure.bytesWritten).toBeLessThan(100_000)
    await connection.close()
  })
})
