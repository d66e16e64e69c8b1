/**
 * The values that a receipt accepts at a place of a template. A place is either text, which may be any value, or a setting such as `bold`
 * or `width`, whose value is checked as soon as it is known.
 */

import { quickCheckOf } from '../model/quick-check.js'
import type { Shape } from '../model/shape.js'
import { faultsOf } from '../model/shape-faults.js'
import { describeIssue, firstIssue } from './issues.js'
import { branchesOf, childOf } from './schema-words.js'

/** Returns the schemas of a place. It is a function, because most places hold no expression and never need them. */
export type Place = () => readonly Shape[]

export interface Setting {
  /** Whether the value may be a list or an object, as of `columns` and `rules`. False for places that hold nodes or text. */
  readonly takesList: boolean
  /** Returns the words for what was expected, such as `true or false`, or undefined if the value is valid. */
  readonly expected: (value: unknown) => string | undefined
}

/** Returns the place of a field of `object`, which is itself at `place`. */
export function fieldPlace(place: Place, key: string, object: unknown): Place {
  return once(() => childrenOf(place, key, object))
}

/** Returns the place of a list's elements. */
export function elementPlace(place: Place): Place {
  return once(() => childrenOf(place, 0, []))
}

/** Returns the check for the value at a place; undefined if the place is text, or unknown. */
export function settingOf(place: Place): Setting | undefined {
  const schemas = place()
  const branches = schemas.flatMap((schema) => branchesOf(schema, undefined))
  if (branches.some(isFreeText) && !branches.some(isScalar)) return undefined
  const holds = (one: Shape) => ['array', 'object'].includes(one.type)
  const takesList = branches.some(holds) && !schemas.some(holdsNodes)
  if (!takesList && branches.every(holds)) return undefined
  return { takesList, expected: (value) => expected(schemas, value) }
}

function childrenOf(place: Place, key: PropertyKey, holder: unknown): readonly Shape[] {
  return (
    place()
      .flatMap((schema) => branchesOf(schema, holder))
      // A cell may be a list of spans or an object, so list shapes are used only for an index, and others only for a name.
      .filter(({ element }) => (element !== undefined) === (typeof key === 'number'))
      .flatMap((schema) => childOf(schema, key) ?? [])
  )
}

/** Whether the schema accepts any text, without a pattern. */
function isFreeText(schema: Shape): boolean {
  if (schema.type !== 'string') return false
  return !(schema.checks ?? []).some(({ check }) => check === 'regex')
}

function isScalar(schema: Shape): boolean {
  const { type, values = [] } = schema
  if (type === 'literal') return values.some((value) => typeof value !== 'string')
  return type === 'number' || type === 'boolean'
}

function holdsNodes(schema: Shape): boolean {
  if (schema.type === 'lazy') return true
  const { innerType, element, options = [], shape = {} } = schema
  const inner = [innerType, element, ...options, ...Object.values(shape)]
  return inner.some((one) => one !== undefined && holdsNodes(one))
}

function expected(schemas: readonly Shape[], value: unknown): string | undefined {
  if (schemas.some((schema) => quickCheckOf(schema)(value, 0))) return undefined
  const faults = schemas.map((schema) => faultOf(schema, value))
  return faults.includes(undefined) ? undefined : faults[0]
}

function faultOf(schema: Shape, value: unknown): string | undefined {
  const faults = faultsOf(schema, value)
  if (faults.length === 0) return undefined
  const { message } = describeIssue(firstIssue(faults), {
    json: value,
    schema,
    kinds: [],
  })
  // The value is not quoted, because it comes from data.
  return message.replace(/^expected /, '').replace(/, found .*$/s, '')
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
