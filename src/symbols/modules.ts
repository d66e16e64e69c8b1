/** Symbols as rows of modules, made by the generator behind `#symbol-generator`. */

import { type Drawing, type GeneratorName, generateSymbol } from '#symbol-generator'
import { ReceiptError } from '../model/errors.js'
import { messageOf } from '../model/realms.js'
import type { Modules } from './modules-bitmap.js'
import { cachedModules } from './symbol-cache.js'

type Point = readonly [number, number]

/**
 * Generates the modules of a symbol. The result is shared between callers.
 * @throws ReceiptError `SYMBOL_DATA` with the generator's reason
 */
export function generateModules(
  name: GeneratorName,
  data: string,
  options: Readonly<Record<string, string | number | boolean>> = {},
): Modules {
  return cachedModules([name, data, options], () => {
    const canvas = new Canvas()
    draw(name, data, options, canvas)
    return { width: canvas.width, height: canvas.height, data: canvas.data }
  })
}

/** Lets the generator draw, and turns its errors into ours. */
export function draw(
  name: GeneratorName,
  data: string,
  options: Readonly<Record<string, string | number | boolean>>,
  drawing: Drawing,
): void {
  if (/\p{Surrogate}/u.test(data)) {
    throw new ReceiptError(`a symbol ${name} cannot hold half of a character`, {
      code: 'SYMBOL_DATA',
      hint: 'a lone surrogate cannot be stored; the text was probably cut inside an emoji',
    })
  }
  try {
    generateSymbol(name, { ...options, text: data }, drawing)
  } catch (cause) {
    const reason = messageOf(cause)
    if (!reason.startsWith('bwip')) throw cause
    throw new ReceiptError(
      `a symbol ${name} cannot hold the data: ${reason.replace(/^bwipp?\.\w+#\d+: |^bwip-js: /, '')}`,
      { code: 'SYMBOL_DATA', hint: 'check the characters and the length', cause },
    )
  }
}

/** A drawing surface of one pixel for each module: for bars, and for outlines of modules, filled by the even-odd rule. */
class Canvas implements Drawing {
  width = 0
  height = 0
  data = new Uint8Array(0)
  #outlines: (readonly Point[])[] = []

  scale(): readonly [number, number] {
    return [1, 1]
  }

  measure() {
    return { width: 0, ascent: 0, descent: 0 }
  }

  init(width: number, height: number): void {
    this.width = Math.round(width)
    this.height = Math.round(height)
    this.data = new Uint8Array(this.width * this.height)
  }

  /** Draws a vertical bar from row `y0` to row `y1`, inclusive. If its width is even, `x0` is the left of the two middle columns. */
  line(x0: number, y0: number, _x1: number, y1: number, width: number): void {
    const left = x0 - ((width - 1) >> 1)
    for (let y = Math.min(y0, y1); y <= Math.max(y0, y1); y++) {
      this.data.fill(1, y * this.width + left, y * this.width + left + width)
    }
  }

  polygon(points: readonly Point[]): void {
    this.#outlines.push(points)
  }

  fill(): void {
    for (let y = 0; y < this.height; y++) {
      const crossings: number[] = []
      for (const points of this.#outlines) addCrossings(points, y + 0.5, crossings)
      crossings.sort((a, b) => a - b)
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const from = Math.round(crossings[i] as number)
        const to = Math.round(crossings[i + 1] as number)
        this.data.fill(1, y * this.width + from, y * this.width + to)
      }
    }
    this.#outlines = []
  }

  hexagon(): void {}
  ellipse(): void {}
  text(): void {}
  end(): void {}
}

/** Adds the x of all points at which the outline crosses the row at `y`. */
export function addCrossings(points: readonly Point[], y: number, crossings: number[]): void {
  for (let i = 0; i < points.length; i++) {
    const [x0, y0] = points[i] as Point
    const [x1, y1] = points[(i + 1) % points.length] as Point
    if (y0 <= y === y1 <= y) continue
    crossings.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0))
  }
}
