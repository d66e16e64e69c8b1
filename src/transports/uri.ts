/** From a printer's address in one string to its transport; each kind is loaded when it is asked for. */

import { TransportError } from '../model/errors.js'
import type { Transport } from './types.js'

type Opener = (rest: string, uri: string) => Promise<Transport>

/** One line per kind of transport. */
const KINDS: Readonly<Record<string, { readonly form: string; readonly open: Opener }>> = {
  tcp: { form: 'tcp://HOST[:PORT]', open: openTcpUri },
  file: { form: 'file:PATH', open: openFileUri },
}

const SCHEME = /^([a-z][a-z0-9+.-]*):(.*)$/is
const TCP_REST = /^\/\/(?:\[([0-9a-f:.%a-z]+)\]|([^\s:/?#[\]@]+))(?::(\d*))?\/?$/i

/**
 * The transport that a URI names: `tcp://192.168.1.50`, `tcp://[fe80::1]:9100`, `file:/dev/usb/lp0`.
 *
 * @throws TransportError `URI_UNSUPPORTED` for an unknown kind, `URI_INVALID` for anything else
 */
export async function transportFor(uri: string): Promise<Transport> {
  const [, scheme = '', rest = ''] = SCHEME.exec(uri.trim()) ?? []
  const kind = Object.hasOwn(KINDS, scheme.toLowerCase()) ? KINDS[scheme.toLowerCase()] : undefined
  if (kind !== undefined) return kind.open(rest, uri)
  const known = Object.values(KINDS).map(({ form }) => form)
  throw new TransportError(`${uri}: no transport of this kind`, {
    code: 'URI_UNSUPPORTED',
    hint: `Known are: ${known.join(', ')}.`,
    phase: 'open',
  })
}

async function openTcpUri(rest: string, uri: string): Promise<Transport> {
  const [, ipv6, name, portText] = TCP_REST.exec(rest) ?? []
  const host = ipv6 ?? name
  const port = portText === undefined || portText === '' ? 9100 : Number(portText)
  if (host === undefined || port < 1 || port > 65_535) {
    throw invalid(uri, 'Write tcp://192.168.1.50, tcp://name:9100 or tcp://[fe80::1]:9100.')
  }
  const { tcp } = await import('./tcp.js')
  return tcp({ host, port })
}

async function openFileUri(rest: string, uri: string): Promise<Transport> {
  const path = rest.startsWith('///') ? decode(rest.slice(2), uri) : rest
  if (path === '') throw invalid(uri, 'Write file:/dev/usb/lp0 or file:receipt.bin.')
  const { file } = await import('./file.js')
  return file({ path })
}

function decode(path: string, uri: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw invalid(uri, 'A % in file:/// must be written as %25.')
  }
}

function invalid(uri: string, hint: string): TransportError {
  return new TransportError(`${uri}: not a printer address`, {
    code: 'URI_INVALID',
    hint,
    phase: 'open',
  })
}
