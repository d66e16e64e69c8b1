/** Finds the fault of a single node, for callers that build receipts node by node. */

import { quickCheckOf } from '../model/quick-check.js'
import { faultsOf } from '../model/shape-faults.js'
import { elements, nodeSchema } from './index.js'
import { describeIssue, type Fault, firstIssue } from './issues.js'
import { fieldNames, schemasAt } from './schema-words.js'

/** Kinds of template nodes, which are only checked when the template is bound. */
const CONTROLS: ReadonlySet<unknown> = new Set(['each', 'if', 'switch', 'let', 'include'])

/**
 * Returns the first fault of a node, with the path inside the node; undefined if there is none. If the node contains expressions or loops,
 * only the names of its fields are checked, because its values are not known yet.
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

/** Whether the value contains an expression or a template node. */
function isOpen(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{')
  if (typeof value !== 'object' || value === null) return false
  return ('kind' in value && CONTROLS.has(value.kind)) || Object.values(value).some(isOpen)
}
