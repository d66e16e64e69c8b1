/** The error for glyphs and symbol generators that a browser has to load in advance. Node reads them when they are needed. */

import { XiaopiaoError } from './errors.js'

/**
 * Sets of data outside Node: `latin` (the dots of letters and signs of one cell), `hanzi`, `korean` and `emoji` (those of two cells), `pin` (all of them for a head of 9 pins),
 * `symbols` (PDF417, Data Matrix, Aztec, MaxiCode, Micro QR, GS1 DataBar and composite symbols).
 */
export const dataSets = ['latin', 'hanzi', 'korean', 'emoji', 'pin', 'symbols'] as const
export type DataSet = (typeof dataSets)[number]

const CODE = 'DATA_NOT_LOADED'

export function dataNotLoaded(what: string, set: DataSet): XiaopiaoError {
  return new XiaopiaoError(`${what} needs data that are not loaded: ${set}`, {
    code: CODE,
    hint: `call \`await preload('${set}')\` from 'xiaopiao/preload' once, before you compile or preview`,
  })
}

/** Whether data were not loaded. That is a mistake of the program, so it must not be reported as a fault of a receipt or a stream. */
export function isDataNotLoaded(error: unknown): boolean {
  return error instanceof XiaopiaoError && error.code === CODE
}
