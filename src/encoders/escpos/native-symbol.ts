/** The commands by which a printer draws a symbol itself: `GS k` and `GS ( k`. */

import type { Profile } from '../../model/profile.js'
import { isBytes } from '../../model/realms.js'
import type { BarcodeSymbol, StackedSymbol, SymbolSpec } from '../../model/strip.js'
import { code128ValuesOf } from '../../symbols/barcode.js'
import { code128Data } from './code128-data.js'
import type { Command } from './commands/index.js'
import { realtimeAt } from './realtime.js'
import { utf8 } from './utf8.js'

/** Returns the commands for `symbol`; undefined if the printer cannot draw it by its profile, in this size, or with these data. */
export function nativeSymbol(symbol: SymbolSpec, profile: Profile): Command[] | undefined {
  const commands = commandsOf(symbol, profile)
  // Data that the printer would obey at once can only be sent as dots.
  return commands?.some(holdsRequest) ? undefined : commands
}

function holdsRequest(command: Command): boolean {
  return 'data' in command && isBytes(command.data) && realtimeAt(command.data) >= 0
}

function commandsOf(symbol: SymbolSpec, profile: Profile): Command[] | undefined {
  const isNative = (profile.nativeBarcodes as readonly string[]).includes(symbol.symbology)
  switch (symbol.symbology) {
    case 'qr': {
      const { data, level, moduleDots, logo, version } = symbol
      if (profile.qr === 'raster' || logo !== undefined || version !== undefined) return undefined
      const bytes = symbol.bytes ?? utf8(data)
      if (moduleDots > 16 || bytes.length > (profile.qrMaxBytes ?? 7089)) return undefined
      return [
        { kind: 'qrModel', n1: 0x32, n2: 0 },
        { kind: 'qrModuleSize', n: moduleDots },
        { kind: 'qrErrorLevel', n: { L: 0x30, M: 0x31, Q: 0x32, H: 0x33 }[level] },
        { kind: 'qrStore', m: 0x30, data: bytes },
        { kind: 'qrPrint', m: 0x30 },
      ]
    }
    case 'pdf417': {
      const { data, moduleDots, columns, rowModules, level, truncated } = symbol
      if (profile.pdf417 === 'raster' || moduleDots < 2 || moduleDots > 8) return undefined
      if (rowModules < 2 || rowModules > 8) return undefined
      return [
        { kind: 'pdf417Columns', n: columns },
        // The printer chooses the rows by the data, because one that packs them differently needs a row more or less.
        { kind: 'pdf417Rows', n: 0 },
        { kind: 'pdf417ModuleWidth', n: moduleDots },
        { kind: 'pdf417RowHeight', n: rowModules },
        { kind: 'pdf417ErrorLevel', m: 48, n: 48 + level },
        { kind: 'pdf417Options', m: truncated ? 1 : 0 },
        { kind: 'pdf417Store', m: 48, data: utf8(data) },
        { kind: 'pdf417Print', m: 48 },
      ]
    }
    case 'datamatrix': {
      const { data, moduleDots, shape } = symbol
      if (!isNative || shape !== 'square' || moduleDots < 2 || moduleDots > 16) return undefined
      return [
        { kind: 'dataMatrixType', m: 48, d1: 0, d2: 0 },
        { kind: 'dataMatrixModuleSize', n: moduleDots },
        { kind: 'dataMatrixStore', m: 48, data: utf8(data) },
        { kind: 'dataMatrixPrint', m: 48 },
      ]
    }
    case 'aztec': {
      const { data, moduleDots, errorPercent } = symbol
      if (!isNative || moduleDots < 2 || moduleDots > 16) return undefined
      return [
        { kind: 'aztecMode', n1: 48, n2: 0 },
        { kind: 'aztecModuleSize', n: moduleDots },
        { kind: 'aztecErrorLevel', n: errorPercent },
        { kind: 'aztecStore', m: 48, data: utf8(data) },
        { kind: 'aztecPrint', m: 48 },
      ]
    }
    case 'maxicode': {
      if (!isNative) return undefined
      return [
        { kind: 'maxiCodeMode', n: 48 + symbol.mode },
        { kind: 'maxiCodeStore', m: 48, data: utf8(symbol.data) },
        { kind: 'maxiCodePrint', m: 48 },
      ]
    }
    case 'databar-stacked':
    case 'databar-stacked-omni':
    case 'databar-expanded-stacked':
      return isNative ? stackedCommands(symbol) : undefined
    default:
      return isNative ? barcodeCommands(symbol, profile) : undefined
  }
}

