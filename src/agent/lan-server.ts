/**
 * The agent's door on the LAN: `POST /v1/slips` and `GET /v1/slips` as at the hub, for the tills of the store. It is open even while the hub is in
 * reach, because a till that lost the hub's answer cannot tell the difference. The key of the slip decides whether anything is printed.
 */

import { createHash, timingSafeEqual } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { HubError } from '../hub-api/errors.js'
import { slipRequestShape } from '../hub-api/slip-shapes.js'
import { codeOf, messageOf } from '../model/realms.js'
import { AgentError } from './errors.js'
import type { LanOptions } from './lan-options.js'
import { handIn, type LanContext, slipById, slipsOfKey } from './lan-slips.js'

export interface LanServer {
  /** `http://127.0.0.1:8199` */
  readonly url: string
  close(): Promise<void>
}

const MOST_BYTES = 8 << 20
const MOST_HEADERS_MS = 10_000

/** @throws AgentError `LAN_PORT` if the port cannot be used */
export async function openLan(
  options: LanOptions,
  apiKey: string,
  context: LanContext,
): Promise<LanServer> {
  const { port = 0, host = '127.0.0.1', cert, key, origins = [] } = options
  const keyHash = sha256(apiKey)
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    allowOrigin(request, response, origins)
    answer(request, keyHash, context).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => sendError(response, error),
    )
  }
  const limits = { headersTimeout: MOST_HEADERS_MS, requestTimeout: MOST_HEADERS_MS * 3 }
  const isSecure = cert !== undefined && key !== undefined
  const server = isSecure
    ? https.createServer({ ...limits, cert, key }, onRequest)
    : http.createServer(limits, onRequest)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(portError(host, port, cause)))
    server.listen(port, host, resolve)
  })
  const { address, port: bound, family } = server.address() as AddressInfo
  const name = family === 'IPv6' ? `[${address}]` : address
  return {
    url: `${isSecure ? 'https' : 'http'}://${name}:${bound}`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

interface Answer {
  readonly status: number
  readonly body: object | undefined
}

async function answer(
  request: IncomingMessage,
  keyHash: Buffer,
  context: LanContext,
): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://agent')
  const { method } = request
  if (method === 'OPTIONS') return { status: 204, body: undefined }
  if (url.pathname === '/health') return { status: 200, body: {} }
  checkKey(request, keyHash)
  if (method === 'POST' && url.pathname === '/v1/slips') {
    const { isNew, accepted } = await handIn(await readRequest(request), context)
    return { status: isNew ? 201 : 200, body: accepted }
  }
  if (method === 'GET' && url.pathname === '/v1/slips') {
    const slips = await slipsOfKey(url.searchParams.get('key') ?? '', context)
    return { status: 200, body: { slips } }
  }
  const [, id] = /^\/v1\/slips\/([\w-]+)$/.exec(url.pathname) ?? []
  const slip = method === 'GET' && id !== undefined ? await slipById(id, context) : undefined
  if (slip === undefined) throw notFound(url.pathname)
  return { status: 200, body: { slip, events: [], copies: [] } }
}

function checkKey({ headers }: IncomingMessage, keyHash: Buffer): void {
  const [, given = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
  if (timingSafeEqual(sha256(given), keyHash)) return
  throw new HubError('UNAUTHORIZED', 'the key is not that of this agent', {
    hint: 'send Authorization: Bearer KEY; xiaopiao agent lan-key shows it',
  })
}

async function readRequest(request: IncomingMessage) {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) {
      throw new HubError('BODY_TOO_LARGE', `the body is larger than ${MOST_BYTES} bytes`)
    }
    parts.push(part)
  }
  const checked = slipRequestShape.safeParse(parsed(Buffer.concat(parts)))
  if (!checked.success) {
    const [issue] = checked.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new HubError('BODY_INVALID', `the slip is not as it must be: ${issue?.message}`, { path })
  }
  const { printer, role, payload, template } = checked.data
  if ((printer === undefined) === (role === undefined)) {
    throw new HubError('BODY_INVALID', 'a slip needs a printer or a role, and not both')
  }
  if ((payload === undefined) === (template === undefined)) {
    throw new HubError('BODY_INVALID', 'a slip needs a payload or a template, and not both')
  }
  return checked.data
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new HubError('BODY_INVALID', 'the body is not JSON', { cause })
  }
}

function allowOrigin(
  { headers }: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): void {
  const { origin } = headers
  if (origin === undefined || !origins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-headers', 'authorization, content-type')
  response.setHeader('vary', 'origin')
}

function send(response: ServerResponse, status: number, body: object | undefined): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'keep-alive' })
  response.end(body === undefined ? '' : JSON.stringify(body))
}

function sendError(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof HubError
      ? error
      : new HubError('UNAVAILABLE', `the slip was not taken: ${messageOf(error)}`, {
          hint: 'the same request may be sent again',
        })
  const { code, message, path, hint } = known
  const details = {
    ...(path === undefined ? {} : { path }),
    ...(hint === undefined ? {} : { hint }),
  }
  send(response, known.status, { error: { code, message, ...details } })
}

function notFound(path: string): HubError {
  return new HubError('NOT_FOUND', `an agent has no ${path}`, {
    hint: 'it has POST /v1/slips, GET /v1/slips?key= and GET /v1/slips/ID',
  })
}

function portError(host: string, port: number, cause: unknown): AgentError {
  return new AgentError(`the door at ${host}:${port} cannot be opened (${messageOf(cause)})`, {
    code: 'LAN_PORT',
    hint:
      codeOf(cause) === 'EADDRINUSE'
        ? 'another program has the port: choose another one'
        : 'check the address and the rights of this user',
    cause,
  })
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
