import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../built.js'
import { components, longestChain, readImports } from './imports.js'

const graph = readImports(join(root, 'src'))
/** From the command line down to the errors; a change that needs more has a type in a file that does work. */
const MAX_CHAIN = 16

describe('imports of values and types', () => {
  test('no file imports itself by way of others: the grammar of nodes is one file of types', () => {
    expect(components(graph).filter((files) => files.length > 1)).toEqual([])
  })

  test('the longest chain of imports is short, because types and entries are leaves of it', () => {
    expect(longestChain(graph).length).toBeLessThanOrEqual(MAX_CHAIN)
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
