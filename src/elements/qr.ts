/** `qr`: a QR code with its quiet zone, as large as asked or as fits. */

import * as z from 'zod/mini'
import { alignedOffset } from '../layout/place.js'
import { ReceiptError } from '../model/errors.js'
import type { QrLevel } from '../model/strip.js'
import { qrSizeModules } from '../symbols/qr.js'
import type { Element } from './element.js'
import { type AlignField, alignSchema } from './fields.js'

export interface QrNode extends AlignField {
  readonly kind: 'qr'
  /** The payload, sent as UTF-8. */
  readonly data: string
  /** Dots of a module, 1 to 16. Default 6; made smaller, with a warning, where the code would not fit. */
  readonly module?: number
  /** Error correction. Default `M`. */
  readonly level?: QrLevel
}

/** White modules that a scanner needs on each side (ISO/IEC 18004). */
const quietZoneModules = 4
/** Phones read smaller modules badly from thermal paper. */
const smallestSafeModuleDots = 3

export const qrElement: Element<QrNode> = {
  schema: z.strictObject({
    kind: z.literal('qr'),
    data: z.string().check(z.minLength(1)),
    module: z.exactOptional(z.int().check(z.minimum(1), z.maximum(16))),
    level: z.exactOptional(z.enum(['L', 'M', 'Q', 'H'])),
    align: z.exactOptional(alignSchema),
  }),
  layout(node, box, context) {
    const level = node.level ?? 'M'
    const wanted = node.module ?? 6
    const modules = qrSizeModules(node.data, level)
    const fitting = Math.floor(box.widthDots / (modules + 2 * quietZoneModules))
    if (fitting === 0) {
      throw new ReceiptError(
        `a QR code of ${modules} modules and its quiet zone does not fit into ${box.widthDots} dots`,
        { code: 'QR_TOO_WIDE', path: `${box.path}.data`, hint: 'shorten the data or use level L' },
      )
    }
    const moduleDots = Math.min(wanted, fitting)
    if (moduleDots < wanted || moduleDots < smallestSafeModuleDots) {
      const safe = moduleDots >= smallestSafeModuleDots
      context.report({
        code: safe ? 'QR_SHRUNK' : 'QR_MODULE_SMALL',
        severity: 'warning',
        message: `the QR code prints with modules of ${moduleDots} dots${safe ? '' : ', which may not scan'}`,
        path: box.path,
        hint: 'shorten the data, lower the level or give it more width',
      })
    }
    const sizeDots = modules * moduleDots
    const quietDots = quietZoneModules * moduleDots
    const grid = context.metrics.placementGridDots
    const offset = alignedOffset(
      node.align ?? box.align,
      box.widthDots - 2 * quietDots,
      sizeDots,
      grid,
    )
    const quiet = { kind: 'feed', heightDots: quietDots } as const
    return [
      quiet,
      {
        kind: 'symbol',
        x: box.x + quietDots + offset,
        widthDots: sizeDots,
        heightDots: sizeDots,
        symbol: { symbology: 'qr', data: node.data, level, moduleDots },
        path: box.path,
      },
      quiet,
    ]
  },
}

/** A QR code: `qr('https://example.com/i/48', { level: 'Q' })`. */
export function qr(data: string, options: Omit<QrNode, 'kind' | 'data'> = {}): QrNode {
  return { kind: 'qr', data, ...options }
}
