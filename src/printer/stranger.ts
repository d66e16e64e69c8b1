/** Recognises a port at which no printer listens, because its first bytes would be read as a printer's status. */

import { TransportError } from '../model/errors.js'
import type { Session } from './session.js'

/** The first bytes: `HTTP/`, or a TLS alert, which begins with 15 03 and the version (RFC 8446, 5.1 and 6). */
const HTTP = [0x48, 0x54, 0x54, 0x50, 0x2f]
const TLS_ALERT = [0x15, 0x03]

/** Returns an error if a web or TLS server has answered; undefined if the answers may be a printer's. */
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
