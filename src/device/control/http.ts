/** The part of HTTP that the control server needs: bodies with a limit, answers, and the check of who may ask. */

import type { IncomingMessage, ServerResponse } from 'node:http'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** The error for a request that is not carried out. Its message is sent to the client. */
export class Refused extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

const MAX_BODY = 65_536

export function json(value: unknown): Answer {
  return { status: 200, type: 'application/json', body: `${JSON.stringify(value)}\n` }
}

export function refusal({ status, message, headers }: Refused): Answer {
  return {
    status,
    type: 'application/json',
    body: `${JSON.stringify({ error: message })}\n`,
    headers,
  }
}

export function send(response: ServerResponse, answer: Answer): void {
  const { status, type, body, headers } = answer
  response.writeHead(status, {
    'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'content-length': Buffer.byteLength(body),
    ...commonHeaders,
    ...headers,
  })
  response.end(body)
}

export const commonHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const

/**
 * Lets in only requests that name the server by an address of this machine, because a web page elsewhere could have its own
 * name resolve to this machine, or post to it from another site.
 *
 * @throws Refused 403
 */
export function checkOrigin(request: IncomingMessage, port: number): void {
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`)
  const { host = '', origin } = request.headers
  if (!hosts.includes(host.toLowerCase())) {
    throw new Refused(403, `host ${host} is not ${hosts.join(', ')}`)
  }
  if (origin !== undefined && !hosts.some((one) => origin.toLowerCase() === `http://${one}`)) {
    throw new Refused(403, `origin ${origin} is another site`)
  }
}

/** Reads a body as text. @throws Refused 413 for more than 64 KB, 400 if it is not UTF-8 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Uint8Array>) {
    size += piece.length
    if (size > MAX_BODY) {
      throw new Refused(413, `a body has at most ${MAX_BODY} bytes`, { connection: 'close' })
    }
    pieces.push(piece)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
  } catch {
    throw new Refused(400, 'the body is not UTF-8')
  }
}
