/** Scans a network for printers, address by address. It must run only if a person has asked for it. */

import { XiaopiaoError } from '../model/errors.js'
import { openJobPrinter } from '../printer/job-printer.js'
import type { PrinterIdentity, PrinterStatus } from '../printer/types.js'
import { tcp } from '../transports/tcp.js'
import { nameOf } from './name-of.js'
import type { FoundPrinter } from './types.js'

export interface ScanOptions {
  /** Default 9100. */
  readonly port?: number
  /** Most new connections per second. Default 50. */
  readonly perSecond?: number
  /** Number of addresses that are asked at the same time. Default 16. */
  readonly atOnce?: number
  /** Longest wait for each connection, in milliseconds. Default 800. */
  readonly connectTimeoutMs?: number
  readonly signal?: AbortSignal
}

/** Most addresses of a scan. Every address is asked, so a larger network is probably a mistake. */
const MOST_ADDRESSES = 1024

/**
 * The IPv4 addresses of `192.168.1.0/24` without network and broadcast address, or the one of `192.168.1.50`.
 * @throws XiaopiaoError `SUBNET_INVALID`
 *
 * @example
 * addressesOf('192.168.1.0/30') // ['192.168.1.1', '192.168.1.2']
 */
export function addressesOf(subnet: string): string[] {
  const [, text = '', bitsText = '32'] =
    /^((?:\d{1,3}\.){3}\d{1,3})(?:\/(\d{1,2}))?$/.exec(subnet) ?? []
  const parts = text.split('.').map(Number)
  const bits = Number(bitsText)
  const count = 2 ** (32 - bits)
  if (
    parts.length !== 4 ||
    parts.some((part) => part > 255) ||
    bits > 32 ||
    count > MOST_ADDRESSES
  ) {
    throw new XiaopiaoError(`${subnet} is no network of at most ${MOST_ADDRESSES} addresses`, {
      code: 'SUBNET_INVALID',
      hint: 'write 192.168.1.0/24, or one address',
    })
  }
  const address = parts.reduce((sum, part) => sum * 256 + part, 0)
  const first = address - (address % count)
  const all = Array.from({ length: count }, (_, i) => first + i)
  const hosts = bits < 31 ? all.slice(1, -1) : all
  return hosts.map((one) => [24, 16, 8, 0].map((shift) => (one >>> shift) & 0xff).join('.'))
}

/**
 * Asks every address of the network whether a printer listens there, and what it is.
 *
 * @example
 * await scanNetwork('127.0.0.1', { port: 1 }) // []
 */
export async function scanNetwork(
  subnet: string,
  options: ScanOptions = {},
): Promise<FoundPrinter[]> {
  const { perSecond = 50, atOnce = 16, signal } = options
  const addresses = addressesOf(subnet)
  const found: FoundPrinter[] = []
  let next = 0
  let startAt = Date.now()
  const worker = async () => {
    while (next < addresses.length && !signal?.aborted) {
      const address = addresses[next++] as string
      startAt = Math.max(startAt + 1000 / perSecond, Date.now())
      await new Promise((resolve) => setTimeout(resolve, startAt - Date.now()))
      const printer = await askAddress(address, options)
      if (printer !== undefined) found.push(printer)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return found.sort((a, b) => addresses.indexOf(hostOf(a)) - addresses.indexOf(hostOf(b)))
}

const hostOf = ({ uri }: FoundPrinter) => new URL(uri).hostname

/**
 * Asks one address: DLE EOT, then GS I if it answers. An address that does not answer, or takes no connection, is
 * not a printer.
 */
async function askAddress(
  host: string,
  { port = 9100, connectTimeoutMs = 800 }: ScanOptions,
): Promise<FoundPrinter | undefined> {
  const transport = tcp({ host, port, connectTimeoutMs })
  await using printer = openJobPrinter(transport, { answerTimeoutMs: 500, lock: false })
  let status: PrinterStatus
  try {
    status = await printer.status({ timeoutMs: connectTimeoutMs + 5000 })
  } catch {
    return undefined
  }
  // An offline printer is not asked, because it would answer too late.
  const identity =
    status.answered && status.online !== false
      ? await printer.identity({ timeoutMs: 5000 }).catch(() => ({}) as PrinterIdentity)
      : {}
  return {
    kind: 'network',
    uri: transport.uri,
    name: nameOf(identity),
    notes: status.answered ? notesOf(status, identity) : ['listens, but answers no question'],
  }
}

function notesOf(status: PrinterStatus, { firmware, languageFont }: PrinterIdentity): string[] {
  return [
    status.online === true ? 'online' : status.online === false ? 'offline' : 'answers',
    ...(status.paper === 'end' ? ['no paper'] : []),
    ...(status.cover === 'open' ? ['cover open'] : []),
    ...(firmware === undefined ? [] : [`firmware ${firmware}`]),
    ...(languageFont === undefined ? [] : [`font ${languageFont}`]),
  ]
}
