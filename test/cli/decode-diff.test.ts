import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { root } from '../built.js'
import { workplace } from './run.js'

const at = workplace()
const on80 = ['--profile', 'generic-80']
const bill = readFileSync(join(root, 'fixtures/goldens/generic-80/takeaway.bin'))
/** With a full cut where the bill has a partial one. */
const otherCut = Buffer.from(bill)
otherCut[otherCut.lastIndexOf(Buffer.from([0x1d, 0x56, 0x42])) + 2] = 0x41
const sameAgain = Buffer.concat([Buffer.from([0x1b, 0x40]), bill])
for (const [name, bytes] of Object.entries({ bill, otherCut, sameAgain })) {
  writeFileSync(at.path(`${name}.bin`), bytes)
}
writeFileSync(at.path('two.bin'), Buffer.concat([bill, bill]))

const size = (name: string) => {
  const { width, height } = decode(at.read(name))
  return [width, height]
}

describe('pictures', () => {
  test('decode writes PNG and SVG, one for each cut, in any scale', async () => {
    const pictures = ['--png', 'two.png', '--svg', 'two.svg', '--per-cut', '--scale', '2']
    const { code, stderr } = await at.run('decode', 'two.bin', ...on80, ...pictures)
    expect([code, stderr]).toEqual([0, ''])
    expect(at.files().filter((name) => name.startsWith('two'))).toEqual([
      'two-1.png',
      'two-1.svg',
      'two-2.png',
      'two-2.svg',
      'two.bin',
    ])
    expect(size('two-1.png')[0]).toBe(2 * 576)
    expect(at.read('two-2.svg').toString()).toMatch(/ width="1152" height="\d+"/)
  })

  test('preview shows edges and marks', async () => {
    await at.run('preview', 'bill.bin', ...on80, '-o', 'bill.png')
    await at.run('preview', 'bill.bin', ...on80, '-o', 'desk.png', '--edge', '--marks')
    const [width = 0, height = 0] = size('bill.png')
    // Margins and desk on both sides; a gap above and one at the cut.
    expect(size('desk.png')).toEqual([width + 2 * 24 + 2 * 40, height + 24 + 24])
  })

  test('decode --paper writes all of the paper', async () => {
    await at.run('decode', 'bill.bin', ...on80, '--paper', 'paper.json')
    const paper = JSON.parse(at.read('paper.json').toString())
    expect(paper.glyphs[0]).toMatchObject({ x: expect.any(Number), offset: expect.any(Number) })
    expect(paper.bitmap).toMatchObject({ widthDots: 576, hash: expect.stringMatching(/^\w{16}$/) })
  })

  test('a scale that is none is refused', async () => {
    const ran = await at.run('decode', 'bill.bin', ...on80, '--png', 'x.png', '--scale', '0')
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringMatching(/^error SCALE_INVALID/)])
  })
})

describe('decode --listing', () => {
  const listing = ['decode', 'bill.bin', ...on80, '--listing']

  test('says what each command did, without colours in a file', async () => {
    const { stdout } = await at.run(...listing)
    expect(stdout).toMatch(/^0000 {2}1B 40 .*initialize {2}→ no change$/m)
    expect(stdout).toMatch(/cutFeed m=66 n=0 {2}→ feeds \d+ dots; partial cut at row \d+\n$/)
    expect(stdout).not.toContain('\u001b[')
  })

  test('has colours where they are asked for', async () => {
    const [plain, painted] = [
      await at.run(...listing),
      await at.run(...listing, '--color', 'always'),
    ]
    expect(painted.stdout).toContain('\u001b[33mESC @')
    expect(painted.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout)
  })
})

describe('diff', () => {
  test('0 for the same bytes', async () => {
    const ran = await at.run('diff', 'bill.bin', 'bill.bin', ...on80)
    expect(ran).toEqual({ code: 0, stdout: 'the same bytes, the same paper\n', stderr: '' })
  })

  test('1 for other bytes, and says whether the paper is the same', async () => {
    const same = await at.run('diff', 'bill.bin', 'sameAgain.bin', ...on80)
    expect(same.code).toBe(1)
    expect(same.stdout).toMatch(/^commands\n\+ .*initialize\nother bytes, the same paper\n$/)
    const other = await at.run('diff', 'bill.bin', 'otherCut.bin', ...on80, '--png', 'both.png')
    expect(other.code).toBe(1)
    expect(other.stdout).toMatch(
      /\ncuts\n- partial at .*\n\+ full at .*\nother bytes, another paper\n$/,
    )
    expect(size('both.png')).toEqual(size('bill.png'))
  })

  test('--json', async () => {
    const { stdout } = await at.run('diff', 'bill.bin', 'otherCut.bin', ...on80, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      sameBytes: false,
      samePaper: false,
      commands: [{ before: [{ kind: 'cutFeed' }], after: [{ kind: 'cutFeed', length: 4 }] }],
      paper: { dots: { count: 0 }, cuts: [{ after: { mode: 'full' } }] },
    })
  })

  test('2 when there is nothing to compare', async () => {
    const { code, stderr } = await at.run('diff', 'bill.bin', 'nowhere.bin', ...on80)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error FILE_UNREADABLE: .*nowhere/)])
  })
})
