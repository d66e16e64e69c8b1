/** Character classes for shaping: invisible, control, emoji, wide, and scripts that need a shaper. */

const MARK = /^\p{M}$/u
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u
const FORMAT = /^[\p{Cf}\p{Zl}\p{Zp}]$/u

/** Whether a character leaves no trace on paper: joiners, variation selectors, BOM, fillers. */
export function isInvisible(codePoint: number): boolean {
  return (
    codePoint === 0xad ||
    codePoint === 0x34f ||
    codePoint === 0x115f ||
    codePoint === 0x1160 ||
    (codePoint >= 0x180b && codePoint <= 0x180f) ||
    (codePoint >= 0x200b && codePoint <= 0x200d) ||
    (codePoint >= 0x2060 && codePoint <= 0x2064) ||
    codePoint === 0x3164 ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    codePoint === 0xfeff ||
    codePoint === 0xffa0 ||
    (codePoint >= 0xe0000 && codePoint <= 0xe01ef)
  )
}

/** Whether a character is never sent nor drawn: C0, DEL, C1, direction and line marks, other format characters and noncharacters. */
export function isControl(codePoint: number): boolean {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return true
  if (codePoint < 0x600) return false
  if ((codePoint & 0xfffe) === 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef)) return true
  return FORMAT.test(String.fromCodePoint(codePoint)) && !isInvisible(codePoint)
}

export function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff
}

export function isMark(codePoint: number): boolean {
  if (codePoint < 0x300 || (codePoint >= 0x3100 && codePoint < 0xa000)) return false
  return MARK.test(String.fromCodePoint(codePoint))
}

export function isPictograph(codePoint: number): boolean {
  return codePoint > 0xa8 && PICTOGRAPH.test(String.fromCodePoint(codePoint))
}

export function isRegionalIndicator(codePoint: number): boolean {
  return codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff
}

export function isSkinTone(codePoint: number): boolean {
  return codePoint >= 0x1f3fb && codePoint <= 0x1f3ff
}

export function isHalfwidthKana(codePoint: number): boolean {
  return codePoint >= 0xff61 && codePoint <= 0xff9f
}

/** Whether a character is a blank other than the space, which is printed as a space. */
export function isBlank(codePoint: number): boolean {
  return (
    codePoint === 0xa0 ||
    (codePoint >= 0x2000 && codePoint <= 0x200a) ||
    codePoint === 0x202f ||
    codePoint === 0x205f
  )
}

const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f000, 0x1faff],
  [0x20000, 0x3fffd],
]

/** Whether a drawn character is given two cells: hanzi, kana, Hangul, full-width forms, emoji. */
export function isWide(codePoint: number): boolean {
  return wideRanges.some(([first, last]) => codePoint >= first && codePoint <= last)
}

/** Blocks whose letters join, reorder, stack, or run from right to left, so that drawing letters one by one would garble the text. */
const shapedScripts: readonly (readonly [first: number, last: number, name: string])[] = [
  [0x590, 0x5ff, 'Hebrew'],
  [0x600, 0x6ff, 'Arabic'],
  [0x700, 0x74f, 'Syriac'],
  [0x750, 0x77f, 'Arabic'],
  [0x780, 0x7bf, 'Thaana'],
  [0x7c0, 0x86f, 'a script written from right to left'],
  [0x870, 0x8ff, 'Arabic'],
  [0x900, 0x97f, 'Devanagari'],
  [0x980, 0xdff, 'an Indic script'],
  [0xe00, 0xe3e, 'Thai'],
  [0xe40, 0xe7f, 'Thai'],
  [0xe80, 0xeff, 'Lao'],
  [0xf00, 0xfff, 'Tibetan'],
  [0x1000, 0x109f, 'Myanmar'],
  [0x1700, 0x177f, 'a Philippine script'],
  [0x1780, 0x17ff, 'Khmer'],
  [0x1800, 0x18af, 'Mongolian'],
  [0x1900, 0x1cff, 'an Indic script'],
  [0xa800, 0xa82f, 'an Indic script'],
  [0xa840, 0xa95f, 'an Indic script'],
  [0xa980, 0xabff, 'an Indic script'],
  [0xfb1d, 0xfb4f, 'Hebrew'],
  [0xfb50, 0xfdff, 'Arabic'],
  [0xfe70, 0xfefe, 'Arabic'],
  [0x10800, 0x10fff, 'a script written from right to left'],
  [0x11000, 0x11fff, 'an Indic script'],
  [0x1e800, 0x1efff, 'a script written from right to left'],
]

/** Returns the name of a character's script if the script needs shaping, else undefined. */
export function shapedScript(codePoint: number): string | undefined {
  if (codePoint < 0x590) return undefined
  return shapedScripts.find(([first, last]) => codePoint >= first && codePoint <= last)?.[2]
}

export function isRightToLeft(codePoint: number): boolean {
  return (
    (codePoint >= 0x590 && codePoint <= 0x8ff) ||
    (codePoint >= 0xfb1d && codePoint <= 0xfdff) ||
    (codePoint >= 0xfe70 && codePoint <= 0xfefe) ||
    (codePoint >= 0x10800 && codePoint <= 0x10fff) ||
    (codePoint >= 0x1e800 && codePoint <= 0x1efff)
  )
}
