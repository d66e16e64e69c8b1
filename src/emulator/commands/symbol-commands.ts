/** Barcodes and two-dimensional symbols. */

import { isDataNotLoaded } from '../../model/data-not-loaded.js'
import { XiaopiaoError } from '../../model/errors.js'
import type { Profile } from '../../model/profile.js'
import type { SymbolSpec } from '../../model/strip.js'
import type { StackedSymbology } from '../../model/symbologies.js'
import { checkBarcode } from '../../symbols/check-barcode.js'
import { microQrBitmap } from '../../symbols/micro-qr.js'
import { generateModules } from '../../symbols/modules.js'
import { modulesBitmap } from '../../symbols/modules-bitmap.js'
import { type Machine, printArea } from '../machine.js'
import { gs1TextOf } from '../symbols/gs1-data.js'
import type { SymbolModes } from '../symbols/symbol-modes.js'
import {
  putBoxSymbol,
  putDrawn,
  putNative,
  qrDataOf,
  segmentsIn,
  textOfBytes,
} from '../symbols/symbols.js'
import { digit } from './digit.js'
import { type Handlers, swallow } from './handlers.js'

/** The first byte of the body of `GS ( k` (cn), by the symbol's name. */
const kinds = { pdf417: 48, qr: 49, maxicode: 50, databar: 51, aztec: 53, datamatrix: 54 }

const store =
  (kind: keyof typeof kinds) =>
  (machine: Machine, { data }: { readonly data: Uint8Array }) =>
    storeOnly(machine, kind, data)

/** The printer has one place for the data of all kinds (Epson APG 10.01, GS ( k <Function 280>). */
function storeOnly(machine: Machine, kind: keyof typeof kinds, data: Uint8Array): void {
  const { modes } = machine
  modes.symbolData.clear()
  modes.composite = { linear: undefined, component: undefined }
  modes.symbolData.set(kinds[kind], data)
}

/** Makes the handler that prints the stored data with the settings of the modes. */
const print =
  (
    kind: keyof typeof kinds,
    specOf: (
      data: string,
      modes: SymbolModes,
      area: { readonly areaWidth: number },
      profile: Profile,
    ) => SymbolSpec,
  ) =>
  (machine: Machine, _: unknown, offset: number) => {
    const data = storedData(machine, kind, offset)
    if (data === undefined) return
    const { symbols } = machine.modes
    const spec = specOf(textOfBytes(data), symbols, printArea(machine), machine.profile)
    putNative(machine, spec, offset)
  }

/** Returns the data stored for a kind of symbol. If none is stored, that is noted. */
function storedData(machine: Machine, kind: keyof typeof kinds, offset: number) {
  const data = machine.modes.symbolData.get(kinds[kind])
  if (data === undefined) {
    machine.paper.note('SYMBOL_NOT_PRINTED', `GS ( k prints ${kind} without data`, offset)
  }
  return data
}

/** Symbologies by the `n` of fn 380. */
const stackedSymbologies: Readonly<Record<number, StackedSymbology>> = {
  72: 'databar-stacked',
  73: 'databar-stacked-omni',
  76: 'databar-expanded-stacked',
}

const levels = ['L', 'M', 'Q', 'H'] as const

