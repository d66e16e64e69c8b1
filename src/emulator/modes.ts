/** The printer's modes: what `ESC @` sets back to the power-on state. */
import type { Glyph } from '../glyphs/glyph-file.js'
import type { Bitmap } from '../model/bitmap.js'
import type { MultibyteZone } from '../model/charset.js'
import type { Profile } from '../model/profile.js'
import type { Rectangle } from '../model/strip.js'
import type { Align, FontId } from '../model/style.js'
import { type CompositePart, powerOnSymbolModes, type SymbolModes } from './symbols/symbol-modes.js'
import { countrySet } from './text/countries.js'
import { romPage } from './text/page-names.js'

/** Settings of which standard mode and page mode each have their own values. */
export interface Spacing {
  readonly lineSpacing: number
  readonly rightSpacing: number
  readonly hanziLeftSpacing: number
  readonly hanziRightSpacing: number
}

export interface Modes {
  font: FontId
  width: number
  height: number
  hanziWidth: number
  hanziHeight: number
  bold: boolean
  doubleStrike: boolean
  underline: 0 | 1 | 2
  hanziUnderline: 0 | 1 | 2
  inverse: boolean
  upsideDown: boolean
  rotated: boolean
  /** Dots after a character, before its width multiple. */
  rightSpacing: number
  hanziLeftSpacing: number
  hanziRightSpacing: number
  lineSpacing: number
  /** The settings of `ESC SP`, `ESC 2`, `ESC 3` and `FS S` in the other mode: page mode, or standard mode. */
  otherSpacing: Spacing
  /** Direction by `ESC T`; `pageArea` is the area of an `ESC W` that came before page mode. */
  pageDirection: 0 | 1 | 2 | 3
  pageArea: Rectangle | undefined
  align: Align
  leftMargin: number
  /** Width of the print area as set by `GS W`; the rest of the paper limits it. */
  areaWidth: number
  /** Tab positions in dots from the left margin, ascending. */
  tabs: readonly number[]
  /** Motion units per inch of the horizontal and the vertical commands (`GS P`). */
  unitsPerInchX: number
  unitsPerInchY: number
  chinese: boolean
  /** `FS C`: JIS codes, as Japanese models have them until Shift_JIS is chosen. */
  jis: boolean
  utf8: boolean
  /** Name of the code page of the bytes 80 to FF. */
  codePage: string
  /** `ESC R`: the characters that replace some of ASCII. */
  country: ReadonlyMap<number, string>
  userCharacters: boolean
  /** User-defined characters by code, separately for each font. */
  userGlyphs: Readonly<Record<FontId, Map<number, Glyph>>>
  userHanzi: Map<number, Glyph>
  /** The picture of `GS *`. */
  downloaded: Bitmap | undefined
  /** The print buffer of `GS ( L` 112, by colour. */
  graphics: Map<number, { bitmap: Bitmap; scaleX: number; scaleY: number }>
  barHeight: number
  /** `GS x`: dots from the start of the line. */
  barLeft: number
  barModule: number
  /** Human readable text: bit 0 above, bit 1 below the bars. */
  hriPosition: number
  hriFont: FontId
  symbols: SymbolModes
  /** Data stored by symbol type (cn of `GS ( k`). */
  symbolData: Map<number, Uint8Array>
  composite: { linear: CompositePart | undefined; component: CompositePart | undefined }
}

const DEFAULT_TABS = 8
const MAX_TABS = 32

/** The code page at power-on of printers that are made for one country. */
const powerOnPage: { readonly [zone in MultibyteZone]?: string } = {
  shift_jis: 'katakana',
  tis620: 'tis620',
}

/** The motion units until `GS P` sets others. If the profile names none, a unit is a dot. */
export function powerOnUnits(profile: Profile): Pick<Modes, 'unitsPerInchX' | 'unitsPerInchY'> {
  const { dpi, verticalUnitsPerInch } = profile
  return { unitsPerInchX: dpi, unitsPerInchY: verticalUnitsPerInch ?? dpi }
}

/** The state after power-on and after `ESC @`. */
export function powerOnModes(profile: Profile): Modes {
  const tab = profile.fonts.A.widthDots * DEFAULT_TABS
  return {
    font: 'A',
    width: 1,
    height: 1,
    hanziWidth: 1,
    hanziHeight: 1,
    bold: false,
    doubleStrike: false,
    underline: 0,
    hanziUnderline: 0,
    inverse: false,
    upsideDown: false,
    rotated: false,
    rightSpacing: 0,
    hanziLeftSpacing: 0,
    hanziRightSpacing: 0,
    lineSpacing: profile.lineSpacingDots,
    otherSpacing: {
      lineSpacing: profile.lineSpacingDots,
      rightSpacing: 0,
      hanziLeftSpacing: 0,
      hanziRightSpacing: 0,
    },
    pageDirection: 0,
    pageArea: undefined,
    align: 'left',
    leftMargin: 0,
    areaWidth: profile.widthDots,
    tabs: Array.from({ length: MAX_TABS }, (_, index) => (index + 1) * tab),
    ...powerOnUnits(profile),
    chinese: profile.chineseModeAtPowerOn && profile.charset !== 'none',
    jis: profile.charset === 'shift_jis',
    utf8: profile.charset === 'utf8' && profile.utf8 === undefined,
    codePage: romPage(powerOnPage[profile.charset] ?? 'cp437'),
    country: countrySet(0),
    userCharacters: false,
    userGlyphs: { A: new Map(), B: new Map(), C: new Map() },
    userHanzi: new Map(),
    downloaded: undefined,
    graphics: new Map(),
    barHeight: 162,
    barLeft: 0,
    barModule: 3,
    hriPosition: 0,
    hriFont: 'A',
    symbols: powerOnSymbolModes(),
    symbolData: new Map(),
    composite: { linear: undefined, component: undefined },
  }
}
