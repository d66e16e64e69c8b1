/** A profile from JSON: checked field by field, with the path and the allowed values in every error. */
import type { core } from 'zod/mini'
import { ReceiptError } from '../model/errors.js'
import type { Profile } from '../model/profile.js'
import { isProfilePath, profileFields, profileSchema } from './fields.js'
import { nearestNames } from './nearest.js'

/**
 * Returns the JSON value as a `Profile`. Throws `ReceiptError` `PROFILE_INVALID` with the path of the first field that
 * is missing, unknown or out of its limits.
 */
export function parseProfile(json: unknown): Profile {
  const result = profileSchema.safeParse(json)
  if (result.success) return result.data as unknown as Profile
  const issue = result.error.issues[0]
  throw issue === undefined ? invalid('', 'is not a profile') : errorOf(issue)
}

function errorOf(issue: core.$ZodIssue): ReceiptError {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const key = [...issue.path.map(String), issue.keys[0]].join('.')
    const near = nearestNames(key, Object.keys(profileFields))
    return invalid(
      key,
      'is not a field of a profile',
      near.length ? `Near: ${near.join(', ')}.` : '',
    )
  }
  const field = fieldAt(issue.path)
  const allowed = field === undefined ? '' : profileFields[field].allowed
  return invalid(path, allowed === '' ? 'must be an object' : `must be ${allowed}`)
}

/** The field that an issue is in: issues inside a list have longer paths. */
function fieldAt(path: readonly PropertyKey[]) {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).map(String).join('.')
    if (isProfilePath(name)) return name
  }
  return undefined
}

function invalid(path: string, problem: string, hint = ''): ReceiptError {
  return new ReceiptError(`The profile's ${path === '' ? 'JSON' : `'${path}'`} ${problem}.`, {
    code: 'PROFILE_INVALID',
    path,
    ...(hint === '' ? {} : { hint }),
  })
}
