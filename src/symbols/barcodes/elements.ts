/** A barcode as bars and gaps, and functions that several symbologies share. */

/** Widths in modules: a bar, a gap, a bar, … A wide element of a two-width symbology is `wide` modules. */
export type Elements = readonly number[]

/** The barcode that a printer makes of the data of `GS k`. */
export interface Barcode {
  /** Name of the symbology, such as ean13 or code128. */
  readonly kind: string
  /** The data as a scanner reads it: with the check digit, without start and stop characters that it drops. */
  readonly data: string
  /** The text under the bars, if it differs from `data`. */
  readonly hri?: string
  /** Undefined for symbologies that are logged and not drawn. */
  readonly elements: Elements | undefined
}

/** Width of a wide element in modules, as that of Epson's thick elements. */
export const wide = 2.5

/** Returns the elements of a row of modules, in which `1` is black. */
export function elementsOfBits(bits: string): Elements {
  return (bits.match(/1+|0+/g) ?? []).map((run) => run.length)
}

/** Returns the check digit of EAN and UPC: weights 3 and 1 from the right. */
export function eanCheckDigit(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1)
  }
  return String((10 - (sum % 10)) % 10)
}
