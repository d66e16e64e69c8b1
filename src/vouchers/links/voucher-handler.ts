/**
 * Serves the voucher of a link and no other page: a function from request to response, for Hono, Node and other servers with the Fetch API.
 */

import {
  CALLBACK,
  needed,
  type OptionRules,
  readOptions,
  wholeNumber,
} from '../../model/options.js'
import type { Archive } from '../archive.js'
import { electronicVoucher, type VoucherFormat } from '../electronic-voucher.js'
import { VoucherError } from '../errors.js'
import type { SlipMaker } from '../slips/slip-making.js'
import { LINK_KEY, type LinkedVoucher, type LinkKey, readToken } from './link.js'
import { rateLimit } from './rate-limit.js'

export interface HandlerOptions {
  readonly key: LinkKey
  /** Asked for the time of each request. */
  readonly clock: () => Date
  /**
   * Names the client of a request, for example by the address that a proxy reports. Default: all clients count as one and share
   * `perMinute`.
   */
  readonly clientOf?: (request: Request) => string
  /** Maximum number of requests of one client per minute. Default 30. */
  readonly perMinute?: number
  /** Maximum number of requests of all clients per minute. Default 600. */
  readonly allPerMinute?: number
  /** Makes the slip if the voucher has no kept one. Default: such a voucher is not found. */
  readonly maker?: SlipMaker
}

const RULES: OptionRules<HandlerOptions> = {
  key: needed(LINK_KEY),
  clock: needed(CALLBACK),
  clientOf: CALLBACK,
  perMinute: wholeNumber(1, 1_000_000),
  allPerMinute: wholeNumber(1, 1_000_000),
  maker: CALLBACK,
}

/** Formats by the query parameter `as`. The token is the last part of the path. */
const FORMATS: Readonly<Record<string, VoucherFormat>> = { html: 'html', pdf: 'pdf', png: 'png' }

const HEADERS: Readonly<Record<string, string>> = {
  // A voucher belongs to one customer, so it must not get into a cache, a search engine or another page.
  'cache-control': 'private, no-store',
  'content-security-policy':
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
}

/**
 * Answers GET and HEAD of a link that `voucherLink` has made with the voucher as HTML, or with `?as=pdf` or `?as=png`. A forged link
 * and a link of a voucher that does not exist get the same answer, so that the answer does not tell which vouchers exist.
 *
 * @throws OptionError when an option is unknown or has a value that it cannot have
 *
 * @example
 * const key = new Uint8Array(32).fill(7)
 * const handle = voucherHandler(archive, { key, clock: () => new Date(), maker: slipMaker({ profile: generic58 }) })
 * const link = voucherLink(id, { key, base: 'https://shop.example/v', expires: new Date(Date.now() + 60_000) })
 * const response = await handle(new Request(link))
 * response.status // 200
 */
export function voucherHandler(
  archive: Archive,
  options: HandlerOptions,
): (request: Request) => Promise<Response> {
  const given = readOptions<HandlerOptions>('voucherHandler', options, RULES)
  const { clock, clientOf = () => '', perMinute = 30, allPerMinute = 600 } = given
  const ofClient = rateLimit(perMinute)
  const ofAll = rateLimit(allPerMinute)
  return async (request) => {
    const now = clock().getTime()
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return said(405, '只能读取 read only', { allow: 'GET, HEAD' })
    }
    // The limit of the client is checked first, so that a client that asks too often does not use up the limit of all.
    const waitMs = ofClient.take(clientOf(request), now) || ofAll.take('', now)
    if (waitMs > 0) {
      const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)))
      return said(429, '请求过多，请稍后再试 too many requests', { 'retry-after': seconds })
    }
    const response = await answered(archive, request, now, given)
    return request.method === 'GET' ? response : new Response(null, response)
  }
}

async function answered(
  archive: Archive,
  request: Request,
  now: number,
  { key, maker }: HandlerOptions,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const linked = readToken(pathname.slice(pathname.lastIndexOf('/') + 1), key)
  const form = searchParams.get('as') ?? 'html'
  const as = Object.hasOwn(FORMATS, form) ? FORMATS[form] : undefined
  if (linked === undefined || as === undefined) return notFound()
  if (linked.expires * 1000 <= now) return said(410, '链接已过期 the link has expired')
  try {
    return await shown(archive, linked, { as, ...(maker === undefined ? {} : { maker }) })
  } catch (error) {
    if (!(error instanceof VoucherError)) throw error
    if (!error.code.startsWith('STORE_')) return notFound()
    return said(503, '暂时无法读取 cannot be read for the moment', { 'retry-after': '30' })
  }
}

async function shown(
  archive: Archive,
  { id, copy }: LinkedVoucher,
  how: { readonly as: VoucherFormat; readonly maker?: SlipMaker },
): Promise<Response> {
  const voucher = await electronicVoucher(archive, id, { copy, ...how })
  const { content, mediaType, fileName } = voucher
  const headers = {
    ...HEADERS,
    'content-type': mediaType,
    'content-length': String(content.length),
    'content-disposition': `inline; filename="${fileName}"`,
  }
  return new Response(content as Uint8Array<ArrayBuffer>, { headers })
}

function notFound(): Response {
  return said(404, '没有这张凭证 no such voucher')
}

function said(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const type = { 'content-type': 'text/plain; charset=utf-8' }
  return new Response(`${text}\n`, { status, headers: { ...HEADERS, ...type, ...headers } })
}
