import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../built.js'

const source = join(root, 'src')
const MAX_LINES = 300

/** Generated tables are as long as what they hold. */
const isGenerated = (file: string) => file.endsWith('.gen.ts')

test(`a file of more than ${MAX_LINES} lines says in its first comment why`, () => {
  const unexplained = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !isGenerated(file))
    .filter((file) => {
      const text = readFileSync(join(source, file), 'utf8')
      if (text.split('\n').length <= MAX_LINES + 1) return false
      return !text.slice(0, text.indexOf('*/')).includes('It is long because')
    })
  expect(unexplained).toEqual([])
})
