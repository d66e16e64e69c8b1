/** Checks whether a ready-made slip fits the paper. */

import type { ReceiptNode } from '../../elements/nodes.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Profile } from '../../model/profile.js'
import { linesOf } from './ready-slip.js'

/**
 * Returns one warning `LINE_WRAPPED` for each line that is wider than the paper, because the acquirer has laid the slip out for another
 * width.
 *
 * @example
 * const found = await checkReadySlip('签购单 '.repeat(20), generic58)
 * found.map(({ code }) => code) // ['LINE_WRAPPED']
 */
export async function checkReadySlip(
  text: string,
  profile: Profile,
): Promise<readonly Diagnostic[]> {
  const { compile } = await import('../../compile.js')
  const nodes = linesOf(text).map(
    (line): ReceiptNode => ({ kind: 'text', text: line, wrap: 'none' }),
  )
  return compile({ nodes }, { profile })
    .diagnostics.filter(({ code }) => code === 'TEXT_CLIPPED')
    .map(({ path }) => {
      const line = Number(/\d+/.exec(path)?.[0]) + 1
      return {
        code: 'LINE_WRAPPED',
        severity: 'warning',
        path: `text:${line}`,
        message: `line ${line} of the ready-made slip is wider than the paper and goes on in the next line`,
        hint: 'ask the acquirer for slips of this paper width, or print on wider paper',
      }
    })
}
