/** How text is printed. Sizes are multiples of the font's cell. */
export type FontId = 'A' | 'B' | 'C'

/** `small` is not a font of the printer: it is drawn, with hanzi of 16×16 dots. */
export type TextFont = FontId | 'small'

export type Align = 'left' | 'center' | 'right'

export interface TextStyle {
  readonly font: TextFont
  /** Width multiple, 1 to 8. */
  readonly width: number
  /** Height multiple, 1 to 8. */
  readonly height: number
  readonly bold: boolean
  /** Printed twice on the same spot; looks like bold. */
  readonly doubleStrike: boolean
  /** Underline thickness in dots. */
  readonly underline: 0 | 1 | 2
  /** White on black. */
  readonly inverse: boolean
  /** White after each character, in dots before the width multiple. */
  readonly letterSpacing: number
  /** A line through the middle, drawn, because printers have none. Default false. */
  readonly strike?: boolean
}

export const plainStyle: TextStyle = {
  font: 'A',
  width: 1,
  height: 1,
  bold: false,
  doubleStrike: false,
  underline: 0,
  inverse: false,
  letterSpacing: 0,
}

export function sameStyle(a: TextStyle, b: TextStyle): boolean {
  return (
    a === b ||
    (a.font === b.font &&
      a.width === b.width &&
      a.height === b.height &&
      a.bold === b.bold &&
      a.doubleStrike === b.doubleStrike &&
      a.underline === b.underline &&
      a.inverse === b.inverse &&
      a.letterSpacing === b.letterSpacing &&
      a.strike === b.strike)
  )
}

export type VerticalAlign = 'top' | 'middle' | 'bottom'

/** Whether the printer cannot print the style itself, so that its line is printed as dots. */
export function isDrawnStyle({ font, strike }: TextStyle): boolean {
  return font === 'small' || strike === true
}
