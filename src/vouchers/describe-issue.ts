/** Says what is wrong with a trade, a setting or a query, in words and without quoting any value. */

import type * as z from 'zod/mini'
import type { ErrorDetails } from '../model/errors.js'
import { nearestNames } from '../model/nearest-names.js'
import { VoucherError } from './errors.js'

type Issue = z.core.$ZodIssue

/**
 * The error for the first issue. No value is quoted, because a field that got the wrong value may hold a card number.
 *
 * @param owner the thing that was checked: `trade`
 */
export function invalid(
  owner: string,
  errorCode: string,
  issues: readonly Issue[],
  known: readonly string[],
): VoucherError {
  const [issue] = issues as readonly [Issue]
  const path = issue.path.map((key) =>
    typeof key === 'number' ? `[${key}]` : `.${safeName(String(key))}`,
  )
  const at = path.join('').replace(/^\./, '')
  if (issue.code === 'unrecognized_keys')
    return unknownField(owner, at, issue.keys, known, errorCode)
  const details: ErrorDetails = { code: errorCode, path: at === '' ? owner : at }
  return new VoucherError(`${at === '' ? owner : at} must be ${expectation(issue)}`, {
    ...details,
    hint: `docs/vouchers.md lists the fields of a ${owner}`,
  })
}

function unknownField(
  owner: string,
  at: string,
  keys: readonly string[],
  known: readonly string[],
  errorCode: string,
): VoucherError {
  const name = safeName(keys[0] ?? '')
  const [nearest] = at === '' ? nearestNames(name, known, 1) : []
  return new VoucherError(`a ${owner} has no field ${name}`, {
    code: errorCode,
    path: at === '' ? name : `${at}.${name}`,
    hint:
      nearest === undefined
        ? `docs/vouchers.md lists the fields of a ${owner}`
        : `did you mean ${nearest}?`,
  })
}

/** Returns a field's name as an error may show it, because the name that somebody sends could be a card number too. */
export function safeName(name: string): string {
  const isPlain = /^[A-Za-z][\w-]{0,39}$/.test(name) && !/\d{6}/.test(name.replace(/[_-]/g, ''))
  return isPlain ? name : `"${name.slice(0, 3).replace(/\d/g, '*')}…"`
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number'
        ? 'a whole number'
        : `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `at least ${issue.minimum}${issue.origin === 'string' ? ' characters long' : ''}`
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`
    default:
      return issue.message
  }
}
