/** Describes a shape in words for people: the values that a field accepts, and the names of an object's fields. */

import type { Shape } from '../model/shape.js'
import { valuesOfField } from '../model/shape-faults.js'

/** Unwraps optional fields and lazy references. */
function bare(shape: Shape): Shape {
  if (shape.getter !== undefined) return bare(shape.getter())
  if (shape.innerType !== undefined) return bare(shape.innerType)
  return shape
}

/** Returns the shapes for the value at `path`. In a union of objects, these are the ones with the value's discriminator. */
export function schemasAt(
  shape: Shape,
  path: readonly PropertyKey[],
  json: unknown,
): readonly Shape[] {
  const here = branchesOf(shape, json)
  const [key, ...rest] = path
  if (key === undefined) return here
  const value = (json as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key]
  return here.flatMap((one) => {
    const child = childOf(one, key)
    return child === undefined ? [] : schemasAt(child, rest, value)
  })
}

/** Returns the shape of a field, or of a list's elements; undefined if there is none. */
export function childOf({ element, shape: fields }: Shape, key: PropertyKey): Shape | undefined {
  if (element !== undefined) return element
  if (fields === undefined || typeof key !== 'string') return undefined
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

/** Returns the alternatives of a shape. In a discriminated union, these are the ones that match `json`, or all if none matches. */
export function branchesOf(shape: Shape, json: unknown): readonly Shape[] {
  const one = bare(shape)
  if (one.options === undefined) return [one]
  const options = one.options.map(bare)
  const { discriminator: name } = one
  if (name === undefined) return options.flatMap((option) => branchesOf(option, json))
  const value = (json as Readonly<Record<string, unknown>> | undefined)?.[name]
  const chosen = options.filter((option) => valuesOfField(option, name).includes(value))
  return (chosen.length > 0 ? chosen : options).flatMap((option) => branchesOf(option, json))
}

/** Returns the field names of the objects among the shapes. */
export function fieldNames(shapes: readonly Shape[]): readonly string[] {
  const names = shapes.flatMap(({ shape = {} }) => Object.keys(shape))
  return [...new Set(names)].filter((name) => name !== '$schema')
}

/** Describes the values of a shape, such as `a whole number from 1 to 8`. Undefined if the shape is for another type. */
export function wordsOf(shape: Shape, type: string): string | undefined {
  if (shape.type !== (type === 'int' ? 'number' : type)) return undefined
  const { min, max } = boundsOf(shape)
  if (shape.type === 'string') return textWords(shape)
  if (shape.type === 'array')
    return max === undefined ? 'a list' : `a list of ${min ?? 0} to ${max}`
  if (shape.type !== 'number') return undefined
  return `${shape.format === undefined ? 'a number' : 'a whole number'}${rangeWords(shape)}`
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

function rangeWords(shape: Shape): string {
  const { min, max } = boundsOf(shape)
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return `, at least ${min}`
  return max === undefined ? '' : `, at most ${max}`
}

function textWords(shape: Shape): string {
  const { min, max } = boundsOf(shape)
  if (max !== undefined) return `${min ?? 0} to ${max} characters`
  return min === undefined ? 'text' : 'text that is not empty'
}

function boundsOf({ checks = [] }: Shape): Bounds {
  let bounds: Bounds = {}
  for (const rule of checks) {
    if (rule.check === 'greater_than' || rule.check === 'min_length')
      bounds = { ...bounds, min: rule.limit }
    if (rule.check === 'less_than' || rule.check === 'max_length')
      bounds = { ...bounds, max: rule.limit }
  }
  return bounds
}
