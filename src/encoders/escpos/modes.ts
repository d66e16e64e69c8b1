/** The modes that the printer is in while commands are written. A command is sent only if its mode changes. */

import type { Charset } from '../../charsets/charset.js'
import { type Cells, PlainCells, ZONE_MULTIBYTE, ZONE_PAGE } from '../../model/cells.js'
import type { MultibyteZone } from '../../model/charset.js'
import type { Profile } from '../../model/profile.js'
import type { TextStyle } from '../../model/style.js'
import { pushBlanks, pushByte, pushMoveTo } from './command-out.js'
import type { Command, CommandOut } from './commands/index.js'

/** A gap of at most this many blanks is sent as blanks, because `ESC $` is not shorter and some printers lack it. */
const BLANKS_PER_MOVE = 4

/** Numbers of `ESC M`. Text in the small font is drawn, and never sent. */
const FONT_NUMBERS = { A: 0, B: 1, C: 2, small: 0 } as const

export class SentModes {
  readonly #out: CommandOut
  readonly #profile: Profile
  readonly #charset: Charset
  readonly #lineSpacingDots: number
  /** The style that all modes are in; `#lastHanzi` says whether the modes of hanzi are as well. */
  #lastStyle: TextStyle | undefined
  #lastHanzi = false
  #font = 'A'
  #size = 0
  /** Size of the last `FS !`; whether `GS !` sizes hanzi as well differs between printers. */
  #hanziSize = 0
  #bold = false
  #doubleStrike = false
  #underline = 0
  #hanziUnderline = 0
  #inverse = false
  #letterSpacing = 0
  #hanziSpacing = 0
  #zone = ZONE_MULTIBYTE
  #page: number | undefined
  /** Spacing of the mode that the printer is not in, because page mode has a separate one (TM-T88III specification p. 93). */
  #otherSpacing = { letter: 0, hanzi: 0 }

  constructor(out: CommandOut, profile: Profile, charset: Charset, lineSpacingDots: number) {
    this.#out = out
    this.#profile = profile
    this.#charset = charset
    this.#lineSpacingDots = lineSpacingDots
  }

