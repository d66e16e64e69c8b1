/** The parts of package `qrcode` that run without Node; its published types cover only the entry with fs and png. */

declare module 'qrcode/lib/core/mode.js' {
  export interface Mode {
    readonly id?: string
  }
  export const NUMERIC: Mode
  export const ALPHANUMERIC: Mode
  export const BYTE: Mode
}

declare module 'qrcode/lib/core/error-correction-level.js' {
  export interface ErrorCorrectionLevel {
    readonly bit: number
  }
  export const L: ErrorCorrectionLevel
  export const M: ErrorCorrectionLevel
  export const Q: ErrorCorrectionLevel
  export const H: ErrorCorrectionLevel
}

declare module 'qrcode/lib/core/version.js' {
  import type { ErrorCorrectionLevel } from 'qrcode/lib/core/error-correction-level.js'
  import type { Mode } from 'qrcode/lib/core/mode.js'

  /** Characters (bytes in byte mode) that a version holds. */
  export function getCapacity(version: number, level: ErrorCorrectionLevel, mode: Mode): number
}

declare module 'qrcode/lib/core/qrcode.js' {
  import type { ErrorCorrectionLevel } from 'qrcode/lib/core/error-correction-level.js'
  import type { Mode } from 'qrcode/lib/core/mode.js'

  export interface Segment {
    readonly data: string | Uint8Array
    readonly mode: Mode
  }
  export interface CreateOptions {
    readonly version: number
    readonly errorCorrectionLevel: ErrorCorrectionLevel
  }
  export function create(
    segments: readonly Segment[],
    options: CreateOptions,
  ): { readonly modules: { readonly size: number; readonly data: Uint8Array } }
}
