/** The three requests of a printer that polls by Star CloudPRNT (protocol guide 2.4.0): POST asks, GET fetches, DELETE confirms. */

/** Part of the answer to a poll. */
export interface PollAnswer {
  readonly jobReady: boolean
  readonly mediaTypes: readonly string[]
  readonly jobToken: string | undefined
}

export interface PollStatus {
  /** The printer's status, such as `200 OK`. */
  readonly statusCode: string
  readonly printingInProgress: boolean
  readonly jobToken: string | undefined
}

export interface CloudAddress {
  readonly url: string
  readonly mac: string
}

export class CloudRequests {
  readonly #address: CloudAddress
  /** Aborts running requests, because a printer without power sends none. */
  #ending = new AbortController()

  constructor(address: CloudAddress) {
    this.#address = address
  }

  /** Aborts running requests and breaks their connections. */
  abort(): void {
    this.#ending.abort()
    this.#ending = new AbortController()
  }

  /** Asks for a job. @throws if the server does not answer, or not as a server of printers does */
  async poll({ statusCode, printingInProgress, jobToken }: PollStatus): Promise<PollAnswer> {
    const { mac, url } = this.#address
    const response = await this.#fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        statusCode: encodeURIComponent(statusCode),
        printerMAC: mac,
        jobToken: jobToken ?? null,
        printingInProgress,
        clientAction: null,
      }),
    })
    if (!response.ok) throw new Error(`the poll is answered with ${response.status}`)
    const answer = (await response.json()) as Partial<PollAnswer>
    return {
      jobReady: answer.jobReady === true,
      mediaTypes: answer.mediaTypes ?? [],
      jobToken: answer.jobToken,
    }
  }

  /** Fetches the job; undefined if the status of the answer is not 200. */
  async get(type: string, token: string | undefined): Promise<Uint8Array | undefined> {
    const response = await this.#fetch(this.#query({ type, token }), { method: 'GET' })
    const bytes = new Uint8Array(await response.arrayBuffer())
    return response.status === 200 ? bytes : undefined
  }

  /** Confirms a job. @param retry how often the confirmation was sent before */
  async confirm(code: string, token: string | undefined, retry = 0): Promise<void> {
    const url = this.#query({ code, token, retry: retry === 0 ? undefined : String(retry) })
    const response = await this.#fetch(url, { method: 'DELETE' })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`the confirmation is answered with ${response.status}`)
  }

  #query(fields: Readonly<Record<string, string | undefined>>): string {
    const url = new URL(this.#address.url)
    url.searchParams.set('mac', this.#address.mac)
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) url.searchParams.set(name, value)
    }
    return url.href
  }

  #fetch(url: string, init: RequestInit): Promise<Response> {
    const limit = AbortSignal.timeout(ANSWER_MS)
    return fetch(url, { ...init, signal: AbortSignal.any([limit, this.#ending.signal]) })
  }
}

/** Time after which a printer gives up a request. */
const ANSWER_MS = 15_000
