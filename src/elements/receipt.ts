/** The schema of a receipt, and the check of JSON against it. */

import { ReceiptError } from '../model/errors.js'
import { checkNesting } from '../model/nesting.js'
import { quickCheckOf } from '../model/quick-check.js'
import * as s from '../model/shape.js'
import { faultsOf } from '../model/shape-faults.js'
import { jsonSchemaOf } from '../model/shape-json.js'
import { styleFields } from './fields.js'
import { elements, nodeSchema } from './index.js'
import { describeIssue, firstIssue } from './issues.js'
import { pageSchema } from './labels.js'
import type { Receipt } from './nodes.js'

export const receiptSchema = s.object<Receipt & { readonly $schema?: string }>({
  $schema: s.optional(s.text()),
  title: s.optional(s.text()),
  page: s.optional(pageSchema),
  nodes: s.list(nodeSchema),
  ...styleFields,
})

/**
 * Checks that `json` is a receipt and returns a copy of it, typed.
 * @throws ReceiptError `RECEIPT_INVALID` with the path of the first fault, what was expected and what was found.
 * @example parseReceipt(JSON.parse('{"nodes":[{"kind":"text","text":"合计"}]}')).nodes.length // 1
 */
export function parseReceipt(json: unknown): Receipt {
  return s.copyOf(checkedReceipt(json))
}

/** Like `parseReceipt`, without a copy, for use while the caller cannot change the value. */
export function checkedReceipt(json: unknown): Receipt {
  if (!quickCheckOf(receiptSchema)(json, 0)) refuseFaulty(json)
  return json as Receipt
}

/** Throws a `ReceiptError` for the first fault. Returns if there is none, because the quick check also fails if it cannot decide. */
function refuseFaulty(json: unknown): void {
  checkNesting(json, 'RECEIPT_INVALID')
  const faults = faultsOf(receiptSchema, json)
  if (faults.length === 0) return
  const first = describeIssue(firstIssue(faults), {
    json,
    schema: receiptSchema,
    kinds: Object.keys(elements),
  })
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  throw new ReceiptError(`${first.message}${more}`, {
    code: 'RECEIPT_INVALID',
    path: first.path,
    hint:
      first.hint ??
      '`xiaopiao docs receipt` lists the fields of every node; in the package it is docs/receipt.md',
  })
}

/**
 * The published JSON Schema of a receipt (draft 2020-12).
 *
 * @example
 * Object.keys(receiptJsonSchema()).includes('$schema') // true
 */
export function receiptJsonSchema(): object {
  return jsonSchemaOf(receiptSchema)
}
