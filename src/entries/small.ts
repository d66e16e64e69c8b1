/**
 * Sub-path `xiaopiao/small`: `compile` for a page that must load fast. It prints `text`, `field`, `columns`, `rule`, `feed`, `cut` and
 * `drawer` on printers without two-byte characters, and gives the bytes that `compile` of `xiaopiao` gives. `xiaopiao/small-gbk` prints
 * Chinese as well. Neither draws dots: no pictures, codes, or characters that the printer lacks.
 */

import { codePage, isCodePage } from '../charsets/code-pages.js'
import { type Compiled, type CompileOptions, compileJson as compileWhole } from '../compile.js'
import type { Receipt } from '../elements/nodes.js'
import type { MultibyteZone } from '../model/charset.js'
import { ReceiptError } from '../model/errors.js'
import type { Profile } from '../model/profile.js'

export type { Compiled, CompileOptions } from '../compile.js'
export { columns } from '../elements/columns.js'
export { cut } from '../elements/cut.js'
export { drawer } from '../elements/drawer.js'
export { feed } from '../elements/feed.js'
export { field } from '../elements/field.js'
export type { Receipt, ReceiptNode } from '../elements/nodes.js'
export { rule } from '../elements/rule.js'
export { text } from '../elements/text.js'
export type { Diagnostic } from '../model/diagnostic.js'
export { OptionError, ReceiptError, XiaopiaoError } from '../model/errors.js'
export type { ReceiptOptions } from '../model/receipt-options.js'
export type { Profile }

/** The two-byte zones whose codes a small build contains. The build replaces this name by the list for the entry. */
declare const __XIAOPIAO_SMALL_ZONES__: readonly MultibyteZone[] | undefined

/**
 * Does what `compile` of `xiaopiao` does, for the nodes that a small build has.
 * @throws ReceiptError `NOT_IN_SMALL` for a printer whose characters it lacks, for labels (`page`), or for text that can only be printed
 * as dots; else as `compile`
 * @example compile({ nodes: [text('Total 12.50')] }, { profile: generic58Latin }).bytes
 */
export function compile(receipt: Receipt, options: CompileOptions): Compiled {
  return compileJson(receipt, options)
}

/**
 * Like `compile`, for a value that TypeScript does not know to be a receipt.
 * @example compileJson(JSON.parse(body), { profile: generic58Latin }).bytes
 */
export function compileJson(receipt: unknown, options: CompileOptions): Compiled {
  const missing = missingIn(options?.profile)
  if (missing !== undefined) {
    throw new ReceiptError(`this build has no characters of ${missing}`, {
      code: 'NOT_IN_SMALL',
      path: 'profile',
      hint: "import { compile } from 'xiaopiao'; 'xiaopiao/small-gbk' has those of gb2312 and gbk",
    })
  }
  if (hasPage(receipt)) {
    throw new ReceiptError('this build prints no labels', {
      code: 'NOT_IN_SMALL',
      path: 'page',
      hint: "import { compile } from 'xiaopiao'",
    })
  }
  return compileWhole(receipt, options)
}

function hasPage(receipt: unknown): boolean {
  return (receipt as { readonly page?: unknown } | null | undefined)?.page !== undefined
}

/** Finds the zone or the code page whose table this build lacks; undefined if it lacks none. `compile` reports wrong fields of the profile. */
function missingIn(profile: Partial<Profile> | undefined): string | undefined {
  const zones = typeof __XIAOPIAO_SMALL_ZONES__ === 'undefined' ? [] : __XIAOPIAO_SMALL_ZONES__
  const { charset = 'none', codePages = [] } = profile ?? {}
  if (charset !== 'none' && !zones.includes(charset)) return charset
  if (!Array.isArray(codePages)) return undefined
  return codePages.find(({ encoding }) => isCodePage(encoding) && codePage(encoding) === '')
    ?.encoding
}
