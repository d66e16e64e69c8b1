/** Options for compiling a receipt. `compile` takes them, a printer takes them for all its receipts, and `print` for one. */

import type { Pixels } from './bitmap.js'
import type { ScriptFonts } from './cells.js'
import type { OnUnsupported } from './charset.js'
import type { StoredLogo } from './logo.js'
import { FLAG, OBJECT, type OptionRules, oneOf } from './options.js'

export interface ReceiptOptions {
  /** Pictures by the `src` of the `image` nodes; see `loadImage`. Default: none. */
  readonly images?: Readonly<Record<string, Pixels>> | undefined
  /** Pictures stored in the printer (see `uploadLogo`); the same pictures in a receipt are printed by their key. Default: none. */
  readonly logos?: readonly StoredLogo[] | undefined
  /**
   * How to treat a character that the printer lacks. Default `substitute` if the table has a substitute, else draw.
   */
  readonly onUnsupported?: OnUnsupported | undefined
  /**
   * Whether nodes of the builder `raw` may print; their bytes go to the printer as they are. Default false: they are refused.
   */
  readonly allowRaw?: boolean | undefined
  /**
   * Fonts for scripts whose letters join, stack or run from right to left; see `loadFonts`. Default: none, so such text is reported.
   */
  readonly fonts?: ScriptFonts | undefined
  /** Throw the first diagnostic that is a warning or an error. Default false. */
  readonly strict?: boolean | undefined
}

export const RECEIPT_RULES: OptionRules<ReceiptOptions> = {
  images: OBJECT,
  logos: { says: 'a list of stored logos', accepts: Array.isArray },
  onUnsupported: oneOf('substitute', 'draw', 'error'),
  allowRaw: FLAG,
  fonts: { says: 'what loadFonts gives', accepts: areFonts },
  strict: FLAG,
}

/** Whether the value is the result of `loadFonts`. A common mistake is to pass the promise without `await`. */
function areFonts(value: unknown): boolean {
  return typeof (value as Partial<ScriptFonts> | null)?.letters === 'function'
}

/**
 * Picks the options for receipts out of several objects. If an option is given more than once, the last one wins.
 * @example receiptOptions({ profile, strict: true }, { jobId: '7', strict: false }) // { strict: false }
 */
export function receiptOptions(...given: readonly ReceiptOptions[]): ReceiptOptions {
  const names = Object.keys(RECEIPT_RULES) as (keyof ReceiptOptions)[]
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given.findLast((options) => options[name] !== undefined)?.[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
