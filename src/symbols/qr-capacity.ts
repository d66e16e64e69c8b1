/** The capacity of QR codes: ISO/IEC 18004, table 9 (codewords and blocks) and table 3 (bits of the character count). */

import type { QrLevel } from '../model/symbologies.js'

export type QrMode = 'numeric' | 'alphanumeric' | 'byte'

/** Number of error correction codewords of a block, by version from 1 on. */
const CHECK_CODEWORDS: Readonly<Record<QrLevel, string>> = {
  L: '7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30',
  M: '10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28',
  Q: '13 22 18 26 18 24 18 22 20 24 28 26 24 20 30 24 28 28 26 30 28 30 30 30 30 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30',
  H: '17 28 22 16 22 28 26 26 24 28 24 28 22 24 24 30 28 28 26 28 30 24 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30',
}

/** Number of blocks into which the codewords are split, by version from 1 on. */
const BLOCKS: Readonly<Record<QrLevel, string>> = {
  L: '1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25',
  M: '1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49',
  Q: '1 1 2 2 4 4 6 6 8 8 8 10 12 16 12 17 16 18 21 20 23 23 25 27 29 34 34 35 38 40 43 45 48 51 53 56 59 62 65 68',
  H: '1 1 2 4 4 4 5 6 8 8 11 11 16 16 18 16 19 21 25 25 25 34 30 32 35 37 40 42 45 48 51 54 57 60 63 66 70 74 77 81',
}

/** The split of the codewords of a version and level into blocks. */
export interface BlockPlan {
  readonly blocks: number
  /** Error correction codewords of each block. */
  readonly checkCodewords: number
  readonly totalCodewords: number
  readonly dataCodewords: number
}

export function blockPlan(version: number, level: QrLevel): BlockPlan {
  const at = (table: string) => Number(table.split(' ')[version - 1])
  const blocks = at(BLOCKS[level])
  const checkCodewords = at(CHECK_CODEWORDS[level])
  const totalCodewords = rawModules(version) >> 3
  return {
    blocks,
    checkCodewords,
    totalCodewords,
    dataCodewords: totalCodewords - blocks * checkCodewords,
  }
}

/** Number of modules that hold data and error correction: all but the patterns, the format and the version. */
function rawModules(version: number): number {
  const all = (16 * version + 128) * version + 64
  if (version === 1) return all
  const aligned = Math.floor(version / 7) + 2
  return all - ((25 * aligned - 10) * aligned - 55) - (version >= 7 ? 36 : 0)
}

/** Number of bits of the character count. */
export function countBits(version: number, mode: QrMode): number {
  const step = version < 10 ? 0 : version < 27 ? 1 : 2
  if (mode === 'byte') return step === 0 ? 8 : 16
  return (mode === 'numeric' ? 10 : 9) + step * 2
}

/** Number of characters (bytes in byte mode) that a version holds. */
export function qrCapacity(version: number, level: QrLevel, mode: QrMode): number {
  const bits = blockPlan(version, level).dataCodewords * 8 - 4 - countBits(version, mode)
  if (mode === 'byte') return bits >> 3
  return mode === 'numeric' ? Math.floor((bits * 3) / 10) : Math.floor((bits * 2) / 11)
}
