/** Reports a number that is not whole on paper. It is an error, because a part of a number reads as another number. */

import type { LayoutContext } from './context.js'

/** `fate` ends the message. The number is not quoted, because it may be a card number. */
export function reportBroken(fate: string, path: string, { report }: LayoutContext): void {
  report({
    code: 'NUMBER_BROKEN',
    severity: 'error',
    message: `a number is wider than its line and ${fate}`,
    path,
    hint: 'make its column wider, or the text smaller',
  })
}
