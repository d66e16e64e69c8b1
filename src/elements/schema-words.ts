/** A schema in a person's words: the values that a field takes, and the names of the fields of an object. */

import type * as z from 'zod/mini'

type Schema = z.core.$ZodType
type Def = z.core.$ZodTypes['_zod']['def']

/** Without what only says that a field may be left out, or that a schema refers to itself. */
function bare(schema: Schema): Schema {
  const def = defOf(schema)
  if (def.type === 'lazy') return bare(def.getter())
  if (def.type === 'optional' || def.type === 'nullable') return bare(def.innerType)
  return schema
}

export function defOf(schema: Schema): Def {
  return schema._zod.def as Def
}

/** The schemas that are for the value at `path`: in a union of objects, those whose discriminator is that of the value. */
export function schemasAt(
  schema: Schema,
  path: readonly PropertyKey[],
  json: unknown,
): readonly Schema[] {
  const here = branchesOf(schema, json)
  const [key, ...rest] = path
  if (key === undefined) return here
  const value = (json as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key]
  return here.flatMap((one) => {
    const child = childOf(one, key)
    return child === undefined ? [] : schemasAt(child, rest, value)
  })
}

/** The schema of a field, or of an element of a list; undefined if there is none. */
export function childOf(schema: Schema, key: PropertyKey): Schema | undefined {
  const def = defOf(schema)
  if (def.type === 'array') return def.element
  if (def.type !== 'object' || typeof key !== 'string') return undefined
  return Object.hasOwn(def.shape, key) ? def.shape[key] : undefined
}

/** The alternatives of a schema: of objects that a field tells apart, those that `json` is one of, or all if it is none. */
export function branchesOf(schema: Schema, json: unknown): readonly Schema[] {
  const one = bare(schema)
  const def = defOf(one)
  if (def.type !== 'union') return [one]
  const options = def.options.map(bare)
  if (!('discriminator' in def)) return options.flatMap((option) => branchesOf(option, json))
  const name = String(def.discriminator)
  const value = (json as Readonly<Record<string, unknown>> | undefined)?.[name]
  const chosen = options.filter((option) => option._zod.propValues?.[name]?.has(value as never))
  return (chosen.length > 0 ? chosen : options).flatMap((option) => branchesOf(option, json))
}

/** The fields of the objects among the schemas. */
export function fieldNames(schemas: readonly Schema[]): readonly string[] {
  const names = schemas.flatMap((schema) => {
    const def = defOf(schema)
    return def.type === 'object' ? Object.keys(def.shape) : []
  })
  return [...new Set(names)].filter((name) => name !== '$schema')
}

/** `a whole number from 1 to 8`; undefined if the schema is for values of another type. */
export function wordsOf(schema: Schema, type: string): string | undefined {
  const def = defOf(schema)
  if (def.type !== (type === 'int' ? 'number' : type)) return undefined
  const { min, max } = boundsOf(def)
  if (def.type === 'string') return textWords(def)
  if (def.type === 'array') return max === undefined ? 'a list' : `a list of ${min ?? 0} to ${max}`
  if (def.type !== 'number') return undefined
  return `${'format' in def ? 'a whole number' : 'a number'}${rangeWords(def)}`
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

function rangeWords(def: Def): string {
  const { min, max } = boundsOf(def)
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return `, at least ${min}`
  return max === undefined ? '' : `, at most ${max}`
}

function textWords(def: Def): string {
  const { min, max } = boundsOf(def)
  if (max !== undefined) return `${min ?? 0} to ${max} characters`
  return min === undefined ? 'text' : 'text that is not empty'
}

function boundsOf({ checks = [] }: Def): Bounds {
  let bounds: Bounds = {}
  for (const check of checks) {
    const one = (check as { readonly _zod: { readonly def: CheckDef } })._zod.def
    const { value } = one
    if (one.check === 'greater_than' && typeof value === 'number')
      bounds = { ...bounds, min: value }
    if (one.check === 'less_than' && typeof value === 'number') bounds = { ...bounds, max: value }
    if (one.check === 'min_length' && one.minimum !== undefined)
      bounds = { ...bounds, min: one.minimum }
    if (one.check === 'max_length' && one.maximum !== undefined)
      bounds = { ...bounds, max: one.maximum }
  }
  return bounds
}

interface CheckDef {
  readonly check: string
  readonly value?: unknown
  readonly minimum?: number
  readonly maximum?: number
}
