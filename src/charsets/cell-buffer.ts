/** A growing buffer for cells. The finished cells are cut to the exact length. */
import { allocateCells, type Cells, type ScriptLetter } from '../model/cells.js'

export interface CellBuffer {
  length: number
  /** Width of all cells so far, in half-width cells. */
  totalWidth: number
  /** UTF-16 length of all cells' text so far. The caller joins the text itself. */
  textLength: number
  start: Uint32Array
  width: Uint8Array
  zone: Uint8Array
  code: Uint32Array
  /** Letters by index of the cell. Undefined until the first letter of a shaped script is added. */
  letters: (ScriptLetter | undefined)[] | undefined
}

export function createCellBuffer(capacity: number): CellBuffer {
  return {
    length: 0,
    totalWidth: 0,
    textLength: 0,
    letters: undefined,
    ...allocateCells(capacity),
  }
}

/** Adds a cell whose text is `units` UTF-16 units long. */
export function pushCell(
  buffer: CellBuffer,
  units: number,
  width: number,
  zone: number,
  code: number,
): void {
  if (buffer.length === buffer.width.length) grow(buffer)
  const i = buffer.length++
  buffer.textLength += units
  buffer.start[i + 1] = buffer.textLength
  buffer.width[i] = width
  buffer.zone[i] = zone
  buffer.code[i] = code
  buffer.totalWidth += width
}

export function finishCells(buffer: CellBuffer, text: string): Cells {
  const { length } = buffer
  return {
    length,
    text,
    start: buffer.start.subarray(0, length + 1),
    width: buffer.width.subarray(0, length),
    zone: buffer.zone.subarray(0, length),
    code: buffer.code.subarray(0, length),
    ...(buffer.letters === undefined ? {} : { letters: lettersTo(buffer.letters, length) }),
  }
}

/** Returns one entry for each cell, also for the cells after the last letter. */
function lettersTo(letters: readonly (ScriptLetter | undefined)[], length: number) {
  return Array.from({ length }, (_, i) => letters[i])
}

function grow(buffer: CellBuffer): void {
  const larger = allocateCells(buffer.width.length * 2 + 16)
  for (const name of ['start', 'width', 'zone', 'code'] as const) larger[name].set(buffer[name])
  Object.assign(buffer, larger)
}
