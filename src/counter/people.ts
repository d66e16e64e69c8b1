/** The operator who sends a request, and the manager who approves it. */

import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { VoucherError } from '../vouchers/errors.js'
import type { SignedIn } from '../vouchers/operators/signed-in.js'
import type { Person } from '../vouchers/person.js'
import type { Body } from './answers.js'
import type { Desk } from './counter-options.js'
import { isToken, type Session, type Sessions } from './sessions.js'

const COOKIE = 'xiaopiao-counter'

/** Finds the session of a request, unless its operator has been removed or has a new PIN. */
export async function sessionOf(
  context: Context,
  { archive, clock }: Desk,
  sessions: Sessions,
): Promise<Session | undefined> {
  const session = sessions.find(getCookie(context, COOKIE), clock())
  if (session === undefined) return undefined
  const { no, isFirstPin } = session.operator
  const now = (await archive.operators.list()).find((one) => one.no === no)
  // If somebody else has set the PIN, it is a first PIN again, so that the session ends.
  if (now !== undefined && !now.isRemoved && now.isFirstPin === isFirstPin) return session
  sessions.end(session.id)
  return undefined
}

/** @throws VoucherError `SIGN_IN_NEEDED`, `TOKEN_INVALID`, `PIN_FIRST` */
export async function neededSession(
  context: Context,
  desk: Desk,
  sessions: Sessions,
): Promise<Session> {
  const session = await sessionOf(context, desk, sessions)
  if (session === undefined) {
    throw new VoucherError('nobody is signed in', { code: 'SIGN_IN_NEEDED', path: 'session' })
  }
  if (context.req.method === 'POST' && !isToken(context.req.header('x-counter-token'), session)) {
    throw new VoucherError('the request has no token of this page', {
      code: 'TOKEN_INVALID',
      path: 'x-counter-token',
      hint: 'load the page again',
    })
  }
  const isPinAsked = !['/api/pin', '/api/sign-out'].includes(context.req.path)
  if (session.operator.isFirstPin && isPinAsked) {
    throw new VoucherError('the first PIN must be changed before', {
      code: 'PIN_FIRST',
      path: 'session',
    })
  }
  return session
}

export function giveCookie(context: Context, { id }: Pick<Session, 'id'>): void {
  setCookie(context, COOKIE, id, { httpOnly: true, sameSite: 'Strict', path: '/' })
}

/**
 * Finds the person who approves a request: the manager whose number and PIN were typed for it, or else the operator.
 *
 * @throws VoucherError `PIN_WRONG`, `OPERATOR_LOCKED`
 */
export async function approverOf(
  { archive, clock }: Desk,
  operator: SignedIn,
  { approval }: Body,
): Promise<Person> {
  if (typeof approval !== 'object' || approval === null) return operator
  const { no, pin } = approval as { readonly no: string; readonly pin: string }
  return archive.operators.signIn(no, pin, { now: clock() })
}
