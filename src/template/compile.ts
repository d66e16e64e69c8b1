/** Compiles templates to functions. Strings are parsed once, and parts without expressions are used as they are. */

import {
  elementPlace,
  fieldPlace,
  type Place,
  type Setting,
  settingOf,
} from '../elements/setting.js'
import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import { isPlainObject } from '../model/realms.js'
import {
  enter,
  failure,
  leave,
  partialNamed,
  partialScope,
  resultOf,
  type Scope,
  settingValueOf,
  spend,
  spendText,
  testOf,
  textOf,
} from './evaluate.js'
import { type Expression, parseExpression, parseText } from './parse.js'

export type Render = (scope: Scope) => unknown
/** Appends the values of an element to the list that holds it: none, one or many. */
type Emit = (scope: Scope, out: unknown[]) => void
type Node = Readonly<Record<string, unknown>>

/** Compiles a value to a function, or null if the value is the same for any data. `place` says what a receipt accepts there. */
export function compileValue(value: unknown, path: string, place: Place): Render | null {
  if (typeof value === 'string') return compileText(value, path, place)
  if (Array.isArray(value)) {
    const emit = compileList(value, path, elementPlace(place))
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
  return compileFields(value, path, place)
}

function compileText(text: string, path: string, place: Place): Render | null {
  const parts = parseText(text, path)
  if (parts === null) return null
  const setting = settingOf(place)
  const [only] = parts
  if (setting !== undefined && parts.length === 1 && typeof only === 'object') {
    return (scope) => settingValueOf(only, scope, setting)
  }
  const render = (scope: Scope) => {
    let out = ''
    for (const part of parts) out += typeof part === 'string' ? part : textOf(part, scope)
    return spendText(out, path, scope)
  }
  return setting === undefined ? render : checked(render, text, path, setting)
}

/** Checks a setting that is made of several parts, such as `"{{ share }}%"`. */
function checked(render: Render, text: string, path: string, setting: Setting): Render {
  return (scope) => {
    const value = render(scope)
    const expected = setting.expected(value)
    if (expected === undefined) return value
    throw new ReceiptError(`${JSON.stringify(text)} must give ${expected}`, {
      code: 'TEMPLATE_VALUE_TYPE',
      path,
      hint: 'see what the data give there',
    })
  }
}

function compileFields(object: Node, path: string, place: Place): Render | null {
  const fields = Object.entries(object).map(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`
    return { key, value, render: compileValue(value, at, fieldPlace(place, key, object)) }
  })
  if (fields.every(({ render }) => render === null)) return null
  // `fromEntries`, because assigning to a key named __proto__ would set the prototype.
  return (scope) =>
    Object.fromEntries(
      fields.map(({ key, value, render }) => [key, render ? render(scope) : value]),
    )
}

/** Compiles a list. `place` is the place of its elements. */
function compileList(list: readonly unknown[], path: string, place: Place): Emit | null {
  const emits = list.map((value, i) => compileElement(value, `${path}[${i}]`, place))
  if (emits.every((emit) => emit === null)) return null
  return (scope, out) => {
    for (const [i, emit] of emits.entries()) {
      if (emit === null) out.push(list[i])
      else emit(scope, out)
    }
  }
}

function compileElement(value: unknown, path: string, place: Place): Emit | null {
  if (isControl(value)) return CONTROLS[value.kind](value, path, place)
  const render = compileValue(value, path, place)
  return render && ((scope, out) => void out.push(render(scope)))
}

type CompileControl = (node: Node, path: string, place: Place) => Emit

/** The nodes that give any number of values to the list that holds them. */
const CONTROLS = {
  each: compileEach,
  if: compileIf,
  switch: compileSwitch,
  let: compileLet,
  include: compileInclude,
} satisfies Readonly<Record<string, CompileControl>>

function compileEach(node: Node, path: string, place: Place): Emit {
  onlyFields(node, ['kind', 'in', 'as', 'do'], path)
  const list = expressionOf(node.in, `${path}.in`)
  const name = nameOf(node.as ?? 'item', `${path}.as`)
  const emit = blockOf(node.do, `${path}.do`, place)
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

function compileIf(node: Node, path: string, place: Place): Emit {
  onlyFields(node, ['kind', 'test', 'then', 'else'], path)
  const test = expressionOf(node.test, `${path}.test`)
  const then = blockOf(node.then, `${path}.then`, place)
  const otherwise = elseOf(node, path, place)
  return (scope, out) => (testOf(test, scope) ? then(scope, out) : otherwise?.(scope, out))
}

function compileSwitch(node: Node, path: string, place: Place): Emit {
  onlyFields(node, ['kind', 'on', 'cases', 'else'], path)
  const on = expressionOf(node.on, `${path}.on`)
  if (!isPlainObject(node.cases)) {
    throw invalid('must be an object', `${path}.cases`, 'write "cases": { "cash": [ … ] }')
  }
  // A map and not an object, because the data may contain the name of an object's method.
  const cases = new Map(
    Object.entries(node.cases).map(([key, nodes]) => [
      key,
      blockOf(nodes, `${path}.cases.${key}`, place),
    ]),
  )
  const otherwise = elseOf(node, path, place)
  return (scope, out) => {
    const emit = cases.get(textOf(on, scope)) ?? otherwise
    if (emit !== undefined) return emit(scope, out)
    throw failure(on, scope, 'is none of the cases', {
      code: 'TEMPLATE_CASE_MISSING',
      hint: `there are ${[...cases.keys()].join(', ')}; add it, or "else": [] for nothing`,
    })
  }
}

function compileLet(node: Node, path: string, place: Place): Emit {
  onlyFields(node, ['kind', 'set', 'do'], path)
  const values = expressionsOf(node.set, `${path}.set`)
  const emit = blockOf(node.do, `${path}.do`, place)
  return (scope, out) => {
    for (const [name, value] of values) enter(scope, { [name]: resultOf(value, scope) })
    emit(scope, out)
    for (const _ of values) leave(scope)
  }
}

/** Compiles an include. The partial is compiled at each place of use, because its nodes may be rows or spans there. */
function compileInclude(node: Node, path: string, place: Place): Emit {
  onlyFields(node, ['kind', 'partial', 'with'], path)
  const name = nameOf(node.partial, `${path}.partial`)
  const values = node.with === undefined ? [] : expressionsOf(node.with, `${path}.with`)
  const compiled = new WeakMap<object, Emit>()
  return (scope, out) => {
    const nodes = partialNamed(name, path, scope)
    let emit = compiled.get(nodes)
    if (emit === undefined) {
      emit = blockOf(nodes, `partials.${name}`, place)
      compiled.set(nodes, emit)
    }
    const given = values.map(([key, value]) => [key, resultOf(value, scope)])
    emit(partialScope(Object.fromEntries(given), scope), out)
  }
}

const EXPRESSION_HINT = 'write it without braces, such as items or total > 0'

function expressionOf(source: unknown, path: string): Expression {
  if (typeof source !== 'string') throw invalid('must be an expression', path, EXPRESSION_HINT)
  if (/^\s*\{[{%]/.test(source)) throw invalid('must be without braces', path, EXPRESSION_HINT)
  return parseExpression(source, path)
}

/** Parses an object of expressions by name. */
function expressionsOf(set: unknown, path: string): readonly (readonly [string, Expression])[] {
  if (!isPlainObject(set)) {
    throw invalid(
      'must be an object',
      path,
      'write names with expressions: { "total": "a | plus: b" }',
    )
  }
  return Object.entries(set).map(([name, source]) => [
    nameOf(name, `${path}.${name}`),
    expressionOf(source, `${path}.${name}`),
  ])
}

function nameOf(name: unknown, path: string): string {
  if (typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name) && name !== 'loop') return name
  throw invalid("must be a name, and not 'loop'", path, 'write letters, digits and _, such as item')
}

function blockOf(nodes: unknown, path: string, place: Place): Emit {
  if (!Array.isArray(nodes)) {
    const field = path.slice(path.lastIndexOf('.') + 1)
    throw invalid('must be a list of nodes', path, `write "${field}": [ … ]`)
  }
  return compileList(nodes, path, place) ?? ((_, out) => void out.push(...nodes))
}

function elseOf(node: Node, path: string, place: Place): Emit | undefined {
  return node.else === undefined ? undefined : blockOf(node.else, `${path}.else`, place)
}

function onlyFields(node: Node, known: readonly string[], path: string): void {
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

function isControl(value: unknown): value is Node & { readonly kind: keyof typeof CONTROLS } {
  return (
    isPlainObject(value) && typeof value.kind === 'string' && Object.hasOwn(CONTROLS, value.kind)
  )
}
