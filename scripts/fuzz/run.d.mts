export interface FuzzCounts {
  readonly streams: number
  readonly bytes: number
  readonly commands: number
  readonly unknown: number
  readonly glyphs: number
  readonly rows: number
  readonly notes: number
  readonly slowestMs: number
}
export function runStreams(options: {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly step?: number
  readonly corpus: readonly Uint8Array[]
  /** Functions and tables of the sources, and the profiles to print with. */
  readonly api: object
}): { readonly counts: Readonly<Record<string, FuzzCounts>>; readonly failure?: object }
