/**
 * Checks in one pass whether a value is valid, by the same shapes and schemas. The result is "valid" or "undecided": only `faultsOf`, or
 * zod, decides that a value is wrong, and why. So each rule is written once, and a valid receipt or trade does not cost the time to
 * collect faults.
 */

import type * as z from 'zod/mini'
import { isBytes } from './realms.js'
import type { Rule, Shape } from './shape.js'

/** Returns true if `value` is surely valid, false if it may not be. `depth` counts the nodes around the value. */
export type QuickCheck = (value: unknown, depth: number) => boolean

/** Greatest depth of nodes. It is far below the limit of nesting; a value that is deeper or contains itself is left to the schema. */
const MOST_NODES = 30

/** A shape of ours, or a zod schema. */
type Schema = Shape | z.core.$ZodType

interface SchemaCheck {
  readonly _zod: { readonly def: CheckDef; check(payload: Payload): unknown }
}

interface Payload {
  readonly value: unknown
  readonly issues: unknown[]
}

/** The fields of shapes and of zod's definitions that are read here. */
interface Def {
  readonly type: string
  readonly shape?: Readonly<Record<string, Schema>>
  readonly catchall?: Schema
  readonly innerType?: Schema
  readonly element?: Schema
  readonly valueType?: Schema
  readonly options?: readonly Schema[]
  readonly discriminator?: string
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
  readonly getter?: () => Schema
  readonly format?: string
  readonly checks?: readonly (Rule | SchemaCheck)[]
}

interface CheckDef {
  readonly check?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly format?: string
  readonly pattern?: RegExp
}

const known = new WeakMap<Schema, QuickCheck>()

/** Returns the quick check of a schema. For an unknown kind of schema the check always returns false. */
export function quickCheckOf(schema: Schema): QuickCheck {
  let check = known.get(schema)
  if (check === undefined) {
    check = makeCheck(defOf(schema))
    known.set(schema, check)
  }
  return check
}

function defOf(schema: Schema): Def {
  return ('_zod' in schema ? schema._zod.def : schema) as Def
}

function makeCheck(def: Def): QuickCheck {
  const isInteger = def.type === 'number' && def.format === 'safeint'
  if (def.format !== undefined && !isInteger) return never
  const isType = isInteger ? isSafeInteger : makeType(def)
  const checks = (def.checks ?? []).map((rule) => ('_zod' in rule ? zodRule(rule) : makeRule(rule)))
  const [only] = checks
  if (only === undefined) return isType
  if (checks.length === 1) return (value, depth) => isType(value, depth) && only(value)
  return (value, depth) => isType(value, depth) && checks.every((check) => check(value))
}

function makeRule(rule: Rule): (value: unknown) => boolean {
  switch (rule.check) {
    // Limits count code points. A code point has one or two UTF-16 units, so a text within the limit in units is within it.
    case 'min_length':
      return (value) =>
        (value as string).length >= rule.limit && (rule.limit < 2 || Array.isArray(value))
    case 'max_length':
      return (value) => (value as string).length <= rule.limit
    case 'greater_than':
      return (value) => (value as number) >= rule.limit
    case 'less_than':
      return (value) => (value as number) <= rule.limit
    case 'multiple_of':
      return (value) => (value as number) % rule.limit === 0
    case 'regex':
      return (value) => rule.pattern.test(value as string)
    case 'custom':
      return (value) => rule.holds(value as never).length === 0
  }
}

function zodRule(rule: SchemaCheck): (value: unknown) => boolean {
  const { check, minimum = 0, maximum = 0 } = rule._zod.def
  if (check === 'min_length') return (value) => (value as string).length >= minimum
  if (check === 'max_length') return (value) => (value as string).length <= maximum
  const { format, pattern } = rule._zod.def
  // A global or sticky expression keeps its position between two tests, so it is left to the schema, which resets it.
  const isStateless = pattern !== undefined && !pattern.global && !pattern.sticky
  if (format === 'regex' && isStateless) return (value) => pattern.test(value as string)
  return (value) => {
    const payload = { value, issues: [] }
    rule._zod.check(payload)
    return payload.issues.length === 0
  }
}

