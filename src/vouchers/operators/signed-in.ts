/** Proof that somebody has signed in. Only `signIn` and `changePin` make it, and only the archive that has made it accepts it. */

export const OPERATOR_ROLES = ['cashier', 'manager'] as const
export type OperatorRole = (typeof OPERATOR_ROLES)[number]

/** Give it as `by`. It ends when the operator's PIN is set, also by the operator, or when the operator is removed. */
export interface SignedIn {
  readonly no: string
  readonly name: string
  readonly role: OperatorRole
  /** The PIN was given by somebody else: until it is changed, the operator may do nothing that needs a manager. */
  readonly isFirstPin: boolean
}
