/** Requests by `fetch`, with the key, a time limit, and retries if repeating the request has no second effect. */

import { messageOf } from '../model/realms.js'
import { HubRequestError } from './errors.js'

/** The place at which slips are handed in: a hub, or the agent of a store. */
export interface HubPlace {
  /** `https://hub.example` */
  readonly url: string
  /** The API key. */
  readonly key: string
}

export interface Limits {
  /** Time limit of each try. */
  readonly timeoutMs: number
  readonly tries: number
  /** Wait before the second try; it doubles with each further try. */
  readonly retryMs: number
  readonly fetch: typeof fetch
}

export interface HubRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: object | undefined
  readonly body?: object | undefined
  /** Whether sending it twice has the same effect as sending it once, so that it may be retried. Default false. */
  readonly isRepeatable?: boolean
  readonly signal?: AbortSignal | undefined
}

export interface HubAnswer<T> {
  readonly status: number
  readonly body: T
}

const SCHEME = 'Bearer'
const RATE_LIMITED = 429
const SERVER_ERROR = 500
const LONGEST_WAIT_MS = 10_000

/** Sends a request, and retries it if that is safe. @throws HubRequestError */
export async function askHub<T>(
  place: HubPlace,
  request: HubRequest,
  limits: Limits,
): Promise<HubAnswer<T>> {
  let waitMs = limits.retryMs
  for (let tries = 1; ; tries++) {
    try {
      return await askOnce<T>(place, request, limits)
    } catch (error) {
      const isLast = tries >= limits.tries || request.signal?.aborted === true
      if (isLast || !mayRepeat(error, request)) throw error
      await pause(waitMs * (0.5 + Math.random() / 2), request.signal)
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    }
  }
}

/** Whether to retry. A request that the rate limit refused was not carried out, so that it may be sent again even if it is not repeatable. */
function mayRepeat(error: unknown, { isRepeatable = false }: HubRequest): boolean {
  if (!(error instanceof HubRequestError)) return false
  const { status = SERVER_ERROR } = error
  return status === RATE_LIMITED || (isRepeatable && status >= SERVER_ERROR)
}

async function askOnce<T>(
  { url, key }: HubPlace,
  { method, path, query = {}, body, signal }: HubRequest,
  { timeoutMs, fetch }: Limits,
): Promise<HubAnswer<T>> {
  const address = new URL(path, url)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) address.searchParams.set(name, String(value))
  }
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await fetch(address, {
      method,
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      headers: {
        authorization: `${SCHEME} ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw refusal(answer.status, text, address)
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
  } catch (cause) {
    if (cause instanceof HubRequestError) throw cause
    throw unreachable(address, cause)
  }
}

/** Makes an error from the hub's answer, or from that of a proxy in front of the hub, which has only a status. */
function refusal(status: number, text: string, { origin, pathname }: URL): HubRequestError {
  const error = errorIn(text)
  if (error === undefined) {
    return new HubRequestError(`${origin} answers ${pathname} with status ${status}`, {
      code: status >= SERVER_ERROR ? 'HUB_UNREACHABLE' : 'HUB_ANSWER',
      status,
      hint: 'check that the address is that of a hub, and what stands before it',
    })
  }
  const { code, message, path, hint } = error
  return new HubRequestError(message, { code, status, path, hint })
}

interface ErrorInBody {
  readonly code: string
  readonly message: string
  readonly path?: string
  readonly hint?: string
}

function errorIn(text: string): ErrorInBody | undefined {
  try {
    const { error } = JSON.parse(text) as { readonly error?: ErrorInBody }
    return typeof error?.code === 'string' ? error : undefined
  } catch {
    return undefined
  }
}

function unreachable({ origin }: URL, cause: unknown): HubRequestError {
  return new HubRequestError(`${origin} gives no answer (${messageOf(cause)})`, {
    code: 'HUB_UNREACHABLE',
    hint: 'it may have been done: hand a slip in again with the same key, and it prints once',
    cause,
  })
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}
