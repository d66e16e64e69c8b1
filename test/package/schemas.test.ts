/** The JSON Schema files: made of the sources, complete, and of one mind with the check that printing rests on. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { makeSchemas, readSources, schemaText } from '../../scripts/schemas.mjs'
import { parseReceipt, receiptJsonSchema } from '../../src/index.js'
import { root } from '../built.js'
import { debianNames, fixtureNames, fixtureReceipt, languageNames } from '../goldens/fixtures.js'
import { seeded } from '../seeded.js'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const made = makeSchemas(receiptJsonSchema(), readSources())
const ajv = new Ajv2020({ strict: true, strictTypes: false })
const isReceipt = ajv.compile(made['receipt.schema.json'])
const isTemplate = ajv.compile(made['template.schema.json'])
const names = [...fixtureNames, ...languageNames, ...debianNames]

it.each(['receipt.schema.json', 'template.schema.json'] as const)(
  'schema/%s is what the sources give: `npm run build:js && npm run schemas` renews it',
  (name) => {
    expect(read(`schema/${name}`) === schemaText(made[name])).toBe(true)
  },
)

it.each(Object.entries(made))(
  '%s has $id, title, description and examples everywhere',
  (_, schema) => {
    expect(schema).toMatchObject({
      $id: expect.stringMatching(/^https:/),
      title: expect.any(String),
      description: expect.any(String),
    })
    let fields = 0
    const visit = (one: unknown): void => {
      if (typeof one !== 'object' || one === null) return
      const { properties } = one as { properties?: Record<string, Record<string, unknown>> }
      for (const [name, field] of Object.entries(properties ?? {})) {
        fields++
        const about = { name, ...field }
        expect(about).toMatchObject({
          title: expect.stringMatching(/./),
          description: expect.stringMatching(/.{4}/),
          examples: expect.arrayContaining([expect.anything()]),
        })
      }
      for (const [key, value] of Object.entries(one)) if (key !== 'examples') visit(value)
    }
    visit(schema)
    expect(fields).toBeGreaterThan(100)
  },
)

it.each(names)('the fixture %s is a template, and with its data a receipt', (name) => {
  const template = JSON.parse(read(`fixtures/receipts/${name}.json`))
  expect([isTemplate(template), isTemplate.errors]).toEqual([true, null])
  expect([isReceipt(fixtureReceipt(name)), isReceipt.errors]).toEqual([true, null])
})

it('a template may bind settings and hold loops anywhere a list is, and nothing else', () => {
  const right = [
    { kind: 'text', text: 'a', bold: '{{ vip }}', size: '{{ s }}', align: '{{ a }}' },
    { kind: 'text', text: ['a', { kind: 'if', test: 'b', then: [{ text: 'c', bold: true }] }] },
    { kind: 'each', in: 'items', as: 'item', do: [{ kind: 'rule' }] },
    { kind: 'switch', on: 'pay', cases: { cash: [{ kind: 'cut' }] }, else: [] },
    { kind: 'let', set: { a: 'b | plus: 1' }, do: [{ kind: 'feed', lines: '{{ a }}' }] },
    { kind: 'include', partial: 'header', with: { shop: 'shop' } },
    { kind: 'columns', columns: '{{ c }}', rows: [{ kind: 'each', in: 'i', do: [['a', 'b']] }] },
  ]
  for (const node of right) expect([node, isTemplate({ nodes: [node] })]).toEqual([node, true])
  const wrong = [
    { kind: 'text', text: 'a', bold: 'vip' },
    { kind: 'text', text: 'a', size: 9 },
    { kind: 'text', text: ['a', { kind: 'rule' }] },
    { kind: 'each', do: [] },
    { kind: 'each', in: 'items', do: [['a']] },
    { kind: 'if', test: 'a', then: [], esle: [] },
    { kind: 'txet', text: 'a' },
    { kind: 'columns', columns: [{}], rows: [{ kind: 'text', text: 'a' }] },
  ]
  for (const node of wrong) expect([node, isTemplate({ nodes: [node] })]).toEqual([node, false])
})

/**
 * Rules that JSON Schema cannot say, or says otherwise; they are listed in docs/writing.md:
 * a row has no more cells than its table has columns; `char` and `ruleChar` are one character; nodes nest 200 levels at most.
 */
