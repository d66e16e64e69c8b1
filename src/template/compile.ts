/** Template trees to functions: what never changes is found once, and strings are parsed once. */

import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import { isPlainObject } from '../model/realms.js'
import { enter, failure, leave, resultOf, type Scope, spend, testOf, textOf } from './evaluate.js'
import { type Expression, parseExpression, parseText } from './parse.js'

export type Render = (scope: Scope) => unknown
/** Adds to the list that holds the node: none, one or many values. */
type Emit = (scope: Scope, out: unknown[]) => void

/** How to make the value, or null where it is the same for any data. */
export function compileValue(value: unknown, path: string): Render | null {
  if (typeof value === 'string') return compileText(value, path)
  if (Array.isArray(value)) {
    const emit = compileList(value, path)
    return emit && ((scope) => listOf(emit, scope))
  }
  if (!isPlainObject(value)) return null
  if (isControl(value)) {
    throw new ReceiptError(`a node of kind '${String(value.kind)}' must be in a list`, {
      code: 'TEMPLATE_MISPLACED',
      path,
      hint: 'it gives any number of values: put it among the elements of a list',
    })
  }
  return compileFields(value, path)
}

function compileText(text: string, path: string): Render | null {
  const parts = parseText(text, path)
  if (parts === null) return null
  return (scope) => {
    let out = ''
    for (const part of parts) out += typeof part === 'string' ? part : textOf(part, scope)
    return out
  }
}

function compileFields(object: Readonly<Record<string, unknown>>, path: string): Render | null {
  const fields = Object.entries(object).map(([key, value]) => {
    return { key, value, render: compileValue(value, path === '' ? key : `${path}.${key}`) }
  })
  if (fields.every(({ render }) => render === null)) return null
  // fromEntries, since assigning to a key named __proto__ would set the prototype.
  return (scope) =>
    Object.fromEntries(
      fields.map(({ key, value, render }) => [key, render ? render(scope) : value]),
    )
}

function compileList(list: readonly unknown[], path: string): Emit | null {
  const emits = list.map((value, i) => compileElement(value, `${path}[${i}]`))
  if (emits.every((emit) => emit === null)) return null
  return (scope, out) => {
    for (const [i, emit] of emits.entries()) {
      if (emit === null) out.push(list[i])
      else emit(scope, out)
    }
  }
}

function compileElement(value: unknown, path: string): Emit | null {
  if (isControl(value))
    return value.kind === 'each' ? compileEach(value, path) : compileIf(value, path)
  const render = compileValue(value, path)
  return render && ((scope, out) => void out.push(render(scope)))
}

function compileEach(node: Readonly<Record<string, unknown>>, path: string): Emit {
  onlyFields(node, ['kind', 'in', 'as', 'do'], path)
  const list = expressionOf(node, 'in', path)
  const name = node.as ?? 'item'
  if (typeof name !== 'string' || !/^[A-Za-z_]\w*$/.test(name) || name === 'loop') {
    throw invalid(
      "must be a name, and not 'loop'",
      `${path}.as`,
      'write letters, digits and _, such as item',
    )
  }
  const emit = blockOf(node, 'do', path)
  return (scope, out) => {
    const elements = resultOf(list, scope)
    if (!Array.isArray(elements)) {
      throw failure(list, scope, 'is not a list', {
        code: 'TEMPLATE_NOT_A_LIST',
        hint: 'name a list of the data, such as items',
      })
    }
    const position = { list: list.source, index: 0 }
    const count = elements.length
    spend(list, count, scope)
    scope.loops.push(position)
    for (const [index, element] of elements.entries()) {
      position.index = index
      const loop = { index: index + 1, first: index === 0, last: index === count - 1, count }
      enter(scope, { [name]: element, loop })
      emit(scope, out)
      leave(scope)
    }
    scope.loops.pop()
  }
}

function compileIf(node: Readonly<Record<string, unknown>>, path: string): Emit {
  onlyFields(node, ['kind', 'test', 'then', 'else'], path)
  const test = expressionOf(node, 'test', path)
  const then = blockOf(node, 'then', path)
  const otherwise = node.else === undefined ? undefined : blockOf(node, 'else', path)
  return (scope, out) => (testOf(test, scope) ? then(scope, out) : otherwise?.(scope, out))
}

const EXPRESSION_HINT = 'write it without braces, such as items or total > 0'

function expressionOf(
  node: Readonly<Record<string, unknown>>,
  field: string,
  path: string,
): Expression {
  const source = node[field]
  if (typeof source !== 'string')
    throw invalid('must be an expression', `${path}.${field}`, EXPRESSION_HINT)
  if (/^\s*\{[{%]/.test(source))
    throw invalid('must be without braces', `${path}.${field}`, EXPRESSION_HINT)
  return parseExpression(source, `${path}.${field}`)
}

function blockOf(node: Readonly<Record<string, unknown>>, field: string, path: string): Emit {
  const nodes = node[field]
  if (!Array.isArray(nodes))
    throw invalid('must be a list of nodes', `${path}.${field}`, `write "${field}": [ … ]`)
  return compileList(nodes, `${path}.${field}`) ?? ((_, out) => void out.push(...nodes))
}

function onlyFields(
  node: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: string,
): void {
  const other = Object.keys(node).find((key) => !known.includes(key))
  if (other === undefined) return
  const hint = didYouMean(other, known) ?? `it has ${known.slice(1).join(', ')}`
  throw invalid(`is not a field of a node of kind '${String(node.kind)}'`, `${path}.${other}`, hint)
}

function invalid(what: string, path: string, hint: string): ReceiptError {
  return new ReceiptError(`${path} ${what}`, { code: 'TEMPLATE_NODE_INVALID', path, hint })
}

function listOf(emit: Emit, scope: Scope): unknown[] {
  const out: unknown[] = []
  emit(scope, out)
  return out
}

function isControl(value: unknown): value is Readonly<Record<string, unknown>> {
  return isPlainObject(value) && (value.kind === 'each' || value.kind === 'if')
}
