import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { decodeSummary, printBytes, startVirtualPrinter } from '../../src/entries/emulator.js'
import { generic58, generic80, profileIds } from '../../src/profiles/index.js'
import { cliPath } from '../built.js'
import { workplace } from './run.js'

const at = workplace()
const sale = ['sale.json', '--data', 'sale.data.json']
const on58 = ['--profile', 'generic-58']
const on80 = ['--profile', 'generic-80']
const done = { code: 0, stderr: '' }

describe('compile', () => {
  test('writes the bytes of the receipt', async () => {
    expect(await at.run('compile', ...sale, ...on80, '-o', 'compiled.bin')).toEqual({
      ...done,
      stdout: '',
    })
    const summary = decodeSummary(printBytes(at.read('compiled.bin'), generic80))
    expect(summary.text).toContain('银联签购单')
    expect(summary.text).toContain('622202******0012')
    expect(summary).toMatchObject({ cuts: 1, unknown: [], paper: { widthDots: 576 } })
  })

  test('--json says what was done; diagnostics are in it and not on stderr', async () => {
    const { code, stdout, stderr } = await at.run(
      'compile',
      ...sale,
      ...on58,
      '-o',
      'json.bin',
      '--json',
    )
    expect({ code, stderr }).toEqual(done)
    expect(JSON.parse(stdout)).toEqual({
      output: 'json.bin',
      bytes: at.read('json.bin').length,
      diagnostics: [expect.objectContaining({ code: 'CUT_UNSUPPORTED', severity: 'info' })],
    })
  })

  test('without it each diagnostic is a line on stderr', async () => {
    const { code, stderr } = await at.run('compile', ...sale, ...on58, '-o', 'lines.bin')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^info CUT_UNSUPPORTED at nodes\[\d+\]: .*\n$/)
  })

  test('pictures are read from the folder of the receipt', async () => {
    const { code } = await at.run(
      'compile',
      'demo-sale.json',
      '--data',
      'demo-sale.data.json',
      ...on80,
      '-o',
      'logo.bin',
    )
    expect(code).toBe(0)
    const { images } = decodeSummary(printBytes(at.read('logo.bin'), generic80))
    expect(images.length).toBeGreaterThanOrEqual(2)
  })

  test('--set changes the width of the paper', async () => {
    await at.run('compile', ...sale, ...on58, '--set', 'widthDots=416', '-o', 'wide.bin')
    const paper = printBytes(at.read('wide.bin'), { ...generic58, widthDots: 416 })
    expect(Math.max(...paper.glyphs.map((glyph) => glyph.x + glyph.widthDots))).toBe(416)
  })
})

describe('preview', () => {
  test.each([
    ['png', '\x89PNG\r\n'],
    ['svg', '<svg '],
    ['pdf', '%PDF-1.7\n'],
    ['txt', ''],
  ])('writes a .%s', async (kind, start) => {
    expect(await at.run('preview', ...sale, ...on80, '-o', `paper.${kind}`)).toEqual({
      ...done,
      stdout: '',
    })
    expect(at.read(`paper.${kind}`).toString('latin1')).toContain(start)
  })

  test('says on stderr what was reported, and what got lost on the paper', async () => {
    const { code, stderr } = await at.run('preview', ...sale, ...on58, '-o', 'reported.txt')
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^info CUT_UNSUPPORTED at nodes\[\d+\]: .*\n$/),
    })
    writeFileSync(at.path('open.bin'), 'no feed')
    const open = await at.run('preview', 'open.bin', ...on80, '-o', 'open.txt')
    expect(open.stderr).toMatch(/^warning LINE_NOT_PRINTED at byte 0: .*: no feed\n$/)
  })

  test('takes bytes as well as receipts', async () => {
    await at.run('compile', ...sale, ...on80, '-o', 'again.bin')
    await at.run('preview', 'again.bin', ...on80, '-o', 'again.txt')
    expect(at.read('again.txt').toString()).toMatch(/RMB 1,286\.00/)
  })
})

