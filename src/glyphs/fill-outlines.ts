/** Turns polygons into dots: the covered part of each dot is summed along the row, and a dot is black if about half is covered. */

import type { Bitmap } from '../model/bitmap.js'
import type { PlacedOutline } from '../model/cells.js'

/** Covered part from which a dot is black, because a thin stroke between two rows covers about half of each and must not vanish. */
const BLACK_FROM = 0.45

/** Collects outlines before they are filled, because letters of a word overlap where they join. */
export class Ink {
  readonly #width: number
  readonly #height: number
  /** Change of coverage from one dot to the next. A row has two entries more than dots, for edges that end at its right. */
  readonly #change: Float32Array

  constructor(widthDots: number, heightDots: number) {
    this.#width = widthDots
    this.#height = heightDots
    this.#change = new Float32Array((widthDots + 2) * heightDots)
  }

  /** Adds an outline. @param place left end of the baseline in dots, and width and height of an em in dots */
  add(
    { outline, x, y }: PlacedOutline,
    place: { readonly x: number; readonly y: number; readonly emX: number; readonly emY: number },
  ): void {
    const { points, ends } = outline
    let first = 0
    for (const end of ends) {
      for (let i = first; i < end; i++) {
        const next = i + 1 === end ? first : i + 1
        this.#line(
          place.x + ((points[2 * i] as number) + x) * place.emX,
          place.y - ((points[2 * i + 1] as number) + y) * place.emY,
          place.x + ((points[2 * next] as number) + x) * place.emX,
          place.y - ((points[2 * next + 1] as number) + y) * place.emY,
        )
      }
      first = end
    }
  }

  /** Blackens the covered dots of `target`, which must have the size of this ink. */
  fill(target: Bitmap): void {
    const stride = (target.widthDots + 7) >> 3
    for (let row = 0; row < this.#height; row++) {
      let covered = 0
      for (let x = 0; x < this.#width; x++) {
        covered += this.#change[row * (this.#width + 2) + x] as number
        if (Math.abs(covered) < BLACK_FROM) continue
        const at = row * stride + (x >> 3)
        target.data[at] = (target.data[at] as number) | (0x80 >> (x & 7))
      }
    }
  }

  #line(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return
    const sign = y0 < y1 ? 1 : -1
    const [topX, top, bottomX, bottom] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0]
    const slope = (bottomX - topX) / (bottom - top)
    const last = Math.min(this.#height, Math.ceil(bottom))
    for (let row = Math.max(0, Math.floor(top)); row < last; row++) {
      const from = Math.max(row, top)
      const to = Math.min(row + 1, bottom)
      const left = topX + (from - top) * slope
      const right = topX + (to - top) * slope
      this.#row(row, Math.min(left, right), Math.max(left, right), (to - from) * sign)
    }
  }

  /** Adds the part of an edge within a row. It covers the dots to its right by its height, and the dots that it crosses by a part. */
  #row(row: number, from: number, to: number, height: number): void {
    const left = Math.min(Math.max(from, 0), this.#width)
    const right = Math.min(Math.max(to, 0), this.#width)
    const base = row * (this.#width + 2)
    const first = Math.floor(left)
    const last = Math.max(first, Math.ceil(right) - 1)
    const width = right - left
    let before = 0
    for (let x = first; x <= last; x++) {
      // Part of the edge that lies left of this dot's right side, and the share of the dot at the right of the edge.
      const end = Math.min(x + 1, right)
      const begin = Math.max(x, left)
      const part = width === 0 ? 1 : (end - begin) / width
      const inside = height * part * (x + 1 - (begin + end) / 2)
      this.#change[base + x] = (this.#change[base + x] as number) + before + inside
      before = height * part - inside
    }
    this.#change[base + last + 1] = (this.#change[base + last + 1] as number) + before
  }
}
