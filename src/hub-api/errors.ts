/** The error with which the hub refuses a request: a code, its HTTP status, and a hint. */

import { XiaopiaoError } from '../model/errors.js'

/** The HTTP status of the answer for each code. */
export const HUB_STATUS = {
  BODY_INVALID: 400,
  UNAUTHORIZED: 401,
  /** The sender's clock is wrong. It has to sign by the hub's time, which is `nowMs` in the answer. */
  TIME_OFF: 401,
  NONCE_USED: 401,
  CODE_INVALID: 401,
  SCOPE_MISSING: 403,
  /** Also the answer if the thing belongs to another tenant. */
  NOT_FOUND: 404,
  KEY_CONFLICT: 409,
  NAME_TAKEN: 409,
  SLIP_WAITS: 409,
  SLIP_OFFERED: 409,
  SLIP_TAKEN: 409,
  SLIP_ENDED: 409,
  SLIP_CLOSED: 409,
  OWNER_OFFLINE: 409,
  BODY_TOO_LARGE: 413,
  PRINTER_UNKNOWN: 422,
  ROLE_UNKNOWN: 422,
  TEMPLATE_UNKNOWN: 422,
  TEMPLATE_INVALID: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const
export type HubCode = keyof typeof HUB_STATUS

export interface HubErrorDetails {
  readonly path?: string | undefined
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/**
 * The error of a request that the hub, or an agent on the LAN, does not carry out.
 */
export class HubError extends XiaopiaoError {
  override readonly name: string = 'HubError'
  /** HTTP status of the answer. */
  readonly status: number

  constructor(code: HubCode, message: string, details: HubErrorDetails = {}) {
    super(message, { code, ...details })
    this.status = HUB_STATUS[code]
  }
}
