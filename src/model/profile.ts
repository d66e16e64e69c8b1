import type { CodePageSlot, MultibyteZone } from './charset.js'
import type { FontCell } from './metrics.js'
import { barcodeSymbologies, stackedSymbologies } from './symbologies.js'

export const imageCommands = ['gs-v-0', 'gs-l', 'gs-8-l', 'esc-star-24', 'esc-star-8'] as const
/** `GS v 0`, `GS ( L`, `GS 8 L`, and `ESC *` in columns of 24 dots, or of 8 dots that are three times as high. */
export type ImageCommand = (typeof imageCommands)[number]

export const picturePlaces = ['dots', 'align', 'left-margin'] as const

export const nativeBarcodes = [
  ...barcodeSymbologies,
  ...stackedSymbologies,
  'datamatrix',
  'aztec',
  'maxicode',
] as const
export type NativeBarcode = (typeof nativeBarcodes)[number]

export const buzzers = ['unknown', 'none', 'esc-b', 'esc-a', 'bel', 'rs'] as const
/** `ESC B` of clones, `ESC ( A` of Epson, a bare BEL, a bare RS. */
export type Buzzer = (typeof buzzers)[number]

export const densityCommands = ['unknown', 'none', 'gs-k'] as const
/** `GS ( K` fn 49, in steps of 5 per cent. */
export type DensityCommand = (typeof densityCommands)[number]

/** The questions that a printer answers; null means not known. */
export interface StatusAbilities {
  /** `DLE EOT`, also while offline. */
  readonly realtime: boolean | null
  /** `GS r`, answered in order with the data. */
  readonly request: boolean | null
  /** ASB (`GS a`): sent unasked at every change. */
  readonly auto: boolean | null
  /** `GS ( H`: the answer says that the data before it are printed. */
  readonly processId: boolean | null
  /** `DLE DC4 8`: clears the buffers and confirms it. */
  readonly clear: boolean | null
}

/** Answers to `GS I` 66, 67 and 69: null is not known. */
export interface ProfileIdentity {
  readonly maker: string | null
  readonly model: string | null
  readonly language: string | null
}

/** How a printer with a network interface is reached and shared. */
export interface NetworkPolicy {
  readonly port: number
  /** Number of connections served at a time; further ones wait or are refused. Null is not known. */
  readonly clients: number | null
  /** Seconds after which the printer closes a silent connection. Null is not known. */
  readonly idleCloseSeconds: number | null
  /** Factory default addresses. */
  readonly addresses: readonly string[]
}

export const evidenceKinds = [
  'manual',
  'test-page',
  'database',
  'users',
  'code',
  'inferred',
  'guessed',
] as const
/**
 * The kind of evidence for a figure: the vendor's text, a printed test page, escpos-printer-db, users' reports, other programs' sources, a
 * conclusion of ours, or what is common among similar printers.
 */
export type EvidenceKind = (typeof evidenceKinds)[number]

/**
 * Data of a printer model. Facts that we could not confirm keep a safe default, and the caller can override any
 * field.
 */

