/** A shape in a person's words: the values that a field takes, and the names of the fields of an object. */

import type { Shape } from '../model/shape.js'
import { valuesOfField } from '../model/shape-faults.js'

/** Without what only says that a field may be left out, or that a shape refers to itself. */
function bare(shape: Shape): Shape {
  if (shape.getter !== undefined) return bare(shape.getter())
  if (shape.innerType !== undefined) return bare(shape.innerType)
  return shape
}

/** The shapes that are for the value at `path`: in a union of objects, those whose discriminator is that of the value. */
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

/** The shape of a field, or of an element of a list; undefined if there is none. */
export function childOf({ element, shape: fields }: Shape, key: PropertyKey): Shape | undefined {
  if (element !== undefined) return element
  if (fields === undefined || typeof key !== 'string') return undefined
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

/** The alternatives of a shape: of objects that a field tells apart, those that `json` is one of, or all if it is none. */
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

/** The fields of the objects among the shapes. */
export function fieldNames(shapes: readonly Shape[]): readonly string[] {
  const names = shapes.flatMap(({ shape = {} }) => Object.keys(shape))
  return [...new Set(names)].filter((name) => name !== '$schema')
}

/** `a whole number from 1 to 8`; undefined if the shape is for values of another type. */
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
