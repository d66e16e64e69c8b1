/** The code pages of a whole receipt, chosen together: a page that serves several lines is selected once. */

import type { Charset } from '../../charsets/charset.js'
import { fewestPageChanges } from '../../charsets/pages.js'
import type { Strip } from '../../model/strip.js'

export function settlePages(strip: Strip, charset: Charset): Strip {
  if (charset.pages.length < 2) return strip
  const runs = strip.blocks.flatMap((block) => (block.kind === 'line' ? block.runs : []))
  const settled = fewestPageChanges(
    runs.map((run) => run.cells),
    charset,
  ).values()
  const blocks = strip.blocks.map((block) => {
    if (block.kind !== 'line') return block
    const changed = block.runs.map((run) => ({ ...run, cells: settled.next().value ?? run.cells }))
    return { ...block, runs: changed }
  })
  return { ...strip, blocks }
}
