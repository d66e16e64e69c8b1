/** Turns errors of the operating system into TransportErrors with a stable code and a hint. */

import { TransportError, type TransportPhase } from '../../model/errors.js'
import { isError } from '../../model/realms.js'

interface Failure {
  readonly code: string
  readonly says: string
  readonly hint: string
}

const unreachable: Failure = {
  code: 'HOST_UNREACHABLE',
  says: 'the address cannot be reached',
  hint: 'check that the printer is switched on, in the same network, and still has this address',
}

const unknownHost: Failure = {
  code: 'HOST_NOT_FOUND',
  says: 'no address is known for this name',
  hint: 'check the spelling, or use the address that the printer prints on its self-test page',
}

const reset: Failure = {
  code: 'CONNECTION_RESET',
  says: 'the printer broke the connection',
  hint: 'it was switched off, restarted or unplugged, or it serves another host; look at the paper before printing again',
}

const denied: Failure = {
  code: 'ACCESS_DENIED',
  says: 'this user may not open it',
  hint: 'add the user to the group that owns the device (on Linux usually "lp" or "dialout") and log in again',
}

const gone: Failure = {
  code: 'DEVICE_GONE',
  says: 'the device is not there any more',
  hint: 'check that the printer is switched on and its cable is plugged in',
}

const FAILURES: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: {
    code: 'CONNECT_REFUSED',
    says: 'the printer refused the connection',
    hint: 'another host may hold the printer (most serve one at a time), or this is not its port: receipt printers listen on 9100',
  },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ECONNRESET: reset,
  EPIPE: reset,
  ECONNABORTED: reset,
  ETIMEDOUT: {
    code: 'CONNECTION_LOST',
    says: 'the printer has stopped acknowledging',
    hint: 'check cable, power and network; look at the paper before printing again',
  },
  ENOENT: {
    code: 'FILE_NOT_FOUND',
    says: 'there is no such file or device',
    hint: 'check the path; a device file appears only while the printer is switched on and plugged in',
  },
  ENOTDIR: {
    code: 'FILE_NOT_FOUND',
    says: 'a part of the path is not a folder',
    hint: 'check the path',
  },
  EISDIR: {
    code: 'FILE_IS_FOLDER',
    says: 'the path is a folder',
    hint: 'name a file in it',
  },
  EACCES: denied,
  EPERM: denied,
  EROFS: denied,
  EBUSY: {
    code: 'DEVICE_BUSY',
    says: 'another program holds the device',
    hint: 'close the other program, or stop the print queue that uses this printer',
  },
  ENXIO: gone,
  ENODEV: gone,
  EIO: gone,
  USB_STALLED: {
    code: 'USB_STALLED',
    says: 'the printer has refused a transfer (stall)',
    hint: 'switch the printer off and on, and look at the paper before printing again',
  },
  ENOSPC: {
    code: 'DISK_FULL',
    says: 'no space is left',
    hint: 'free space, or write elsewhere',
  },
}

const fallback: Failure = {
  code: 'TRANSPORT_FAILED',
  says: 'the system reported an error',
  hint: 'see the cause',
}

/** Returns the `code` of an error: the system's, such as `ECONNREFUSED`, or one that a link has set. */
export function errnoOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined
  return typeof cause.code === 'string' ? cause.code : undefined
}

/** Turns a system error into a TransportError. A TransportError is returned unchanged. */
export function explainFailure(
  cause: unknown,
  phase: TransportPhase,
  uri: string,
  bytesWritten: number,
): TransportError {
  if (cause instanceof TransportError) return cause
  const errno = errnoOf(cause)
  if (errno === 'ETIMEDOUT' && phase === 'open') return connectTimeout(uri, undefined, cause)
  const failure = (errno === undefined ? undefined : FAILURES[errno]) ?? fallback
  const detail = failure === fallback && isError(cause) ? ` (${cause.message})` : ''
  return new TransportError(`${uri}: ${failure.says}${detail}`, {
    code: failure.code,
    hint: failure.hint,
    phase,
    bytesWritten,
    cause,
  })
}

export function connectTimeout(
  uri: string,
  afterMs: number | undefined,
  cause?: unknown,
): TransportError {
  const after = afterMs === undefined ? '' : ` within ${afterMs} ms`
  return new TransportError(`${uri}: no connection${after}`, {
    code: 'CONNECT_TIMEOUT',
    hint: 'check the address, that the printer is switched on, and that no other host holds it',
    phase: 'open',
    cause,
  })
}

export function abortedError(
  uri: string,
  phase: TransportPhase,
  bytesWritten: number,
  cause: unknown,
): TransportError {
  return new TransportError(`${uri}: the caller gave up`, {
    code: 'ABORTED',
    hint:
      bytesWritten > 0 ? 'what was already taken may still be printed' : 'nothing has been sent',
    phase,
    bytesWritten,
    cause,
  })
}
