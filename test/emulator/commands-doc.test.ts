/** docs/commands.md against what it is made of. `npm run docs:commands` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandTable } from '../../src/encoders/escpos/commands/index.js'
import { root } from '../built.js'
import { commandsDoc } from './commands-doc.js'

const path = join(root, 'docs/commands.md')
const made = commandsDoc()
if (process.env.UPDATE_DOCS === '1') writeFileSync(path, made)

it('is what the table, the virtual printer and the vendor hex say: npm run docs:commands', () => {
  expect(readFileSync(path, 'utf8')).toBe(made)
})

it('has a row for each command, with its vendor hex', () => {
  for (const { kind } of commandTable) {
    expect(made).toMatch(new RegExp(`\\| \`${kind}\`.*\\| \\[[\\w-]+\\.txt:\\d+\\]`))
  }
})

it('knows what is answered, done and read over', () => {
  const row = (kind: string) => made.split('\n').find((line) => line.includes(`\`${kind}\``))
  expect(row('realtimeStatus')).toContain('| device | yes |')
  expect(row('cutFeed')).toContain('| device |  |')
  expect(row('qrPrint')).toContain('| symbol |  |')
  expect(row('printDensity')).toContain('| – |  |')
})