  /** Sends `ESC @` and the modes that differ between printers after it: country set, code system, Chinese mode, line spacing. */
  start(): void {
    const { charset } = this.#profile
    this.#out.push({ kind: 'initialize' }, { kind: 'country', n: 0 })
    this.#out.push(...multibyteOn(this.#profile))
    this.#zone = hasTwoBytes(charset) ? ZONE_MULTIBYTE : ZONE_PAGE
    const { dpi, setsMotionUnits } = this.#profile
    // Epson's impact printers without GS ! begin in Font B.
    if (this.#profile.sizeBy === 'esc') pushByte('printMode', 0, this.#out)
    if (setsMotionUnits) this.#out.push({ kind: 'motionUnits', x: dpi, y: dpi })
    pushByte('lineSpacing', this.#lineSpacingDots, this.#out)
  }

  /** Notes that the printer enters or leaves page mode. */
  swapPage(): void {
    const { letter, hanzi } = this.#otherSpacing
    this.#otherSpacing = { letter: this.#letterSpacing, hanzi: this.#hanziSpacing }
    this.#letterSpacing = letter
    this.#hanziSpacing = hanzi
    this.#lastStyle = undefined
  }

  /** Makes the next byte print at `x`, coming from `from`. */
  moveTo(x: number, from: number): void {
    if (x === from) return
    const blank = this.#blankDots()
    const gap = x - from
    const blanks = gap / blank
    const canBlank = gap > 0 && Number.isInteger(blanks) && this.#underline === 0 && !this.#inverse
    if (canBlank && (blanks <= BLANKS_PER_MOVE || !this.#profile.absolutePosition)) {
      pushBlanks(blanks, this.#out)
      return
    }
    if (this.#profile.absolutePosition) {
      pushMoveTo(x, this.#out)
      return
    }
    this.#plainBlanks(gap)
  }

  /** Sends the style commands that `cells` need. Commands for hanzi only are left out if the cells have no hanzi. */
  style(style: TextStyle, cells: Cells): void {
    const hanzi = cells instanceof PlainCells ? cells.wide > 0 : cells.zone.includes(ZONE_MULTIBYTE)
    if (style === this.#lastStyle && (this.#lastHanzi || !hanzi)) return
    this.#lastStyle = style
    this.#lastHanzi = hanzi
    if (style.font !== this.#font) {
      this.#font = style.font
      pushByte('font', FONT_NUMBERS[style.font], this.#out)
      if (this.#profile.fontResetsCodePage) this.#page = undefined
    }
    this.#setSize(style, hanzi)
    if (style.bold !== this.#bold) {
      this.#bold = style.bold
      pushByte('emphasis', style.bold ? 1 : 0, this.#out)
    }
    if (style.doubleStrike !== this.#doubleStrike) {
      this.#doubleStrike = style.doubleStrike
      pushByte('doubleStrike', style.doubleStrike ? 1 : 0, this.#out)
    }
    if (style.letterSpacing !== this.#letterSpacing) {
      this.#letterSpacing = style.letterSpacing
      pushByte('characterSpacing', style.letterSpacing, this.#out)
    }
    if (hanzi && style.letterSpacing !== this.#hanziSpacing) {
      this.#hanziSpacing = style.letterSpacing
      this.#out.push({ kind: 'hanziSpacing', left: 0, right: style.letterSpacing })
    }
    if (style.underline !== this.#underline) {
      this.#underline = style.underline
      pushByte('underline', style.underline, this.#out)
    }
    if (hanzi && style.underline !== this.#hanziUnderline) {
      this.#hanziUnderline = style.underline
      pushByte('hanziUnderline', style.underline, this.#out)
    }
    if (style.inverse !== this.#inverse) {
      this.#inverse = style.inverse
      pushByte('inverse', style.inverse ? 1 : 0, this.#out)
    }
  }

  /** Selects the mode in which bytes of `zone` mean the right characters: Chinese mode, or that mode off and a code page. */
  encoding(zone: number): void {
    if (zone !== this.#zone) {
      const wasChinese = this.#zone === ZONE_MULTIBYTE
      if (zone === ZONE_MULTIBYTE) this.#out.push({ kind: 'chineseModeOn' })
      else if (wasChinese) this.#out.push({ kind: 'chineseModeOff' })
      this.#zone = zone
    }
    if (zone < ZONE_PAGE) return
    const page = this.#charset.pages[zone - ZONE_PAGE]?.slot.number
    if (page === undefined || page === this.#page) return
    this.#page = page
    pushByte('codePage', page, this.#out)
  }

  /** `FS !` goes first, so that `GS !`, which knows all sizes, has the last word on printers that obey both. */
  #setSize(style: TextStyle, hanzi: boolean): void {
    const size = ((style.width - 1) << 4) | (style.height - 1)
    const byFs = this.#profile.hanziSizeBy !== 'gs'
    if (byFs && hanzi && size !== this.#hanziSize) {
      const n = (style.width > 1 ? 0x04 : 0) | (style.height > 1 ? 0x08 : 0)
      // `FS !` sets the underline of hanzi as well, and knows only the thin one.
      pushByte('hanziStyle', n | (this.#hanziUnderline > 0 ? 0x80 : 0), this.#out)
      if (this.#hanziUnderline > 0) this.#hanziUnderline = 1
      this.#hanziSize = size
      this.#sendSize(size)
    } else if (size !== this.#size) {
      this.#sendSize(size)
    }
  }

  /** Sends a size. `ESC !` sets font, bold and underline as well, so it must repeat those that are on. */
  #sendSize(size: number): void {
    this.#size = size
    if (this.#profile.sizeBy === 'gs') {
      pushByte('characterSize', size, this.#out)
      return
    }
    const style = (this.#font === 'B' ? 0x01 : 0) | (this.#bold ? 0x08 : 0)
    const sizes = ((size & 0x0f) > 0 ? 0x10 : 0) | (size >> 4 > 0 ? 0x20 : 0)
    const n = style | sizes | (this.#underline > 0 ? 0x80 : 0)
    pushByte('printMode', n, this.#out)
  }

  #blankDots(): number {
    const fonts = this.#profile.fonts
    const cell = fonts[this.#font as 'A' | 'B' | 'C'] ?? fonts.A
    return (cell.widthDots + this.#letterSpacing) * ((this.#size >> 4) + 1)
  }

  /** Fills a gap with blanks at normal size without underline, for printers without `ESC $`. */
  #plainBlanks(gap: number): void {
    this.#lastStyle = undefined
    const font = this.#font
    if (font !== 'A') {
      pushByte('font', 0, this.#out)
      if (this.#profile.fontResetsCodePage) this.#page = undefined
    }
    if (this.#size !== 0) this.#sendSize(0)
    if (this.#underline > 0) pushByte('underline', 0, this.#out)
    if (this.#inverse) pushByte('inverse', 0, this.#out)
    if (this.#letterSpacing > 0) pushByte('characterSpacing', 0, this.#out)
    this.#font = 'A'
    this.#size = 0
    this.#underline = 0
    this.#inverse = false
    this.#letterSpacing = 0
    // Rounded down, because a run that begins beyond its place might not fit into the line.
    const blanks = Math.max(Math.floor(gap / this.#profile.fonts.A.widthDots), 0)
    pushBlanks(blanks, this.#out)
  }
}

/** Japanese models begin in JIS, whose codes are ASCII's, so Shift_JIS is chosen before the mode is on. */
function multibyteOn({ charset, utf8 }: Profile): readonly Command[] {
  const on = { kind: 'chineseModeOn' } as const
  if (!hasTwoBytes(charset)) return [{ kind: 'chineseModeOff' }]
  if (charset === 'shift_jis') return [{ kind: 'codeSystem', n: 1 }, on]
  if (charset !== 'utf8') return [on]
  if (utf8 === 'epson-fs-c') return [{ kind: 'characterEncoding', m: 2 }]
  return utf8 === 'sunmi' ? [on, { kind: 'codeSystem', n: 0xff }] : []
}

/** Whether the printer has a mode of more than one byte a character. */
function hasTwoBytes(charset: MultibyteZone): boolean {
  return charset !== 'none' && charset !== 'tis620'
}
