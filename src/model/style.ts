/** How text is printed. Sizes are multiples of the font's cell. */
export type FontId = 'A' | 'B' | 'C'

export type Align = 'left' | 'center' | 'right'

export interface TextStyle {
  readonly font: FontId
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
      a.letterSpacing === b.letterSpacing)
  )
}

export type VerticalAlign = 'top' | 'middle' | 'bottom'
