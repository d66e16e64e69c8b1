/** The report of a number that is not whole on the paper: an error, because what is left of it reads as another number. */

import type { LayoutContext } from './context.js'

/** `fate` ends the sentence. The number is not quoted, since it may be a card's. */
export function reportBroken(fate: string, path: string, { report }: LayoutContext): void {
  report({
    code: 'NUMBER_BROKEN',
    severity: 'error',
    message: `a number is wider than its line and ${fate}`,
    path,
    hint: 'make its column wider, or the text smaller',
  })
}
