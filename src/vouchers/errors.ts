/** The error class of the voucher room, and the codes that callers act upon. */

import { XiaopiaoError } from '../model/errors.js'

/**
 * The error with which stores and their functions refuse; `code` says why. A message never quotes a value, because any value may hold a
 * card number.
 *
 * - `TRADE_INVALID`, `SETTING_INVALID`, `QUERY_INVALID`: a field has the wrong name, type or range
 * - `SECRET_REFUSED`: track data, a PIN, a security code or an EMV tag that holds the card number was given
 * - `PAN_IN_SEARCH`: a whole card number was given to a search
 * - `TRADE_REFUSED`: the trade contradicts its original or the rules of its type
 * - `ORIGINAL_UNKNOWN`: the original is not in the store
 * - `KEY_CONFLICT`, `NUMBER_TAKEN`: the key or the number belongs to another trade
 * - `BATCH_UNKNOWN`, `BATCH_SETTLED`, `TERMINAL_UNKNOWN`, `TERMINAL_USED`, `SEAL_INVALID`: a batch, terminal or seal is not the one that is meant
 * - `NO_SLIP`, `SLIP_NOT_KEPT`: such a trade has no slip, or its slip is not kept
 * - `VOUCHER_UNKNOWN`, `VOUCHER_AMBIGUOUS`: no voucher has the number, or several have it
 * - `PIN_WRONG`, `PIN_INVALID`, `PIN_FIRST`, `OPERATOR_LOCKED`, `SIGN_IN_ENDED`: an operator cannot sign in, or is no longer signed in;
 *   `OPERATOR_NEEDED`, `MANAGER_NEEDED`, `OPERATOR_OTHER`: the act needs another operator; `OPERATOR_INVALID`, `OPERATOR_EXISTS`,
 *   `OPERATOR_UNKNOWN`, `LAST_MANAGER`
 * - `STORE_MISSING`, `STORE_LOCKED`, `STORE_NEWER`, `STORE_FULL`, `STORE_DAMAGED`, `STORE_UNREACHABLE`, `STORE_KEY`: the store cannot be used
 * - `RECORD_CHANGED`, `RECORD_MISSING`: a record that is pushed is not as it was recorded; `COPY_DIFFERS`, `COPY_AHEAD`: the copy of the shop
 *   has another record, or more of them; `STORE_READ_ONLY`: the copy of a shop is written by its pushes alone
 * - `BACKUP_MISSING`, `BACKUP_UNKNOWN`, `BACKUP_NEWER`, `BACKUP_CUT`, `BACKUP_DAMAGED`, `BACKUP_FAULTY`, `BACKUP_OTHER`, `BACKUP_PASSWORD`: a
 *   backup cannot be used; `BACKUP_EXISTS`, `BACKUP_UNWRITTEN`: none was made; `MONTH_OPEN`: the month is not over; `DAY_RETAINED`,
 *   `VOUCHER_RETAINED`: vouchers of the day, or this one, were removed; `STORE_FAULTY`: the store is not as it was recorded
 * - `STORE_ADDRESS`: the address of a store in PostgreSQL cannot be read; `STORE_NOT_DURABLE`: its server may forget what it acknowledged
 *
 * @example
 * const adding = archive.add({ type: 'sale' }, { now: new Date() })
 * await adding.catch((error) => error instanceof VoucherError && error.code) // 'TRADE_INVALID'
 */
export class VoucherError extends XiaopiaoError {
  override readonly name: string = 'VoucherError'
}
