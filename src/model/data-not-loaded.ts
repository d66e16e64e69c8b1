/** Glyphs and symbol generators that a browser has to load before they are needed; Node reads them when they are. */

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

/** Such an error is the program's, never the receipt's or the stream's: it is not to be reported as a fault of theirs. */
export function isDataNotLoaded(error: unknown): boolean {
  return error instanceof XiaopiaoError && error.code === CODE
}
