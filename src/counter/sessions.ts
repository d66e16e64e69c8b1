/** The sessions of the people who are signed in, one per browser. They are only in memory, so that they end with the program. */

import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { SignedIn } from '../vouchers/operators/signed-in.js'

/** A session without requests for this long ends. */
const IDLE_MS = 15 * 60_000
/** Limit of sessions, because each sign-in leaves the old session behind. */
const MAX_SESSIONS = 100

export interface Session {
  readonly id: string
  /** Must be sent with each change, because a page of another site can make the browser send the cookie but cannot read the token. */
  readonly token: string
  readonly operator: SignedIn
}

export class Sessions {
  readonly #byId = new Map<string, { readonly session: Session; seenAt: number }>()

  begin(operator: SignedIn, now: Date): Session {
    const session = { id: secret(), token: secret(), operator }
    this.#byId.set(session.id, { session, seenAt: now.getTime() })
    const [oldest] = this.#byId.keys()
    if (this.#byId.size > MAX_SESSIONS && oldest !== undefined) this.#byId.delete(oldest)
    return session
  }

  /** Finds the session of a cookie, and restarts its idle time. */
  find(id: string | undefined, now: Date): Session | undefined {
    const found = id === undefined ? undefined : this.#byId.get(id)
    if (found === undefined) return undefined
    if (now.getTime() - found.seenAt > IDLE_MS) {
      this.end(found.session.id)
      return undefined
    }
    found.seenAt = now.getTime()
    return found.session
  }

  end(id: string): void {
    this.#byId.delete(id)
  }

  /** Ends all sessions of an operator, in every browser. */
  endOf(no: string): void {
    for (const [id, { session }] of this.#byId) if (session.operator.no === no) this.end(id)
  }
}

export function isToken(given: string | undefined, { token }: Session): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}
