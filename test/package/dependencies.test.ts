import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'))

/** Packages with known holes that no release mends: they came with another library, for a test. */
const ABANDONED = ['request', 'form-data', 'tough-cookie', 'har-validator', 'get-pixels']

test('no abandoned package is installed, for tests neither', () => {
  const installed = Object.keys(read('package-lock.json').packages)
  expect(installed).toContain('node_modules/sharp')
  const names = installed.map((path) => path.replace(/^.*node_modules\//, ''))
  expect(names.filter((name) => ABANDONED.includes(name))).toEqual([])
})

test('the range of sharp leaves out the versions with known holes (GHSA-f88m-g3jw-g9cj)', () => {
  const { peerDependencies } = read('package.json')
  expect(peerDependencies.sharp).toBe('>=0.35')
})
