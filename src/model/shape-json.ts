/** Converts shapes to JSON Schema (draft 2020-12), for editors and for programs in other languages. */

import type { Rule, Shape } from './shape.js'

type Json = Readonly<Record<string, unknown>>

/** Returns the JSON Schema of `shape`. Rules that JSON Schema cannot express are left out. */
export function jsonSchemaOf(shape: Shape): object {
  const named = new Map<string, Json>()
  const schema = schemaOf(shape, named)
  const definitions = named.size === 0 ? {} : { $defs: Object.fromEntries(named) }
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, ...definitions }
}

function schemaOf(shape: Shape, named: Map<string, Json>): Json {
  const inner = (one: Shape) => schemaOf(one, named)
  const rules = Object.assign(
    {},
    ...(shape.checks ?? []).map((rule) => ruleJson(rule, shape.type)),
  ) as Json
  const { values = [], options = [] } = shape
  switch (shape.type) {
    case 'string':
    case 'boolean':
      return { type: shape.type, ...rules }
    case 'number':
      if (shape.format === undefined) return { type: 'number', ...rules }
      return { type: 'integer', maximum: Number.MAX_SAFE_INTEGER, ...rules }
    case 'enum':
      return { type: 'string', enum: values }
    case 'literal':
      if (values.length === 1) return { type: typeof values[0], const: values[0] }
      return { type: typeof values[0], enum: values }
    case 'optional':
      return inner(shape.innerType as Shape)
    case 'nullable':
      return { anyOf: [inner(shape.innerType as Shape), { type: 'null' }] }
    case 'array':
      return { type: 'array', items: inner(shape.element as Shape), ...rules }
    case 'record':
      return { type: 'object', additionalProperties: inner(shape.valueType as Shape) }
    case 'object':
      return objectJson(shape.shape ?? {}, inner)
    case 'union':
      return {
        [shape.discriminator === undefined ? 'anyOf' : 'oneOf']: published(options).map(inner),
      }
    case 'lazy':
      return reference(shape, named)
    case 'never':
    case 'bytes':
      return { not: {} }
  }
}

/** Leaves out the shapes of values that a file cannot contain. */
function published(options: readonly Shape[]): readonly Shape[] {
  return options.filter(({ isUnpublished }) => isUnpublished !== true)
}

function objectJson(fields: Readonly<Record<string, Shape>>, inner: (shape: Shape) => Json): Json {
  const entries = Object.entries(fields)
  const required = entries.filter(([, { type }]) => type !== 'optional').map(([key]) => key)
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, field]) => [key, inner(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}

/** Writes a shape that contains itself once, under its name, and returns a reference to it. */
function reference({ name = '', getter }: Shape, named: Map<string, Json>): Json {
  if (!named.has(name)) {
    named.set(name, {})
    named.set(name, schemaOf((getter as () => Shape)(), named))
  }
  return { $ref: `#/$defs/${name}` }
}

/** Converts a rule. The length of a text becomes `minLength`, that of a list `minItems`. */
function ruleJson(rule: Rule, type: Shape['type']): Json {
  const unit = type === 'array' ? 'Items' : 'Length'
  switch (rule.check) {
    case 'min_length':
      return { [`min${unit}`]: rule.limit }
    case 'max_length':
      return { [`max${unit}`]: rule.limit }
    case 'greater_than':
      return { minimum: rule.limit }
    case 'less_than':
      return { maximum: rule.limit }
    case 'multiple_of':
      return { multipleOf: rule.limit }
    case 'regex':
      return { pattern: rule.pattern.source }
    case 'custom':
      return {}
  }
}
