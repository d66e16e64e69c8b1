/** The agent's side of the hub's API: each request is signed, and the shape of each answer is checked. */

import * as z from 'zod/mini'
import {
  type AgentEvent,
  type Enrolled,
  type EnrolRequest,
  enrolledShape,
  eventsAckShape,
  type Hello,
  type HelloRequest,
  helloShape,
  type Taken,
  takenShape,
} from '../hub-api/agent-shapes.js'
import { errorShape } from '../hub-api/manage-shapes.js'
import { authorizationOf, type Signer } from '../hub-api/signing.js'
import { messageOf } from '../model/realms.js'
import { AgentError } from './errors.js'
import { type HttpAnswer, HttpLines, type TlsOptions } from './http-request.js'

export interface HubLinkOptions {
  readonly hub: string
  readonly tls?: TlsOptions | undefined
  readonly timeoutMs: number
}

/** Refusals after which the request is signed again and retried: a wrong clock, and a request that was duplicated on the way. */
const SIGN_AGAIN: ReadonlySet<string> = new Set(['TIME_OFF', 'NONCE_USED'])
const TRIES = 3

/** The error of a request that the hub has refused. */
export class HubRefusal extends AgentError {
  override readonly name: string = 'HubRefusal'
  /** HTTP status of the answer. */
  readonly status: number

  constructor(code: string, message: string, status: number, hint?: string) {
    super(message, { code, hint })
    this.status = status
  }
}

export class HubLink {
  readonly #options: HubLinkOptions
  readonly #signer: Signer | undefined
  readonly #lines: HttpLines
  /** The hub's clock minus this machine's, because the clocks of tills are often wrong. */
  #offsetMs = 0

  /** @param signer undefined for an agent that is about to be enrolled */
  constructor(options: HubLinkOptions, signer?: Signer) {
    this.#options = options
    this.#signer = signer
    this.#lines = new HttpLines(options.tls)
  }

  /** The hub's time, as far as the agent knows it. */
  get nowMs(): number {
    return Date.now() + this.#offsetMs
  }

  async enrol(request: EnrolRequest): Promise<Enrolled> {
    return this.#post('/v1/agent/enrol', request, enrolledShape)
  }

  async hello(request: HelloRequest): Promise<Hello> {
    const hello = await this.#post('/v1/agent/hello', request, helloShape)
    this.#offsetMs = hello.nowMs - Date.now()
    return hello
  }

  /** Takes the next slip of a printer; undefined if none waits. */
  async take(printer: string): Promise<Taken | undefined> {
    const path = '/v1/agent/take'
    const taken = await this.#post(path, { printer }, z.optional(takenShape))
    // A proxy that duplicates answers may deliver one that belongs to another request.
    if (taken !== undefined && taken.printer !== printer) {
      throw notAHub(this.#options.hub, path, new Error('the slip is another printer’s'))
    }
    return taken
  }

  async payload(hash: string): Promise<Uint8Array> {
    const { body } = await this.#ask('GET', `/v1/payload/${hash}`, new Uint8Array())
    return new Uint8Array(body)
  }

  /** Sends reports, and returns the number up to which the hub has all of them. */
  async tell(events: readonly AgentEvent[]): Promise<number> {
    return (await this.#post('/v1/agent/events', { events }, eventsAckShape)).ackSeq
  }

  close(): void {
    this.#lines.close()
  }

  async #post<T extends z.ZodMiniType>(path: string, value: object, shape: T): Promise<z.infer<T>> {
    const { status, body } = await this.#ask('POST', path, Buffer.from(JSON.stringify(value)))
    if (status === 204) return z.parse(shape, undefined)
    const answer = z.safeParse(shape, parsed(body))
    if (answer.success) return answer.data
    throw notAHub(this.#options.hub, path, answer.error)
  }

  async #ask(method: 'GET' | 'POST', path: string, body: Uint8Array): Promise<HttpAnswer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#askOnce(method, path, body)
      if (answer.status < 400) return answer
      const refusal = this.#refusalOf(answer, path)
      if (!SIGN_AGAIN.has(refusal.code) || tries === TRIES) throw refusal
    }
  }

  #askOnce(method: 'GET' | 'POST', path: string, body: Uint8Array): Promise<HttpAnswer> {
    const url = new URL(path, this.#options.hub)
    const signed = { method, path: `${url.pathname}${url.search}`, body }
    const headers = {
      ...(body.length > 0 ? { 'content-type': 'application/json' } : {}),
      ...(this.#signer === undefined
        ? {}
        : { authorization: authorizationOf(this.#signer, signed, this.nowMs) }),
    }
    return this.#lines.ask({ method, url, headers, body, timeoutMs: this.#options.timeoutMs })
  }

  #refusalOf({ status, body }: HttpAnswer, path: string): AgentError {
    const answer = z.safeParse(errorShape, parsed(body))
    if (!answer.success) return notAHub(this.#options.hub, path, `status ${status}`)
    const { code, message, hint, nowMs } = answer.data.error
    if (nowMs !== undefined) this.#offsetMs = nowMs - Date.now()
    return new HubRefusal(code, message, status, hint)
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function notAHub(hub: string, path: string, cause: unknown): AgentError {
  return new AgentError(`${hub} does not answer ${path} as a hub does (${messageOf(cause)})`, {
    code: 'HUB_UNREACHABLE',
    hint: 'check the address, and that the hub and the agent are of one version',
    cause,
  })
}
