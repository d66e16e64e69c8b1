import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../built.js'
import { components, longestChain, readImports } from './imports.js'

const graph = readImports(join(root, 'src'))

describe('imports of values and types', () => {
  test('the only circle is the grammar: groups and tables hold nodes, and nodes are groups and tables', () => {
    const circles = components(graph).filter((files) => files.length > 1)
    expect(circles).toEqual([['elements/columns.ts', 'elements/group.ts', 'elements/index.ts']])
  })

  test('circles and chains are found', () => {
    const sample = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c', 'd'])],
      ['c', new Set(['b'])],
      ['d', new Set<string>()],
    ])
    expect(components(sample)).toEqual([['d'], ['b', 'c'], ['a']])
    expect(longestChain(sample)).toEqual(['a', 'b + c', 'd'])
  })
})
