/** Turns the errors of databases into errors that say what to do. */

import { codeOf, isError } from '../../model/realms.js'
import { VoucherError } from '../errors.js'
import { postgresFailure } from './postgres-errors.js'

/** Returns the error for the caller; errors of the library are returned unchanged. */
export function storeError(error: unknown): unknown {
  if (error instanceof VoucherError) return error
  if (isError(error) && error.name === 'SyntaxError') {
    // Without the parser's error as the cause, because its message quotes the record.
    return failure(
      'STORE_DAMAGED',
      'a record of the store is not as it was written',
      'run vouchers verify, which names the record, and restore a backup',
      undefined,
    )
  }
  const known = postgresFailure(codeOf(error) ?? '')
  if (known !== undefined) return failure(...known, error)
  const text = describe(error)
  if (/SQLITE_FULL|disk is full|ENOSPC/i.test(text)) {
    return failure(
      'STORE_FULL',
      'the disk of the store is full, so nothing was recorded',
      'make room on the disk, then add it again with the same key',
      error,
    )
  }
  if (/SQLITE_BUSY|database is locked/i.test(text)) {
    return failure(
      'STORE_LOCKED',
      'another program holds the store',
      'end the other program, or wait until it is done',
      error,
    )
  }
  if (/SQLITE_CORRUPT|SQLITE_NOTADB|malformed|not a database/i.test(text)) {
    return failure(
      'STORE_DAMAGED',
      'the file of the store is damaged or is not a store',
      'keep the file as it is and restore a backup into an empty place',
      error,
    )
  }
  if (
    /SQLITE_READONLY|readonly database|SQLITE_CANTOPEN|unable to open|SQLITE_IOERR|disk I\/O/i.test(
      text,
    )
  ) {
    return failure(
      'STORE_UNREACHABLE',
      'the store cannot be read or written',
      'check the path, its rights and the disk',
      error,
    )
  }
  return error
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { code, message, errstr } = error as Partial<Record<'code' | 'message' | 'errstr', unknown>>
  return [code, message, errstr].map(String).join(' ')
}

function failure(code: string, message: string, hint: string, cause: unknown): VoucherError {
  return new VoucherError(message, { code, path: 'store', hint, cause })
}