/** The `m` of function A; function B adds 65. The last four exist in function B only. */
const types: Readonly<Record<BarcodeSymbol['symbology'], number>> = {
  upca: 0,
  upce: 1,
  ean13: 2,
  ean8: 3,
  code39: 4,
  itf: 5,
  codabar: 6,
  code93: 7,
  code128: 8,
  'gs1-128': 8,
  databar: 10,
  'databar-truncated': 11,
  'databar-limited': 12,
  'databar-expanded': 13,
}
const MAX_TYPE_OF_A = 8

function barcodeCommands(symbol: BarcodeSymbol, profile: Profile): Command[] | undefined {
  const { symbology, moduleDots, barDots } = symbol
  const type = types[symbology]
  const data = barcodeData(symbol)
  if (profile.barcodes === 'none' || data.length > 255) return undefined
  if (moduleDots < 2 || moduleDots > 6 || barDots > 255) return undefined
  const shape: Command[] = [
    { kind: 'barcodeHeight', n: barDots },
    { kind: 'barcodeWidth', n: moduleDots },
    { kind: 'hriPosition', n: 0 },
  ]
  if (profile.barcodes === 'function-b') {
    return [...shape, { kind: 'barcodeB', m: typeB(type), data }]
  }
  if (type > MAX_TYPE_OF_A || data.includes(0)) return undefined
  return [...shape, { kind: 'barcodeA', m: type as 0, data }]
}

function typeB(type: number) {
  return (65 + type) as 65
}

/** The data in the form of `GS k`. Symbologies with a check digit accept data with it or without it. */
function barcodeData({ symbology, data }: BarcodeSymbol): Uint8Array {
  switch (symbology) {
    case 'code128':
    case 'gs1-128':
      // GS1-128 is CODE128 with FNC1 first: its own type 74 differs between printers in what it adds.
      return code128Data(code128ValuesOf(symbology, data))
    case 'databar':
    case 'databar-truncated':
    case 'databar-limited':
      return utf8(gtinBody(data))
    default:
      return utf8(data)
  }
}

/** Epson takes 13 digits, without `(01)` and check digit, and writes both itself. */
function gtinBody(data: string): string {
  return data.slice('(01)'.length, -1)
}

const stackedTypes = {
  'databar-stacked': 72,
  'databar-stacked-omni': 73,
  'databar-expanded-stacked': 76,
} as const

/** Width in modules of a row of `segments` symbol characters: 17 for each character, 15 for each finder, and the guards. */
function expandedRowModules(segments: number): number {
  return 4 + (segments / 2) * 49
}

function stackedCommands(symbol: StackedSymbol): Command[] | undefined {
  const { symbology, data, moduleDots, segments } = symbol
  if (moduleDots < 2 || moduleDots > 8) return undefined
  const expanded = symbology === 'databar-expanded-stacked'
  const dots = expanded ? expandedRowModules(segments) * moduleDots : 0
  return [
    { kind: 'databarModuleWidth', n: moduleDots },
    ...(expanded ? ([{ kind: 'databarMaxWidth', dots }] as const) : []),
    {
      kind: 'databarStore',
      m: 48,
      n: stackedTypes[symbology],
      data: utf8(expanded ? data : gtinBody(data)),
    },
    { kind: 'databarPrint', m: 48 },
  ]
}
