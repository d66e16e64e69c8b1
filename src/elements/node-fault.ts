/** Finds the fault of a single node, for those who make receipts node by node. */

import { quickCheckOf } from '../model/quick-check.js'
import { faultsOf } from '../model/shape-faults.js'
import { elements, nodeSchema } from './index.js'
import { describeIssue, type Fault, firstIssue } from './issues.js'
import { fieldNames, schemasAt } from './schema-words.js'

/** Nodes of templates, which are checked when they are bound. */
const CONTROLS: ReadonlySet<unknown> = new Set(['each', 'if', 'switch', 'let', 'include'])

/**
 * The first fault of a node, with its path in the node; undefined if there is none. Of a node with expressions or loops in it only the
 * names of its fields are checked, because its values are not known yet.
 * @example nodeFault({ kind: 'text', text: 'a', size: 9 })?.path // 'size'
 */
export function nodeFault(node: object): Fault | undefined {
  const { kind } = node as { readonly kind?: unknown }
  if (CONTROLS.has(kind) || quickCheckOf(nodeSchema)(node, 0)) return undefined
  const faults = faultsOf(nodeSchema, node)
  if (faults.length === 0) return undefined
  const checked = { json: node, schema: nodeSchema, kinds: Object.keys(elements) }
  if (!isOpen(node)) return describeIssue(firstIssue(faults), checked)
  const known = fieldNames(schemasAt(nodeSchema, [], node))
  const other = Object.keys(node).find((name) => !known.includes(name))
  const unknown = faults.find(({ code }) => code === 'unrecognized_keys')
  return other === undefined || unknown === undefined ? undefined : describeIssue(unknown, checked)
}

/** It holds an expression, or a node of templates. */
function isOpen(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{')
  if (typeof value !== 'object' || value === null) return false
  return ('kind' in value && CONTROLS.has(value.kind)) || Object.values(value).some(isOpen)
}
