/** A client of the hub for Node and browsers: it needs `fetch` and no module of Node. */

import {
  CALLBACK,
  milliseconds,
  needed,
  type OptionRules,
  optionsOf,
  readArgument,
  readOptions,
  TEXT,
  wholeNumber,
} from '../model/options.js'
import { HubRequestError } from './errors.js'
import { askHub, type HubAnswer, type HubPlace, type HubRequest } from './requests.js'
import type {
  HubPrinter,
  HubStore,
  Slip,
  SlipHistory,
  SlipQuery,
  SlipRequest,
  SlipState,
} from './types.js'

export interface HubClientOptions extends HubPlace {
  /** The agent of the store. If the hub gives no answer, a slip is handed in there with the same key. Default: none. */
  readonly lan?: HubPlace
  /** Time limit of each try. Default 10000. */
  readonly timeoutMs?: number
  /** How often a request is tried at most, if repeating it has no second effect. Default 4. */
  readonly tries?: number
  /** Wait before the second try; it doubles with each further try. Default 250. */
  readonly retryMs?: number
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch
}

export interface HandedIn {
  /** The first of its copies. */
  readonly slip: Slip
  /** Ids of all its copies. */
  readonly slips: readonly string[]
  /** False if key and content were known already, so that nothing more is printed. */
  readonly isNew: boolean
  readonly via: 'hub' | 'lan'
}

export interface WaitOptions {
  /** Longest wait for the end. Default 120000. */
  readonly timeoutMs?: number
  /** Interval at which the hub is asked. Default 500. */
  readonly intervalMs?: number
  readonly signal?: AbortSignal
}

/** The person who decides, and the reason. */
export interface ByPerson {
  readonly by: string
  readonly reason?: string
}

export interface HubClient {
  /**
   * Hands a slip in, and tries again if there is no answer: the same key and content are one slip.
   * @throws HubRequestError `KEY_CONFLICT`, `PRINTER_UNKNOWN`, `ROLE_UNKNOWN`, `TEMPLATE_UNKNOWN`, `HUB_UNREACHABLE`
   */
  handIn(slip: SlipRequest, options?: { readonly signal?: AbortSignal }): Promise<HandedIn>
  /** A slip with its history. @throws HubRequestError `NOT_FOUND` */
  slip(id: string): Promise<SlipHistory>
  /** Yields slips, the newest first. Each page is requested when the caller gets to it. */
  slips(query?: SlipQuery): AsyncGenerator<Slip, void, void>
  /**
   * Waits until the slip will not move any more without a person, or the time is up, and returns it.
   * @throws HubRequestError `NOT_FOUND`, `HUB_UNREACHABLE`
   */
  ended(id: string, options?: WaitOptions): Promise<Slip>
  /** Makes a copy that a person wants, headed 补打. It is retried only if the rate limit refused it, because each request makes a copy. */
  copy(
    id: string,
    wanted: { readonly by: string; readonly reason: string; readonly printer?: string },
  ): Promise<Slip>
  /** Records that a person has found a doubtful slip on paper. */
  seen(id: string, by: ByPerson): Promise<Slip>
  /** Cancels a slip that no agent has taken. @throws HubRequestError `SLIP_TAKEN` */
  cancel(id: string, by: ByPerson): Promise<Slip>
  stores(): Promise<readonly HubStore[]>
  printers(): Promise<readonly HubPrinter[]>
  /** Sends a request to any other path of the API, such as `/v1/agents`. */
  request<T>(request: HubRequest): Promise<HubAnswer<T>>
}

const PAGE = 100
const PLACE_RULES: OptionRules<HubPlace> = {
  url: needed({
    says: 'an address that begins with https:// or http://',
    accepts: (value) => typeof value === 'string' && /^https?:\/\/[^/]/.test(value),
  }),
  key: needed(TEXT),
}
const RULES: OptionRules<HubClientOptions> = {
  ...PLACE_RULES,
  lan: optionsOf<HubPlace>(PLACE_RULES),
  timeoutMs: milliseconds(1),
  tries: wholeNumber(1, 100),
  retryMs: milliseconds(0),
  fetch: CALLBACK,
}
const WAIT_RULES: OptionRules<WaitOptions> = {
  timeoutMs: milliseconds(0),
  intervalMs: milliseconds(1),
  signal: { says: 'an AbortSignal', accepts: (value) => typeof value === 'object' },
}