const never = () => false
const isSafeInteger = (value: unknown) => Number.isSafeInteger(value)

function makeType(def: Def): QuickCheck {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string'
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'number':
      return (value) => Number.isFinite(value)
    case 'bytes':
      return isBytes
    case 'literal':
      return isOneOf(def.values ?? [])
    case 'enum':
      return isOneOf(def.values ?? Object.values(def.entries ?? {}))
    case 'optional':
      // An optional field must not be present with the value `undefined`, which the inner check refuses.
      return quickCheckOf(def.innerType as Schema)
    case 'nullable': {
      const inner = quickCheckOf(def.innerType as Schema)
      return (value, depth) => value === null || inner(value, depth)
    }
    case 'record':
      return def.valueType === undefined || '_zod' in def.valueType
        ? never
        : makeRecord(def.valueType)
    case 'array':
      return makeArray(def.element as Schema)
    case 'lazy':
      return makeLazy(def.getter as () => Schema)
    case 'union':
      return def.discriminator === undefined
        ? makeUnion(def.options ?? [])
        : makeChoice(def.options ?? [], def.discriminator)
    case 'object':
      return makeObject(def)
    default:
      return never
  }
}

function isOneOf(values: readonly unknown[]): QuickCheck {
  const [only] = values
  return values.length === 1 ? (value) => value === only : (value) => values.includes(value)
}

function makeArray(schema: Schema): QuickCheck {
  const element = quickCheckOf(schema)
  return (value, depth) => {
    if (!Array.isArray(value)) return false
    for (let i = 0; i < value.length; i++) if (!element(value[i], depth)) return false
    return true
  }
}

function makeRecord(schema: Shape): QuickCheck {
  const field = quickCheckOf(schema)
  return (value, depth) =>
    isPlainObject(value) && Object.values(value).every((one) => field(one, depth))
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function makeLazy(getter: () => Schema): QuickCheck {
  let inner: QuickCheck | undefined
  return (value, depth) => {
    if (depth >= MOST_NODES) return false
    inner ??= quickCheckOf(getter())
    return inner(value, depth + 1)
  }
}

function makeUnion(options: readonly Schema[]): QuickCheck {
  const checks = options.map(quickCheckOf)
  return (value, depth) => {
    for (const check of checks) if (check(value, depth)) return true
    return false
  }
}

/** Makes the check of a discriminated union. */
function makeChoice(options: readonly Schema[], field: string): QuickCheck {
  const byValue = new Map<unknown, QuickCheck>()
  for (const option of options) {
    for (const value of valuesOf(option, field)) byValue.set(value, quickCheckOf(option))
  }
  return (value, depth) => {
    if (typeof value !== 'object' || value === null) return false
    return byValue.get((value as Record<string, unknown>)[field])?.(value, depth) === true
  }
}

function valuesOf(schema: Schema, field: string): readonly unknown[] {
  const { type, options = [], shape = {} } = defOf(schema)
  if (type === 'union') return options.flatMap((option) => valuesOf(option, field))
  const inner = shape[field]
  return inner === undefined ? [] : (defOf(inner).values ?? [])
}

interface FieldCheck {
  readonly check: QuickCheck
  readonly isNeeded: boolean
}

function makeObject({ shape = {}, catchall }: Def): QuickCheck {
  if (catchall === undefined || defOf(catchall).type !== 'never') return never
  const fields = new Map<string, FieldCheck>()
  let neededCount = 0
  for (const [key, schema] of Object.entries(shape)) {
    const isNeeded = defOf(schema).type !== 'optional'
    if (isNeeded) neededCount++
    fields.set(key, { check: quickCheckOf(schema), isNeeded })
  }
  return (value, depth) => {
    if (!isPlainObject(value)) return false
    let found = 0
    for (const key in value) {
      const field = fields.get(key)
      if (field === undefined) return false
      if (!field.check(value[key], depth)) return false
      if (field.isNeeded) found++
    }
    return found === neededCount
  }
}