describe('decode', () => {
  test('prints text, JSON, a listing and a picture', async () => {
    await at.run('compile', ...sale, ...on80, '-o', 'decode.bin')
    const text = await at.run('decode', 'decode.bin', ...on80)
    expect(text).toMatchObject(done)
    expect(text.stdout).toMatch(/^\s+银联签购单\n-{48}\n/)
    expect((await at.run('decode', 'decode.bin', ...on80, '--text')).stdout).toBe(text.stdout)

    const json = await at.run('decode', 'decode.bin', ...on80, '--json')
    const summary = decodeSummary(printBytes(at.read('decode.bin'), generic80))
    expect(JSON.parse(json.stdout)).toEqual(JSON.parse(JSON.stringify(summary)))

    const listing = await at.run('decode', 'decode.bin', ...on80, '--listing')
    expect(listing.stdout.split('\n')[0]).toMatch(/^0000 {2}1B 40 +ESC @ +initialize/)

    const png = await at.run('decode', 'decode.bin', ...on80, '--png', 'decoded.png', '--json')
    expect(png.stdout).toBe(json.stdout)
    expect(at.read('decoded.png').subarray(1, 4).toString()).toBe('PNG')
  })

  test('random bytes are no error', async () => {
    const { code, stdout } = await at.run('decode', 'logo.png', ...on80, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).unknown.length).toBeGreaterThan(0)
  })
})

describe('print', () => {
  test('on a network printer, with the grade that it proved', async () => {
    const server = await startVirtualPrinter({ profile: generic80, processIds: true })
    const to = ['--to', `tcp://127.0.0.1:${server.port}`]
    const job = server.nextJob()
    const ran = await at.run('print', ...sale, ...on80, '--set', 'answersStatus=true', ...to)
    expect(ran).toMatchObject(done)
    expect(ran.stdout).toMatch(/^printed: \d+ bytes to tcp:/)
    expect(decodeSummary((await job).paper).text).toContain('银联签购单')

    const json = await at.run('print', ...sale, ...on80, '--json', ...to)
    expect(JSON.parse(json.stdout)).toMatchObject({
      grade: 'processed',
      after: { paper: 'ok' },
      warnings: [],
    })
    await server.close()
  })

  test('into a file: handed over, and the same bytes as compiled', async () => {
    await at.run('compile', ...sale, ...on80, '-o', 'same.bin')
    const { stdout } = await at.run('print', ...sale, ...on80, '--to', 'file:printed.bin')
    expect(stdout).toBe(`handed-over: ${at.read('same.bin').length} bytes to file:printed.bin\n`)
    expect(at.read('printed.bin')).toEqual(at.read('same.bin'))
  })

  test('bytes are sent as they are', async () => {
    expect((await at.run('print', 'logo.png', '--raw', ...on80, '--to', 'file:raw.bin')).code).toBe(
      0,
    )
    expect(at.read('raw.bin')).toEqual(at.read('logo.png'))
  })
})

describe('emulate', () => {
  test('makes a picture, the bytes and the text of each job, and ends at SIGTERM', async () => {
    const args = ['emulate', '--port', '0', ...on80, '--out', at.path('jobs')]
    const child = spawn(process.execPath, [cliPath, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]()
    const port = Number(/:(\d+)\n/.exec(String((await lines.next()).value))?.[1])
    connect(port, '127.0.0.1').end('hello\n')
    expect(String((await lines.next()).value)).toMatch(/job-001\.png: 6 bytes, 30 rows/)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(readFileSync(at.path('jobs/job-001.txt'), 'utf8')).toBe('hello\n')
    expect(readFileSync(at.path('jobs/job-001.bin'), 'utf8')).toBe('hello\n')
    expect(readFileSync(at.path('jobs/job-001.png')).subarray(1, 4).toString()).toBe('PNG')
  })
})

describe('profiles', () => {
  test('lists all, and shows one', async () => {
    const list = await at.run('profiles')
    expect(
      list.stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(profileIds)
    expect(JSON.parse((await at.run('profiles', '--json')).stdout)).toHaveLength(profileIds.length)
    expect(JSON.parse((await at.run('profiles', 'generic-58', '--json')).stdout)).toEqual(generic58)
  })

  test('what it shows can be given back as a file', async () => {
    const { stdout } = await at.run('profiles', 'generic-58', '--json')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(at.path('mine.json'), stdout)
    await at.run('compile', ...sale, '--profile', 'mine.json', '-o', 'mine.bin')
    await at.run('compile', ...sale, ...on58, '-o', 'theirs.bin')
    expect(at.read('mine.bin')).toEqual(at.read('theirs.bin'))
  })
})
