/** The penalty of a masked QR code: ISO/IEC 18004, 7.8.3.1, as the package `qrcode` counts it. */

/** Runs of five and more of one colour: 3, and 1 for each module more. */
const LONG_RUN = 5
const RUN = 3
const BLOCK = 3
const FINDER = 40
const BALANCE = 10
/** A finder's ratio of 1:1:3:1:1 with four white modules behind or before it. */
const FINDER_BEHIND = 0x5d0
const FINDER_BEFORE = 0x05d

/** Stops early, with a figure of at least `most`, once the penalty has reached that. */
export function qrPenalty(modules: Uint8Array, size: number, most: number): number {
  let penalty = balancePenalty(modules)
  for (let line = 0; line < size && penalty < most; line++) {
    penalty += linePenalty(modules, line * size, 1, size)
    penalty += linePenalty(modules, line, size, size)
    if (line > 0) penalty += blockPenalty(modules, (line - 1) * size, size)
  }
  return penalty
}

/** Of a row (`step` 1) or a column (`step` is the size). */
function linePenalty(modules: Uint8Array, from: number, step: number, size: number): number {
  let penalty = 0
  let run = 0
  let last = -1
  let bits = 0
  for (let i = 0, at = from; i < size; i++, at += step) {
    const module = modules[at] as number
    if (module === last) run++
    else {
      if (run >= LONG_RUN) penalty += RUN + run - LONG_RUN
      last = module
      run = 1
    }
    bits = ((bits << 1) & 0x7ff) | module
    if (i >= 10 && (bits === FINDER_BEHIND || bits === FINDER_BEFORE)) penalty += FINDER
  }
  return run >= LONG_RUN ? penalty + RUN + run - LONG_RUN : penalty
}

/** Squares of 2 × 2 of one colour in a row and the next one. */
function blockPenalty(modules: Uint8Array, from: number, size: number): number {
  let penalty = 0
  let before = (modules[from] as number) + (modules[from + size] as number)
  for (let at = from + 1; at < from + size; at++) {
    const here = (modules[at] as number) + (modules[at + size] as number)
    if (before === here && here !== 1) penalty += BLOCK
    before = here
  }
  return penalty
}

/** How far the black part is from a half, in steps of 5 %. */
function balancePenalty(modules: Uint8Array): number {
  let black = 0
  for (let i = 0; i < modules.length; i++) black += modules[i] as number
  return Math.abs(Math.ceil((black * 100) / modules.length / 5) - 10) * BALANCE
}
