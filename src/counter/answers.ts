/** How handlers read bodies and how errors become answers. */

import type { Context } from 'hono'
import { XiaopiaoError } from '../model/errors.js'
import { PrintError } from '../printer/errors.js'
import { VoucherError } from '../vouchers/errors.js'

export type Body = Readonly<Record<string, unknown>>

/** @throws VoucherError `BODY_INVALID` */
export async function readBody(context: Context): Promise<Body> {
  const body: unknown = await context.req.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body
  throw new VoucherError('the body is no JSON object', { code: 'BODY_INVALID', path: 'body' })
}

/** @throws VoucherError `BODY_INVALID` unless it is a text */
export function textOf(body: Body, name: string): string {
  const text = body[name]
  if (typeof text === 'string') return text
  throw new VoucherError(`${name} must be a text`, { code: 'BODY_INVALID', path: name })
}

/** Drops fields whose text is empty, which count as left out. */
export function filled(fields: Body): Body {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

const SIGN_IN = new Set(['SIGN_IN_NEEDED', 'SIGN_IN_ENDED'])
const FORBIDDEN = new Set(['PIN_WRONG', 'OPERATOR_LOCKED', 'OPERATOR_NEEDED', 'MANAGER_NEEDED'])

/** Makes the JSON of an error for the page. The message of an unexpected error is not shown. */
export function errorBody(error: unknown): object {
  if (!(error instanceof XiaopiaoError)) {
    return { code: 'INTERNAL', message: 'the counter failed; its program has the details' }
  }
  const { code, path, message, hint } = error
  return {
    code,
    path,
    message,
    hint,
    ...(error instanceof PrintError ? { reason: error.reason } : {}),
  }
}

export function statusOf(error: unknown): 401 | 403 | 404 | 409 | 422 | 500 | 503 {
  if (!(error instanceof XiaopiaoError)) return 500
  const { code } = error
  if (SIGN_IN.has(code)) return 401
  if (FORBIDDEN.has(code) || code === 'PIN_FIRST' || code === 'TOKEN_INVALID') return 403
  if (code === 'VOUCHER_UNKNOWN') return 404
  if (code.startsWith('STORE_')) return 503
  return error instanceof VoucherError ? 422 : 409
}
