/** Describes the faults of a body or a query by the names of its fields. Values are not quoted, because they may be a customer's. */

import type * as z from 'zod/mini'
import { HubError } from '../../hub-api/errors.js'
import { didYouMean } from '../../model/nearest-names.js'

type Issue = z.core.$ZodIssue

/** @throws HubError `BODY_INVALID` */
export function readShaped<S extends z.ZodMiniType>(shape: S, value: unknown): z.infer<S> {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues as unknown as readonly [Issue]
  const path = pathOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const name = (issue.keys[0] ?? '').slice(0, 40)
    const hint = didYouMean(name, fieldsOf(shape))
    throw new HubError('BODY_INVALID', `there is no field ${JSON.stringify(name)}`, { path, hint })
  }
  throw new HubError('BODY_INVALID', `${path === '' ? 'it' : path} must be ${wanted(issue)}`, {
    path,
  })
}

function pathOf(path: readonly PropertyKey[]): string {
  const parts = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
  return parts.join('').replace(/^\./, '')
}

function fieldsOf(shape: z.ZodMiniType): readonly string[] {
  return 'shape' in shape ? Object.keys(shape.shape as object) : []
}

function wanted(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `of the type ${issue.expected}`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin)}`
    default:
      return issue.message === 'Invalid input' ? 'something else' : issue.message
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters long'
  return origin === 'array' ? ' elements long' : ''
}
