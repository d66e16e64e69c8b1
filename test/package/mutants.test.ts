/** The mutants are run by hand (`npm run mutants`), so that code which moves would leave them behind unnoticed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mutants } from '../../scripts/mutants.mjs'
import { root } from '../built.js'

const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts'))

test('every mutant finds its text, once, and changes it', () => {
  const stale = mutants.filter(([, file, before, after]) => {
    const source = readFileSync(join(root, 'src', file), 'utf8')
    return source.split(before).length !== 2 || before === after
  })
  expect(stale.map(([name, file]) => `${file}: ${name}`)).toEqual([])
})

test('every mutant names tests that there are', () => {
  const lost = mutants.filter(([, , , , names]) =>
    names.some((name) => !tests.some((file) => file.includes(name))),
  )
  expect(lost.map(([name]) => name)).toEqual([])
})
