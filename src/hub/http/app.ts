/** The hub's API over HTTP: it finds the caller, checks shapes and limits, and turns errors into answers. */

import type { IncomingMessage } from 'node:http'
import type { Context, Hono } from 'hono'
import { HubError } from '../../hub-api/errors.js'
import { type ApiRoute, ROUTES, type RouteName } from '../../hub-api/routes.js'
import { isOutage } from '../db/outage.js'
import { need } from '../need.js'
import type { Caller } from '../parts.js'
import type { Call, Handlers, Reply } from './call.js'
import type { Callers } from './callers.js'
import { readShaped } from './issues.js'
import { openApi } from './openapi.js'
import type { RateLimit } from './rate-limit.js'
import { readBody } from './read-body.js'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface AppParts {
  readonly handlers: Handlers
  readonly callers: Callers
  /** Rate limit of API keys and agents, per sender. */
  readonly limit: RateLimit
  /** Rate limit of enrolments, whose callers are not known yet, per address. */
  readonly strangers: RateLimit
  /** Origins of web pages that may use the API. */
  readonly origins: readonly string[]
  readonly version: string
  /** Called with each answer. */
  onAnswer(answer: Answered): void
}

export interface Answered {
  readonly route: RouteName
  readonly status: number
  readonly ms: number
  /** The original error, if it was not a `HubError`. */
  readonly error?: unknown
}

export async function hubApp(parts: AppParts): Promise<Hono> {
  const { Hono } = await need<typeof import('hono')>('hono')
  const app = new Hono()
  if (parts.origins.length > 0) {
    const { cors } = await need<typeof import('hono/cors')>('hono/cors')
    app.use('/v1/*', cors({ origin: [...parts.origins], maxAge: 600 }))
  }
  for (const [name, route] of Object.entries(ROUTES) as [RouteName, ApiRoute][]) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1')
    app.on(route.method.toUpperCase(), path, (context) => answer(parts, { name, route }, context))
  }
  const page = openApi(parts.version)
  app.get('/v1/openapi.json', (context) => context.json(page))
  app.notFound((context) =>
    context.json({ error: { code: 'NOT_FOUND', message: 'the hub has no such path' } }, 404),
  )
  return app
}

interface Asked {
  readonly name: RouteName
  readonly route: ApiRoute
}

async function answer(parts: AppParts, asked: Asked, context: Context): Promise<Response> {
  const from = performance.now()
  const done = (response: Response, error?: unknown) => {
    const ms = performance.now() - from
    parts.onAnswer({ route: asked.name, status: response.status, ms, error })
    return response
  }
  try {
    return done(responseOf(context, await carryOut(parts, asked, context)))
  } catch (error) {
    const known = error instanceof HubError ? error : outage(error)
    return done(errorResponse(context, known), known === error ? undefined : error)
  }
}

async function carryOut(parts: AppParts, asked: Asked, context: Context): Promise<Reply> {
  const { name, route } = asked
  const params = context.req.param() as Readonly<Record<string, string>>
  const body = route.body === undefined ? new Uint8Array() : await readBody(incomingOf(context))
  const caller = await whoAsks(parts, route, { context, body })
  const limit = caller.sender.startsWith('@') ? parts.strangers : parts.limit
  const waitMs = route.path.startsWith('/v1/') ? limit.waitMs(caller.sender, Date.now()) : 0
  if (waitMs > 0) throw tooMany(waitMs)
  checkParams(params)
  const call = {
    ...{ tenant: caller.tenant, agent: caller.agent, params },
    body: route.body === undefined ? undefined : readShaped(route.body, jsonOf(body)),
    query: route.query === undefined ? undefined : readShaped(route.query, context.req.query()),
    host: new URL(context.req.url).hostname.replace(/^\[|\]$/g, ''),
  }
  // The cast is needed because TypeScript does not see that the shapes and the handler are those of the same route.
  const handle = parts.handlers[name] as (call: Call<RouteName>) => Promise<Reply>
  return handle(call as Call<RouteName>)
}

async function whoAsks(
  { callers }: AppParts,
  route: ApiRoute,
  { context, body }: { readonly context: Context; readonly body: Uint8Array },
): Promise<Caller> {
  const header = context.req.header('authorization')
  if (route.who === 'open') return { tenant: '', agent: '', sender: `@${addressOf(context)}` }
  if (route.who !== 'agent') return callers.byKey(header, route.who)
  const { pathname, search } = new URL(context.req.url)
  const { method } = context.req
  return callers.bySignature(header, { method, path: `${pathname}${search}`, body })
}

/** The address of the connection. Behind a proxy it is the proxy's, so that all strangers share one limit. */
function addressOf(context: Context): string {
  return incomingOf(context).socket.remoteAddress ?? ''
}

/** Returns Node's own request, which the server hands to hono. */
function incomingOf(context: Context): IncomingMessage {
  return (context.env as { readonly incoming: IncomingMessage }).incoming
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new HubError('BODY_INVALID', 'the body is not JSON in UTF-8')
  }
}

/** Checks the form of the parameters. A malformed id is answered like an unknown one. */
function checkParams(params: Readonly<Record<string, string>>): void {
  const { id, hash, version } = params
  const isGood =
    (id === undefined || UUID.test(id)) &&
    (hash === undefined || /^[0-9a-f]{64}$/.test(hash)) &&
    (version === undefined || /^[1-9]\d{0,6}$/.test(version))
  if (!isGood) throw new HubError('NOT_FOUND', 'nothing has this id')
}

function responseOf(context: Context, reply: Reply): Response {
  if ('bytes' in reply) {
    return context.body(new Uint8Array(reply.bytes), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
    })
  }
  return 'json' in reply ? context.json(reply.json, reply.status) : context.body(null, 204)
}

function errorResponse(context: Context, error: HubError): Response {
  const { code, message, path, hint, status } = error
  const nowMs = code === 'TIME_OFF' ? { nowMs: Date.now() } : {}
  const body = { code, message, ...(path ? { path } : {}), ...(hint ? { hint } : {}), ...nowMs }
  if (error instanceof TooMany) context.header('retry-after', String(error.seconds))
  return context.json({ error: body }, status as 400)
}

/** The answer to an unexpected error: the database is away, or the hub has a fault. It shows nothing of the error. */
function outage(error: unknown): HubError {
  return isOutage(error)
    ? new HubError('UNAVAILABLE', 'the database cannot be reached', {
        hint: 'try again with the same key',
      })
    : new HubError('INTERNAL', 'the hub has a fault', { hint: 'its log says more' })
}

class TooMany extends HubError {
  readonly seconds: number

  constructor(waitMs: number) {
    super('RATE_LIMITED', 'too many requests', { hint: 'wait as long as retry-after says' })
    this.seconds = Math.ceil(waitMs / 1000)
  }
}

function tooMany(waitMs: number): HubError {
  return new TooMany(waitMs)
}
