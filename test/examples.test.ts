import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeSummary, startVirtualPrinter } from '../src/entries/emulator.js'
import { paperMatchers } from '../src/entries/matchers.js'
import { generic58, generic80 } from '../src/profiles/index.js'
import { ensureBuilt, root } from './built.js'

expect.extend(paperMatchers)

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao examples '))
beforeAll(ensureBuilt)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const execute = promisify(execFile)

/** Exit code and output of a script of the project, run in a folder of its own. */
async function run(script: string, ...args: string[]): Promise<{ code: number; stdout: string }> {
  try {
    const { stdout, stderr } = await execute(process.execPath, [script, ...args], { cwd: folder })
    expect(stderr).toBe('')
    return { code: 0, stdout }
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string }
    return { code, stdout }
  }
}

const example = (name: string, ...args: string[]) => run(join(root, 'examples', name), ...args)

/** Width and height in the header of a PNG. */
function pngSize(name: string): [number, number] {
  const png = readFileSync(join(folder, name))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

describe('examples', () => {
  test('preview.mjs', async () => {
    const { code, stdout } = await example('preview.mjs')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^receipt\.png shows \d+ bytes\n/)
    expect(stdout).toMatch(/CHAR_SUBSTITUTED at nodes\[4\]\.value: .*¥.*￥/)
    expect(pngSize('receipt.png')[0]).toBe(384 + 2 * 16)
  })

  test('vouchers.mjs', async () => {
    const { code, stdout } = await example('vouchers.mjs')
    expect(code).toBe(0)
    expect(stdout).toContain('000236 merchant confirmed, cardholder confirmed\n')
    expect(stdout).toContain('000001 merchant confirmed, cardholder confirmed\n')
    expect(stdout).toContain('000236 622202******0012: print 2, marked true\n')
    expect(stdout).toContain('drawer opened 1 time(s)\n')
    expect(stdout).toContain('重打印:2026-11-23 12:10 第1次')
    expect(stdout).toContain('2 trades settled, 133700 fen; as sealed: true;')
    expect(stdout).toMatch(/封存码:[0-9a-f]{16}/)
  })

  test('print.mjs on a printer that is ready', async () => {
    const server = await startVirtualPrinter({ profile: generic80 })
    const job = server.nextJob()
    expect(await example('print.mjs', server.uri)).toEqual({
      code: 0,
      stdout: 'processed, paper ok\n',
    })
    expect(decodeSummary((await job).paper)).toMatchObject({ text: '厨房3号桌', cuts: 1 })
    await server.close()
  })

  test('print.mjs on a printer without paper', async () => {
    const server = await startVirtualPrinter({ profile: generic80, state: { paper: 'end' } })
    const { code, stdout } = await example('print.mjs', server.uri)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^print it again: paper-out \(put in a new roll; nothing was printed\)/)
    await server.close()
  })

  test('print.mjs on a printer that loses power', async () => {
    const server = await startVirtualPrinter({ profile: generic80, powerCutAfterBytes: 40 })
    const { code, stdout } = await example('print.mjs', server.uri)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^look at the paper: connection-lost after \d+ of \d+ bytes\n$/)
    await server.close()
  })

  test('writing.mjs', async () => {
    const { code, stdout } = await example('writing.mjs')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^大写 +肆拾元伍角$/m)
    expect(stdout).toContain('the same bytes: true')
  })

  test('template.mjs', async () => {
    const { code, stdout } = await example('template.mjs')
    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines[1]).toBe('2026-11-23 12:08  单号 000048')
    expect(lines[2]).toMatch(/^1 牛肉面 +28\.00$/)
    expect(lines[3]).toBe('  * {{ 不要香菜 }}')
    expect(lines[5]).toMatch(/^合计\.+￥40\.00$/)
    expect(lines[6]).toBe('卡号 622202******0012')
  })

  test('test-a-pos-app.mjs', async () => {
    expect(await example('test-a-pos-app.mjs')).toEqual({
      code: 0,
      stdout: 'the ticket is right\n',
    })
  })

  describe('testing', () => {
    /** The tests of a till, as they run in CI. */
    const runTests = (place: string) => {
      const vitest = join(root, 'node_modules/vitest/vitest.mjs')
      const env = { ...process.env, CI: 'true', NO_COLOR: '1' }
      const ran = spawnSync(process.execPath, [vitest, 'run'], {
        cwd: place,
        env,
        encoding: 'utf8',
      })
      return { status: ran.status, output: ran.stdout + ran.stderr }
    }

    test('the till passes its tests', () => {
      const { status, output } = runTests(join(root, 'examples', 'testing'))
      expect(output).toMatch(/Tests +3 passed/)
      expect(status).toBe(0)
    })

    test('a till that prints another receipt fails, and its paper is shown beside the golden', () => {
      // In the project, where the name `xiaopiao` is the project itself.
      const place = join(root, 'examples', '.testing')
      cpSync(join(root, 'examples', 'testing'), place, { recursive: true })
      try {
        const till = readFileSync(join(place, 'till.mjs'), 'utf8')
        writeFileSync(join(place, 'till.mjs'), till.replace("{ align: 'center' }),", '{}),'))
        const { status, output } = runTests(place)
        expect(status).toBe(1)
        expect(output).toMatch(/paper is not as .*sale\.png: \d+ dots differ, in rows \d+–\d+/)
        expect(readdirSync(join(place, 'goldens')).sort()).toEqual([
          'sale.actual.png',
          'sale.diff.png',
          'sale.png',
        ])
        rmSync(join(place, 'goldens'), { recursive: true })
        expect(runTests(place).output).toContain('sale.png is missing, and in CI none is written')
      } finally {
        rmSync(place, { recursive: true })
      }
    })
  })

  test('decode.mjs', async () => {
    const { code, stdout } = await example('decode.mjs')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^0005 {2}C4 E3 BA C3 +.*你好/m)
    const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    expect(summary).toMatchObject({
      text: '你好',
      cuts: 1,
      unknown: [{ offset: 10, hex: '1B 7F' }],
    })
  })

  test('raw-pixels.mjs', async () => {
    const { code, stdout } = await example('raw-pixels.mjs')
    expect(code).toBe(0)
    const [, width, height, black] =
      /^(\d+) x (\d+) dots, (\d+) of them black\n$/.exec(stdout) ?? []
    expect([width, height]).toEqual(['384', '192'])
    // The disc's mean darkness is a third of its area.
    expect(Number(black)).toBeGreaterThan((Math.PI * 96 ** 2) / 3 - 600)
    expect(Number(black)).toBeLessThan((Math.PI * 96 ** 2) / 3 + 600)
    expect(pngSize('pixels.png')).toEqual([384, 192])
  })

  test("'pos-counter' serves its page, tells the PINs, and leaves nothing behind", async () => {
    const script = join(root, 'examples', 'pos-counter', 'counter.mjs')
    const counter = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(counter, 'exit')
    let said = ''
    for await (const text of counter.stdout) {
      said += text
      if (said.includes('Ctrl-C ends')) break
    }
    const [, url = ''] = /^counter: (\S+)$/m.exec(said) ?? []
    const page = await fetch(url)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>')])
    expect(said).toMatch(/manager 01 with PIN \d{6}, cashier 02 with PIN \d{6}/)
    const [, store = ''] = /^its store: (.*), gone/m.exec(said) ?? []
    expect(existsSync(store)).toBe(true)
    counter.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(existsSync(store)).toBe(false)
  })

  test('every example has a test here; the demo writes where it is called', async () => {
    const source = readFileSync(new URL(import.meta.url), 'utf8')
    const names = readdirSync(join(root, 'examples')).filter((name) => !name.startsWith('.'))
    for (const name of names) expect(source).toContain(`'${name}'`)
    const { code, stdout } = await example('demo.mjs')
    expect(code).toBe(0)
    expect(stdout).toContain('grade "printed"')
    expect(pngSize('demo/sale.png')[0]).toBe(576)
  })
})

describe.each(['README.md', 'README.zh-CN.md'])('the example of %s', (readme) => {
  test('runs as it stands, but for the address', async () => {
    const [, code = ''] =
      /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, readme), 'utf8')) ?? []
    const server = await startVirtualPrinter({ profile: generic58 })
    const job = server.nextJob()
    expect(code).toContain('tcp://192.168.1.50')
    // In the project, where the name `xiaopiao` is the project itself.
    const script = join(root, 'examples', `.${readme}.mjs`)
    writeFileSync(script, code.replace('tcp://192.168.1.50', server.uri))
    const ran = await run(script).finally(() => rmSync(script))
    expect(ran).toEqual({ code: 0, stdout: 'processed\n' })
    // The picture beside the code is the paper of that code.
    expect((await job).paper).toMatchPaper(join(root, 'docs/first-page.png'))
    await server.close()
  })
})
