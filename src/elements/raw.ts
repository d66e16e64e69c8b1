/**
 * `raw`: bytes of the caller's own, for a command that no node has. Only the builder makes such a node, and only `allowRaw` lets it print:
 * the mark on it is a symbol, which no JSON, YAML, template or data can hold.
 */

import { ReceiptError } from '../model/errors.js'
import { isBytes } from '../model/realms.js'
import * as s from '../model/shape.js'
import type { Element } from './element.js'
import type { RawNode } from './nodes.js'
import { placeFields } from './spacing.js'

/** The mark. It is in the global symbol registry, so that the package's ES and CommonJS modules accept each other's nodes. */
const MADE = Symbol.for('xiaopiao.raw')

export const rawElement: Element<RawNode> = {
  schema: s.unpublished(
    s.object<RawNode>({ kind: s.literal('raw'), bytes: s.bytes, ...placeFields }, [
      s.must((node: object) => MADE in node, 'a node that the builder raw made'),
    ]),
  ),
  layout({ bytes }, { path }, { allowRaw = false }) {
    if (allowRaw) return [{ kind: 'device', request: { ask: 'raw', bytes }, path }]
    throw new ReceiptError('raw bytes are not allowed in this receipt', {
      code: 'RAW_NOT_ALLOWED',
      path,
      hint: 'give compile, or the printer, the option allowRaw: true, if the bytes are your own',
    })
  },
}

/**
 * Sends `bytes` as they are, at this place of the receipt. They are not checked, so they must leave the printer's modes unchanged, or the
 * rest of the receipt prints wrong. `compile` accepts them only with `allowRaw: true`.
 * @throws ReceiptError `RAW_INVALID` if they are no bytes
 *
 * @example
 * const node = raw(Uint8Array.of(0x1b, 0x42, 2, 3))
 * const { bytes } = compile({ nodes: [node] }, { profile: generic58, allowRaw: true })
 * Array.from(bytes.slice(-4)) // [27, 66, 2, 3]
 */
export function raw(bytes: Uint8Array): RawNode {
  if (isBytes(bytes)) return { kind: 'raw', bytes: bytes.slice(), [MADE]: true } as RawNode
  throw new ReceiptError(`raw takes bytes, found ${typeof bytes}`, {
    code: 'RAW_INVALID',
    hint: 'write raw(Uint8Array.of(0x1b, 0x42, 2, 3))',
  })
}
