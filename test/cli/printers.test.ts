import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/entries/emulator.js'
import { generic80 } from '../../src/profiles/index.js'
import { cliPath } from '../built.js'
import { workplace } from './run.js'

const at = workplace()

async function printer(options: Partial<VirtualPrinterServerOptions> = {}) {
  const server = await startVirtualPrinter({ profile: generic80, ...options })
  onTestFinished(() => server.close())
  return server
}

/** A file of bytes, each a letter of the text. */
function file(name: string, bytes: string): string {
  writeFileSync(at.path(name), bytes, 'latin1')
  return at.path(name)
}

describe('status', () => {
  test('says how a printer is, in words and as JSON', async () => {
    const { uri } = await printer({ state: { paper: 'near-end' } })
    expect(await at.run('status', uri)).toEqual({
      code: 0,
      stdout: 'online, paper near-end, cover closed, error none, drawer pin low\n',
      stderr: '',
    })
    const { stdout } = await at.run('status', uri, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ answered: true, online: true, paper: 'near-end' })
  })

  test('ends with 3 for one that cannot print', async () => {
    const { uri } = await printer({ state: { cover: 'open' } })
    const { code, stdout } = await at.run('status', uri)
    expect(code).toBe(3)
    expect(stdout).toContain('offline')
    expect(stdout).toContain('cover open')
  })

  test('tells a way over which no printer answers', async () => {
    const { code, stderr } = await at.run('status', 'cups:counter')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error PRINTER_ONE_WAY: .*xiaopiao doctor cups:counter/)
  })

  test('--watch says each change', async () => {
    const { uri, device } = await printer()
    const child = spawn(process.execPath, [cliPath, 'status', uri, '--watch', '--json'])
    onTestFinished(() => void child.kill('SIGKILL'))
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    await expect.poll(() => out, { timeout: 20_000 }).toContain('"cover":"closed"')
    device.set({ cover: 'open' })
    await expect.poll(() => out, { timeout: 20_000 }).toContain('"cover":"open"')
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

describe('doctor', () => {
  test('finds nothing wrong with a printer that is ready', async () => {
    const { uri } = await printer()
    const { code, stdout } = await at.run('doctor', uri)
    expect(code).toBe(0)
    expect(stdout).toContain('ok  it is a xiaopiao VIRTUAL')
    expect(stdout).not.toContain('!!')
  })

  test('says what is wrong and how to mend it', async () => {
    const { uri } = await printer({ state: { paper: 'end' } })
    const { code, stdout } = await at.run('doctor', uri)
    expect(code).toBe(3)
    expect(stdout).toMatch(/!! {2}the paper is out\n {4}→ put in a new roll/)
  })

  test('reads the bytes that a program sends, and names another language', async () => {
    const label = file('label.bin', '^XA^FO50,50^ADN,36,20^FDHello^FS^XZ')
    const { code, stdout } = await at.run('doctor', label)
    expect(code).toBe(3)
    expect(stdout).toMatch(
      /^!! {2}the stream looks like ZPL, and this printer reads ESC\/POS: send/,
    )
    const receipt = file(
      'receipt.bin',
      '\x1b@one\ntwo\n\x1bd\x03\x1dV\x00\x1bp\x00\x19\xfa\x1b\x02left',
    )
    expect(await at.run('doctor', receipt, '--profile', 'generic-58')).toMatchObject({
      code: 0,
      stdout: [
        'ok  it is ESC/POS: 2 lines, 1 cut, 1 drawer pulse',
        '    the stream ends without a feed; not printed: left (LINE_NOT_PRINTED)',
        '    1 unknown command, the first at byte 21: 1B 02',
        '',
      ].join('\n'),
    })
    expect((await at.run('doctor', file('empty.bin', ''))).stdout).toBe(
      '!!  nothing of it prints\n',
    )
  })
})

describe('printers', () => {
  test('asks a network only when told to', async () => {
    const { port, uri } = await printer()
    const args = ['printers', '--scan', '127.0.0.1', '--port', String(port)]
    const { code, stdout } = await at.run(...args)
    expect(code).toBe(0)
    expect(stdout).toContain(uri)
    expect((await at.run('printers', '--json')).stdout).not.toContain('127.0.0.1')
  })

  test('refuses a network that is too large', async () => {
    const { code, stderr } = await at.run('printers', '--scan', '10.0.0.0/8')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error SUBNET_INVALID: .*192\.168\.1\.0\/24/)
  })
})
