/** The errors of signing in and of acts that need a manager. */

import { VoucherError } from '../errors.js'
import type { ManagerAct } from './operator.js'

/** An unknown number and a wrong PIN are one error, because the difference would tell which numbers exist. */
export function wrongPin(left: number): VoucherError {
  return new VoucherError('the number or the PIN is wrong', {
    code: 'PIN_WRONG',
    path: 'pin',
    hint: left === 1 ? 'one attempt is left' : 'try again, or have a manager give a new PIN',
  })
}

export function locked(): VoucherError {
  return new VoucherError('this operator is locked after too many wrong PINs', {
    code: 'OPERATOR_LOCKED',
    path: 'no',
    hint: 'a manager gives a new PIN by vouchers operator reset; if no manager can, vouchers operator recover',
  })
}

export function signInNeeded(act: ManagerAct): VoucherError {
  return new VoucherError(`${WORDS[act]} needs a manager who has signed in`, {
    code: 'OPERATOR_NEEDED',
    path: 'by',
    hint: 'this store has operators: give what signIn returns as by (--by with a PIN)',
  })
}

export function managerNeeded(act: ManagerAct): VoucherError {
  return new VoucherError(`${WORDS[act]} needs a manager`, {
    code: 'MANAGER_NEEDED',
    path: 'by',
    hint: 'have a manager sign in for it',
  })
}

export function signInEnded(): VoucherError {
  return new VoucherError('this sign-in has ended', {
    code: 'SIGN_IN_ENDED',
    path: 'by',
    hint: 'sign in again, by the archive that is used',
  })
}

export function firstPin(): VoucherError {
  return new VoucherError('the first PIN must be changed before', {
    code: 'PIN_FIRST',
    path: 'by',
    hint: 'change it by changePin (vouchers operator pin), because whoever gave it knows it',
  })
}

export function otherOperator(path: string): VoucherError {
  return new VoucherError(`${path} names somebody else than who has signed in`, {
    code: 'OPERATOR_OTHER',
    path,
    hint: 'leave it out or give the number of who has signed in; only a manager records for others',
  })
}

export function unknownOperator(): VoucherError {
  return new VoucherError('no operator has this number', {
    code: 'OPERATOR_UNKNOWN',
    path: 'no',
    hint: 'vouchers operator list shows them',
  })
}

export function lastManager(): VoucherError {
  return new VoucherError('this is the last manager', {
    code: 'LAST_MANAGER',
    path: 'no',
    hint: 'make somebody else a manager first',
  })
}

export function operatorExists(): VoucherError {
  return new VoucherError('this number belongs to an operator, or did so before', {
    code: 'OPERATOR_EXISTS',
    path: 'no',
    hint: 'take another number, because old records name this one',
  })
}

export function invalidOperator(path: string, expected: string): VoucherError {
  return new VoucherError(`${path} must be ${expected}`, {
    code: 'OPERATOR_INVALID',
    path,
    hint: 'an operator has no, name, role and pin',
  })
}

const WORDS: Readonly<Record<ManagerAct, string>> = {
  refund: 'a refund, or a trade that somebody approved,',
  reprint: 'a reprint',
  export: 'an export',
  import: 'an import',
  settings: 'a change of settings or terminals',
  operators: 'a change of operators',
  retention: 'retention',
}
