/** Checks the fields of an operator who is to be added or changed. */

import * as z from 'zod/mini'
import { readNote } from '../person.js'
import { terminalSchema } from '../trade.js'
import type { NewOperator } from './operator.js'
import { invalidOperator } from './operator-errors.js'
import { checkNewPin } from './pin.js'
import { OPERATOR_ROLES, type OperatorRole } from './signed-in.js'

const nameSchema = z.string().check(z.minLength(1), z.maxLength(40))

/**
 * Checks all fields of a new operator.
 * @throws VoucherError `OPERATOR_INVALID`, `PIN_INVALID`
 */
export function checkNewOperator({ no, name, role, pin }: NewOperator): NewOperator {
  if (!terminalSchema.safeParse(no).success) {
    throw invalidOperator('no', 'letters and digits, 1 to 20')
  }
  checkNewPin(no, pin)
  return { no, name: readName(name), role: readRole(role), pin }
}

export function readName(name: unknown): string {
  if (!nameSchema.safeParse(name).success) {
    throw invalidOperator('name', 'a text of 1 to 40 characters')
  }
  return readNote(name, 'name')
}

export function readRole(role: unknown): OperatorRole {
  const known = OPERATOR_ROLES.find((one) => one === role)
  if (known === undefined) throw invalidOperator('role', 'cashier or manager')
  return known
}
