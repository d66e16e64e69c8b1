import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tableFiles } from '../../scripts/generate-charsets.mjs'
import { root } from '../built.js'

const folder = join(root, 'src/charsets/tables')
const made = tableFiles()

test.each(Object.keys(made))(
  '%s is what iconv-lite gives: node scripts/generate-charsets.mjs',
  (name) => {
    expect(readFileSync(join(folder, name), 'utf8') === made[name]).toBe(true)
  },
)

test('no table is written by hand', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.gen.ts'))
  expect(files.sort()).toEqual(Object.keys(made).sort())
})
