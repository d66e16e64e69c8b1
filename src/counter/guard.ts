/**
 * Checks that every request must pass before a handler reads it. The counter listens only on this machine, but any page that is open in one of its
 * browsers can send requests to it, by a host name that resolves to 127.0.0.1 or by a form. So Host and Origin must be the counter's own.
 */

import type { Context, MiddlewareHandler } from 'hono'

export const MAX_BODY_BYTES = 16 * 1024

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** Makes the guard. @param hosts the host names with port to which the counter answers, which are filled in once it listens */
export function guard(hosts: ReadonlySet<string>): MiddlewareHandler {
  return async (context, next) => {
    const wrong = faultOf(context, hosts)
    if (wrong === undefined) await next()
    else context.res = context.json({ error: { code: 'REFUSED', message: wrong[1] } }, wrong[0])
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value)
  }
}

type Fault = readonly [status: 400 | 403 | 405 | 415, message: string]

/** Whether the path is the one that was sent. It differs if the server has resolved `..` in it. */
function isPlainPath({ req, env }: Context): boolean {
  const { pathname, search } = new URL(req.url)
  const sent: string | undefined = env?.incoming?.url
  return sent === undefined || sent === `${pathname}${search}`
}

function faultOf(context: Context, hosts: ReadonlySet<string>): Fault | undefined {
  const { req } = context
  const host = req.header('host') ?? ''
  if (!hosts.has(host)) return [403, 'the counter answers to its own address alone']
  if (!isPlainPath(context)) return [400, 'the path must be written plainly']
  if (req.method !== 'GET' && req.method !== 'POST') return [405, 'only GET and POST are known']
  const origin = req.header('origin')
  const isOwn = origin === `http://${host}`
  if (origin !== undefined && !isOwn) return [403, 'another page may not ask the counter']
  const site = req.header('sec-fetch-site') ?? 'same-origin'
  if (site !== 'same-origin' && site !== 'none')
    return [403, 'another site may not ask the counter']
  if (req.method === 'GET') return undefined
  if (!isOwn) return [403, 'a change must come from the page of the counter']
  if (!/^application\/json(?:;|$)/.test(req.header('content-type') ?? '')) {
    return [415, 'a change must be JSON']
  }
  return undefined
}
