/** The error class of the voucher room, and the codes that callers act upon. */

import { XiaopiaoError } from '../model/errors.js'

/**
 * The error with which stores and their functions refuse; `code` says why. A message never quotes a value, because any value may hold a
 * card number.
 *
 * Trades:
 *
 * - `TRADE_INVALID`, `SETTING_INVALID`, `QUERY_INVALID`: a field has the wrong name, type or range
 * - `SECRET_REFUSED`: track data, a PIN, a security code or an EMV tag that holds the card number was given
 * - `PAN_IN_SEARCH`: a whole card number was given to a search
 * - `TRADE_REFUSED`: the trade contradicts its original or the rules of its type
 * - `ORIGINAL_UNKNOWN`: the original is not in the store
 * - `KEY_CONFLICT`, `NUMBER_TAKEN`: the key or the number belongs to another trade
 * - `NUMBERS_EXHAUSTED`: the batch has used all its numbers, so it has to be settled first
 * - `VOUCHER_UNKNOWN`, `VOUCHER_AMBIGUOUS`: no voucher has the number, or several have it
 * - `BATCH_UNKNOWN`, `BATCH_SETTLED`: the terminal has no such batch, or it was settled with other totals of the host
 * - `TERMINAL_UNKNOWN`, `TERMINAL_USED`: the terminal has no trades, or the one that takes its place has some already
 * - `SEAL_INVALID`: the text is not a seal
 * - `MONTH_OPEN`: the month is not over
 * - `DAY_RETAINED`, `VOUCHER_RETAINED`: retention has removed vouchers of the day, or this voucher
 *
 * Slips:
 *
 * - `NO_SLIP`, `SLIP_NOT_KEPT`: such a trade has no slip, or its slip is not kept
 * - `TEXT_INVALID`: a ready-made slip has no text
 * - `COPY_INVALID`: the copies are not those of a slip, or a reprint has no reason
 * - `PRINTED_ALREADY`: all copies are on paper, or may be, so only a reprint is possible
 * - `JOURNAL_UNUSED`: the printer was opened without the journal of the options
 * - `LINK_INVALID`: the address, the id or the end of a link is not valid
 *
 * Operators:
 *
 * - `PIN_WRONG`, `PIN_INVALID`, `PIN_FIRST`: the number or PIN is wrong, the PIN is too easy or too short, or the first PIN must be changed
 * - `OPERATOR_LOCKED`, `SIGN_IN_ENDED`: the operator is locked after too many wrong PINs, or is no longer signed in
 * - `OPERATOR_NEEDED`, `MANAGER_NEEDED`, `OPERATOR_OTHER`: the act needs a manager who has signed in, needs a manager, or names
 *   somebody other than the operator who has signed in
 * - `OPERATOR_INVALID`, `OPERATOR_EXISTS`, `OPERATOR_UNKNOWN`, `LAST_MANAGER`: operators cannot be changed in this way
 *
 * The store:
 *
 * - `STORE_MISSING`, `STORE_EXISTS`: no store is at the address, or one is there already
 * - `STORE_LOCKED`, `STORE_FULL`, `STORE_UNREACHABLE`: another program holds the store, its disk is full, or it cannot be reached
 * - `STORE_NEWER`, `STORE_DAMAGED`: a newer version has written the store, or its data are damaged
 * - `STORE_FAULTY`: the store is not as it was recorded, so no backup of it is made
 * - `STORE_KEY`: the key file cannot be made or read, may be read by other users, or is that of another store
 * - `STORE_ADDRESS`, `STORE_NOT_DURABLE`: the address of a store in PostgreSQL cannot be read, or its server may forget what it acknowledged
 * - `STORE_READ_ONLY`: the copy of a shop is written by its pushes alone
 * - `RECORD_CHANGED`, `RECORD_MISSING`: a record is not as it was recorded, or is missing
 * - `COPY_DIFFERS`, `COPY_AHEAD`: the copy of the shop has another record, or more of them
 * - `PACKAGE_MISSING`: a package that the function needs is not installed
 *
 * Backups:
 *
 * - `BACKUP_MISSING`, `BACKUP_UNKNOWN`, `BACKUP_NEWER`: the file is missing, is not a backup, or is one of a newer version
 * - `BACKUP_CUT`, `BACKUP_DAMAGED`, `BACKUP_FAULTY`: the file ends too early, was changed, or holds records that are not as they were recorded
 * - `BACKUP_OTHER`: the backup has other records than the store
 * - `BACKUP_PASSWORD`, `PASSWORD_INVALID`: the password of the backup is wrong or missing, or is too short for a new one
 * - `BACKUP_EXISTS`, `BACKUP_UNWRITTEN`: no backup was made, because a file has its name or because it could not be written
 *
 * Imports:
 *
 * - `MAPPING_INVALID`: the mapping of columns to fields has a fault
 * - `CSV_INVALID`: the file is not CSV in the given encoding, or has no line of titles
 * - `COLUMN_MISSING`, `COLUMN_TWICE`: a column of the mapping is missing, or two columns have its title
 * - `CELL_INVALID`: a row or a cell cannot be read
 *
 * @example
 * const adding = archive.add({ type: 'sale' }, { now: new Date() })
 * await adding.catch((error) => error instanceof VoucherError && error.code) // 'TRADE_INVALID'
 */
export class VoucherError extends XiaopiaoError {
  override readonly name: string = 'VoucherError'
}
