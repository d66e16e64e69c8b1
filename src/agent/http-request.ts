/** A request by HTTP or HTTPS with the certificates of a private network, for which the built-in `fetch` has no option. */

import http from 'node:http'
import https from 'node:https'
import { messageOf } from '../model/realms.js'
import { AgentError } from './errors.js'

/** Certificates in PEM. */
export interface TlsOptions {
  /** Certificate authorities for the hub's certificate, in place of the well-known ones. */
  readonly ca?: string
  /** The agent's own certificate, for a proxy that asks for one. */
  readonly cert?: string
  readonly key?: string
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly timeoutMs: number
}

export interface HttpAnswer {
  readonly status: number
  readonly body: Buffer
}

const MOST_BYTES = 64 << 20

/** A pool of connections that are kept open between requests. */
export class HttpLines {
  readonly #tls: TlsOptions
  readonly #plain = new http.Agent({ keepAlive: true })
  readonly #secure: https.Agent

  constructor(tls: TlsOptions = {}) {
    this.#tls = tls
    this.#secure = new https.Agent({ keepAlive: true, ...tls })
  }

  /** @throws AgentError `HUB_UNREACHABLE` if there is no whole answer in time */
  ask(question: HttpQuestion): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const { method, url, headers, body, timeoutMs } = question
      const isSecure = url.protocol === 'https:'
      const options = {
        method,
        headers: { ...headers, 'content-length': String(body.length) },
        // The limit covers the whole exchange, because a half-open connection neither fails nor ends.
        signal: AbortSignal.timeout(timeoutMs),
      }
      const fail = (cause: unknown) => reject(unreachable(url, cause))
      const request = isSecure
        ? https.request(url, { ...options, ...this.#tls, agent: this.#secure })
        : http.request(url, { ...options, agent: this.#plain })
      request.on('error', fail)
      request.on('response', (response) => {
        const parts: Buffer[] = []
        let size = 0
        response.on('error', fail)
        response.on('aborted', () => fail(new Error('the answer ended in the middle')))
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > MOST_BYTES) request.destroy(new Error('the answer is too long'))
          else parts.push(part)
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }),
        )
      })
      request.end(body)
    })
  }

  close(): void {
    this.#plain.destroy()
    this.#secure.destroy()
  }
}

function unreachable(url: URL, cause: unknown): AgentError {
  return new AgentError(`the hub at ${url.origin} gives no answer (${messageOf(cause)})`, {
    code: 'HUB_UNREACHABLE',
    hint: 'check the line, the address and the certificate; slips of the store are printed meanwhile',
    cause,
  })
}
