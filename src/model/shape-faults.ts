/**
 * Finds the faults of a value by its shape. Only values that the quick check refuses come here, so this may be slow. It finds the same
 * faults as zod does for the same schema, in the same order, which a law tests.
 */

import { isPlainObject } from './quick-check.js'
import { isBytes } from './realms.js'
import type { Rule, Shape } from './shape.js'

/** A fault at one place of a value. */
export interface Fault {
  readonly code:
    | 'invalid_type'
    | 'invalid_value'
    | 'invalid_union'
    | 'unrecognized_keys'
    | 'too_small'
    | 'too_big'
    | 'not_multiple_of'
    | 'invalid_format'
    | 'custom'
  readonly path: readonly PropertyKey[]
  /** The fault in words. Absent if code and shape are enough to describe it. */
  readonly message?: string
  /** The type that was expected: `string`, `int`. */
  readonly expected?: string
  /** The values that were expected. */
  readonly values?: readonly unknown[]
  /** Unknown fields of the object. */
  readonly keys?: readonly string[]
  /** Type of the value that exceeds a limit: `string`, `number`, `array`. */
  readonly origin?: string
  /** For a union, the faults of the value by each alternative. */
  readonly errors?: readonly (readonly Fault[])[]
  readonly discriminator?: string
  /** The value has the right type and only breaks a rule. A union then reports this alternative rather than one of another type. */
  readonly isNear?: boolean
}

/** Returns all faults of `value`, those of fields before unknown fields; empty if the value is valid. */
export function faultsOf(shape: Shape, value: unknown): readonly Fault[] {
  const faults = typeFaults(shape, value)
  for (const rule of shape.checks ?? []) {
    if (mayCheck(rule, value, faults)) faults.push(...ruleFaults(rule, value))
  }
  return faults
}

/** Whether a rule can be checked. Lengths can even if elements are wrong; other rules need a value of the right type. */
function mayCheck({ check }: Rule, value: unknown, faults: readonly Fault[]): boolean {
  if (check === 'min_length' || check === 'max_length') return lengthOf(value) !== undefined
  return faults.every(({ isNear }) => isNear)
}

function lengthOf(value: unknown): number | undefined {
  return (value as { readonly length?: number } | null | undefined)?.length
}

function typeFaults(shape: Shape, value: unknown): Fault[] {
  switch (shape.type) {
    case 'string':
    case 'boolean':
      return typeof value === shape.type ? [] : [wrongType(shape.type)]
    case 'bytes':
      return isBytes(value) ? [] : [wrongType('bytes')]
    case 'number':
      return numberFaults(shape, value)
    case 'literal':
    case 'enum': {
      const { values = [] } = shape
      return (values as readonly unknown[]).includes(value)
        ? []
        : [{ code: 'invalid_value', path: [], values }]
    }
    case 'nullable':
      return value === null ? [] : [...faultsOf(shape.innerType as Shape, value)]
    case 'optional':
      return [...faultsOf(shape.innerType as Shape, value)]
    case 'lazy':
      return [...faultsOf((shape.getter as () => Shape)(), value)]
    case 'array':
      if (!Array.isArray(value)) return [wrongType('array')]
      return [...value].flatMap((element, i) => below(i, faultsOf(shape.element as Shape, element)))
    case 'record':
      if (!isPlainObject(value)) return [wrongType('record')]
      return Object.entries(value).flatMap(([key, field]) =>
        below(key, faultsOf(shape.valueType as Shape, field)),
      )
    case 'object':
      return objectFaults(shape, value)
    case 'union':
      return shape.discriminator === undefined
        ? unionFaults(shape, value)
        : choiceFaults(shape, shape.discriminator, value)
    case 'never':
      return [wrongType('never')]
  }
}

function numberFaults({ format }: Shape, value: unknown): Fault[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [wrongType('number')]
  if (format === undefined || Number.isSafeInteger(value)) return []
  if (!Number.isInteger(value)) return [wrongType('int')]
  return [{ code: value > 0 ? 'too_big' : 'too_small', path: [], origin: 'int', isNear: true }]
}

function objectFaults({ shape: fields = {} }: Shape, value: unknown): Fault[] {
  if (!isObject(value)) return [wrongType('object')]
  const faults = Object.entries(fields).flatMap(([key, field]) =>
    !(key in value) && field.type === 'optional' ? [] : below(key, faultsOf(field, value[key])),
  )
  const keys: string[] = []
  for (const key in value) if (!Object.hasOwn(fields, key)) keys.push(key)
  if (keys.length > 0) faults.push({ code: 'unrecognized_keys', path: [], keys, isNear: true })
  return faults
}

/** Returns the faults by a union. If the value has the right type for one alternative only, these are that alternative's faults. */
function unionFaults({ options = [], words }: Shape, value: unknown): Fault[] {
  const errors = options.map((option) => faultsOf(option, value))
  if (errors.some((faults) => faults.length === 0)) return []
  const near = errors.filter((faults) => faults.every(({ isNear }) => isNear))
  if (near.length === 1) return [...(near[0] as readonly Fault[])]
  return [
    { code: 'invalid_union', path: [], errors, ...(words === undefined ? {} : { message: words }) },
  ]
}

function choiceFaults({ options = [] }: Shape, field: string, value: unknown): Fault[] {
  if (!isObject(value)) return [wrongType('object')]
  const chosen = options.find((option) => valuesOfField(option, field).includes(value[field]))
  if (chosen !== undefined) return [...faultsOf(chosen, value)]
  return [{ code: 'invalid_union', path: [field], errors: [], discriminator: field }]
}

/** Returns the values of a discriminator that select this shape: those of an object, or of all objects in a union. */
export function valuesOfField(shape: Shape, field: string): readonly unknown[] {
  const { options, shape: fields = {} } = shape
  if (options !== undefined) return options.flatMap((option) => valuesOfField(option, field))
  return fields[field]?.values ?? []
}

function ruleFaults(rule: Rule, value: unknown): readonly Fault[] {
  const fault = (code: Fault['code'], more: Partial<Fault> = {}): readonly Fault[] => [
    { code, path: [], origin: originOf(value), isNear: true, ...more },
  ]
  switch (rule.check) {
    case 'min_length':
      return sizeOf(value) < rule.limit ? fault('too_small') : []
    case 'max_length':
      return sizeOf(value) > rule.limit ? fault('too_big') : []
    case 'greater_than':
      return (value as number) < rule.limit ? fault('too_small') : []
    case 'less_than':
      return (value as number) > rule.limit ? fault('too_big') : []
    case 'multiple_of':
      return (value as number) % rule.limit === 0 ? [] : fault('not_multiple_of')
    case 'regex':
      return rule.pattern.test(value as string)
        ? []
        : fault('invalid_format', rule.words === undefined ? {} : { message: rule.words })
    case 'custom':
      return rule
        .holds(value as never)
        .map((found) => ({ code: 'custom', isNear: true, ...found }) as const)
  }
}

/** Length of a list, or of a text in code points. */
function sizeOf(value: unknown): number {
  return typeof value === 'string' ? [...value].length : (lengthOf(value) as number)
}

function originOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}

function wrongType(expected: string): Fault {
  return { code: 'invalid_type', path: [], expected }
}

function below(key: PropertyKey, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, path: [key, ...fault.path] }))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
