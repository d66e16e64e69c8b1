import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../built.js'

const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')

interface Step {
  readonly name: string
  readonly file: string
}

function stepsOf(title: string): readonly Step[] {
  const section = text.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\d+\. `(\w+)` in `([\w/.-]+)`/gm)].map(
    ([, name = '', file = '']) => ({ name, file }),
  )
}

test('it stays short enough to be read at once', () => {
  expect(text.split('\n').length).toBeLessThanOrEqual(200)
})

test.each(['One receipt, function by function', 'One print job, function by function'])(
  '%s: each step exists and is called by an earlier one',
  (title) => {
    const steps = stepsOf(title)
    expect(steps.length).toBeGreaterThanOrEqual(6)
    expect(steps.length).toBeLessThanOrEqual(15)
    const sources: string[] = []
    for (const { name, file } of steps) {
      const path = join(root, 'src', file)
      expect({ file, isThere: existsSync(path) }).toEqual({ file, isThere: true })
      const source = readFileSync(path, 'utf8')
      expect(source).toMatch(new RegExp(`export (async )?(function|class) ${name}\\b`))
      const isCalled = sources.some((earlier) => new RegExp(`\\b${name}\\(`).test(earlier))
      if (sources.length > 0) expect({ name, isCalled }).toEqual({ name, isCalled: true })
      sources.push(source, ...callersOf(file))
    }
  },
)

/** Elements stand between the layout of a receipt and the rooms that they call. */
function callersOf(file: string): readonly string[] {
  if (file !== 'elements/index.ts') return []
  return [readFileSync(join(root, 'src/elements/text.ts'), 'utf8')]
}
