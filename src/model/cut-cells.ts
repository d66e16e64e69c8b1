/** Cuts, repeats and reads cells. */

import { allocateCells, type Cells, PlainCells } from './cells.js'

/** Returns `count` blanks. */
export function blankCells(count: number): Cells {
  return new PlainCells(' '.repeat(count), NO_CODES, 0)
}

const NO_CODES = new Uint16Array(0)

export function cellText(cells: Cells, index: number): string {
  if (cells instanceof PlainCells) return cells.text.charAt(index)
  return cells.text.slice(cells.start[index], cells.start[index + 1])
}

/** Returns the cells `from` to `to` (exclusive). */
export function sliceCells(cells: Cells, from: number, to: number): Cells {
  if (from === 0 && to === cells.length) return cells
  if (cells instanceof PlainCells) return cells.slice(from, to)
  const length = to - from
  const base = cells.start[from] as number
  const { start, width, zone, code } = allocateCells(length)
  for (let i = 0; i < length; i++) {
    start[i] = (cells.start[from + i] as number) - base
    width[i] = cells.width[from + i] as number
    zone[i] = cells.zone[from + i] as number
    code[i] = cells.code[from + i] as number
  }
  const end = cells.start[to] as number
  start[length] = end - base
  return {
    ...{ length, text: cells.text.slice(base, end), start, width, zone, code },
    ...(cells.letters === undefined ? {} : { letters: cells.letters.slice(from, to) }),
    ...(cells.levels === undefined ? {} : { levels: cells.levels.slice(from, to) }),
  }
}

/** Returns `cells` repeated `count` times. */
export function repeatCells(cells: Cells, count: number): Cells {
  if (cells instanceof PlainCells) return cells.repeat(count)
  const length = cells.length * count
  const { start, width, zone, code } = allocateCells(length)
  for (let i = 0; i < count; i++) {
    const at = i * cells.length
    width.set(cells.width, at)
    zone.set(cells.zone, at)
    code.set(cells.code, at)
    for (let c = 0; c <= cells.length; c++) {
      start[at + c] = i * cells.text.length + (cells.start[c] as number)
    }
  }
  const { letters } = cells
  const repeated = { length, text: cells.text.repeat(count), start, width, zone, code }
  if (letters === undefined) return repeated
  return { ...repeated, letters: Array.from({ length }, (_, i) => letters[i % cells.length]) }
}
