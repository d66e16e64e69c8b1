import type { CodePageSlot, MultibyteZone } from './charset.js'
import type { FontCell } from './metrics.js'

/** Data of a printer model. What is not known stays at the cautious default; any field can be overridden by the caller. */

export interface Profile {
  /** Kebab-case: `generic-58`. */
  readonly id: string
  readonly vendor: string
  readonly name: string
  /** Width of the paper roll in mm. */
  readonly paperMm: number
  /** Printable dots of a line. */
  readonly widthDots: number
  readonly dpi: number
  readonly lineSpacingDots: number
  readonly fonts: { readonly A: FontCell; readonly B?: FontCell; readonly C?: FontCell }
  readonly hanzi: FontCell
  /** The multi-byte ROM. */
  readonly charset: MultibyteZone
  /**
   * How the printer is told to read UTF-8, where `charset` is `utf8`: Epson's `FS ( C`, or `FS C 255` of Sunmi terminals.
   * Left out: it always reads UTF-8, or never.
   */
  readonly utf8?: 'epson-fs-c' | 'sunmi'
  /** Mode after power-on and after `ESC @`; the encoder states the mode in any case. */
  readonly chineseModeAtPowerOn: boolean
  /** Which vendor's `ESC t` numbers a decoder of this printer's bytes uses. */
  readonly codePageTable: string
  /** Pages that the encoder may use: verified ones only. */
  readonly codePages: readonly CodePageSlot[]
  /** `ESC $` moves in dots. */
  readonly absolutePosition: boolean
  /** Which command sizes two-byte characters: `GS !`, `FS !`, or either by model. */
  readonly hanziSizeBy: 'gs' | 'fs' | 'both'
  /** Rows of one `GS v 0`; at most 255, since some firmware reads only the low byte. */
  readonly imageBandRows: number
  /** How a character outside the ROM is drawn: `ESC *` in the line, or the whole line as raster. */
  readonly drawnBy: 'column-image' | 'raster-line'
  readonly qr: 'native' | 'raster'
  /** Cuts that the cutter makes; empty where there is none. */
  readonly cuts: readonly ('full' | 'partial')[]
  /** Feed from the print head to the cutter (or to the tear bar). */
  readonly headToCutterDots: number
  readonly drawer: { readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
  /** `DLE EOT`, `GS r`: true answers, false is one-way, null is not known. */
  readonly answersStatus: boolean | null
  /** Where the figures come from. */
  readonly source: string
}
