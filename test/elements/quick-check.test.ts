/** The check of receipts against zod, by schemas made of the same shapes: on whole and on damaged receipts they agree. */

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { parseReceipt, receiptSchema } from '../../src/elements/receipt.js'
import { quickCheckOf } from '../../src/model/quick-check.js'
import { type Fault, faultsOf } from '../../src/model/shape-faults.js'
import { jsonSchemaOf } from '../../src/model/shape-json.js'
import { profileSchema } from '../../src/profiles/fields.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { anyReceipt } from '../laws/arbitraries.js'
import { lawTimeoutMs, numRuns, seed } from '../laws/samples.js'
import { zodOf } from '../zod-of.js'

const quick = quickCheckOf(receiptSchema)
const zodSchema = zodOf(receiptSchema)

/** Of numbers zod says in two ways that they are numbers; it has no word for the length of a function. */
const ORIGINS = { int: 'number', number: 'number', string: 'string', array: 'array' } as const

/** What a message is made of. */
function toldOf(fault: Fault | z.core.$ZodIssue): unknown {
  const { code, path, message, expected, values, keys, origin, errors, discriminator } =
    fault as Fault
  return {
    code,
    path,
    message: message === 'Invalid input' ? undefined : message,
    expected,
    values: values && [...values],
    keys,
    origin: code === 'custom' ? undefined : ORIGINS[origin as 'int'],
    errors: errors?.map((branch) => branch.map(toldOf)),
    discriminator,
  }
}

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

function sameKeys(a: object, b: object): boolean {
  return Object.keys(a).join() === Object.keys(b).join()
}

const damage = fc.record({
  place: fc.nat(500),
  deed: fc.constantFrom('replace', 'add', 'remove', 'rename'),
  odd: fc.constantFrom(...oddValues),
})

// Another test of the same process may have given zod its English messages, which are not compared.
const { localeError } = z.config()
beforeAll(() => void z.config({ localeError: () => undefined }))
afterAll(() => void z.config(localeError === undefined ? {} : { localeError }))

describe('quick check', { timeout: lawTimeoutMs }, () => {
  it('says yes to every receipt', () => {
    fc.assert(
      fc.property(anyReceipt, (receipt) => quick(receipt, 0)),
      { numRuns, seed },
    )
  })

  it('and zod never disagree about a damaged receipt, nor about its faults', () => {
    let refused = 0
    fc.assert(
      fc.property(anyReceipt, damage, (receipt, how) => {
        const spoilt = damaged(receipt, how)
        const { success: isValid, error } = zodSchema.safeParse(spoilt)
        if (!isValid) refused++
        const issues = error?.issues ?? []
        expect(faultsOf(receiptSchema, spoilt).map(toldOf)).toEqual(issues.map(toldOf))
        // An object of a class in place of a node is the schema's to judge.
        const isPlain = !(how.odd instanceof Date || how.odd instanceof Map)
        if (isPlain || !isValid) expect(quick(spoilt, 0)).toBe(isValid)
      }),
      { numRuns, seed },
    )
    expect(refused).toBeGreaterThan(numRuns / 3)
  })

  it('and zod never disagree about a profile with an odd value', () => {
    const zodProfile = zodOf(profileSchema)
    for (const [holder, key] of placesOf(generic80)) {
      for (const odd of oddValues.slice(1)) {
        const copy = structuredClone({ ...generic80, aliases: ['a'], usb: ['0416:5011'] })
        const [copied] = placesOf(copy).find((at) => at[1] === key && sameKeys(at[0], holder)) ?? []
        if (copied === undefined) continue
        copied[key] = odd
        const issues = zodProfile.safeParse(copy).error?.issues ?? []
        const faults = faultsOf(profileSchema, copy)
        const told = { key, faults: faults.map(({ code, path }) => ({ code, path })) }
        expect(told).toEqual({ key, faults: issues.map(({ code, path }) => ({ code, path })) })
        if (!(odd instanceof Date))
          expect(quickCheckOf(profileSchema)(copy, 0)).toBe(issues.length === 0)
      }
    }
  })

  it('says in JSON Schema what zod says', () => {
    const named = JSON.stringify(z.toJSONSchema(zodSchema, { unrepresentable: 'any' }))
    const said = JSON.parse(named.replaceAll('__schema0', 'node'))
    // Zod cannot leave out what no file can hold.
    const { node } = said.$defs
    const isRaw = (one: { properties: { kind?: { const?: string } } }) =>
      one.properties?.kind?.const === 'raw'
    expect(node.oneOf.filter(isRaw)).toHaveLength(1)
    node.oneOf = node.oneOf.filter((one: never) => !isRaw(one))
    expect(jsonSchemaOf(receiptSchema)).toEqual(said)
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
