/** `-` is the standard input or output of every command that reads or writes a file. */

import { expect, test } from 'vitest'
import { generic80 } from '../../src/profiles/index.js'
import { testPage } from '../../src/test-page/index.js'
import { workplace } from './run.js'

const at = workplace()
const on80 = ['--profile', 'generic-80']
const PNG = Buffer.from('89504e47', 'hex')

test('a receipt, its bytes and its picture go through pipes as they go through files', async () => {
  const sale = at.read('sale.json')
  const data = ['--data', 'sale.data.json']
  await at.run('compile', 'sale.json', ...data, ...on80, '-o', 'sale.bin')
  const bytes = at.read('sale.bin')
  const before = at.files()

  const compiled = await at.pipe(sale, 'compile', '-', ...data, ...on80, '-o', '-')
  expect(compiled.code).toBe(0)
  expect(compiled.stdoutBytes.equals(bytes)).toBe(true)

  const [text, picture, svg, png, diff, same] = await Promise.all([
    at.pipe(bytes, 'decode', '-', ...on80),
    at.pipe(bytes, 'preview', '-', ...on80, '-o', '-'),
    at.pipe(
      at.read('sale.data.json'),
      'preview',
      'sale.json',
      '--data',
      '-',
      ...on80,
      '-o',
      '-',
      '--format',
      'svg',
    ),
    at.pipe(bytes, 'decode', '-', ...on80, '--png', '-'),
    at.pipe(bytes, 'diff', 'sale.bin', '-', ...on80, '--png', '-'),
    at.pipe(bytes, 'diff', '-', 'sale.bin', ...on80),
  ])
  expect(text.stdout).toBe((await at.run('decode', 'sale.bin', ...on80)).stdout)
  expect(text.stdout).toContain('银联签购单')
  expect(picture.stdoutBytes.subarray(0, 4)).toEqual(PNG)
  expect(svg.stdout).toMatch(/^<svg /)
  expect(png.stdoutBytes.equals(picture.stdoutBytes)).toBe(true)
  expect(diff.stdoutBytes.subarray(0, 4)).toEqual(PNG)
  expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('the same bytes') })
  expect(at.files()).toEqual(before)
})

test('a receipt is printed and queued from a pipe, and a profile is read from one', async () => {
  const sale = at.read('sale.json')
  const data = ['--data', 'sale.data.json']
  const [printed, queued, set] = await Promise.all([
    at.pipe(sale, 'print', '-', ...data, ...on80, '--to', 'file:printed.bin'),
    at.pipe(
      sale,
      'queue',
      'add',
      '-',
      ...data,
      ...on80,
      '--to',
      'file:b.bin',
      '--job-id',
      '1',
      '--journal',
      'j',
    ),
    at.pipe(JSON.stringify(generic80), 'test-page', '--profile', '-', '-o', '-'),
  ])
  expect(printed.code).toBe(0)
  expect(at.read('printed.bin').equals(at.read('sale.bin'))).toBe(true)
  expect(queued).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1\tqueued\t/) })
  expect(set.stdoutBytes.equals(Buffer.from(testPage(generic80)))).toBe(true)
})

test('answers are read and the profile is written', async () => {
  const args = ['--base', 'generic-80', '--id', 'kitchen', '--answers', '-', '-o', '-']
  const { code, stdout } = await at.pipe('{}', 'profiles', 'derive', ...args)
  expect({ code, id: JSON.parse(stdout).id }).toEqual({ code: 0, id: 'kitchen' })
})

test('what is wrong with the standard input is said of it', async () => {
  const args = ['compile', '-', ...on80, '-o', '-']
  const { code, stdout, stderr } = await at.pipe('{ "nodes": [', ...args)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^error JSON_INVALID: the standard input is not JSON in UTF-8: /)
})
