/**
 * Calls addresses that a tenant has given. The hub runs in a network where services trust their neighbours, so that it calls no address of that
 * network unless its operator allows it. It checks the address to which the name resolves at the moment of the call.
 */

import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { XiaopiaoError } from '../../model/errors.js'

/** Loopback, private networks, link-local, shared and reserved addresses, multicast, and IPv6 that leads to IPv4. */
const INSIDE: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

const inside = new BlockList()
for (const network of INSIDE) inside.addSubnet(...network)

/** Whether a machine of the hub's own network may have this address. */
export function isInside(address: string): boolean {
  const family = isIP(address)
  return family === 0 || inside.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

export type Reach = 'public' | 'anywhere'

export interface OutsideCall {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  /** `public` refuses addresses of the hub's own network. */
  readonly reach: Reach
}

/** Sends a POST request; redirects are not followed. @returns the status of the answer @throws XiaopiaoError `WEBHOOK_INSIDE` */
export function postOutside(call: OutsideCall): Promise<number> {
  const { headers, body, timeoutMs, reach } = call
  const url = new URL(call.url)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // An IP address is not looked up, so that it is checked here.
  if (reach === 'public' && isIP(host) !== 0 && isInside(host)) return Promise.reject(refusal(host))
  const send = url.protocol === 'https:' ? https.request : http.request
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(reach === 'public' ? { lookup: lookupOutside } : {}),
    })
    request.once('error', reject)
    request.once('response', (response) => {
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    request.end(body)
  })
}

/** Looks a name up, without inside addresses. The connection uses the checked address, because the name may resolve to another one a moment later. */
const lookupOutside: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, [])
    const outside = found.filter(({ address }) => !isInside(address))
    const [first] = outside
    if (first === undefined) return done(refusal(host), [])
    if (options.all === true) done(null, outside)
    else done(null, first.address, first.family)
  })
}

function refusal(host: string): XiaopiaoError {
  return new XiaopiaoError(`${host} is an address of the hub's own network`, {
    code: 'WEBHOOK_INSIDE',
    path: 'url',
    hint: 'take a public address, or start the hub with --webhooks anywhere',
  })
}