export interface Profile {
  /** Kebab-case: `generic-58`. */
  readonly id: string
  readonly vendor: string
  readonly name: string
  /** Other names under which the printer is sold or known. */
  readonly aliases: readonly string[]
  /** Width of the paper roll in mm. */
  readonly paperMm: number
  /** Printable dots of a line. */
  readonly widthDots: number
  readonly dpi: number
  readonly lineSpacingDots: number
  readonly fonts: { readonly A: FontCell; readonly B?: FontCell; readonly C?: FontCell }
  readonly hanzi: FontCell
  /** The multi-byte ROM. */
  readonly charset: MultibyteZone
  /**
   * The command that makes the printer read UTF-8, if `charset` is `utf8`: Epson's `FS ( C`, or `FS C 255` of Sunmi
   * terminals. Left out: it always reads UTF-8, or never.
   */
  readonly utf8?: 'epson-fs-c' | 'sunmi'
  /** Whether the printer starts in two-byte mode. The encoder sends the command for the mode in any case. */
  readonly chineseModeAtPowerOn: boolean
  /** Whether the printer is in two-byte mode after `ESC @`. Null is not known: the encoder sends the command again. */
  readonly chineseModeAfterReset: boolean | null
  /** The vendor whose `ESC t` numbers apply when this printer's bytes are decoded. */
  readonly codePageTable: string
  /** Code pages that the encoder may use; only verified ones are listed. */
  readonly codePages: readonly CodePageSlot[]
  /** Whether `ESC M` resets the code page, so that it must be chosen again. */
  readonly fontResetsCodePage: boolean
  /** Whether to send `GS P` after every `ESC @` to make a motion unit one dot, because units may be finer (1/360 inch on some). */
  readonly setsMotionUnits: boolean
  /**
   * Vertical motion units per inch until `GS P` sets others: 360 on a TM-T88III, whose dots are 1/180 inch. It is the unit of `ESC J`,
   * `ESC 3`, `GS V`, `GS $` and `GS \`. Null is not known: a unit is taken to be a dot.
   */
  readonly verticalUnitsPerInch: number | null
  /** Whether `ESC $` is supported, and moves in dots. */
  readonly absolutePosition: boolean
  /**
   * The command that sizes characters: `GS !` up to 8 times, or `ESC !` up to twice on printers without `GS !`, for which the encoder also
   * sends the font after `ESC @`.
   */
  readonly sizeBy: 'gs' | 'esc'
  /** The command that sizes two-byte characters: `GS !`, `FS !`, or either by model. */
  readonly hanziSizeBy: 'gs' | 'fs' | 'both'
  /** Most rows of one `GS v 0`; at most 255, because some firmware reads only the low byte. */
  readonly imageBandRows: number
  /** Most bytes of dots in one image command. Wide bands have fewer rows to stay within it. */
  readonly imageMaxBytes: number
  /** How a character outside the ROM is drawn: `ESC *` in the line, or the whole line as raster. */
  readonly drawnBy: 'column-image' | 'raster-line'
  readonly qr: 'native' | 'raster'
  /** Longest data of a native QR code in bytes; codes of longer data are printed as dots. Null is not known. */
  readonly qrMaxBytes: number | null
  /** How `GS k` takes a barcode: function A (data end with a NUL) or B (data are counted); `none`: barcodes print as dots. */
  readonly barcodes: 'none' | 'function-a' | 'function-b'
  /** Symbologies that the printer draws itself; others are printed as dots. */
  readonly nativeBarcodes: readonly NativeBarcode[]
  readonly pdf417: 'native' | 'raster'
  /**
   * A `9-pin` impact head has only the modes 0 and 1 of `ESC *`. One of its dots is 2 × 2 dots of the profile, because the profile counts
   * half dots across, and down the 1/144 inch that the paper is fed by. Pictures are sent in mode 0 whatever `imageCommand` says. A
   * `thermal` head has the modes of 8 and of 24 dots.
   */
  readonly head: 'thermal' | '9-pin'
  /** The command that pictures are sent with. */
  readonly imageCommand: ImageCommand
  /**
   * How a picture of `GS v 0` is placed horizontally: by white dots at its left (`dots`), which every printer obeys, by `ESC a` before it
   * (`align`), or by `GS L` (`left-margin`).
   */
  readonly picturePlace: (typeof picturePlaces)[number]
  /** Whether `GS v 0` with m = 3 prints each dot as 2 × 2, so that codes take a quarter of the bytes. */
  readonly doublesPictures: boolean
  /** Logos kept in the printer: NV graphics by key (`GS ( L`), the older NV images by number (`FS q`), or none. */
  readonly storedLogos: 'none' | 'gs-l' | 'fs-q'
  /** Rows of the longest page in page mode (`ESC L`), which labels use. 0 is a printer without page mode, null is not known. */
  readonly pageModeDots: number | null
  /** Kinds of cut that the cutter makes; empty for a printer without a cutter. */
  readonly cuts: readonly ('full' | 'partial')[]
  /** Distance from the print head to the cutter, or to the tear bar. */
  readonly headToCutterDots: number
  readonly drawer: { readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
  readonly buzzer: Buzzer
  /** Milliseconds of one unit of `ESC B n t`; null is not known. */
  readonly buzzerUnitMs: number | null
  /** The command that makes a receipt darker or lighter than the printer is set to. */
  readonly density: DensityCommand
  /** Number of speed levels of `GS ( K` fn 50, of which 1 is the slowest. 0 is a printer without levels, null is not known. */
  readonly speedLevels: number | null
  /** Whether the printer answers status questions. False is one-way, null is not known. */
  readonly answersStatus: boolean | null
  readonly status: StatusAbilities
  readonly identity: ProfileIdentity
  /** Size of the receive buffer; null is not known. */
  readonly bufferBytes: number | null
  /** Print speed; null is not known. */
  readonly printMmPerSecond: number | null
  /** `vendor:product` in hex: `0416:5011`. Makers share these, so they are a hint and no proof. */
  readonly usb: readonly string[]
  readonly network: NetworkPolicy
  /** Facts that users of the printer should know, in sentences. */
  readonly quirks: readonly string[]
  /**
   * The evidence for each field, by the field's path: a kind such as `database`, or a kind and a place such as `users: escpos-php #401`.
   * The path of a group covers its fields, and `*` covers all fields that are not named.
   */
  readonly sources: Readonly<Record<string, string>>
}
