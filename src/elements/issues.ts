/** Says what is wrong with a receipt in a person's words: where, what was expected, what was found. */

import type * as z from 'zod/mini'
import { withoutCardNumbers } from '../model/card-numbers.js'
import { elements } from './index.js'

interface Fault {
  readonly path: string
  readonly message: string
  readonly hint?: string
}

type Issue = z.core.$ZodIssue

/** The fault that `issue` is, in `json`. In a union the branch that got furthest is described. */
export function describeIssue(issue: Issue, json: unknown): Fault {
  const deepest = deepestIssue(issue, [])
  const path = pathText(deepest.path)
  const found = valueAt(json, deepest.path)
  const inner = deepest.issue
  if (inner.code === 'unrecognized_keys') {
    return { path, message: `unknown field ${inner.keys.map((key) => `"${key}"`).join(', ')}` }
  }
  if (inner.code === 'invalid_union' && 'discriminator' in inner) {
    const known = Object.keys(elements).join(', ')
    const message = `expected one of ${known}, found ${nameOf(found)}`
    const hint = found === undefined ? hintOf(valueAt(json, deepest.path.slice(0, -1))) : undefined
    return hint === undefined ? { path, message } : { path, message, hint }
  }
  if (inner.code === 'custom' && inner.message.startsWith('expected')) {
    return { path, message: inner.message }
  }
  return { path, message: `expected ${expectation(inner)}, found ${nameOf(found)}` }
}

/** Other libraries call it the type of a node. */
function hintOf(node: unknown): string | undefined {
  const type = typeof node === 'object' && node !== null && 'type' in node ? node.type : undefined
  return typeof type === 'string' && Object.hasOwn(elements, type)
    ? `what a node is stands in "kind", not in "type": { "kind": "${type}", … }`
    : undefined
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? article(issue.expected)
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}`
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`
    case 'invalid_format':
      return issue.message
    case 'invalid_union':
      return alternatives(issue.errors)
    default:
      return issue.message
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  boolean: 'true or false',
  string: 'text',
}

/** What each branch of a union would have taken; the longest union is that of texts, which has a name. */
function alternatives(branches: readonly (readonly Issue[])[]): string {
  const types = branches.map(([first]) => first?.code === 'invalid_type' && first.expected)
  if (types.includes('string') && types.includes('array')) {
    return 'text, or a list of texts, or an object with text'
  }
  const words = branches.map(([first]) => (first === undefined ? '' : expectation(first)))
  return [...new Set(words)].filter((word) => word !== '').join(', or ')
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

function deepestIssue(
  issue: Issue,
  prefix: readonly PropertyKey[],
): { readonly issue: Issue; readonly path: readonly PropertyKey[] } {
  const path = [...prefix, ...issue.path]
  let best = { issue, path }
  if (issue.code !== 'invalid_union') return best
  for (const branch of issue.errors) {
    for (const inner of branch) {
      const found = deepestIssue(inner, path)
      if (found.path.length > best.path.length) best = { issue: found.issue, path: [...found.path] }
      else if (best.issue === issue && inner.code === 'unrecognized_keys')
        best = { issue: inner, path }
    }
  }
  return best
}

/** `nodes[3].text`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else text += text === '' ? String(key) : `.${String(key)}`
  }
  return text
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') {
    const text = withoutCardNumbers(value)
    const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
    return JSON.stringify(short)
  }
  return `${typeof value} ${String(value)}`
}