/** States from which a slip may still move without a person. */
const MOVING: ReadonlySet<SlipState> = new Set([
  'accepted',
  'offered',
  'taken',
  'printing',
  'not-started',
])

/**
 * A client of a hub.
 *
 * @example
 * const client = hubClient({ url: 'http://127.0.0.1:1', key: 'xpk_0', tries: 1 })
 * const slip = { key: 'order-17', printer: '00000000-0000-4000-8000-000000000000', payload: payloadOf({ bytes }) }
 * await client.handIn(slip).catch(({ code }) => code) // 'HUB_UNREACHABLE'
 */
export function hubClient(options: HubClientOptions): HubClient {
  const given = readOptions<HubClientOptions>('hubClient', options, RULES)
  const { url, key, lan, timeoutMs = 10_000, tries = 4, retryMs = 250 } = given
  const limits = {
    timeoutMs,
    tries,
    retryMs,
    fetch: given.fetch ?? globalThis.fetch.bind(globalThis),
  }
  const ask = <T>(request: HubRequest) => askHub<T>({ url, key }, request, limits)
  const get = async <T>(path: string, query: object = {}): Promise<T> =>
    (await ask<T>({ method: 'GET', path, query, isRepeatable: true })).body
  const decide = async (id: string, what: string, body: object, isRepeatable: boolean) => {
    const path = `/v1/slips/${encodeURIComponent(id)}/${what}`
    return (await ask<{ readonly slip: Slip }>({ method: 'POST', path, body, isRepeatable })).body
      .slip
  }

  const client: HubClient = {
    async handIn(slip, { signal } = {}) {
      readArgument('handIn', 'slip', slip, {
        says: 'an object with a key, a printer or role, and a payload or template',
        accepts: (value) => typeof value === 'object' && value !== null && 'key' in value,
      })
      const request = {
        method: 'POST',
        path: '/v1/slips',
        body: slip,
        isRepeatable: true,
        signal,
      } as const
      try {
        return handedIn(await ask(request), 'hub')
      } catch (error) {
        if (lan === undefined || !isOutOfReach(error) || signal?.aborted) throw error
        return handedIn(await askHub(lan, request, limits), 'lan')
      }
    },
    slip: (id) => get(`/v1/slips/${encodeURIComponent(id)}`),
    async *slips(query = {}) {
      for (let before: string | undefined; ; ) {
        const page = { ...query, limit: PAGE, before }
        const { slips } = await get<{ readonly slips: readonly Slip[] }>('/v1/slips', page)
        yield* slips
        before = slips.at(-1)?.id
        if (slips.length < PAGE) return
      }
    },
    async ended(id, waiting = {}) {
      const {
        timeoutMs: patienceMs = 120_000,
        intervalMs = 500,
        signal,
      } = readOptions<WaitOptions>('ended', waiting, WAIT_RULES)
      for (const end = performance.now() + patienceMs; ; ) {
        const { slip } = await client.slip(id)
        const isOver = !MOVING.has(slip.state) || slip.unconfirmed
        if (isOver || signal?.aborted || performance.now() >= end) return slip
        await new Promise((resolve) => setTimeout(resolve, intervalMs))
      }
    },
    copy: (id, wanted) => decide(id, 'copies', wanted, false),
    seen: (id, by) => decide(id, 'seen', by, true),
    cancel: (id, by) => decide(id, 'cancel', by, true),
    stores: async () => (await get<{ readonly stores: readonly HubStore[] }>('/v1/stores')).stores,
    printers: async () =>
      (await get<{ readonly printers: readonly HubPrinter[] }>('/v1/printers')).printers,
    request: ask,
  }
  return client
}

function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof HubRequestError)) return false
  return error.code === 'HUB_UNREACHABLE' || (error.status ?? 0) >= 500
}

function handedIn(
  { status, body }: HubAnswer<Pick<HandedIn, 'slip' | 'slips'>>,
  via: HandedIn['via'],
): HandedIn {
  return { ...body, isNew: status === 201, via }
}
