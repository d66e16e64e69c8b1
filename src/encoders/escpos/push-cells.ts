/** Pushes the cells of a run as bytes in their modes, and the drawn cells among them as `ESC *` in the line. */

import { cellBytes } from '../../charsets/cell-bytes.js'
import type { Bitmap } from '../../model/bitmap.js'
import { PlainCells, ZONE_ASCII, ZONE_DRAWN, ZONE_MULTIBYTE, ZONE_PAGE } from '../../model/cells.js'
import type { Report } from '../../model/diagnostic.js'
import type { Profile } from '../../model/profile.js'
import type { Run } from '../../model/strip.js'
import { columnImages, columnsOf } from './column-image.js'
import { pushPlainText } from './command-out.js'
import type { CommandOut } from './commands/index.js'
import { drawnGlyph } from './draw-line.js'
import type { SentModes } from './modes.js'

/** The modes and measures for which a line is lowered, and the destination of its commands. */
export interface LineTarget {
  readonly modes: SentModes
  readonly out: CommandOut
  readonly profile: Profile
  readonly report: Report
}

export function pushCells(run: Run, modes: SentModes, out: CommandOut): void {
  const { cells } = run
  const end = cells.length
  if (cells instanceof PlainCells) {
    if (cells.wide > 0) modes.encoding(ZONE_MULTIBYTE)
    pushPlainText(cells, out)
    return
  }
  let i = 0
  while (i < end) {
    const zone = cells.zone[i] as number
    if (zone === ZONE_DRAWN) {
      out.push(...(columnImages(glyphColumns(drawnGlyph(cells, i, run.style))) ?? []))
      i++
      continue
    }
    const from = i
    const mode = modeOf(zone)
    let needed = mode
    while (i < end) {
      const next = cells.zone[i] as number
      if (next === ZONE_DRAWN) break
      const nextMode = modeOf(next)
      if (nextMode !== undefined) {
        if (needed !== undefined && nextMode !== needed) break
        needed = nextMode
      }
      i++
    }
    if (needed !== undefined) modes.encoding(needed)
    out.push({ kind: 'text', bytes: cellBytes(cells, from, i) })
  }
}

/** The zone whose mode the printer must be in; ASCII prints in any. */
function modeOf(zone: number): number | undefined {
  if (zone === ZONE_ASCII) return undefined
  return zone === ZONE_MULTIBYTE ? ZONE_MULTIBYTE : zone >= ZONE_PAGE ? zone : undefined
}

/** The columns of a glyph for `ESC *`: the bottom of the glyph is the bottom of the 24 dots. */
export function glyphColumns(glyph: Bitmap): Uint8Array {
  return columnsOf(glyph, glyph.heightDots - 24)
}
