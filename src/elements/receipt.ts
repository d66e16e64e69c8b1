/** A receipt: its nodes and the style that they inherit; the boundary at which JSON becomes one. */

import * as z from 'zod/mini'
import { ReceiptError } from '../model/errors.js'
import { checkNesting } from '../model/nesting.js'
import { quickCheckOf } from '../model/quick-check.js'
import { styleFields } from './fields.js'
import { elements, nodeSchema } from './index.js'
import { describeIssue, firstIssue } from './issues.js'
import type { Receipt } from './nodes.js'

export const receiptSchema: z.ZodMiniType<Receipt> = z.strictObject({
  $schema: z.exactOptional(z.string()),
  title: z.exactOptional(z.string()),
  nodes: z.array(nodeSchema),
  ...styleFields,
})

/**
 * Checks that `json` is a receipt and returns a copy of it, typed.
 * @throws ReceiptError `RECEIPT_INVALID` with the path of the first fault, what was expected and what was found.
 * @example parseReceipt(JSON.parse('{"nodes":[{"kind":"text","text":"合计"}]}')).nodes.length // 1
 */
export function parseReceipt(json: unknown): Receipt {
  return isReceipt(json) ? copyOf(json) : askSchema(json)
}

/** As `parseReceipt`, without a copy: for who is done with it before the caller can change it. */
export function checkedReceipt(json: unknown): Receipt {
  return isReceipt(json) ? json : askSchema(json)
}

function isReceipt(json: unknown): json is Receipt {
  return quickCheckOf(receiptSchema)(json, 0)
}

/** Of lists, objects and plain values: all that a receipt is made of. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf) as T
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copyOf(field)])) as T
}

/** In the words of the schema, with the path of each fault. */
function askSchema(json: unknown): Receipt {
  checkNesting(json, 'RECEIPT_INVALID')
  const result = receiptSchema.safeParse(json)
  if (result.success) return result.data
  const checked = { json, schema: receiptSchema, kinds: Object.keys(elements) }
  const { issues } = result.error
  const first = describeIssue(firstIssue(issues), checked)
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  throw new ReceiptError(`${first.message}${more}`, {
    code: 'RECEIPT_INVALID',
    path: first.path,
    hint:
      first.hint ??
      '`xiaopiao docs receipt` lists the fields of every node; in the package it is docs/receipt.md',
  })
}

/** The published JSON Schema of a receipt (draft 2020-12). */
export function receiptJsonSchema(): object {
  return z.toJSONSchema(receiptSchema, { unrepresentable: 'any' })
}
