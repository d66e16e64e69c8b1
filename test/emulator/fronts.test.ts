/** The device behind a serial line that two terminals of the kernel make; the near end is read and written as a file. */
import { spawnSync } from 'node:child_process'
import { constants, existsSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import { bytes, profile80 } from './helpers.js'

const socat = spawnSync('socat', ['-V']).status === 0

async function start(options: Omit<VirtualPrinterServerOptions, 'profile'> = {}) {
  const server = await startVirtualPrinter({
    profile: profile80,
    pty: true,
    quietMs: 60,
    ...options,
  })
  onTestFinished(() => server.close())
  const path = /^serial:(.*)\?baud=\d+$/.exec(server.uri)?.[1] ?? ''
  const handle = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY)
  onTestFinished(() => handle.close())
  return { server, path, line: hearing(handle) }
}

function hearing(handle: FileHandle) {
  const heard: number[] = []
  let over = false
  onTestFinished(() => {
    over = true
  })
  const buffer = new Uint8Array(256)
  const listen = async () => {
    while (!over) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null).catch((error) => {
        if (error.code === 'EAGAIN') return { bytesRead: 0 }
        throw error
      })
      heard.push(...buffer.subarray(0, bytesRead))
      if (bytesRead === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  listen().catch(() => {})
  return {
    heard,
    send: (source: string) => handle.write(bytes(source)),
    hears: (hex: string) =>
      expect
        .poll(() => Buffer.from(heard).toString('hex'), { timeout: 20_000 })
        .toBe(hex.replaceAll(' ', ''))
        .then(() => heard.splice(0)),
  }
}

describe.skipIf(!socat)('a serial line', () => {
  it('answers, and a job on it is over after some quiet', async () => {
    const { server, path, line } = await start()
    expect(path).toMatch(/^\/dev\//)
    const job = server.nextJob()
    await line.send("1D 61 FF 'one' 0A 1D 72 01")
    await line.hears('10 00 00 0f 00')
    const { text, connection } = await job
    expect([text, connection]).toEqual(['one', 'ended'])
    server.device.set({ cover: 'open' })
    await line.hears('38 00 00 0f')
    await line.send('10 04 02')
    await line.hears('16')
    expect([server.jobs.length, server.port]).toEqual([1, 0])
  })

  it('has a name of its own where it gets one, and is gone when it is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xiaopiao line, '))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const pty = join(folder, 'printer')
    const { server, path, line } = await start({ pty })
    expect(path).toBe(pty)
    await line.send('10 04 01')
    await line.hears('12')
    await server.close()
    expect(existsSync(pty)).toBe(false)
  })

  it('says XOFF and XON as its buffer fills, and DLE EOT is answered between them', async () => {
    const options = { xonXoff: true, receiveBufferBytes: 100, state: { cover: 'open' } } as const
    const { server, line } = await start(options)
    await line.send(`'${'x'.repeat(80)}' 0A`)
    await line.hears('13')
    await line.send('10 04 01')
    await line.hears('1a')
    server.fault('cover-closed@now')
    await line.hears('11')
  })

  it('without flow control loses what does not fit, and still answers', async () => {
    const options = {
      losesWhenFull: true,
      receiveBufferBytes: 20,
      state: { cover: 'open' },
    } as const
    const { server, line } = await start(options)
    await line.send(`'${'x'.repeat(30)}' 0A 10 04 02`)
    await line.hears('16')
    expect(server.device.lostBytes).toBe(14)
    server.fault('cover-closed@now')
    await line.send('0A')
    await expect.poll(() => server.text).toBe('x'.repeat(20))
  })

  it('a power cut loses what comes while it is off', async () => {
    const { server, line } = await start({ faults: ['power-cut@4b'] })
    await line.send("'one' 0A 'two' 0A")
    await expect.poll(() => server.papers.length).toBe(2)
    await expect.poll(() => server.jobs.map(({ connection }) => connection)).toEqual(['broken'])
    await new Promise((resolve) => setTimeout(resolve, 500))
    await line.send("'three' 0A")
    await expect
      .poll(() => server.papers.map(({ glyphs }) => glyphs.map(({ text }) => text).join('')))
      .toEqual(['one', 'three'])
  })
})

it.skipIf(socat)('serial lines are not tested: install socat', ({ skip }) => skip())

it('without socat names the fix', async () => {
  const { PATH } = process.env
  process.env.PATH = '/nowhere'
  onTestFinished(() => {
    process.env.PATH = PATH
  })
  await expect(startVirtualPrinter({ profile: profile80, pty: true })).rejects.toMatchObject({
    code: 'SOCAT_MISSING',
    hint: expect.stringContaining('apt install socat'),
  })
})

it('a folder that is no FunctionFS, and a path that cannot be linked, are told', async () => {
  await expect(
    startVirtualPrinter({ profile: profile80, usbGadget: '/nowhere' }),
  ).rejects.toMatchObject({ code: 'GADGET_UNAVAILABLE' })
  if (!socat) return
  await expect(
    startVirtualPrinter({ profile: profile80, pty: '/nowhere/line' }),
  ).rejects.toMatchObject({ code: 'PTY_FAILED', message: expect.stringContaining('/nowhere/line') })
})
