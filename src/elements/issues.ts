/** Turns schema issues into messages for people: the path, the expected value, and the value found. */

import { withoutCardNumbers } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import { quickCheckOf } from '../model/quick-check.js'
import type { Shape } from '../model/shape.js'
import { type Fault as Issue, valuesOfField } from '../model/shape-faults.js'
import { fieldNames, schemasAt, wordsOf } from './schema-words.js'

export interface Fault {
  readonly path: string
  readonly message: string
  readonly hint?: string | undefined
}

/** The value that was checked, and the shape that it was checked by. */
export interface Checked {
  readonly json: unknown
  readonly schema: Shape
  /** All kinds of nodes, for hints. */
  readonly kinds: readonly string[]
}

/** Picks the issue to report first. */
export function firstIssue(issues: readonly Issue[]): Issue {
  return issues.toSorted((a, b) => rank(a) - rank(b))[0] as Issue
}

/** Describes an issue. In a union, it describes the branch that the value comes nearest to. */
export function describeIssue(issue: Issue, checked: Checked): Fault {
  const { issue: inner, path: keys } = nearestIssue(issue, [])
  if (inner.code === 'unrecognized_keys') return unknownField(inner.keys ?? [], keys, checked)
  const path = pathText(keys)
  const found = valueAt(checked.json, keys)
  if (inner.code === 'custom') {
    const { message = '' } = inner
    const said = message.includes(', found ')
    return { path, message: said ? message : `${message}, found ${nameOf(found)}` }
  }
  if (inner.discriminator !== undefined) {
    const known = kindsOf(inner.discriminator, keys, checked)
    const message = `expected one of ${known.join(', ')}, found ${nameOf(found)}`
    const node = valueAt(checked.json, keys.slice(0, -1))
    return {
      path,
      message,
      hint: found === undefined ? typeHint(node, checked.kinds) : nearestHint(found, known),
    }
  }
  const schemas = schemasAt(checked.schema, keys, checked.json)
  const words = expectation(inner, schemas)
  return {
    path,
    message: `expected ${words}, found ${nameOf(found)}`,
    hint: mendedHint(found, schemas) ?? nearestHint(found, valuesOf(schemas)),
  }
}

function unknownField(
  names: readonly string[],
  keys: readonly PropertyKey[],
  { json, schema }: Checked,
): Fault {
  const [name = ''] = names
  const known = fieldNames(schemasAt(schema, keys, json))
  return {
    path: pathText([...keys, name]),
    message: `unknown field ${names.map((one) => `"${one}"`).join(', ')}`,
    hint: didYouMean(name, known) ?? `the fields here are ${known.join(', ')}`,
  }
}

/** Returns the values allowed for a discriminator, such as `kind`. */
function kindsOf(
  field: string | undefined,
  keys: readonly PropertyKey[],
  { json, schema, kinds }: Checked,
): readonly string[] {
  if (field === 'kind' || field === undefined) return kinds
  const values = schemasAt(schema, keys.slice(0, -1), json).flatMap((one) =>
    valuesOfField(one, field),
  )
  return values.map(String)
}

function nearestHint(found: unknown, known: readonly string[]): string | undefined {
  return typeof found === 'string' ? didYouMean(found, known) : undefined
}

/** Returns the literal values that the schemas accept, as text. */
function valuesOf(schemas: readonly Shape[]): readonly string[] {
  return schemas.flatMap(({ values = [] }) => values).map(String)
}

/** Suggests the value without extra blanks or wrong capitals, or a number or flag without its quotes, if that is valid. */
function mendedHint(found: unknown, schemas: readonly Shape[]): string | undefined {
  if (typeof found !== 'string' || found.trim() === '') return undefined
  const text = found.replace(/\s+/g, '')
  const mended = [text, text.toLowerCase(), Number(text), FLAGS[text.toLowerCase()]]
  const right = mended.find((value) => schemas.some((one) => quickCheckOf(one)(value, 0)))
  return right === undefined ? undefined : `did you mean ${JSON.stringify(right)}?`
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false }

/** Returns a hint if the node has its kind in the field `type`, as nodes of other libraries do. */
function typeHint(node: unknown, kinds: readonly string[]): string | undefined {
  const type = typeof node === 'object' && node !== null && 'type' in node ? node.type : undefined
  return typeof type === 'string' && kinds.includes(type)
    ? `the kind of a node is its field "kind", not "type": { "kind": "${type}", … }`
    : undefined
}

function expectation(issue: Issue, schemas: readonly Shape[]): string {
  // Some schemas bring words for what they accept, because no general rule could describe it.
  if (issue.message !== undefined) return issue.message
  if (issue.code === 'invalid_value') return choice(issue.values ?? [])
  if (issue.code === 'invalid_union') return alternatives(issue.errors ?? [])
  const type = issue.expected ?? issue.origin ?? 'value'
  const words = schemas.map((one) => wordsOf(one, type)).find((one) => one !== undefined)
  return words ?? TYPE_WORDS[type] ?? `a ${type}`
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  boolean: 'true or false',
  bytes: 'bytes, which the builder raw takes',
  string: 'text',
  array: 'a list',
  object: 'an object',
}

/** Joins the values: `"L", "M", "Q" or "H"`. */
function choice(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value))
  return words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function alternatives(branches: readonly (readonly Issue[])[]): string {
  const words = branches.map(([first]) => (first === undefined ? '' : expectation(first, [])))
  return [...new Set(words)].filter((word) => word !== '').join(', or ')
}

interface Found {
  readonly issue: Issue
  readonly path: readonly PropertyKey[]
}

/** Returns the issue itself; for a union, the first issue of the branch that the value comes nearest to. */
function nearestIssue(issue: Issue, prefix: readonly PropertyKey[]): Found {
  const path = [...prefix, ...issue.path]
  if (issue.code !== 'invalid_union') return { issue, path }
  const branches = (issue.errors ?? []).filter((branch) => !branch.some(isOtherType))
  const [nearest] = branches.toSorted((a, b) => costOf(a) - costOf(b))
  const [first] = nearest?.toSorted((a, b) => rank(a) - rank(b)) ?? []
  // If the value itself is wrong, and not a field in it, the union's own issue is better, because its words name all alternatives.
  const isWhole =
    first === undefined ||
    (first.path.length === 0 && issue.message !== undefined && first.code !== 'unrecognized_keys')
  return isWhole ? { issue, path } : nearestIssue(first, path)
}

/** Whether the issue says that the branch is for another type, for example for numbers if the value is text. */
function isOtherType(issue: Issue): boolean {
  if (issue.path.length > 0) return false
  if (issue.code !== 'invalid_union') return issue.code === 'invalid_type'
  const { errors = [] } = issue
  return errors.length > 0 && errors.every((branch) => branch.some(isOtherType))
}

/** Estimates how much would have to change for a branch to match. Missing and unknown fields weigh more than wrong values. */
function costOf(branch: readonly Issue[]): number {
  return branch.reduce((cost, issue) => {
    if (issue.keys !== undefined) return cost + 2 * issue.keys.length
    return cost + (issue.path.length === 1 ? 2 : 1)
  }, 0)
}

/** Order of issues. An unknown field comes first, because it is often a misspelling that explains a missing one. */
function rank({ code }: Issue): number {
  return code === 'unrecognized_keys' ? 0 : 1
}

/** Writes a path as text: `nodes[3].text`. */
function pathText(path: readonly PropertyKey[]): string {
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
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') {
    const text = withoutCardNumbers(value)
    const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
    return JSON.stringify(short)
  }
  return typeof value === 'function' ? 'a function' : String(value)
}
