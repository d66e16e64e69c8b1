/** Draws symbols of rows and matrices as dots: PDF417, Data Matrix, Aztec, MaxiCode and the stacked GS1 DataBar. */

import type { Drawing } from '#symbol-generator'
import type { Bitmap } from '../model/bitmap.js'
import type { MatrixSymbol, MaxiCodeSymbol, StackedSymbol } from '../model/strip.js'
import { addCrossings, draw, generateModules } from './modules.js'
import { type Modules, modulesBitmap } from './modules-bitmap.js'
import { cachedModules } from './symbol-cache.js'

type ModuleSymbol = Exclude<MatrixSymbol, MaxiCodeSymbol> | StackedSymbol

/** White modules on each side (ISO/IEC 15438, 16022, 24778, 16023; GS1 General Specifications). */
export const matrixQuietModules: Readonly<
  Record<Exclude<MatrixSymbol['symbology'] | StackedSymbol['symbology'], never>, number>
> = {
  pdf417: 2,
  datamatrix: 1,
  aztec: 0,
  maxicode: 1,
  'databar-stacked': 1,
  'databar-stacked-omni': 1,
  'databar-expanded-stacked': 1,
}

/** Returns the modules of a symbol. Rows of PDF417 are one module high; `matrixBitmap` gives them their height. */
export function matrixModules(symbol: ModuleSymbol): Modules {
  const { data } = symbol
  switch (symbol.symbology) {
    case 'pdf417': {
      const name = symbol.truncated ? 'pdf417compact' : 'pdf417'
      return generateModules(name, data, {
        columns: symbol.columns,
        ...(symbol.rows === undefined ? {} : { rows: symbol.rows }),
        eclevel: symbol.level,
        rowmult: 1,
      })
    }
    case 'datamatrix':
      return generateModules(
        symbol.shape === 'square' ? 'datamatrix' : 'datamatrixrectangular',
        data,
      )
    case 'aztec':
      return generateModules('azteccode', data, { eclevel: symbol.errorPercent })
    case 'databar-stacked':
      return generateModules('databarstacked', data)
    case 'databar-stacked-omni':
      return generateModules('databarstackedomni', data)
    case 'databar-expanded-stacked':
      return generateModules('databarexpandedstacked', data, { segments: symbol.segments })
  }
}

/**
 * Draws the symbol in dots, without its quiet zone.
 * @throws ReceiptError `SYMBOL_DATA`
 */
export function matrixBitmap(symbol: MatrixSymbol | StackedSymbol): Bitmap {
  if (symbol.symbology === 'maxicode') return maxiCodeBitmap(symbol)
  const { moduleDots } = symbol
  const rowModules = symbol.symbology === 'pdf417' ? symbol.rowModules : 1
  return modulesBitmap(matrixModules(symbol), moduleDots, moduleDots * rowModules)
}

/** ISO/IEC 16023: modules are 0.88 mm apart, rows 0.76 mm. */
const COLUMN_MM = 0.88
const ROW_MM = 0.762
/** Pixels of the generator, at scale 8, from one module to the next and from one row to the next. */
const COLUMN_PIXELS = 28
const ROW_PIXELS = 24

function maxiCodeBitmap({ data, mode, dotsPerMm }: MaxiCodeSymbol): Bitmap {
  const dots = cachedModules(['maxicode', data, { mode, dotsPerMm }], () => {
    const shapes = new Shapes()
    draw('maxicode', data, { mode, scale: 8 }, shapes)
    return maxiCodeDots(shapes, dotsPerMm)
  })
  return modulesBitmap(dots, 1)
}

/** Makes dots of the shapes. MaxiCode's modules are hexagons and not squares of dots, so each dot counts as a module here. */
function maxiCodeDots(shapes: Shapes, dotsPerMm: number): Modules {
  const scaleX = (COLUMN_MM * dotsPerMm) / COLUMN_PIXELS
  const scaleY = (ROW_MM * dotsPerMm) / ROW_PIXELS
  const width = Math.ceil(shapes.width * scaleX)
  const height = Math.ceil(shapes.height * scaleY)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (const group of shapes.groups) {
      const crossings: number[] = []
      for (const points of group) addCrossings(points, (y + 0.5) / scaleY, crossings)
      crossings.sort((a, b) => a - b)
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const from = Math.round((crossings[i] as number) * scaleX)
        const to = Math.min(width, Math.round((crossings[i + 1] as number) * scaleX))
        if (to > from) data.fill(1, y * width + from, y * width + to)
      }
    }
  }
  return { width, height, data }
}

type Outline = (readonly [number, number])[]

/** Collects the hexagons, and the rings of the bullseye as polygons. Each fill is a separate group. */
class Shapes implements Drawing {
  width = 0
  height = 0
  readonly groups: Outline[][] = []
  #open: Outline[] = []

  scale(sx: number, sy: number): readonly [number, number] {
    return [sx, sy]
  }

  measure() {
    return { width: 0, ascent: 0, descent: 0 }
  }

  init(width: number, height: number): void {
    this.width = width
    this.height = height
  }

  hexagon(points: readonly (readonly [number, number])[]): void {
    this.#open.push([...points])
  }

  polygon(points: readonly (readonly [number, number])[]): void {
    this.#open.push([...points])
  }

  ellipse(x: number, y: number, rx: number, ry: number): void {
    const corners = 64
    this.#open.push(
      Array.from({ length: corners }, (_, i) => {
        const angle = (2 * Math.PI * i) / corners
        return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const
      }),
    )
  }

  fill(): void {
    this.groups.push(this.#open)
    this.#open = []
  }

  line(): void {}
  text(): void {}
  end(): void {}
}