export const symbolCommands = {
  barcodeHeight: (machine, { n }) => {
    if (n > 0) machine.modes.barHeight = n
  },
  barcodeLeft: (machine, { n }) => {
    machine.modes.barLeft = n
  },
  barcodeWidth: (machine, { n }) => {
    if (n >= 1 && n <= 8) machine.modes.barModule = n
  },
  hriPosition: (machine, { n }) => {
    machine.modes.hriPosition = digit(n) & 3
  },
  hriFont: (machine, { n }) => {
    machine.modes.hriFont = (['A', 'B', 'C'] as const)[digit(n)] ?? 'A'
  },
  qrModuleSize: (machine, { n }) => {
    if (n >= 1 && n <= 16) machine.modes.symbols.qrModule = n
  },
  qrErrorLevel: (machine, { n }) => {
    machine.modes.symbols.qrLevel = levels[digit(n)] ?? 'L'
  },
  qrStore: store('qr'),
  qrModel: (machine, { n1 }) => {
    const model = ([1, 2, 'micro'] as const)[digit(n1) - 1]
    if (model !== undefined) machine.modes.symbols.qrModel = model
  },
  qrPrint: (machine, _, offset) => {
    const stored = storedData(machine, 'qr', offset)
    if (stored === undefined) return
    const { qrLevel: level, qrModule: moduleDots, qrModel } = machine.modes.symbols
    const data = textOfBytes(stored)
    if (qrModel === 1) putBoxSymbol(machine, 'qr-model-1', stored, offset)
    else if (qrModel === 2) {
      putNative(machine, { symbology: 'qr', ...qrDataOf(stored), level, moduleDots }, offset)
    } else {
      putDrawn(machine, 'micro-qr', data, () => microQrBitmap(data, level, moduleDots), offset)
    }
  },
  escZQr: (machine, { n, k, data }, offset) => {
    const named = levels.find((level) => level.charCodeAt(0) === n)
    const level = named ?? levels[digit(n)] ?? 'L'
    const moduleDots = Math.min(Math.max(k, 1), 16)
    putNative(machine, { symbology: 'qr', ...qrDataOf(data), level, moduleDots }, offset)
  },

  pdf417Columns: (machine, { n }) => {
    if (n <= 30) machine.modes.symbols.pdf417Columns = n
  },
  pdf417Rows: (machine, { n }) => {
    if (n === 0 || (n >= 3 && n <= 90)) machine.modes.symbols.pdf417Rows = n
  },
  pdf417ModuleWidth: (machine, { n }) => {
    if (n >= 2 && n <= 8) machine.modes.symbols.pdf417Module = n
  },
  pdf417RowHeight: (machine, { n }) => {
    if (n >= 2 && n <= 8) machine.modes.symbols.pdf417Row = n
  },
  pdf417ErrorLevel: (machine, { m, n }) => {
    // With a ratio (m 49) the printer computes the level; here it is always the level that Epson's default ratio gives.
    machine.modes.symbols.pdf417Level = m === 48 && n >= 48 && n <= 56 ? n - 48 : 1
  },
  pdf417Options: (machine, { m }) => {
    machine.modes.symbols.pdf417Truncated = digit(m) === 1
  },
  pdf417Store: store('pdf417'),
  pdf417Print: print('pdf417', (data, modes, { areaWidth }) => ({
    symbology: 'pdf417',
    data,
    moduleDots: modes.pdf417Module,
    columns: modes.pdf417Columns || pdf417ColumnsIn(areaWidth / modes.pdf417Module),
    ...(modes.pdf417Rows === 0 ? {} : { rows: modes.pdf417Rows }),
    rowModules: modes.pdf417Row,
    level: modes.pdf417Level,
    truncated: modes.pdf417Truncated,
  })),

  maxiCodeMode: (machine, { n }) => {
    const mode = digit(n)
    if (mode >= 2 && mode <= 6) machine.modes.symbols.maxiCodeMode = mode as 2
  },
  maxiCodeStore: store('maxicode'),
  maxiCodePrint: print('maxicode', (data, { maxiCodeMode }, _, { dpi }) => ({
    symbology: 'maxicode',
    data,
    mode: maxiCodeMode,
    dotsPerMm: dotsPerMm(dpi),
  })),

  databarModuleWidth: (machine, { n }) => {
    if (n >= 2 && n <= 8) machine.modes.symbols.databarModule = n
  },
  databarMaxWidth: (machine, { dots }) => {
    machine.modes.symbols.databarMaxDots = dots
  },
  databarStore: (machine, { n, data }) => {
    const typed = new Uint8Array(data.length + 1)
    typed[0] = n
    typed.set(data, 1)
    storeOnly(machine, 'databar', typed)
  },
  databarPrint: (machine, _, offset) => {
    const stored = machine.modes.symbolData.get(kinds.databar)
    const symbology = stackedSymbologies[stored?.[0] ?? 0]
    if (stored === undefined || symbology === undefined) {
      machine.paper.note('SYMBOL_NOT_PRINTED', 'GS ( k prints a GS1 DataBar without data', offset)
      return
    }
    putStacked(machine, symbology, stored.subarray(1), offset)
  },

  aztecMode: (machine, { n1, n2 }) => {
    const format = (['full', 'compact'] as const)[digit(n1)]
    if (format === undefined || n2 > 32) return
    machine.modes.symbols.aztecFormat = format
    machine.modes.symbols.aztecLayers = n2
  },
  aztecModuleSize: (machine, { n }) => {
    if (n >= 2 && n <= 16) machine.modes.symbols.aztecModule = n
  },
  aztecErrorLevel: (machine, { n }) => {
    if (n >= 5 && n <= 95) machine.modes.symbols.aztecErrorPercent = n
  },
  aztecStore: store('aztec'),
  aztecPrint: (machine, _, offset) => {
    const stored = storedData(machine, 'aztec', offset)
    if (stored === undefined) return
    const { aztecModule, aztecErrorPercent, aztecFormat, aztecLayers } = machine.modes.symbols
    const options = {
      eclevel: aztecErrorPercent,
      ...(aztecFormat === 'unset' ? {} : { format: aztecFormat }),
      ...(aztecLayers === 0 ? {} : { layers: aztecLayers }),
    }
    const data = textOfBytes(stored)
    const draw = () => modulesBitmap(generateModules('azteccode', data, options), aztecModule)
    putDrawn(machine, 'aztec', data, draw, offset)
  },

  dataMatrixType: (machine, { m, d1, d2 }) => {
    machine.modes.symbols.dataMatrixShape = digit(m) === 1 ? 'rectangle' : 'square'
    machine.modes.symbols.dataMatrixSize = [d1, d2]
  },
  dataMatrixModuleSize: (machine, { n }) => {
    if (n >= 2 && n <= 16) machine.modes.symbols.dataMatrixModule = n
  },
  dataMatrixStore: store('datamatrix'),
  dataMatrixPrint: (machine, _, offset) => {
    const stored = storedData(machine, 'datamatrix', offset)
    if (stored === undefined) return
    const { dataMatrixModule, dataMatrixShape, dataMatrixSize } = machine.modes.symbols
    const [rows, columns] = dataMatrixSize
    const name = dataMatrixShape === 'square' ? 'datamatrix' : 'datamatrixrectangular'
    const options = { ...(rows === 0 ? {} : { rows }), ...(columns === 0 ? {} : { columns }) }
    const data = textOfBytes(stored)
    const draw = () => modulesBitmap(generateModules(name, data, options), dataMatrixModule)
    putDrawn(machine, 'datamatrix', data, draw, offset)
  },
  ...swallow(
    'escZType',
    'qrSizeQuery',
    'pdf417SizeQuery',
    'maxiCodeSizeQuery',
    'databarSizeQuery',
    'aztecSizeQuery',
    'dataMatrixSizeQuery',
  ),
} satisfies Partial<Handlers>

/** Columns of data that fit: 17 modules each, beside 69 of start, stop and row indicators. */
function pdf417ColumnsIn(modules: number): number {
  return Math.min(30, Math.max(1, Math.floor((modules - 69) / 17)))
}

function dotsPerMm(dpi: number): number {
  return dpi === 203 ? 8 : dpi / 25.4
}

function putStacked(
  machine: Machine,
  symbology: StackedSymbology,
  bytes: Uint8Array,
  offset: number,
): void {
  const { databarModule: moduleDots, databarMaxDots } = machine.modes.symbols
  const segments = segmentsIn(databarMaxDots || printArea(machine).areaWidth, moduleDots)
  const text = textOfBytes(bytes)
  try {
    const given = symbology === 'databar-expanded-stacked' ? (gs1TextOf(text) ?? text) : text
    const data = checkBarcode(symbology, given)
    putNative(machine, { symbology, data, moduleDots, segments }, offset)
  } catch (error) {
    if (!(error instanceof XiaopiaoError) || isDataNotLoaded(error)) throw error
    machine.paper.note('SYMBOL_NOT_PRINTED', `${symbology}: ${error.message}`, offset)
  }
}
