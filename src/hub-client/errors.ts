/** The error of a request to a hub. */

import { XiaopiaoError } from '../model/errors.js'

/**
 * The hub did not do what was asked (`code` is the hub's, such as `KEY_CONFLICT`), or gave no answer that could be read (`HUB_UNREACHABLE`).
 * After `HUB_UNREACHABLE` the hub may still have done it; a slip may be handed in again with the same key.
 *
 * @example
 * const client = hubClient({ url: 'http://127.0.0.1:1', key: 'xpk_0', tries: 1 })
 * await client.stores().catch((error) => error instanceof HubRequestError && error.code) // 'HUB_UNREACHABLE'
 */
export class HubRequestError extends XiaopiaoError {
  override readonly name: string = 'HubRequestError'
  /** HTTP status; undefined if there was no answer. */
  readonly status: number | undefined

  constructor(
    message: string,
    details: {
      readonly code: string
      readonly status?: number | undefined
      readonly path?: string | undefined
      readonly hint?: string | undefined
      readonly cause?: unknown
    },
  ) {
    super(message, details)
    this.status = details.status
  }
}
