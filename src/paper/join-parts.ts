/** Parts of a roll put together again, as one Paper whose rows count from a row of the roll. */

import { bytesPerRow, createBitmap } from '../model/bitmap.js'
import type { Paper } from '../model/paper.js'
import type { PaperPart } from './paper-part.js'

/** @param from row of the roll that becomes row 0; the parts begin there or below */
export function joinParts(parts: readonly PaperPart[], widthDots: number, from: number): Paper {
  const end = parts.reduce((row, part) => Math.max(row, part.y + part.heightDots), from)
  const bitmap = createBitmap(widthDots, end - from)
  let glyphCount = 0
  const moved = parts.map((part) => {
    const up = <T extends { readonly y: number }>(item: T): T => ({ ...item, y: item.y - from })
    const lines = part.lines.map((line) => ({
      ...up(line),
      from: line.from + glyphCount,
      to: line.to + glyphCount,
    }))
    glyphCount += part.glyphs.length
    addRows(bitmap.data, (part.y - from) * bytesPerRow(widthDots), part.bitmap.data)
    const { glyphs, images, symbols, cuts } = part
    return {
      ...part,
      lines,
      glyphs: glyphs.map(up),
      images: images.map(up),
      symbols: symbols.map(up),
      cuts: cuts.map(up),
    }
  })
  return {
    widthDots,
    heightDots: bitmap.heightDots,
    bitmap,
    glyphs: moved.flatMap(({ glyphs }) => glyphs),
    images: moved.flatMap(({ images }) => images),
    symbols: moved.flatMap(({ symbols }) => symbols),
    lines: moved.flatMap(({ lines }) => lines),
    cuts: moved.flatMap(({ cuts }) => cuts),
    pulses: moved.flatMap(({ pulses }) => pulses),
    replies: moved.reduce((sum, { replies }) => sum + replies, 0),
    unknown: moved.flatMap(({ unknown }) => unknown),
    notes: moved.flatMap(({ notes }) => notes),
  }
}

/** A Paper as the part of a roll that begins at this row. */
export function partAt(paper: Paper, y: number): PaperPart {
  const down = <T extends { readonly y: number }>(item: T): T => ({ ...item, y: item.y + y })
  const { glyphs, images, symbols, lines, cuts } = paper
  return {
    ...paper,
    y,
    glyphs: glyphs.map(down),
    images: images.map(down),
    symbols: symbols.map(down),
    lines: lines.map(down),
    cuts: cuts.map(down),
  }
}

/** Black dots come on top of what is there: paper may have been fed back. */
export function addRows(target: Uint8Array, at: number, rows: Uint8Array): void {
  const first = Math.max(0, -at)
  const count = Math.min(rows.length, target.length - at)
  for (let i = first; i < count; i++) {
    target[at + i] = (target[at + i] as number) | (rows[i] as number)
  }
}
