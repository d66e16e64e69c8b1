/**
 * The data that a template declares, `"data": { "schema": …, "sample": … }`, and the check of data against it.
 *
 * It is long because each keyword is a small function, and they are best read beside each other. The schema is the part of JSON Schema
 * (draft 2020-12) that data of receipts need. An unknown keyword is an error and is not ignored, because its author would believe that it
 * is checked. The usual validators generate code at run time, which pages with a content security policy forbid, or they are several times
 * as large as the rest of this module.
 */

import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import { isPlainObject } from '../model/realms.js'
import { kindOf } from './filters/kind-of.js'

/** Throws if the value does not match the schema. `depth` counts the schemas around this one. */
type Check = (value: unknown, path: string, depth: number) => void
type Keyword = (given: unknown, path: string, schema: Fields, root: Root) => Check | undefined
type Fields = Readonly<Record<string, unknown>>

/** The whole schema, and its checks by `$ref`, which are kept because a schema may refer to itself. */
interface Root {
  readonly json: unknown
  readonly checks: Map<string, Check>
}

interface Declared {
  /** The template without its declaration. */
  readonly receipt: unknown
  readonly checkData: ((data: object) => void) | undefined
  readonly sample: unknown
}

/**
 * Reads what a template declares about its data.
 * @throws ReceiptError `TEMPLATE_SCHEMA_INVALID`
 */
export function declaredOf(template: unknown): Declared {
  const declares =
    isPlainObject(template) && Array.isArray(template.nodes) && Object.hasOwn(template, 'data')
  if (!declares) return { receipt: template, checkData: undefined, sample: undefined }
  const { data, ...receipt } = template
  const fields = objectAt(data, 'data')
  const other = Object.keys(fields).find((key) => key !== 'schema' && key !== 'sample')
  if (other !== undefined) {
    const hint = didYouMean(other, ['schema', 'sample']) ?? 'it has schema and sample'
    throw schemaError('is not a field of data', `data.${other}`, hint)
  }
  if (fields.schema === undefined) return { receipt, checkData: undefined, sample: fields.sample }
  const check = compileSchema(fields.schema, 'data.schema')
  return { receipt, checkData: (value) => check(value, '', 0), sample: fields.sample }
}

function compileSchema(json: unknown, path: string): Check {
  const root: Root = { json, checks: new Map() }
  return checkOf(json, path, root)
}

/** Far deeper than data of receipts. The limit stops a schema that only refers to itself. */
const MAX_DEPTH = 500