function onlyOursSays(message: string): boolean {
  return /expected at most \d+ cells|expected one character|nested deeper/.test(message)
}

it('what only our check says is what the manual lists', () => {
  const row = { kind: 'columns', columns: [{}], rows: [['a', 'b']] }
  let deep: object = { kind: 'text', text: 'a' }
  for (let i = 0; i < 150; i++) deep = { kind: 'group', nodes: [deep] }
  for (const node of [row, { kind: 'rule', char: '==' }, { kind: 'rule', char: '' }, deep]) {
    expect(isReceipt({ nodes: [node] })).toBe(true)
    expect(() => parseReceipt({ nodes: [node] })).toThrow(
      /expected at most 1 cells|expected one character|nested deeper/,
    )
  }
})

describe('1,000 damaged receipts', () => {
  const random = seeded(20261129)
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const VALUES = [
    null,
    true,
    false,
    0,
    1,
    2,
    9,
    -1,
    1.5,
    65,
    '',
    'a',
    'left',
    'B',
    '30%',
    '3mm',
    'fit',
    [],
    {},
    ['a'],
    [[]],
    [['a', 'b', 'c']],
    { kind: 'text' },
    { text: 'a' },
    [{ kind: 'rule', char: '==' }],
    '😀',
  ]
  const FIELDS = [
    'kind',
    'text',
    'size',
    'bold',
    'columns',
    'rows',
    'nodes',
    'align',
    'char',
    'data',
    'span',
    'width',
    'module',
    'colour',
  ]

  /** One change somewhere: a value replaced, a field taken away, added or renamed. */
  function damaged(receipt: unknown): unknown {
    const copy = structuredClone(receipt)
    const places: [Record<string, unknown>, string][] = []
    const visit = (one: unknown): void => {
      if (typeof one !== 'object' || one === null) return
      for (const key of Object.keys(one)) {
        places.push([one as Record<string, unknown>, key])
        visit((one as Record<string, unknown>)[key])
      }
    }
    visit(copy)
    const [holder, key] = pick(places)
    const how = random(4)
    if (how === 0) holder[key] = pick(VALUES)
    else if (how === 1 && !Array.isArray(holder)) delete holder[key]
    else if (how === 2 && !Array.isArray(holder)) holder[pick(FIELDS)] = holder[key]
    else
      holder[pick(FIELDS.filter((one) => !Array.isArray(holder) || Number(one) >= 0)) ?? key] =
        pick(VALUES)
    return copy
  }

  it('are judged alike by ajv and by our check, but for what only our check can say', () => {
    const whole = names.map((name) => structuredClone(fixtureReceipt(name)))
    const told = { right: 0, wrong: 0, onlyOurs: 0 }
    for (let i = 0; i < 1000; i++) {
      const receipt = damaged(pick(whole))
      const theirs = isReceipt(receipt)
      let fault = ''
      try {
        parseReceipt(receipt)
      } catch (error) {
        fault = (error as Error).message
      }
      if (theirs && onlyOursSays(fault)) told.onlyOurs++
      else {
        const about = { i, fault, errors: isReceipt.errors?.slice(0, 2) }
        expect({ ...about, valid: theirs }).toEqual({ ...about, valid: fault === '' })
        told[theirs ? 'right' : 'wrong']++
      }
    }
    expect(told.right).toBeGreaterThan(100)
    expect(told.wrong).toBeGreaterThan(500)
    expect(told.onlyOurs).toBeLessThan(60)
    if (process.env.XIAOPIAO_TELL === '1') process.stdout.write(`${JSON.stringify(told)}\n`)
  })
})
