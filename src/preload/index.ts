/**
 * Sub-path `xiaopiao/preload`: loads the data that a browser, React Native or a mini program needs before it draws.
 *
 * Text that a printer has in its own fonts is printed without these data, so that a bundle does not carry them. Characters that are
 * drawn, the preview and symbols such as PDF417 need them, and `compile` is synchronous: a program loads them once, when it starts.
 */

import { loadData } from '#data-loader'
import { type DataSet, dataSets } from '../model/data-not-loaded.js'
import { XiaopiaoError } from '../model/errors.js'

export type { DataSet }

const loading = new Map<DataSet, Promise<void>>()

/**
 * Loads the named sets of data, or all of them if none is named; a set is loaded once. In Node it does nothing, because data are
 * read there when they are needed.
 *
 * - `latin`: the dots of letters and signs that are one cell wide
 * - `hanzi`, `korean`, `emoji`: the dots of characters that are two cells wide
 * - `pin`: the characters that are sent as dots to a printer with a head of 9 pins
 * - `symbols`: PDF417, Data Matrix, Aztec, MaxiCode, Micro QR, GS1 DataBar and composite symbols
 *
 * @throws XiaopiaoError `DATA_SET_UNKNOWN`; what the bundler's `import()` throws if a file cannot be fetched, and a later call tries again
 *
 * @example
 * await preload('latin', 'hanzi')
 * printBytes(bytes, profile).widthDots // 384
 */
export async function preload(...sets: readonly DataSet[]): Promise<void> {
  const unknown = sets.find((set) => !dataSets.includes(set))
  if (unknown !== undefined) {
    throw new XiaopiaoError(`there is no set of data called ${String(unknown)}`, {
      code: 'DATA_SET_UNKNOWN',
      hint: `the sets are ${dataSets.join(', ')}`,
    })
  }
  await Promise.all((sets.length === 0 ? dataSets : sets).map(loadOnce))
}

function loadOnce(set: DataSet): Promise<void> {
  let promise = loading.get(set)
  if (promise === undefined) {
    promise = loadData(set)
    loading.set(set, promise)
    promise.catch(() => loading.delete(set))
  }
  return promise
}
