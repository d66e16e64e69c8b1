/** Receipts that nobody writes by hand: each is refused with a code and a path, never by the engine. */

import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { ReceiptError } from '../../src/model/errors.js'
import { generic58 } from '../../src/profiles/index.js'

const leaf: object = { kind: 'text', text: 'a' }

function failureOf(nodes: readonly object[], images: object = {}): object {
  try {
    compileJson({ nodes }, { profile: generic58, images: images as never })
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error
    return { code: error.code, path: error.path, hinted: error.hint !== undefined }
  }
  throw new Error('it was compiled')
}

function groups(depth: number): object {
  let node = leaf
  for (let i = 0; i < depth; i++) node = { kind: 'group', nodes: [node] }
  return node
}

describe('nesting', () => {
  it('of ninety groups prints', () => {
    expect(compileJson({ nodes: [groups(90)] }, { profile: generic58 }).diagnostics).toEqual([])
  })

  it('of 10,000 groups, and of nodes that hold themselves, is refused', () => {
    const circle: { kind: string; nodes: object[] } = { kind: 'group', nodes: [] }
    circle.nodes.push(circle)
    const fault = { code: 'RECEIPT_INVALID', path: 'nodes[1]', hinted: true }
    expect(failureOf([leaf, groups(10_000)])).toEqual(fault)
    expect(failureOf([leaf, circle])).toEqual(fault)
  })
})

it.each(['pdf417', 'datamatrix', 'aztec', 'maxicode'])(
  '%s refuses half a character',
  (symbology) => {
    const fault = { code: 'SYMBOL_DATA', path: 'nodes[0].data', hinted: true }
    expect(failureOf([{ kind: 'symbol', symbology, data: 'a\ud83d' }])).toEqual(fault)
  },
)

it.each([
  null,
  5,
  {},
  { widthPx: 1, heightPx: 1 },
  { widthPx: 1, heightPx: 1, data: [0, 0, 0, 0] },
  { widthPx: 0, heightPx: 0, data: new Uint8Array(0) },
  { widthPx: 2, heightPx: 2, data: new Uint8Array(4) },
])('%j is no picture', (pixels) => {
  const fault = { code: 'IMAGE_INVALID', hinted: true }
  const images = { a: pixels }
  expect(failureOf([{ kind: 'image', src: 'a' }], images)).toEqual({
    ...fault,
    path: 'nodes[0].src',
  })
  const qr = { kind: 'qr', data: 'abc', logo: 'a' }
  expect(failureOf([qr], images)).toEqual({ ...fault, path: 'nodes[0].logo' })
})

it('a barcode of a kilometre is refused', () => {
  const bars = { kind: 'barcode', symbology: 'code128', data: 'a', height: '999999mm' }
  const fault = { code: 'RECEIPT_INVALID', path: 'nodes[0].height', hinted: true }
  expect(failureOf([bars])).toEqual(fault)
})
