/** Tells whether a job defines or runs the printer's macro. A printer holds a single one. */

import { decodeAll } from '../encoders/escpos/codec.js'

const GS = 0x1d
const DEFINE = 0x3a
const RUN = 0x5e

export function usesMacros(bytes: Uint8Array): boolean {
  // Most jobs contain no such pair of bytes, so they need not be decoded.
  const mayUse = bytes.some((byte, i) => {
    return byte === GS && (bytes[i + 1] === DEFINE || bytes[i + 1] === RUN)
  })
  if (!mayUse) return false
  return decodeAll(bytes).some(({ command: { kind } }) => /^macro(Define|Run)$/.test(kind))
}
