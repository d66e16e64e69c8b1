/** Barcodes and two-dimensional symbols. */
import { XiaopiaoError } from '../model/errors.js'
import type { Profile } from '../model/profile.js'
import type { StackedSymbology, SymbolSpec } from '../model/strip.js'
import { checkBarcode } from '../symbols/check-barcode.js'
import { putBarcode } from './barcode.js'
import { digit, type Handlers, swallow } from './handlers.js'
import { type Machine, printArea } from './machine.js'
import type { SymbolModes } from './symbol-modes.js'
import { putBoxSymbol, putNative, textOfBytes } from './symbols.js'

/** First byte of the body of `GS ( k`, and the symbol's name. */
const kinds = {
  pdf417: 48,
  qr: 49,
  maxicode: 50,
  databar: 51,
  composite: 52,
  aztec: 53,
  datamatrix: 54,
}

const store =
  (kind: keyof typeof kinds) =>
  (machine: Machine, { data }: { readonly data: Uint8Array }) => {
    machine.modes.symbolData.set(kinds[kind], data)
  }

/** Prints what is stored, as the modes have it. */
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
    const data = machine.modes.symbolData.get(kinds[kind])
    if (data === undefined) {
      machine.paper.note('SYMBOL_NOT_PRINTED', `GS ( k prints ${kind} without data`, offset)
      return
    }
    const { symbols } = machine.modes
    const spec = specOf(textOfBytes(data), symbols, printArea(machine), machine.profile)
    putNative(machine, spec, offset)
  }

/** By `n` of fn 380. */
const stackedSymbologies: Readonly<Record<number, StackedSymbology>> = {
  72: 'databar-stacked',
  73: 'databar-stacked-omni',
  76: 'databar-expanded-stacked',
}

const levels = ['L', 'M', 'Q', 'H'] as const

export const symbolCommands = {
  barcodeA: (machine, { m, data }, offset) => putBarcode(machine, m, data, offset),
  barcodeB: (machine, { m, data }, offset) => putBarcode(machine, m - 65, data, offset),
  barcodeHeight: (machine, { n }) => {
    if (n > 0) machine.modes.barHeight = n
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
  qrPrint: print('qr', (data, { qrLevel, qrModule }) => ({
    symbology: 'qr',
    data,
    level: qrLevel,
    moduleDots: qrModule,
  })),
  escZQr: (machine, { n, k, data }, offset) => {
    const named = levels.find((level) => level.charCodeAt(0) === n)
    const level = named ?? levels[digit(n)] ?? 'L'
    const moduleDots = Math.min(Math.max(k, 1), 16)
    putNative(machine, { symbology: 'qr', data: textOfBytes(data), level, moduleDots }, offset)
  },

  pdf417Columns: (machine, { n }) => {
    if (n <= 30) machine.modes.symbols.pdf417Columns = n
  },
  pdf417ModuleWidth: (machine, { n }) => {
    if (n >= 2 && n <= 8) machine.modes.symbols.pdf417Module = n
  },
  pdf417RowHeight: (machine, { n }) => {
    if (n >= 2 && n <= 8) machine.modes.symbols.pdf417Row = n
  },
  pdf417ErrorLevel: (machine, { m, n }) => {
    // By ratio (m 49) the printer reckons with its own data; the level that Epson's default ratio gives is taken.
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
    machine.modes.symbolData.set(kinds.databar, Uint8Array.of(n, ...data))
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
  compositeStore: store('composite'),
  compositePrint: (machine, _, offset) => {
    const data = machine.modes.symbolData.get(kinds.composite)
    if (data !== undefined) putBoxSymbol(machine, 'composite', data, offset)
    else machine.paper.note('SYMBOL_NOT_PRINTED', 'No composite data', offset)
  },

  aztecModuleSize: (machine, { n }) => {
    if (n >= 2 && n <= 16) machine.modes.symbols.aztecModule = n
  },
  aztecErrorLevel: (machine, { n }) => {
    if (n >= 5 && n <= 95) machine.modes.symbols.aztecErrorPercent = n
  },
  aztecStore: store('aztec'),
  aztecPrint: print('aztec', (data, { aztecModule, aztecErrorPercent }) => ({
    symbology: 'aztec',
    data,
    moduleDots: aztecModule,
    errorPercent: aztecErrorPercent,
  })),

  dataMatrixType: (machine, { m }) => {
    machine.modes.symbols.dataMatrixShape = digit(m) === 1 ? 'rectangle' : 'square'
  },
  dataMatrixModuleSize: (machine, { n }) => {
    if (n >= 2 && n <= 16) machine.modes.symbols.dataMatrixModule = n
  },
  dataMatrixStore: store('datamatrix'),
  dataMatrixPrint: print('datamatrix', (data, { dataMatrixModule, dataMatrixShape }) => ({
    symbology: 'datamatrix',
    data,
    moduleDots: dataMatrixModule,
    shape: dataMatrixShape,
  })),
  ...swallow(
    'qrModel',
    'qrSizeQuery',
    'pdf417Rows',
    'pdf417SizeQuery',
    'maxiCodeSizeQuery',
    'databarSizeQuery',
    'compositeModuleWidth',
    'compositeMaxWidth',
    'compositeHriFont',
    'compositeSizeQuery',
    'aztecMode',
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
  const width = databarMaxDots || printArea(machine).areaWidth
  // A row of n segments is 49 modules for each two of them, and the guards.
  const pairs = Math.floor((width / moduleDots - 4) / 49)
  const segments = Math.min(22, Math.max(2, 2 * pairs))
  try {
    const data = checkBarcode(symbology, textOfBytes(bytes).replaceAll('{1', ''))
    putNative(machine, { symbology, data, moduleDots, segments }, offset)
  } catch (error) {
    if (!(error instanceof XiaopiaoError)) throw error
    machine.paper.note('SYMBOL_NOT_PRINTED', `${symbology}: ${error.message}`, offset)
  }
}
