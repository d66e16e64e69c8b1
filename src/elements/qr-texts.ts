/** Makes texts for QR codes that phones act on: a network to join, a contact to save, a web address with parameters. */

import { ReceiptError } from '../model/errors.js'
import {
  FLAG,
  needed,
  OBJECT,
  type OptionRules,
  oneOf,
  readOptions,
  TEXT,
} from '../model/options.js'

export interface WifiNetwork {
  readonly ssid: string
  /** Absent for an open network. */
  readonly password?: string
  /** Default `WPA` if there is a password, else `nopass`. */
  readonly security?: 'WPA' | 'WEP' | 'nopass'
  /** Whether the network hides its name. Default false. */
  readonly hidden?: boolean
}

const WIFI: OptionRules<WifiNetwork> = {
  ssid: needed(TEXT),
  password: TEXT,
  security: oneOf('WPA', 'WEP', 'nopass'),
  hidden: FLAG,
}

/**
 * The text by which a phone joins a network, with its marks escaped.
 * @throws OptionError
 *
 * @example
 * const code = qr(wifiText({ ssid: '老城面馆', password: 'noodles;2026' }))
 * code.data // 'WIFI:T:WPA;S:老城面馆;P:noodles\\;2026;;'
 */
export function wifiText(network: WifiNetwork): string {
  const { ssid, password, security, hidden } = readOptions<WifiNetwork>('wifiText', network, WIFI)
  const kind = security ?? (password === undefined ? 'nopass' : 'WPA')
  if ((kind === 'nopass') !== (password === undefined)) {
    throw new ReceiptError('an open network has no password, and any other one has', {
      code: 'WIFI_PASSWORD',
      path: 'password',
      hint: "give a password, or security: 'nopass'",
    })
  }
  const secret = password === undefined ? '' : `P:${wifiValue(password)};`
  return `WIFI:T:${kind};S:${wifiValue(ssid)};${secret}${hidden === true ? 'H:true;' : ''};`
}

/** Escapes a name or password. One that has only hexadecimal digits is quoted, because phones would read it as bytes. */
function wifiValue(text: string): string {
  const escaped = text.replace(/[\\;,:"]/g, '\\$&')
  return /^[0-9A-Fa-f]+$/.test(text) ? `"${escaped}"` : escaped
}

export interface ContactCard {
  /** The name to show. */
  readonly name: string
  readonly organisation?: string
  readonly phone?: string
  readonly email?: string
  readonly address?: string
  readonly url?: string
  readonly note?: string
}

const CONTACT: OptionRules<ContactCard> = {
  name: needed(TEXT),
  organisation: TEXT,
  phone: TEXT,
  email: TEXT,
  address: TEXT,
  url: TEXT,
  note: TEXT,
}

/**
 * A contact as vCard 3.0 (RFC 2426), which phones of any age read.
 * @throws OptionError
 *
 * @example
 * vcardText({ name: '老城面馆', phone: '021-55550100' }).startsWith('BEGIN:VCARD') // true
 */
export function vcardText(contact: ContactCard): string {
  const card = readOptions<ContactCard>('vcardText', contact, CONTACT)
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['N', card.name],
    ['FN', card.name],
    ['ORG', card.organisation],
    ['TEL', card.phone],
    ['EMAIL', card.email],
    ['ADR', card.address === undefined ? undefined : card.address],
    ['URL', card.url],
    ['NOTE', card.note],
  ]
  const texts = lines.flatMap(([name, value]) => {
    if (value === undefined) return []
    const text = vcardValue(value)
    // ADR has seven parts, of which the street is the third; N has five, of which the family name is the first.
    if (name === 'ADR') return [`ADR:;;${text};;;;`]
    return [name === 'N' ? `N:${text};;;;` : `${name}:${text}`]
  })
  return ['BEGIN:VCARD', 'VERSION:3.0', ...texts, 'END:VCARD'].join('\r\n')
}

function vcardValue(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n')
}

/**
 * An address with parameters, each encoded; what the address has already stays.
 * @throws ReceiptError `URL_INVALID` if it is no address of the web, or a parameter holds half of a character; OptionError
 *
 * @example
 * urlText('https://example.com/i', { no: '48' }) // 'https://example.com/i?no=48'
 */
export function urlText(
  address: string,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  readOptions<{ parameters: object }>('urlText', { parameters }, { parameters: OBJECT })
  const found =
    typeof address === 'string'
      ? /^(https?:\/\/[^\s?#/]+[^\s?#]*)(\?[^\s#]*)?(#\S*)?$/i.exec(address)
      : null
  if (found === null) throw invalidUrl('it is no address of the web')
  const [, base = '', query = '', hash = ''] = found
  const pairs = Object.entries(parameters).map(([name, value]) => {
    const isValue = typeof value === 'string' || Number.isFinite(value)
    if (!isValue) throw invalidUrl(`the parameter ${name} is no text or number`)
    return `${encoded(name)}=${encoded(String(value))}`
  })
  if (pairs.length === 0) return address
  const before =
    query === '' ? '?' : query.length === 1 || query.endsWith('&') ? query : `${query}&`
  return `${base}${before}${pairs.join('&')}${hash}`
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    throw invalidUrl('a parameter holds half of a character')
  }
}

function invalidUrl(what: string): ReceiptError {
  return new ReceiptError(`the text of a QR code: ${what}`, {
    code: 'URL_INVALID',
    hint: 'write https://example.com/i, and give parameters apart',
  })
}
