import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Command } from 'commander'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { addProfiles } from '../../src/cli/profiles.js'
import { addTestPage } from '../../src/cli/test-page.js'
import { startVirtualPrinter } from '../../src/entries/emulator.js'
import { findProfile, parseProfile, profileIds } from '../../src/profiles/index.js'
import { testPage } from '../../src/test-page/index.js'

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-profiles-'))
afterEach(() => {
  vi.restoreAllMocks()
})

/** Runs a command in this process; what it writes on stdout comes back. */
async function run(...args: string[]): Promise<string> {
  let out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const program = new Command('xiaopiao')
  addProfiles(program)
  addTestPage(program)
  await program.parseAsync(['node', 'xiaopiao', ...args])
  return out
}

describe('profiles', () => {
  test('lists all, a line each', async () => {
    const lines = (await run('profiles')).trimEnd().split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(profileIds)
    expect(lines.find((line) => line.startsWith('epson-tm-t70ii-tw-58 '))).toMatch(
      /416 dots {2}34 columns {2}big5 +Epson TM-T70II Traditional Chinese, 58 mm$/,
    )
  })

  test('filters by width and vendor', async () => {
    const json = JSON.parse(await run('profiles', '--width', '546', '--vendor', 'EPS', '--json'))
    expect(json.map(({ id }: { id: string }) => id)).toEqual([
      'epson-tm-p80-42col',
      'epson-tm-t20ii-42col',
    ])
    await expect(run('profiles', '--width', 'wide')).rejects.toThrow(/a whole number of dots/)
  })

  test('shows one with what each field rests on', async () => {
    const lines = (await run('profiles', 'show', 'xprinter-xp-80c')).split('\n')
    const line = (path: string) => lines.find((one) => one.startsWith(`${path} `)) ?? ''
    expect(line('qr')).toMatch(/^qr +raster +users: escpos-php #401$/)
    expect(line('status.auto')).toMatch(/^status.auto +unknown$/)
    expect(line('drawer.pin')).toMatch(/^drawer.pin +2 +guessed: habits/)
    expect(line('codePages')).toMatch(/none/)
    expect(JSON.parse(await run('profiles', 'sunmi-v2')).widthDots).toBe(384)
  })

  test('compares two by the fields in which they differ', async () => {
    const lines = (await run('profiles', 'compare', 'generic-80', 'xprinter-xp-80c')).split('\n')
    expect(lines).toContainEqual(expect.stringMatching(/^codePageTable +epson +xprinter$/))
    expect(lines).toContainEqual(expect.stringMatching(/^buzzer +unknown +esc-b$/))
    expect(lines.filter((line) => /^(widthDots|charset|qr) /.test(line))).toEqual([])
  })
})

describe('profiles derive', () => {
  const derive = (name: string, ...more: string[]) => {
    const output = join(folder, `${name}.json`)
    const args = ['--base', 'generic-80', '--id', name, '-o', output, ...more]
    return run('profiles', 'derive', ...args).then(() =>
      parseProfile(JSON.parse(readFileSync(output, 'utf8'))),
    )
  }

  test('from a file of answers', async () => {
    const answers = join(folder, 'answers.json')
    writeFileSync(answers, JSON.stringify({ widthDots: 512, zones: ['D1'] }))
    const profile = await derive('from-file', '--answers', answers, '--maker', 'Someone')
    expect(profile).toMatchObject({ id: 'from-file', vendor: 'Someone', widthDots: 512 })
    expect(profile.charset).toBe('gb2312')
  })

  test('from lines that are typed, and the end of the input ends it', async () => {
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(
      Readable.from(['58\n432\n36\n54\n\nC1 C3\nD1 D2 D3\n']) as unknown as typeof process.stdin,
    )
    const profile = await derive('typed')
    expect(profile).toMatchObject({ paperMm: 58, widthDots: 432, charset: 'gbk' })
    expect(profile.fonts.B?.widthDots).toBe(8)
    expect(profile.chineseModeAfterReset).toBe(true)
    expect(profile.cuts).toEqual(['partial', 'full'])
  })
})

test('an answer that is none is refused from a pipe', async () => {
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(
    Readable.from(['58\nwide\n']) as unknown as typeof process.stdin,
  )
  const output = join(folder, 'none.json')
  await expect(
    run('profiles', 'derive', '--base', 'generic-58', '--id', 'x', '-o', output),
  ).rejects.toMatchObject({ code: 'ANSWER_INVALID', path: 'widthDots' })
})

describe('test-page', () => {
  const generic80 = findProfile('generic-80')

  test('writes bytes, and a picture', async () => {
    const [bin, png] = [join(folder, 'page.bin'), join(folder, 'page.png')]
    await run('test-page', '--profile', 'generic-80', '-o', bin)
    expect(readFileSync(bin).equals(testPage(generic80))).toBe(true)
    await run('test-page', '--profile', 'generic-80', '-o', png)
    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG')
    await expect(run('test-page', '--profile', 'generic-80')).rejects.toThrow(/nowhere to go/)
  })

  test('prints it and asks what the printer can answer', async () => {
    const jobs: Uint8Array[] = []
    const server = await startVirtualPrinter({
      profile: generic80,
      port: 0,
      host: '127.0.0.1',
      onJob: ({ bytes }) => void jobs.push(bytes),
    })
    try {
      const out = await run('test-page', '--profile', 'generic-80', '--to', server.uri)
      expect(out).toMatch(/^S1 DLE EOT 1: 1[26]$/m)
      expect(out).toMatch(/^S2 GS r 1: 00$/m)
      expect(out).toMatch(/status: S1 S2/)
    } finally {
      await server.close()
    }
    const [job] = jobs
    expect(job?.subarray(0, 40)).toEqual(testPage(generic80).subarray(0, 40))
  })

  test('a one-way link is asked nothing', async () => {
    const device = join(folder, 'device.bin')
    writeFileSync(device, '')
    const out = await run('test-page', '--profile', 'generic-80', '--to', `file:${device}`)
    expect(out).toMatch(/one-way: status: none/)
    expect(readFileSync(device).equals(testPage(generic80))).toBe(true)
  })
})
