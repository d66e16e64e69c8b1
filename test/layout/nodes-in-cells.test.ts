/** Nodes in the cells of a table: how wide their column is, and what is said of it. */

import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/index.js'
import type { RowBlock } from '../../src/model/strip.js'
import { generic58 } from '../../src/profiles/index.js'

function rowOf(nodes: readonly object[], second: object | string): RowBlock {
  const columns = [{ width: 'auto' }, {}]
  const table = { kind: 'columns', columns, rows: [[{ nodes }, second]] }
  const { strip } = compileJson({ nodes: [table] }, { profile: generic58 })
  return strip.blocks[0] as RowBlock
}

describe('an auto column of nodes', () => {
  it('is as wide as its QR code and the quiet zones: the text beside it has the rest', () => {
    const row = rowOf([{ kind: 'qr', data: 'abc', module: 3 }], '扫码评价')
    expect(row.kind).toBe('row')
    const [code] = (row.cells[0]?.blocks ?? []).filter(({ kind }) => kind === 'symbol')
    expect(code).toMatchObject({ x: 12, widthDots: 63 })
    const [line] = row.cells[1]?.blocks ?? []
    expect(line?.kind === 'line' && line.runs[0]?.x).toBe(12 + 63 + 12 + 12)
  })

  it('shares the rest where its nodes fill the line', () => {
    const row = rowOf([{ kind: 'qr', data: 'abc', align: 'center' }], '扫码评价')
    const [line] = row.cells[1]?.blocks ?? []
    expect(line?.kind === 'line' && line.runs[0]?.x).toBe(198)
  })

  it('reports what is in it once', () => {
    const columns = [{ width: 'auto' }, {}]
    const nodes = [{ kind: 'text', text: '¥5' }]
    const table = { kind: 'columns', columns, rows: [[{ nodes }, 'x']] }
    const { diagnostics } = compileJson({ nodes: [table] }, { profile: generic58 })
    expect(diagnostics.map(({ code }) => code)).toEqual(['CHAR_SUBSTITUTED'])
  })
})
