/** Makes a transport of a printer's address. Each kind of transport is loaded at its first use. */

import { TransportError } from '../model/errors.js'
import type { Transport } from './types.js'

/** Loads the transport of an address that has been parsed already. */
export type TransportLoader = () => Promise<Transport>

type Reader = (rest: string, uri: string) => TransportLoader

/** One line per kind of transport. */
const KINDS: Readonly<Record<string, { readonly form: string; readonly read: Reader }>> = {
  tcp: { form: 'tcp://HOST[:PORT]', read: readTcpUri },
  file: { form: 'file:PATH', read: readFileUri },
  serial: { form: 'serial:PATH?baud=9600', read: readSerialUri },
  usb: { form: 'usb:VID:PID[:SERIAL]', read: readUsbUri },
  cups: { form: 'cups:QUEUE', read: readCupsUri },
  ipp: { form: 'ipp://HOST[:PORT]/PATH', read: readIppUri },
}

const SCHEME = /^([a-z][a-z0-9+.-]*):(.*)$/is
/** Addresses without a scheme, as people write them, and the full address to suggest for each. */
const BARE: readonly (readonly [RegExp, (bare: string) => string])[] = [
  [/^\d{1,3}(\.\d{1,3}){3}(:\d+)?$/, (host) => `tcp://${host}`],
  [/^[a-z][a-z0-9.-]*:\d+$/i, (host) => `tcp://${host}`],
  [/^(com\d+|\/dev\/(tty|cu\.).+)$/i, (port) => `serial:${port}?baud=9600`],
  [/^(\/|\\\\).+$/, (path) => `file:${path}`],
]
const TCP_REST = /^\/\/(?:\[([0-9a-f:.%a-z]+)\]|([^\s:/?#[\]@]+))(?::(\d*))?\/?$/i

/**
 * Reads a printer's address at once, and loads nothing: a wrong one is refused where it is given, not when the first job is printed.
 *
 * @throws TransportError `URI_UNSUPPORTED` for an unknown kind, `URI_INVALID` for anything else
 *
 * @example
 * const load = readAddress('tcp://192.168.1.50')
 * const transport = await load()
 * transport.uri // 'tcp://192.168.1.50:9100'
 */
export function readAddress(uri: string): TransportLoader {
  const [, scheme = '', rest = ''] = SCHEME.exec(uri.trim()) ?? []
  const kind = Object.hasOwn(KINDS, scheme.toLowerCase()) ? KINDS[scheme.toLowerCase()] : undefined
  if (kind !== undefined) return kind.read(rest, uri)
  const known = Object.values(KINDS).map(({ form }) => form)
  const meant = meantBy(uri.trim())
  throw new TransportError(`${uri}: no transport of this kind`, {
    code: 'URI_UNSUPPORTED',
    hint: `${meant === undefined ? '' : `did you mean ${meant}? `}known are: ${known.join(', ')}`,
    phase: 'open',
  })
}

function meantBy(bare: string): string | undefined {
  const [, write] = BARE.find(([form]) => form.test(bare)) ?? []
  return write?.(bare)
}

/**
 * The transport that a URI names: `tcp://192.168.1.50`, `tcp://[fe80::1]:9100`, `file:/dev/usb/lp0`.
 *
 * @throws TransportError `URI_UNSUPPORTED` for an unknown kind, `URI_INVALID` for anything else
 *
 * @example
 * (await transportFor('tcp://192.168.1.50')).uri // 'tcp://192.168.1.50:9100'
 */
export async function transportFor(uri: string): Promise<Transport> {
  return readAddress(uri)()
}

function readTcpUri(rest: string, uri: string): TransportLoader {
  const [, ipv6, name, portText] = TCP_REST.exec(rest) ?? []
  const host = ipv6 ?? name
  const port = portText === undefined || portText === '' ? 9100 : Number(portText)
  if (host === undefined || port < 1 || port > 65_535) {
    throw invalid(uri, 'write tcp://192.168.1.50, tcp://name:9100 or tcp://[fe80::1]:9100')
  }
  return async () => (await import('./tcp.js')).tcp({ host, port })
}

function readFileUri(rest: string, uri: string): TransportLoader {
  const path = rest.startsWith('///') ? decode(rest.slice(2), uri) : rest
  if (path === '') throw invalid(uri, 'write file:/dev/usb/lp0 or file:receipt.bin')
  return async () => (await import('./file.js')).file({ path })
}

const FLOWS = ['none', 'xonxoff', 'rtscts'] as const
const PARITIES = ['none', 'even', 'odd'] as const

function readSerialUri(rest: string, uri: string): TransportLoader {
  const [path = '', query = ''] = splitOnce(rest, '?')
  const { baud, flow, parity, ...others } = Object.fromEntries(new URLSearchParams(query))
  const baudRate = Number(baud)
  const flows = FLOWS.find((known) => known === (flow ?? 'none'))
  const parities = PARITIES.find((known) => known === (parity ?? 'none'))
  const isLine = path !== '' && /^\d{2,7}$/.test(baud ?? '') && Object.keys(others).length === 0
  if (!isLine || flows === undefined || parities === undefined) {
    throw invalid(
      uri,
      'write serial:/dev/ttyUSB0?baud=9600 or serial:COM3?baud=38400&flow=xonxoff&parity=even; the printer prints its baud rate on its self-test page',
    )
  }
  return async () =>
    (await import('./serial.js')).serial({ path, baudRate, flow: flows, parity: parities })
}

const USB_REST = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/i

function readUsbUri(rest: string, uri: string): TransportLoader {
  const [device = '', query = ''] = splitOnce(rest, '?')
  const { port, ...others } = Object.fromEntries(new URLSearchParams(query))
  const [, vendor, product, serialText] = USB_REST.exec(device) ?? []
  if ((device !== '' && vendor === undefined) || Object.keys(others).length > 0) {
    throw invalid(
      uri,
      'write usb: for the only printer, usb:04b8:0202, usb:04b8:0202:SERIAL or usb:04b8:0202?port=1-2; `xiaopiao printers` lists them',
    )
  }
  const found = {
    ...(vendor === undefined ? {} : { vendorId: Number.parseInt(vendor, 16) }),
    ...(product === undefined ? {} : { productId: Number.parseInt(product, 16) }),
    ...(serialText === undefined ? {} : { serialNumber: decode(serialText, uri) }),
    ...(port === undefined ? {} : { port }),
  }
  return async () => (await import('./usb.js')).usb(found)
}

function readCupsUri(rest: string, uri: string): TransportLoader {
  const queue = decode(rest, uri)
  if (!/^[^\s/#?'"\\-][^\s/#?'"\\]*$/.test(queue)) {
    throw invalid(uri, 'write cups:QUEUE; `xiaopiao printers` lists the queues')
  }
  return async () => (await import('./cups.js')).cups({ queue })
}

function readIppUri(rest: string, uri: string): TransportLoader {
  if (!/^\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(rest) || !URL.canParse(`http:${rest}`)) {
    throw invalid(uri, 'write ipp://192.168.1.50/ipp/print or ipp://server:631/printers/QUEUE')
  }
  return async () => (await import('./ipp.js')).ipp({ url: `ipp:${rest}` })
}

function splitOnce(text: string, at: string): string[] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

function decode(path: string, uri: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw invalid(uri, 'a % must be written as %25')
  }
}

function invalid(uri: string, hint: string): TransportError {
  return new TransportError(`${uri}: not a printer address`, {
    code: 'URI_INVALID',
    hint,
    phase: 'open',
  })
}
