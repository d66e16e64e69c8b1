/**
 * Finds what is wrong with a value by its shape. Only values that the quick check refuses come here, so that this may take its time;
 * it finds what zod finds for the same schema, in the same order, which a law holds it to.
 */

import { isPlainObject } from './quick-check.js'
import { isBytes } from './realms.js'
import type { Rule, Shape } from './shape.js'

/** The fault at one place. */
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
  /** In words; left out where the code and the shape say all. */
  readonly message?: string
  /** The type that was expected: `string`, `int`. */
  readonly expected?: string
  /** The values that were expected. */
  readonly values?: readonly unknown[]
  /** The fields that the object does not have. */
  readonly keys?: readonly string[]
  /** The type whose limit was passed: `string`, `number`, `array`. */
  readonly origin?: string
  /** The faults of the value by each of the shapes that it may have. */
  readonly errors?: readonly (readonly Fault[])[]
  readonly discriminator?: string
  /** The value has the right type and breaks a rule, so that it is nearer to the shape than one of another type. */
  readonly isNear?: boolean
}

/** All faults of `value`, those of fields before unknown fields; none if it is as the shape says. */
export function faultsOf(shape: Shape, value: unknown): readonly Fault[] {
  const faults = typeFaults(shape, value)
  for (const rule of shape.checks ?? []) {
    if (mayCheck(rule, value, faults)) faults.push(...ruleFaults(rule, value))
  }
  return faults
}

/** Lengths are compared even if elements are wrong; other rules ask for a value of the right type. */
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

/** If a value is near to one of the shapes alone, its faults are those. */
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

/** The values by which `field` chooses a shape: those of an object, or of all objects of a union. */
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

/** Of text in code points. */
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
