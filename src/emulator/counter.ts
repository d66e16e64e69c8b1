/** The serial number counter of `GS C`: its state (Epson APG 10.01; Seiko TM-L60 manual p. 48). */

export interface Counter {
  value: number
  /** Counts from `from` to `to`, up or down. */
  from: number
  to: number
  step: number
  /** How often each number is printed. */
  repeats: number
  /** How often the current number has been printed. */
  printed: number
  /** Number of digits that are printed; 0 prints as many as the number has. */
  digits: number
  /** Alignment in `digits`: 0 right, filled with blanks; 1 right, filled with zeros; 2 left. */
  side: number
}

export function powerOnCounter(): Counter {
  const range = { from: 1, to: 65535, step: 1, repeats: 1 }
  return { value: 1, ...range, printed: 0, digits: 0, side: 0 }
}
