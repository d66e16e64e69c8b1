/** From a printer's address in one string to its transport; each kind is loaded when it is asked for. */

import { TransportError } from '../model/errors.js'
import type { Transport } from './types.js'

type Opener = (rest: string, uri: string) => Promise<Transport>

/** One line per kind of transport. */
const KINDS: Readonly<Record<string, { readonly form: string; readonly open: Opener }>> = {
  tcp: { form: 'tcp://HOST[:PORT]', open: openTcpUri },
  file: { form: 'file:PATH', open: openFileUri },
  serial: { form: 'serial:PATH?baud=9600', open: openSerialUri },
  usb: { form: 'usb:VID:PID[:SERIAL]', open: openUsbUri },
  cups: { form: 'cups:QUEUE', open: openCupsUri },
  ipp: { form: 'ipp://HOST[:PORT]/PATH', open: openIppUri },
}

const SCHEME = /^([a-z][a-z0-9+.-]*):(.*)$/is
/** An address without its kind, as people write it: `192.168.1.50`, `192.168.1.50:9100`. */
const BARE_HOST = /^\d{1,3}(\.\d{1,3}){3}(:\d+)?$/
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
  const meant = BARE_HOST.test(uri.trim()) ? `did you mean tcp://${uri.trim()}? ` : ''
  throw new TransportError(`${uri}: no transport of this kind`, {
    code: 'URI_UNSUPPORTED',
    hint: `${meant}known are: ${known.join(', ')}`,
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

const FLOWS = ['none', 'xonxoff', 'rtscts'] as const
const PARITIES = ['none', 'even', 'odd'] as const

async function openSerialUri(rest: string, uri: string): Promise<Transport> {
  const [path = '', query = ''] = splitOnce(rest, '?')
  const { baud, flow, parity, ...others } = Object.fromEntries(new URLSearchParams(query))
  const baudRate = Number(baud)
  const flows = FLOWS.find((known) => known === (flow ?? 'none'))
  const parities = PARITIES.find((known) => known === (parity ?? 'none'))
  const isLine = path !== '' && /^\d{2,7}$/.test(baud ?? '') && Object.keys(others).length === 0
  if (!isLine || flows === undefined || parities === undefined) {
    throw invalid(
      uri,
      'Write serial:/dev/ttyUSB0?baud=9600 or serial:COM3?baud=38400&flow=xonxoff&parity=even; the printer prints its baud rate on its self-test page.',
    )
  }
  const { serial } = await import('./serial.js')
  return serial({ path, baudRate, flow: flows, parity: parities })
}

const USB_REST = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/i

async function openUsbUri(rest: string, uri: string): Promise<Transport> {
  const [device = '', query = ''] = splitOnce(rest, '?')
  const { port, ...others } = Object.fromEntries(new URLSearchParams(query))
  const [, vendor, product, serialText] = USB_REST.exec(device) ?? []
  if ((device !== '' && vendor === undefined) || Object.keys(others).length > 0) {
    throw invalid(
      uri,
      'Write usb: for the only printer, usb:04b8:0202, usb:04b8:0202:SERIAL or usb:04b8:0202?port=1-2; `xiaopiao printers` lists them.',
    )
  }
  const { usb } = await import('./usb.js')
  return usb({
    ...(vendor === undefined ? {} : { vendorId: Number.parseInt(vendor, 16) }),
    ...(product === undefined ? {} : { productId: Number.parseInt(product, 16) }),
    ...(serialText === undefined ? {} : { serialNumber: decode(serialText, uri) }),
    ...(port === undefined ? {} : { port }),
  })
}

async function openCupsUri(rest: string, uri: string): Promise<Transport> {
  const queue = decode(rest, uri)
  if (!/^[^\s/#?'"\\-][^\s/#?'"\\]*$/.test(queue)) {
    throw invalid(uri, 'Write cups:QUEUE; `xiaopiao printers` lists the queues.')
  }
  const { cups } = await import('./cups.js')
  return cups({ queue })
}

async function openIppUri(rest: string, uri: string): Promise<Transport> {
  if (!/^\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(rest) || !URL.canParse(`http:${rest}`)) {
    throw invalid(uri, 'Write ipp://192.168.1.50/ipp/print or ipp://server:631/printers/QUEUE.')
  }
  const { ipp } = await import('./ipp.js')
  return ipp({ url: `ipp:${rest}` })
}

function splitOnce(text: string, at: string): string[] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

function decode(path: string, uri: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw invalid(uri, 'A % must be written as %25.')
  }
}

function invalid(uri: string, hint: string): TransportError {
  return new TransportError(`${uri}: not a printer address`, {
    code: 'URI_INVALID',
    hint,
    phase: 'open',
  })
}
