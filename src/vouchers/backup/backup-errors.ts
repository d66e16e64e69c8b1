/** The errors of backup files: each says what is wrong with the file and what to do. */

import { VoucherError } from '../errors.js'

const OTHER_FILE = 'take another backup, and find out what has damaged this one'

export function backupMissing(file: string, cause: unknown): VoucherError {
  return new VoucherError(`the backup ${file} cannot be read`, {
    code: 'BACKUP_MISSING',
    path: 'file',
    hint: 'check the path, its rights and the disk',
    cause,
  })
}

export function backupUnknown(): VoucherError {
  return new VoucherError('the file is not a backup of vouchers, or its first bytes are damaged', {
    code: 'BACKUP_UNKNOWN',
    path: 'file',
    hint: 'give a file that vouchers backup or close-month has written',
  })
}

export function backupNewer(): VoucherError {
  return new VoucherError('a newer version of xiaopiao has written this backup', {
    code: 'BACKUP_NEWER',
    path: 'file',
    hint: 'update xiaopiao',
  })
}

/** @param frame from 0; undefined for the header */
export function backupDamaged(what: string, frame?: number): VoucherError {
  const where = frame === undefined ? 'the header of the backup' : `frame ${frame} of the backup`
  return new VoucherError(`${where} ${what}`, {
    code: 'BACKUP_DAMAGED',
    path: 'file',
    hint: OTHER_FILE,
  })
}

/** @param frame position of the frame that is missing or incomplete */
export function backupCut(frame: number): VoucherError {
  return new VoucherError(`the backup was cut: it ends before frame ${frame} is complete`, {
    code: 'BACKUP_CUT',
    path: 'file',
    hint: OTHER_FILE,
  })
}

export function backupUnwritten(file: string, cause: unknown): VoucherError {
  return new VoucherError(`the backup ${file} cannot be written, so there is none`, {
    code: 'BACKUP_UNWRITTEN',
    path: 'file',
    hint: 'check that its folder is there, and that the disk has room and may be written to',
    cause,
  })
}

export function backupExists(file: string): VoucherError {
  return new VoucherError(`a file is at ${file} already`, {
    code: 'BACKUP_EXISTS',
    path: 'file',
    hint: 'choose another name, with the day in it for example; a backup never takes the place of another file',
  })
}
