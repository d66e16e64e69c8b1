/** Loads an optional library at first use. If it is missing, the error says how to install it. */

import { TransportError } from '../../model/errors.js'

/**
 * @param code such as `SERIAL_LIBRARY_MISSING`
 * @throws TransportError with `code` if it is not installed, or lacks a binary for this machine
 */
export async function loadLibrary<T>(
  uri: string,
  name: string,
  code: string,
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw new TransportError(`${uri}: the library "${name}" cannot be loaded`, {
      code,
      hint: `install it beside xiaopiao: npm install ${name}`,
      phase: 'open',
      cause,
    })
  }
}
