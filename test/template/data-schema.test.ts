/** The data that a template declares: checked first, with the path in the data. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptError } from '../../src/model/errors.js'
import { generic58 } from '../../src/profiles/index.js'
import { bindValue as bind } from '../../src/template/bind.js'
import { bind as bindReceipt } from '../../src/template/index.js'

function failureOf(schema: unknown, data: object): ReceiptError {
  try {
    bind({ data: { schema }, nodes: [] }, data)
  } catch (error) {
    return error as ReceiptError
  }
  throw new Error('nothing was thrown')
}

const sale = {
  type: 'object',
  required: ['shop', 'items'],
  additionalProperties: false,
  properties: {
    shop: { type: 'string', minLength: 1, maxLength: 20 },
    table: { type: ['string', 'null'] },
    items: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'fen'],
        properties: { name: { type: 'string' }, fen: { type: 'integer', minimum: 0 } },
      },
    },
    pay: { enum: ['cash', 'card'] },
  },
}
const right = { shop: '老城面馆', items: [{ name: '面', fen: 1200 }] }

describe('declared data', () => {
  it('are no part of the receipt', () => {
    const template = {
      data: { schema: sale, sample: right },
      nodes: [{ kind: 'text', text: '{{ shop }}' }],
    } as const
    const receipt = bindReceipt(template, right)
    expect(receipt).toEqual({ nodes: [{ kind: 'text', text: '老城面馆' }] })
    compile(receipt, { profile: generic58 })
    expect(bind({ data: { schema: sale }, nodes: [] }, right)).toEqual({ nodes: [] })
  })

  it('are checked first, and the error has their path', () => {
    const wrong: readonly (readonly [object, string, string])[] = [
      [{ items: right.items }, 'shop', 'is missing'],
      [{ ...right, items: [] }, 'items', 'must have at least 1 elements, and has 0'],
      [{ ...right, items: 'x' }, 'items', 'must be a list, and is text'],
      [{ ...right, items: [...right.items, { name: 'a' }] }, 'items[1].fen', 'is missing'],
      [
        { ...right, items: [{ name: 'a', fen: 1.5 }] },
        'items[0].fen',
        'must be a whole number, and is a number with a fraction',
      ],
      [{ ...right, items: [{ name: 'a', fen: -1 }] }, 'items[0].fen', 'must be at least 0'],
      [{ ...right, tabel: 'A1' }, 'tabel', 'is not a field of it'],
      [{ ...right, table: 6 }, 'table', 'must be text, or null, and is a whole number'],
      [{ ...right, pay: 'alipay' }, 'pay', 'must be one of "cash", "card"'],
      [{ ...right, shop: 'x'.repeat(21) }, 'shop', 'must have at most 20 characters, and has 21'],
    ]
    for (const [data, path, words] of wrong) {
      const { code, path: found, message } = failureOf(sale, data)
      expect([path, code, found]).toEqual([path, 'DATA_INVALID', path])
      expect(message).toContain(`${path} ${words}`)
    }
    expect(failureOf(sale, { ...right, tabel: 'A1' }).hint).toBe('did you mean table?')
  })

  it('may be bigint, which is whole, and never quote a value', () => {
    expect(
      bind({ data: { schema: { properties: { n: { type: 'integer' } } } }, nodes: [] }, { n: 5n }),
    ).toEqual({ nodes: [] })
    const card = '6222021234567890123'
    const { message, hint } = failureOf({ properties: { n: { maxLength: 3 } } }, { n: card })
    expect(`${message} ${hint}`).not.toContain('6222')
  })

  it('end where a schema and data that hold themselves never would', () => {
    const schema = { properties: { next: { $ref: '#' } } }
    const data: { next?: object } = {}
    data.next = data
    expect(failureOf(schema, data).message).toContain('nested too deep')
    expect(failureOf({ $ref: '#' }, {}).message).toContain('nested too deep')
  })
})

describe('a schema', () => {
  it('has no keyword that is not checked', () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ typ: 'object' }, 'data.schema.typ'],
      [{ properties: { a: { format: 'date' } } }, 'data.schema.properties.a.format'],
      [{ type: 'float' }, 'data.schema.type'],
      [{ properties: [] }, 'data.schema.properties'],
      [{ required: 'shop' }, 'data.schema.required'],
      [{ properties: { a: { pattern: '(' } } }, 'data.schema.properties.a.pattern'],
      [{ $ref: '#/$defs/none' }, 'data.schema.$ref'],
      [{ minItems: -1 }, 'data.schema.minItems'],
      [{ anyOf: [] }, 'data.schema.anyOf'],
      [[], 'data.schema'],
    ]
    for (const [schema, path] of wrong) {
      const { code, path: found } = failureOf(schema, {})
      expect({ code, path: found }).toEqual({ code: 'TEMPLATE_SCHEMA_INVALID', path })
    }
    expect(failureOf({ typ: 'object' }, {}).hint).toBe('did you mean type?')
    expect(() => bind({ data: { schema: {}, smaple: {} }, nodes: [] }, {})).toThrow(/data.smaple/)
  })

  it('says of 1,000 pairs of schema and data what ajv says', () => {
    const name = fc.constantFrom('a', 'b', 'shop', 'constructor', 'toString')
    const { schema } = fc.letrec<{ schema: object }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(
          ...['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'].map((type) => ({
            type,
          })),
        ),
        fc.record({
          type: fc.uniqueArray(fc.constantFrom('string', 'null', 'integer'), { minLength: 1 }),
        }),
        fc.record({
          enum: fc.uniqueArray(fc.constantFrom('x', '', 0, 1, true, null), { minLength: 1 }),
        }),
        fc.record({ const: fc.constantFrom('x', 1, null) }),
        fc.record({ minLength: fc.nat(3), maxLength: fc.nat(3) }),
        fc.record({ minItems: fc.nat(2), maxItems: fc.nat(2) }),
        fc.record({ minimum: fc.nat(3), exclusiveMaximum: fc.nat(5) }),
        fc.record({ pattern: fc.constantFrom('^x', '\\d', '^.$') }),
        fc.record({ items: tie('schema') }),
        fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
        fc.record({
          properties: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
          required: fc.uniqueArray(name, { maxLength: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        }),
      ),
    }))
    const { data } = fc.letrec<{ data: unknown }>((tie) => ({
      data: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('x', '', 'xx', '😀', '12', 0, 1, 1.5, -1, 4, true, false, null),
        fc.array(tie('data'), { maxLength: 3 }),
        fc.dictionary(name, tie('data'), { maxKeys: 3 }),
      ),
    }))
    const root = fc.dictionary(name, data, { maxKeys: 3 })
    const ajv = new Ajv2020({ strict: false, logger: false, ownProperties: true })
    const seen = { yes: 0, no: 0 }
    fc.assert(
      fc.property(schema, root, (given, value) => {
        const whole = { properties: { a: given, shop: given }, additionalProperties: given }
        const theirs = ajv.validate(whole, value)
        let ours = true
        try {
          bind({ data: { schema: whole }, nodes: [] }, value)
        } catch (error) {
          expect((error as ReceiptError).code).toBe('DATA_INVALID')
          ours = false
        }
        seen[theirs ? 'yes' : 'no']++
        expect(ours).toBe(theirs)
      }),
      { numRuns: 1000, seed: 17 },
    )
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200)
  })
})
