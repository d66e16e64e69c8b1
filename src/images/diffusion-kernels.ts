/**
 * The kernels of error diffusion under their authors' names. A kernel says to which dots the error of a dot is passed on.
 */

export interface Kernel {
  readonly divisor: number
  /** Triples: dots ahead in the row's direction, rows below, weight. */
  readonly parts: readonly number[]
}

/** Makes a kernel over two rows below and two dots to each side: Jarvis, Judice and Ninke (1976), Stucki (1981), Frankie Sierra (1989). */
function wide(divisor: number, weights: readonly (readonly number[])[]): Kernel {
  const [ahead = [], below = [], second = []] = weights
  const row = (rows: number, from: number) => (weight: number, i: number) =>
    weight === 0 ? [] : [from + i, rows, weight]
  return {
    divisor,
    parts: [
      ...ahead.flatMap(row(0, 1)),
      ...below.flatMap(row(1, -2)),
      ...second.flatMap(row(2, -2)),
    ],
  }
}

export const kernels = {
  /** Floyd and Steinberg (1976). */
  'floyd-steinberg': { divisor: 16, parts: [1, 0, 7, -1, 1, 3, 0, 1, 5, 1, 1, 1] },
  /** Bill Atkinson's. It passes on three quarters of the error, which gives more contrast and clean highlights and shadows. */
  atkinson: { divisor: 8, parts: [1, 0, 1, 2, 0, 1, -1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 2, 1] },
  jarvis: wide(48, [
    [7, 5],
    [3, 5, 7, 5, 3],
    [1, 3, 5, 3, 1],
  ]),
  stucki: wide(42, [
    [8, 4],
    [2, 4, 8, 4, 2],
    [1, 2, 4, 2, 1],
  ]),
  sierra: wide(32, [
    [5, 3],
    [2, 4, 5, 4, 2],
    [0, 2, 3, 2, 0],
  ]),
} as const satisfies Readonly<Record<string, Kernel>>
