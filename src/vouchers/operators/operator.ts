/** The people at the counter: who they are, what each may do, and everything that a store can be asked about them. */

import type { AtTime, ByPerson } from '../person.js'
import type { OperatorRole, SignedIn } from './signed-in.js'

/** Acts that only a manager may do once a store has operators. */
export const MANAGER_ACTS = [
  'refund',
  'reprint',
  'export',
  'import',
  'settings',
  'operators',
  'retention',
] as const
export type ManagerAct = (typeof MANAGER_ACTS)[number]

export interface Operator {
  /** Letters and digits, 1 to 20, as trades have it. */
  readonly no: string
  readonly name: string
  readonly role: OperatorRole
  /** The PIN was given by somebody else and must be changed first. */
  readonly isFirstPin: boolean
  /** Too many wrong PINs: a manager must give a new one. */
  readonly isLocked: boolean
  /** The operator was removed, so this number can no longer sign in. */
  readonly isRemoved: boolean
}

export interface NewOperator {
  readonly no: string
  readonly name: string
  readonly role: OperatorRole
  /** 4 to 12 digits. */
  readonly pin: string
}

/** A record of the audit log. */
export interface OperatorRecord {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly action:
    | 'add'
    | 'attempt'
    | 'sign-in'
    | 'change-pin'
    | 'reset-pin'
    | 'recover-pin'
    | 'change'
    | 'remove'
    | 'act'
  /** Number of the operator whom the record is about. */
  readonly no: string
  /** The person who did it, if it was not the operator. */
  readonly by?: string
  readonly why?: string
  readonly name?: string
  readonly role?: OperatorRole
  /** Wrong PINs in a row, including this attempt, which was counted before its PIN was checked. */
  readonly failures?: number
  readonly act?: ManagerAct
  /** Of an act: what it was done with, such as the id of a voucher. */
  readonly what?: string
}

/**
 * The operators of a store. A store without operators checks no one. The first operator is a manager and can be added by
 * everybody who has the store and its key file; from then on only managers can add, change and remove operators.
 */
export interface Operators {
  list(): Promise<readonly Operator[]>
  /**
   * Adds an operator. Unless he is the first, he must change the PIN after his first sign-in.
   * @throws VoucherError `OPERATOR_INVALID`, `PIN_INVALID`, `OPERATOR_EXISTS`, and those of `authorize`
   */
  add(operator: NewOperator, options: ByPerson): Promise<Operator>
  /**
   * Checks a PIN. The attempt is on the disk before the PIN is checked, so that neither a crash nor several programs at once allow more
   * attempts than the setting `pinAttempts`.
   * @throws VoucherError `PIN_WRONG`, `OPERATOR_LOCKED`
   */
  signIn(no: string, pin: string, options: AtTime): Promise<SignedIn>
  /**
   * Changes a PIN by the old one, whose check counts as an attempt.
   * @throws VoucherError `PIN_WRONG`, `OPERATOR_LOCKED`, `PIN_INVALID`
   */
  changePin(no: string, pins: PinChange, options: AtTime): Promise<SignedIn>
  /**
   * Gives another operator a first PIN and unlocks him.
   * @throws VoucherError `OPERATOR_UNKNOWN`, `PIN_INVALID`, and those of `authorize`
   */
  resetPin(no: string, pin: string, options: ByPerson): Promise<void>
  /**
   * Sets a PIN for the case that no manager knows his own. It asks for no PIN, because a PIN does not protect against somebody who has the
   * store and its key file. The chain keeps who did it and why.
   * @throws VoucherError `OPERATOR_UNKNOWN`, `PIN_INVALID`
   */
  recoverPin(no: string, pin: string, options: ByPerson & { readonly why: string }): Promise<void>
  /**
   * Changes the name or the role of an operator.
   * @throws VoucherError `OPERATOR_UNKNOWN`, `OPERATOR_INVALID`, `LAST_MANAGER`, and those of `authorize`
   */
  change(no: string, change: OperatorChange, options: ByPerson): Promise<Operator>
  /**
   * Removes an operator, whose number is not given to another one.
   * @throws VoucherError `OPERATOR_UNKNOWN`, `LAST_MANAGER`, and those of `authorize`
   */
  remove(no: string, options: ByPerson): Promise<void>
  /**
   * Passes if the store has no operators, or if `by` is a manager who has signed in, whose act is then recorded. A refund
   * and a change of settings include this check.
   * @throws VoucherError `OPERATOR_NEEDED`, `MANAGER_NEEDED`, `PIN_FIRST`, `SIGN_IN_ENDED`
   */
  authorize(act: ManagerAct, options: ByPerson & { readonly what?: string }): Promise<void>
  /** The audit log, the newest record first. */
  log(limit?: number): Promise<readonly OperatorRecord[]>
}

export interface PinChange {
  readonly old: string
  readonly next: string
}

export interface OperatorChange {
  readonly name?: string
  readonly role?: OperatorRole
}
