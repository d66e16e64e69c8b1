/** docs/printers.md against the profiles. `npm run docs:printers` writes it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { profileIds } from '../../src/profiles/index.js'
import { printersPage } from './printers-doc.js'

const path = new URL('../../docs/printers.md', import.meta.url)

test('docs/printers.md lists every profile as it is', () => {
  const page = printersPage()
  if (process.env.UPDATE_DOCS !== undefined) writeFileSync(path, page)
  expect(readFileSync(path, 'utf8'), 'run npm run docs:printers').toBe(page)
  expect(profileIds.filter((id) => !page.includes(`| \`${id}\` |`))).toEqual([])
  expect(profileIds.length).toBeGreaterThanOrEqual(135)
})
