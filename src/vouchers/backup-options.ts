/** The options and the results of backups, month closings and retention. */

import {
  CALLBACK,
  type OptionRule,
  type OptionRules,
  readOptions,
  TEXT,
  wholeNumber,
} from '../model/options.js'
import { isDay } from './business-day.js'
import { VoucherError } from './errors.js'
import type { ByPerson } from './person.js'

export interface BackupOptions extends ByPerson {
  /** Encrypts the file: 8 to 1024 characters. Without a password everybody who has the file can read it. */
  readonly password?: string
  /** Called during the backup with the number of records written so far and their total. */
  readonly onProgress?: (done: number, total: number) => void
}

/** A backup as it is recorded in the chain of the shop, after its file was read back. */
export interface BackupRecord {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly by: string
  /** Name of the file, without its folder. */
  readonly file: string
  readonly bytes: number
  readonly encrypted: boolean
  /** Number of records in the backup. */
  readonly entries: number
  /** The seal over the heads of all chains that was made for it: 64 hexadecimal digits. */
  readonly seal: string
  /** `YYYY-MM` of a backup that closes a month. */
  readonly month?: string
}

export interface RetainRequest {
  /** Number of whole months before the current one whose vouchers stay: 1 to 1200. */
  readonly months: number
  /** Path of a backup of this store that holds the vouchers to be removed; all of it is read before the first one is removed. */
  readonly backup: string
  /** Password of the backup, if it is encrypted. */
  readonly password?: string
}

export interface RetainOptions extends ByPerson {
  /** Called during the removal with the number of vouchers looked at so far and their total. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface RetainResult {
  /** Business day, `YYYY-MM-DD`: the vouchers of earlier days were looked at. */
  readonly before: string
  readonly removed: number
  /** Number of vouchers that stay although they are old, by the reason. */
  readonly spared: Readonly<Record<SpareReason, number>>
  /** False if another program was reading, so that the removed bytes are still in the log of the store: call `retain` again. */
  readonly scrubbed: boolean
}

/**
 * Why an old voucher stays. `unknown`: its result is not known. `open`: a pre-authorisation that is neither completed nor cancelled.
 * `unsettled`: its batch is not settled, or its settlement does not list it yet. `later`: something happened to it, or a trade that follows
 * it was made, within the months that stay. `newer`: it has records that the backup lacks.
 */
export const SPARE_REASONS = ['unknown', 'open', 'unsettled', 'later', 'newer'] as const
export type SpareReason = (typeof SPARE_REASONS)[number]

const MIN_PASSWORD = 8
const PASSWORD: OptionRule = {
  says: `a text of ${MIN_PASSWORD} to 1024 characters`,
  accepts: (value) =>
    typeof value === 'string' && value.length >= MIN_PASSWORD && value.length <= 1024,
  code: 'PASSWORD_INVALID',
  hint: 'a few words that no one guesses are long enough and can be kept in mind',
}
/** Accepts anything, because the archive checks `now` and `by` in every method. */
const ANYTHING: OptionRule = { says: 'as of every method', accepts: () => true }

const BACKUP_OPTIONS: OptionRules<BackupOptions> = {
  now: ANYTHING,
  by: ANYTHING,
  password: PASSWORD,
  onProgress: CALLBACK,
}
const RETAIN_REQUEST: OptionRules<RetainRequest> = {
  months: { ...wholeNumber(1, 1200), isNeeded: true },
  backup: { ...TEXT, isNeeded: true },
  password: TEXT,
}
const RETAIN_OPTIONS: OptionRules<RetainOptions> = {
  now: ANYTHING,
  by: ANYTHING,
  onProgress: CALLBACK,
}

export function readBackupOptions(owner: string, options: BackupOptions): BackupOptions {
  return readOptions<BackupOptions>(owner, options, BACKUP_OPTIONS)
}

export function readRetainRequest(request: RetainRequest): RetainRequest {
  return readOptions<RetainRequest>('retain', request, RETAIN_REQUEST)
}

export function readRetainOptions(options: RetainOptions): RetainOptions {
  return readOptions<RetainOptions>('retain', options, RETAIN_OPTIONS)
}

/** @throws VoucherError `QUERY_INVALID` */
export function readMonth(month: unknown): string {
  if (typeof month === 'string' && /^\d{4}-\d\d$/.test(month) && isDay(`${month}-01`)) return month
  throw new VoucherError('month must be a month of the calendar', {
    code: 'QUERY_INVALID',
    path: 'month',
    hint: 'write it as 2026-11',
  })
}
