/**
 * Shapes: the rules for a value from outside, such as a receipt, a node or a profile, as plain data. Making a shape costs next to nothing,
 * so that programs do not start later for checks that they may not need. `quickCheckOf` makes a fast check of a shape, and `faultsOf`
 * finds the faults of a value. Fields are named as in zod's definitions, because the quick check reads both, and because a law tests that
 * both give the same verdict and the same faults.
 */

declare const VALUE: unique symbol

/** A shape for values of type `T`. */
export interface Shape<T = unknown> extends AnyShape {
  readonly [VALUE]?: T
}

interface AnyShape {
  readonly type:
    | 'string'
    | 'number'
    | 'boolean'
    | 'enum'
    | 'literal'
    | 'optional'
    | 'nullable'
    | 'array'
    | 'record'
    | 'object'
    | 'union'
    | 'lazy'
    | 'never'
    | 'bytes'
  /** Set if a number must be whole. */
  readonly format?: 'safeint'
  readonly values?: readonly Plain[]
  readonly innerType?: Shape
  readonly element?: Shape
  readonly valueType?: Shape
  readonly shape?: Readonly<Record<string, Shape>>
  readonly catchall?: Shape
  readonly options?: readonly Shape[]
  /** Name of the field that tells the objects of a union apart. */
  readonly discriminator?: string
  /** Name of a lazy shape in the JSON Schema. */
  readonly name?: string
  readonly getter?: () => Shape
  readonly checks?: readonly Rule[]
  /** Left out of the JSON Schema, because programs can make such values and files cannot. */
  readonly isUnpublished?: true
  /** Words for messages, after "expected". Default: words for the type. */
  readonly words?: string
}

type Plain = string | number | boolean

/** A rule that a value must obey beside its type. */
export type Rule =
  | { readonly check: 'min_length' | 'max_length'; readonly limit: number }
  | { readonly check: 'greater_than' | 'less_than' | 'multiple_of'; readonly limit: number }
  | { readonly check: 'regex'; readonly pattern: RegExp; readonly words: string | undefined }
  | { readonly check: 'custom'; readonly holds: (value: never) => readonly RuleFault[] }

/** A fault that a rule found, with the path below the checked value. */
export interface RuleFault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** A field that may be absent, but not present as `undefined`. */
export interface OptionalShape<T> extends Shape<T> {
  readonly type: 'optional'
}

type ValueOf<S> = S extends Shape<infer T> ? T : never

type FieldsOf<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? OptionalShape<Exclude<T[K], undefined>>
    : Shape<T[K]>
}

const NEVER: Shape = { type: 'never' }

/** An object with these fields and no others. */
export function object<T>(fields: FieldsOf<T>, rules: readonly Rule[] = []): Shape<T> {
  return {
    type: 'object',
    shape: fields,
    catchall: NEVER,
    ...(rules.length > 0 ? { checks: rules } : {}),
  }
}

export function optional<T>(shape: Shape<T>): OptionalShape<T> {
  return { type: 'optional', innerType: shape }
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return { type: 'nullable', innerType: shape }
}

export const flag: Shape<boolean> = { type: 'boolean' }

/** A `Uint8Array`, which no JSON holds. */
export const bytes: Shape<Uint8Array> = { type: 'bytes' }

/** Marks a shape to be left out of the JSON Schema. */
export function unpublished<T>(shape: Shape<T>): Shape<T> {
  return { ...shape, isUnpublished: true }
}

/** Text of `min` to `max` code points. */
export function text(min = 0, max = Number.POSITIVE_INFINITY): Shape<string> {
  return { type: 'string', checks: lengthRules(min, max) }
}

/** Text that matches a pattern; `words` describe it in messages. */
export function pattern(regex: RegExp, words?: string): Shape<string> {
  return { type: 'string', checks: [{ check: 'regex', pattern: regex, words }] }
}

/** Text for which `holds` returns true; `words` are the message otherwise. */
export function textThat(holds: (value: string) => boolean, words = ''): Shape<string> {
  return { type: 'string', checks: [must(holds, words)] }
}

/** Makes a rule of a condition; `words` are the message if it is false. */
export function must<T>(holds: (value: T) => boolean, words = ''): Rule {
  return {
    check: 'custom',
    holds: (value: T) => (holds(value) ? [] : [{ path: [], message: words }]),
  }
}

export function whole(min?: number, max?: number, step?: number): Shape<number> {
  return { type: 'number', format: 'safeint', checks: rangeRules(min, max, step) }
}

export function number(min?: number, max?: number): Shape<number> {
  return { type: 'number', checks: rangeRules(min, max) }
}

/** One word of several. */
export function oneOf<const T extends string>(values: readonly T[]): Shape<T> {
  return { type: 'enum', values }
}

/** One of some values of any type. */
export function literal<const T extends Plain>(...values: readonly T[]): Shape<T> {
  return { type: 'literal', values }
}

/** A list of `min` to `max` elements. */
export function list<T>(
  element: Shape<T>,
  min = 0,
  max = Number.POSITIVE_INFINITY,
  rules: readonly Rule[] = [],
): Shape<readonly T[]> {
  return { type: 'array', element, checks: [...lengthRules(min, max), ...rules] }
}

/** An object with any field names, whose values have one shape. */
export function record<T>(valueType: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return { type: 'record', valueType }
}

/** Any of several shapes; `words` name all of them in messages. */
export function either<const S extends readonly Shape[]>(
  options: S,
  words?: string,
): Shape<ValueOf<S[number]>> {
  return { type: 'union', options, ...(words === undefined ? {} : { words }) }
}

/** One of several objects, which the field `discriminator` tells apart. */
export function choice<T>(discriminator: string, options: readonly Shape<T>[]): Shape<T> {
  return { type: 'union', discriminator, options }
}

/** A shape that is made at its first use, for shapes that contain themselves. */
export function later<T>(name: string, getter: () => Shape<T>): Shape<T> {
  return { type: 'lazy', name, getter }
}

function lengthRules(min: number, max: number): readonly Rule[] {
  return [
    ...(min > 0 ? [{ check: 'min_length', limit: min } as const] : []),
    ...(max < Number.POSITIVE_INFINITY ? [{ check: 'max_length', limit: max } as const] : []),
  ]
}

function rangeRules(min?: number, max?: number, step?: number): readonly Rule[] {
  return [
    ...(min === undefined ? [] : [{ check: 'greater_than', limit: min } as const]),
    ...(max === undefined ? [] : [{ check: 'less_than', limit: max } as const]),
    ...(step === undefined ? [] : [{ check: 'multiple_of', limit: step } as const]),
  ]
}

/** Copies a value of lists, objects and plain values, deeply. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf) as T
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copyOf(field)])) as T
}
