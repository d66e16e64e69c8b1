/** `GS ( k` composite symbols: a linear barcode and a two-dimensional component above it. */
import type { CompositeName } from '#symbol-generator'
import { ean8, ean13, upca, upce } from '../../symbols/barcodes/ean.js'
import { checkBarcode } from '../../symbols/check-barcode.js'
import { compositeBitmap } from '../../symbols/composite.js'
import { type Machine, printArea } from '../machine.js'
import { gs1TextOf } from '../symbols/gs1-data.js'
import { drawHri } from '../symbols/hri.js'
import { putSymbol, segmentsIn, textOfBytes, tryBitmap } from '../symbols/symbols.js'
import { digit } from './digit.js'
import { type Handlers, swallow } from './handlers.js'

const gtin = (text: string) => checkBarcode('databar', text)
const elements = (text: string) => checkBarcode('gs1-128', gs1TextOf(text) ?? text)

/** For each `b` of fn 480 the generator's name, and a reader of the data in the generator's form (Epson, GS ( k <Function 480>). */
const linear: Readonly<
  Record<number, readonly [name: CompositeName, read: (text: string) => string | undefined]>
> = {
  65: ['ean8composite', (text) => ean8(text)?.data],
  66: ['ean13composite', (text) => ean13(text)?.data],
  67: ['upcacomposite', (text) => upca(text)?.data],
  68: ['upcecomposite', (text) => upce(text)?.data],
  69: ['upcecomposite', (text) => upce(text)?.data],
  70: ['databaromnicomposite', gtin],
  71: ['databartruncatedcomposite', gtin],
  72: ['databarstackedcomposite', gtin],
  73: ['databarstackedomnicomposite', gtin],
  74: ['databarlimitedcomposite', gtin],
  75: ['databarexpandedcomposite', elements],
  76: ['databarexpandedstackedcomposite', elements],
  77: ['gs1_128composite', elements],
}

export const compositeCommands = {
  compositeModuleWidth: (machine, { n }) => {
    if (n >= 2 && n <= 8) machine.modes.symbols.compositeModule = n
  },
  compositeMaxWidth: (machine, { dots }) => {
    machine.modes.symbols.compositeMaxDots = dots
  },
  compositeHriFont: (machine, { n }) => {
    machine.modes.symbols.compositeHri = digit(n)
  },
  compositeStore: (machine, { a, b, data }) => {
    const { composite } = machine.modes
    if (a === 48) composite.linear = { type: b, text: textOfBytes(data) }
    if (a === 49) composite.component = { type: b, text: textOfBytes(data) }
  },
  compositePrint: (machine, _, offset) => printComposite(machine, offset),
  ...swallow('compositeSizeQuery'),
} satisfies Partial<Handlers>

function printComposite(machine: Machine, offset: number): void {
  const { composite, symbols, barHeight } = machine.modes
  const [symbology, read] = linear[composite.linear?.type ?? 0] ?? []
  const component = gs1TextOf(composite.component?.text ?? '')
  if (symbology === undefined || read === undefined || component === undefined) {
    const message = 'GS ( k prints a composite symbol without data for both of its parts'
    machine.paper.note('SYMBOL_NOT_PRINTED', message, offset)
    return
  }
  const moduleDots = symbols.compositeModule
  const width = symbols.compositeMaxDots || printArea(machine).areaWidth
  let data = ''
  const bitmap = tryBitmap(machine, 'composite', offset, () => {
    data = read(composite.linear?.text ?? '') ?? ''
    return compositeBitmap({
      symbology,
      data,
      component,
      large: composite.component?.type === 66,
      moduleDots,
      barDots: barHeight,
      segments: segmentsIn(width, moduleDots),
    })
  })
  if (bitmap === undefined) return
  const font = (['A', 'B', 'C'] as const)[symbols.compositeHri - 1]
  const whole = drawHri(machine, bitmap, data, { above: undefined, below: font })
  const below = whole.heightDots - bitmap.heightDots
  putSymbol(machine, 'composite', `${data}|${component}`, whole, offset, { below })
}
