/** The quick check of receipts against the schema that it is made from: on whole and on damaged receipts they agree. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { parseReceipt, receiptSchema } from '../../src/elements/receipt.js'
import { quickCheckOf } from '../../src/model/quick-check.js'
import { anyReceipt } from '../laws/arbitraries.js'
import { lawTimeoutMs, numRuns, seed } from '../laws/samples.js'

const quick = quickCheckOf(receiptSchema)

const oddValues = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  65,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  '',
  'decimal',
  'qr',
  '12mm',
  'a line of more than four',
  [],
  [''],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g']],
  {},
  { text: 'a' },
  { text: 'a', span: 3 },
  { kind: 'text' },
  { nodes: [] },
  new Date(0),
  new Map(),
  () => 'a',
  Symbol('a'),
  10n,
]

type Holder = Record<string, unknown>

interface Damage {
  readonly place: number
  readonly deed: 'replace' | 'add' | 'remove' | 'rename'
  readonly odd: unknown
}

/** Does `damage` at one of all places of the receipt. */
function damaged(receipt: object, { place, deed, odd }: Damage): object {
  const copy = structuredClone(receipt)
  const places = placesOf(copy)
  const [holder, key] = places[place % places.length] as readonly [Holder, string]
  const value = holder[key]
  if (deed === 'replace') holder[key] = odd
  if (deed === 'add') holder[`${key}s`] = odd
  if (deed === 'remove' || deed === 'rename') delete holder[key]
  if (deed === 'rename') holder[`x${key}`] = value
  return copy
}

function placesOf(value: object): (readonly [Holder, string])[] {
  return Object.entries(value).flatMap(([key, inner]) => [
    [value as Holder, key] as const,
    ...(typeof inner === 'object' && inner !== null ? placesOf(inner) : []),
  ])
}

const damage = fc.record({
  place: fc.nat(500),
  deed: fc.constantFrom('replace', 'add', 'remove', 'rename'),
  odd: fc.constantFrom(...oddValues),
})

describe('quick check', { timeout: lawTimeoutMs }, () => {
  it('says yes to every receipt', () => {
    fc.assert(
      fc.property(anyReceipt, (receipt) => quick(receipt, 0)),
      { numRuns, seed },
    )
  })

  it('and the schema never disagree about a damaged receipt', () => {
    let refused = 0
    fc.assert(
      fc.property(anyReceipt, damage, (receipt, how) => {
        const spoilt = damaged(receipt, how)
        const isValid = receiptSchema.safeParse(spoilt).success
        if (!isValid) refused++
        // An object of a class in place of a node is the schema's to judge.
        const isPlain = !(how.odd instanceof Date || how.odd instanceof Map)
        if (isPlain || !isValid) expect(quick(spoilt, 0)).toBe(isValid)
      }),
      { numRuns, seed },
    )
    expect(refused).toBeGreaterThan(numRuns / 3)
  })

  it('leaves what holds itself, and schemas that it does not know, to the schema', () => {
    const nodes: object[] = []
    nodes.push({ kind: 'group', nodes })
    expect(quick({ nodes }, 0)).toBe(false)
    expect(quickCheckOf(z.strictObject({ at: z.iso.date() }))({ at: 'today' }, 0)).toBe(false)
    expect(quickCheckOf(z.date())(new Date(0), 0)).toBe(false)
    expect(quickCheckOf(z.object({ a: z.string() }))({ a: 'b' }, 0)).toBe(false)
  })

  it('keeps the caller’s object out of what parseReceipt answers', () => {
    const given = { nodes: [{ kind: 'columns', columns: [{}], rows: [['a', { text: ['b'] }]] }] }
    given.nodes[0]?.rows[0]?.splice(1)
    const parsed = parseReceipt(given)
    expect(parsed).toEqual(given)
    given.nodes[0]?.rows[0]?.push('second')
    expect(parsed.nodes).toEqual([{ kind: 'columns', columns: [{}], rows: [['a']] }])
  })
})
