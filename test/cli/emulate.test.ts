/** `xiaopiao emulate` as a process: what it prints, writes, and lets happen. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { cliPath } from '../built.js'
import { workplace } from './run.js'

const at = workplace()
let child: ChildProcess | undefined
afterEach(() => void child?.kill('SIGKILL'))

async function emulate(...options: string[]) {
  const args = [cliPath, 'emulate', '--profile', 'generic-80', ...options]
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  child = running
  let text = ''
  running.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  let wrong = ''
  running.stderr.setEncoding('utf8').on('data', (more: string) => {
    wrong += more
  })
  const complains = (pattern: RegExp) =>
    expect.poll(() => wrong, { timeout: 20_000 }).toMatch(pattern)
  const says = (pattern: RegExp) =>
    expect
      .poll(() => text, { timeout: 20_000 })
      .toMatch(pattern)
      .then(() => pattern.exec(text)?.[1] ?? '')
  return {
    says,
    complains,
    send: async (port: string, data: string) =>
      void connect(Number(port), '127.0.0.1').end(data, 'latin1'),
    async end() {
      running.kill('SIGTERM')
      expect(await once(running, 'exit')).toEqual([0, null])
    },
  }
}

describe('emulate', () => {
  test('writes nothing for a job without paper, and counts on', async () => {
    const out = at.path('jobs')
    const { says, send, end } = await emulate('--port', '0', '--out', out)
    const port = await says(/listens on tcp:\/\/127\.0\.0\.1:(\d+)\n/)
    await send(port, '\x1b@\x1bp\x00\x19\x19')
    await says(/a job without paper: 7 bytes\n/)
    await send(port, 'hello\n')
    await says(/job-001\.png: 6 bytes, 30 rows\n/)
    await end()
    expect(readdirSync(out).sort()).toEqual(['job-001.bin', 'job-001.png', 'job-001.txt'])
  })

  test('goes on behind the jobs of an earlier run, and says where it cannot write', async () => {
    const out = at.path('kept')
    const printer = await emulate('--port', '0', '--out', out)
    const port = await printer.says(/listens on tcp:\/\/127\.0\.0\.1:(\d+)\n/)
    await printer.send(port, 'first\n')
    await printer.says(/job-001\.png/)
    await printer.end()
    const next = await emulate('--port', '0', '--out', out)
    const nextPort = await next.says(/listens on tcp:\/\/127\.0\.0\.1:(\d+)\n/)
    await next.send(nextPort, 'second\n')
    await next.says(/job-002\.png/)
    expect(readFileSync(`${out}/job-001.txt`, 'utf8')).toBe('first\n')
    rmSync(out, { recursive: true })
    await next.send(nextPort, 'third\n')
    await next.complains(/FILE_UNWRITABLE/)
  })

  test('lets faults happen, says what waits, and shows it on a page', async () => {
    const options = ['--window', '--port', '0', '--fault', 'paper-out@3b', '--paper-left', '500']
    const { says, send, end } = await emulate(...options, '--near-end', '20', '--speed', '400')
    const port = await says(/listens on tcp:\/\/127\.0\.0\.1:(\d+)\n/)
    const page = await says(/its paper is on (http:\/\/127\.0\.0\.1:\d+\/)\n/)
    await send(port, 'a\nb\nc\n')
    await says(/job-001: 6 bytes, 30 rows; offline, \d bytes wait\n/)
    expect(await (await fetch(page)).text()).toContain('<title>小票')
    const state = await (await fetch(`${page}state`)).json()
    expect(state).toMatchObject({
      printer: 'generic-80',
      paper: 'end',
      paperLeftMm: expect.any(Number),
    })
    const answer = await fetch(`${page}fault`, { method: 'POST', body: 'paper-in@now' })
    expect(await answer.json()).toMatchObject({ online: true })
    await end()
  })

  test('waits with its files until all is printed', async () => {
    const out = at.path('slow')
    const { says, send, end } = await emulate('--port', '0', '--out', out, '--speed', '200')
    const port = await says(/listens on tcp:\/\/127\.0\.0\.1:(\d+)\n/)
    await send(port, 'line\n'.repeat(20))
    await says(/job-001\.png: 100 bytes, 600 rows\n/)
    expect(readFileSync(`${out}/job-001.txt`, 'utf8')).toBe('line\n'.repeat(20))
    await end()
  })

  test.skipIf(spawnSync('socat', ['-V']).status !== 0)('is a serial line', async () => {
    const link = at.path('line')
    const { says, end } = await emulate('--pty', link, '--out', at.path('serial'))
    expect(await says(/listens on serial:(.*)\?baud=115200\n/)).toBe(link)
    expect(existsSync(link)).toBe(true)
    await end()
    expect(existsSync(link)).toBe(false)
  })
})

describe('wrong options end with 1', () => {
  test.each([
    [[], /^error OUT_MISSING: .* — give --out FOLDER, or --window/],
    [
      ['--window', '--fault', 'paper-out@120in'],
      /^error FAULT_INVALID: 120in is no place — write one of: now,/,
    ],
    [
      ['--window', '--control', '70000'],
      /^error PORT_INVALID: --control must be a whole number from 0 to 65535/,
    ],
    [['--window', '--speed', 'fast'], /^error NUMBER_INVALID: --speed must be a number from 0.1/],
    [
      ['--window', '--usb-gadget', '/nowhere'],
      /^error GADGET_UNAVAILABLE: no USB gadget at \/nowhere/,
    ],
  ])('%j', async (options, message) => {
    const result = await at.run('emulate', '--profile', 'generic-80', '--port', '0', ...options)
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 1, stdout: '' })
    expect(result.stderr).toMatch(message)
  })
})