function checkOf(json: unknown, path: string, root: Root): Check {
  if (json === true) return () => {}
  const schema = objectAt(json, path)
  const checks: Check[] = []
  for (const [key, given] of Object.entries(schema)) {
    const keyword = Object.hasOwn(KEYWORDS, key) ? KEYWORDS[key] : undefined
    if (keyword === undefined) {
      const hint = didYouMean(key, Object.keys(KEYWORDS)) ?? `known are ${KNOWN}`
      throw schemaError('is no keyword that is checked here', `${path}.${key}`, hint)
    }
    const check = keyword(given, `${path}.${key}`, schema, root)
    if (check !== undefined) checks.push(check)
  }
  return (value, at, depth) => {
    if (depth > MAX_DEPTH) throw dataError(at.replace(/[.[].*$/, ''), 'is nested too deep')
    for (const check of checks) check(value, at, depth + 1)
  }
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: typeCheck,
  enum: (given, path) => oneOf(scalarsAt(given, path)),
  const: (given, path) => oneOf(scalarsAt([given], path)),
  properties: propertiesCheck,
  required: requiredCheck,
  additionalProperties: othersCheck,
  items: itemsCheck,
  anyOf: anyOfCheck,
  $ref: refCheck,
  $defs: () => undefined,
  minItems: (given, path) => lengthCheck(countAt(given, path), Infinity, 'elements'),
  maxItems: (given, path) => lengthCheck(0, countAt(given, path), 'elements'),
  minLength: (given, path) => lengthCheck(countAt(given, path), Infinity, 'characters'),
  maxLength: (given, path) => lengthCheck(0, countAt(given, path), 'characters'),
  pattern: patternCheck,
  minimum: (given, path) => boundCheck(given, path, 'at least', (value, bound) => value >= bound),
  maximum: (given, path) => boundCheck(given, path, 'at most', (value, bound) => value <= bound),
  exclusiveMinimum: (given, path) =>
    boundCheck(given, path, 'more than', (value, bound) => value > bound),
  exclusiveMaximum: (given, path) =>
    boundCheck(given, path, 'less than', (value, bound) => value < bound),
  ...Object.fromEntries(
    ['title', 'description', 'default', 'examples', '$schema', '$id', '$comment'].map((name) => [
      name,
      () => undefined,
    ]),
  ),
}
const KNOWN = Object.keys(KEYWORDS).join(', ')

type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null'

const TYPES: Readonly<Record<TypeName, readonly [words: string, is: (value: unknown) => boolean]>> =
  {
    string: ['text', (value) => typeof value === 'string'],
    number: ['a number', (value) => Number.isFinite(value) || typeof value === 'bigint'],
    integer: ['a whole number', (value) => Number.isInteger(value) || typeof value === 'bigint'],
    boolean: ['true or false', (value) => typeof value === 'boolean'],
    object: ['an object', isPlainObject],
    array: ['a list', Array.isArray],
    null: ['null', (value) => value === null],
  }

function typeCheck(given: unknown, path: string): Check {
  const types = (Array.isArray(given) ? given : [given]).map((name) => {
    if (typeof name === 'string' && Object.hasOwn(TYPES, name)) return TYPES[name as TypeName]
    throw schemaError('must be a type', path, `the types are ${Object.keys(TYPES).join(', ')}`)
  })
  const words = types.map(([one]) => one).join(', or ')
  return (value, at) => {
    if (!types.some(([, is]) => is(value))) {
      throw dataError(at, `must be ${words}, and is ${kindOf(value)}`)
    }
  }
}

function oneOf(known: readonly unknown[]): Check {
  const words = known.map((one) => JSON.stringify(one)).join(', ')
  return (value, at) => {
    if (!known.includes(value)) throw dataError(at, `must be one of ${words}`)
  }
}

function propertiesCheck(given: unknown, path: string, _: Fields, root: Root): Check {
  const fields = Object.entries(objectAt(given, path)).map(
    ([name, json]) => [name, checkOf(json, `${path}.${name}`, root)] as const,
  )
  return (value, at, depth) => {
    if (!isPlainObject(value)) return
    for (const [name, check] of fields) {
      const field = ownField(value, name)
      if (field !== undefined) check(field, joined(at, name), depth)
    }
  }
}

function requiredCheck(given: unknown, path: string): Check {
  const names = scalarsAt(given, path).map(String)
  return (value, at) => {
    if (!isPlainObject(value)) return
    const missing = names.find((name) => ownField(value, name) === undefined)
    if (missing === undefined) return
    const others = Object.keys(value).filter((name) => !names.includes(name))
    throw dataError(joined(at, missing), 'is missing', didYouMean(missing, others))
  }
}

function othersCheck(given: unknown, path: string, { properties }: Fields, root: Root): Check {
  const known = isPlainObject(properties) ? Object.keys(properties) : []
  const check = given === false ? undefined : checkOf(given, path, root)
  return (value, at, depth) => {
    if (!isPlainObject(value)) return
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue
      if (check === undefined) {
        throw dataError(joined(at, name), 'is not a field of it', didYouMean(name, known))
      }
      check(value[name], joined(at, name), depth)
    }
  }
}

function itemsCheck(given: unknown, path: string, _: Fields, root: Root): Check {
  const check = checkOf(given, path, root)
  return (value, at, depth) => {
    if (!Array.isArray(value)) return
    for (const [i, element] of value.entries()) check(element, `${at}[${i}]`, depth)
  }
}

