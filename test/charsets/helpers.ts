/** Shaping in one call for tests: bytes as hex, drawn cells in brackets, diagnostics beside. */
import { cellBytes } from '../../src/charsets/cell-bytes.js'
import { type CanDraw, makeCharset } from '../../src/charsets/charset.js'
import { shape } from '../../src/charsets/shape.js'
import { type Cells, ZONE_DRAWN, ZONE_PAGE } from '../../src/model/cells.js'
import type { CodePageSlot, MultibyteZone, OnUnsupported } from '../../src/model/charset.js'
import { cellText } from '../../src/model/cut-cells.js'
import type { Diagnostic } from '../../src/model/diagnostic.js'

export interface Shaped {
  readonly cells: Cells
  readonly hex: string
  readonly width: number
  readonly diagnostics: readonly Diagnostic[]
  /** `CODE severity` of each diagnostic. */
  readonly codes: readonly string[]
}

export interface ShapeSetting {
  readonly zone?: MultibyteZone
  readonly pages?: readonly CodePageSlot[]
  readonly canDraw?: CanDraw
  readonly onUnsupported?: OnUnsupported
  readonly column?: number
}

/** Hanzi, kana, Hangul and emoji in two cells, other letters in one. */
export const drawsAll: CanDraw = (codePoint, width) => (codePoint < 0x2000 ? 1 : 2) === width

export function shaped(text: string, setting: ShapeSetting = {}): Shaped {
  const { zone = 'gbk', pages = [], canDraw = drawsAll, ...rest } = setting
  const diagnostics: Diagnostic[] = []
  const charset = makeCharset({ zone, pages, canDraw })
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic)
  const cells = shape(text, charset, { path: 'nodes[0].value', report, ...rest })
  return {
    cells,
    hex: hexOf(cells),
    width: cells.width.reduce((sum, width) => sum + width, 0),
    diagnostics,
    codes: diagnostics.map(({ code, severity }) => `${code} ${severity}`),
  }
}

/** `D6 D0`, `[𠮷]` for a drawn cell, `p0:82` for a byte of page 0. */
export function hexOf(cells: Cells): string {
  const parts: string[] = []
  for (let i = 0; i < cells.length; i++) {
    const zone = cells.zone[i] as number
    if (zone === ZONE_DRAWN) {
      parts.push(`[${cellText(cells, i)}]`)
      continue
    }
    const hex = [...cellBytes(cells, i, i + 1)]
      .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
      .join(' ')
    parts.push(zone >= ZONE_PAGE ? `p${zone - ZONE_PAGE}:${hex}` : hex)
  }
  return parts.join(' ')
}
