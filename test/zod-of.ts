/** A shape as a schema of zod, for the tests that hold our checks to it. */

import * as z from 'zod/mini'
import type { Rule, Shape } from '../src/model/shape.js'

const made = new WeakMap<Shape, z.ZodMiniType>()

export function zodOf(shape: Shape): z.ZodMiniType {
  let schema = made.get(shape)
  if (schema === undefined) {
    schema = typeOf(shape)
    const checks = (shape.checks ?? []).map(checkOf)
    if (checks.length > 0) schema = schema.check(...(checks as never[]))
    made.set(shape, schema)
  }
  return schema
}

function typeOf(shape: Shape): z.ZodMiniType {
  const { options = [], values = [], words } = shape
  const inner = () => zodOf(shape.innerType as Shape)
  switch (shape.type) {
    case 'string':
      return z.string()
    case 'boolean':
      return z.boolean()
    case 'number':
      return shape.format === undefined ? z.number() : z.int()
    case 'enum':
      return z.enum(values as string[])
    case 'literal':
      return z.literal([...values])
    case 'optional':
      return z.exactOptional(inner())
    case 'nullable':
      return z.nullable(inner())
    case 'array':
      return z.array(zodOf(shape.element as Shape))
    case 'record':
      return z.record(z.string(), zodOf(shape.valueType as Shape))
    case 'object': {
      const fields = Object.entries(shape.shape ?? {}).map(([key, field]) => [key, zodOf(field)])
      return z.strictObject(Object.fromEntries(fields))
    }
    case 'union': {
      const schemas = options.map(zodOf)
      if (shape.discriminator === undefined) return z.union(schemas, words)
      return z.discriminatedUnion(shape.discriminator, schemas as never)
    }
    case 'lazy':
      return z.lazy(() => zodOf((shape.getter as () => Shape)()))
    case 'never':
      return z.never()
    case 'bytes':
      return z.instanceof(Uint8Array) as never
  }
}

function checkOf(rule: Rule): z.core.$ZodCheck {
  const check = (one: unknown) => one as z.core.$ZodCheck
  switch (rule.check) {
    case 'min_length':
      return check(z.minLength(rule.limit))
    case 'max_length':
      return check(z.maxLength(rule.limit))
    case 'greater_than':
      return check(z.minimum(rule.limit))
    case 'less_than':
      return check(z.maximum(rule.limit))
    case 'multiple_of':
      return check(z.multipleOf(rule.limit))
    case 'regex':
      return check(z.regex(rule.pattern, rule.words))
    case 'custom':
      return check(
        z.superRefine((value, context) => {
          for (const { path, message } of rule.holds(value as never)) {
            context.addIssue({ code: 'custom', path: [...path], message })
          }
        }),
      )
  }
}
