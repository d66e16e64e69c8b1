/** The paper of a machine, as it is now, and what its stream leaves unprinted when it ends. */
import type { Paper } from '../model/paper.js'
import { copyLog } from '../paper/algebra.js'
import { dropLine, type Machine } from './machine.js'
import { breakPending } from './text/characters.js'

/** Notes what is left in the print buffer at the end of the stream, because it is not printed. */
export function endStream(machine: Machine): void {
  breakPending(machine)
  dropLine(machine, 'LINE_NOT_PRINTED', 'the stream ends without a feed; not printed')
  if (machine.page !== undefined) {
    const message = 'the stream ends in page mode; the page is not printed'
    machine.paper.note('PAGE_NOT_PRINTED', message, machine.line.offset)
  }
}

/** The content of the sheet as a Paper. */
export function paperOf(machine: Machine): Paper {
  const { paper } = machine
  const bitmap = paper.bitmap()
  return {
    widthDots: bitmap.widthDots,
    heightDots: bitmap.heightDots,
    dpi: machine.profile.dpi,
    bitmap,
    ...copyLog(paper.log),
    replies: machine.replies,
  }
}
