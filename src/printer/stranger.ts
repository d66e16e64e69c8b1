/** A port at which no printer listens: its first bytes would be read as the status of one. */

import { TransportError } from '../model/errors.js'
import type { Session } from './session.js'

/** `HTTP/`. A TLS alert begins with 15 03 and the version (RFC 8446, 5.1 and 6). */
const HTTP = [0x48, 0x54, 0x54, 0x50, 0x2f]
const TLS_ALERT = [0x15, 0x03]

/** The error if the answers are not those of a printer. Undefined if it may be one. */
export function strangerAt({ firstBytes }: Session, uri: string): TransportError | undefined {
  const begins = (start: readonly number[]) => start.every((byte, i) => firstBytes[i] === byte)
  const language = begins(HTTP) ? 'HTTP' : begins(TLS_ALERT) ? 'TLS' : undefined
  if (language === undefined) return undefined
  return new TransportError(`${uri}: the port speaks ${language}, which is no printer`, {
    code: 'NOT_A_PRINTER',
    hint: 'check the port: printers listen on 9100; one with a print server is reached by ipp://',
    phase: 'open',
  })
}