function anyOfCheck(given: unknown, path: string, _: Fields, root: Root): Check {
  if (!Array.isArray(given) || given.length === 0) throw schemaError('must be a list', path)
  const checks = given.map((json, i) => checkOf(json, `${path}[${i}]`, root))
  return (value, at, depth) => {
    let first: unknown
    for (const check of checks) {
      try {
        return check(value, at, depth)
      } catch (error) {
        if (!(error instanceof ReceiptError)) throw error
        first ??= error
      }
    }
    throw first
  }
}

function refCheck(given: unknown, path: string, _: Fields, root: Root): Check {
  const name = typeof given === 'string' ? /^#(?:\/\$defs\/([^/]+))?$/.exec(given) : null
  const definitions = isPlainObject(root.json) ? root.json.$defs : undefined
  const key = name?.[1]
  const json = key === undefined ? root.json : ownField(definitions, key)
  if (name === null || json === undefined) {
    throw schemaError('leads nowhere', path, 'write "#/$defs/NAME" for a schema of $defs')
  }
  const id = String(given)
  if (!root.checks.has(id)) {
    root.checks.set(id, () => {})
    root.checks.set(
      id,
      checkOf(json, key === undefined ? 'data.schema' : `data.schema.$defs.${key}`, root),
    )
  }
  return (value, at, depth) => root.checks.get(id)?.(value, at, depth)
}

function lengthCheck(min: number, max: number, of: 'elements' | 'characters'): Check {
  const bound = max === Infinity ? `at least ${min}` : `at most ${max}`
  const isKind = of === 'elements' ? Array.isArray : (value: unknown) => typeof value === 'string'
  return (value, at) => {
    if (!isKind(value)) return
    const count = [...(value as Iterable<unknown>)].length
    if (count < min || count > max)
      throw dataError(at, `must have ${bound} ${of}, and has ${count}`)
  }
}

function patternCheck(given: unknown, path: string): Check {
  const pattern = patternOf(given, path)
  return (value, at) => {
    if (typeof value === 'string' && !pattern.test(value)) {
      throw dataError(at, `must look like ${pattern.source}`)
    }
  }
}

function patternOf(given: unknown, path: string): RegExp {
  try {
    if (typeof given === 'string') return new RegExp(given, 'u')
  } catch {
    // The error is thrown below.
  }
  throw schemaError('must be a regular expression', path)
}

type Compare = (value: number | bigint, bound: number) => boolean

function boundCheck(given: unknown, path: string, words: string, holds: Compare): Check {
  if (typeof given !== 'number') throw schemaError('must be a number', path)
  return (value, at) => {
    const isNumber = typeof value === 'number' || typeof value === 'bigint'
    if (isNumber && !holds(value, given)) throw dataError(at, `must be ${words} ${given}`)
  }
}

function objectAt(value: unknown, path: string): Fields {
  if (isPlainObject(value)) return value
  throw schemaError('must be an object', path, 'write { "type": "object", "properties": { … } }')
}

function scalarsAt(value: unknown, path: string): readonly unknown[] {
  const isScalar = (one: unknown) => typeof one !== 'object' || one === null
  if (Array.isArray(value) && value.every(isScalar)) return value
  throw schemaError('must be a list of texts, numbers or flags', path)
}

function countAt(value: unknown, path: string): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value)
  throw schemaError('must be a whole number', path)
}

function ownField(value: unknown, name: string): unknown {
  return isPlainObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function schemaError(what: string, path: string, hint?: string): ReceiptError {
  return new ReceiptError(`${path} ${what}`, { code: 'TEMPLATE_SCHEMA_INVALID', path, hint })
}

/** Makes an error that does not quote the value, because the value may be a card number. */
function dataError(path: string, what: string, hint?: string): ReceiptError {
  return new ReceiptError(
    `the data do not fit the template: ${path === '' ? 'the whole' : path} ${what}`,
    {
      code: 'DATA_INVALID',
      path,
      hint: hint ?? 'the template says in data.schema which data it wants',
    },
  )
}
