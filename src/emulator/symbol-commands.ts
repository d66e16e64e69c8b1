/** Barcodes and two-dimensional symbols. */
import { putBarcode } from './barcode.js'
import { digit, type Handlers, swallow } from './handlers.js'
import type { Machine } from './machine.js'
import { putBoxSymbol, putQr } from './symbols.js'

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

const printBox = (kind: keyof typeof kinds) => (machine: Machine, _: unknown, offset: number) => {
  const data = machine.modes.symbolData.get(kinds[kind])
  if (data === undefined) machine.paper.note('SYMBOL_NOT_PRINTED', `No ${kind} data`, offset)
  else putBoxSymbol(machine, kind, data, offset)
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
    if (n >= 1 && n <= 16) machine.modes.qrModule = n
  },
  qrErrorLevel: (machine, { n }) => {
    machine.modes.qrLevel = levels[digit(n)] ?? 'L'
  },
  qrStore: store('qr'),
  qrPrint: (machine, _, offset) => {
    const { symbolData, qrLevel, qrModule } = machine.modes
    const data = symbolData.get(kinds.qr)
    if (data !== undefined) putQr(machine, data, qrLevel, qrModule, offset)
    else machine.paper.note('SYMBOL_NOT_PRINTED', 'GS ( k prints a QR code without data', offset)
  },
  escZQr: (machine, { n, k, data }, offset) => {
    const named = levels.find((level) => level.charCodeAt(0) === n)
    const level = named ?? levels[digit(n)] ?? 'L'
    putQr(machine, data, level, Math.min(Math.max(k, 1), 16), offset)
  },
  pdf417Store: store('pdf417'),
  pdf417Print: printBox('pdf417'),
  maxiCodeStore: store('maxicode'),
  maxiCodePrint: printBox('maxicode'),
  databarStore: store('databar'),
  databarPrint: printBox('databar'),
  compositeStore: store('composite'),
  compositePrint: printBox('composite'),
  aztecStore: store('aztec'),
  aztecPrint: printBox('aztec'),
  dataMatrixStore: store('datamatrix'),
  dataMatrixPrint: printBox('datamatrix'),
  ...swallow(
    'qrModel',
    'qrSizeQuery',
    'pdf417Columns',
    'pdf417Rows',
    'pdf417ModuleWidth',
    'pdf417RowHeight',
    'pdf417ErrorLevel',
    'pdf417Options',
    'pdf417SizeQuery',
    'maxiCodeMode',
    'maxiCodeSizeQuery',
    'databarModuleWidth',
    'databarMaxWidth',
    'databarSizeQuery',
    'compositeModuleWidth',
    'compositeMaxWidth',
    'compositeHriFont',
    'compositeSizeQuery',
    'aztecMode',
    'aztecModuleSize',
    'aztecErrorLevel',
    'aztecSizeQuery',
    'dataMatrixType',
    'dataMatrixModuleSize',
    'dataMatrixSizeQuery',
  ),
} satisfies Partial<Handlers>
