/** The annotated listing of a byte stream: offset, hex, name and values, one command a line. */

import { isBytes } from '../../model/realms.js'
import { type Decoded, decodeAll } from './codec.js'
import { type Command, specOf } from './commands/index.js'
import type { Value, Values } from './field-io.js'

export interface ListingOptions {
  /** How to show the bytes of a text run; default: ASCII, and `\xNN` for other bytes. */
  readonly decodeText?: (bytes: Uint8Array) => string
  /** How many bytes of a command are shown in hex; default 12. */
  readonly hexBytes?: number
  /** A remark for the end of a command's line, for example its effect. An empty remark adds no text. */
  readonly remark?: (decoded: Decoded, index: number) => string
  /** Colours a part of a line. */
  readonly paint?: (part: ListingPart, text: string) => string
}

export type ListingPart = 'offset' | 'hex' | 'mnemonic' | 'values' | 'unknown' | 'remark'

/**
 * Lists a whole stream; one line for each command, ending in a line feed.
 *
 * @example
 * const lines = listCommands(Uint8Array.of(0x1b, 0x40, 0x0a)).split('\n')
 * lines[1]?.startsWith('0002  0A ') // true
 */
export function listCommands(bytes: Uint8Array, options: ListingOptions = {}): string {
  return listDecoded(bytes, decodeAll(bytes), options)
}

/**
 * Lists commands that were decoded from `bytes`.
 *
 * @example
 * const stream = Uint8Array.of(0x1b, 0x40)
 * listDecoded(stream, decodeAll(stream)).endsWith('initialize\n') // true
 */
export function listDecoded(
  bytes: Uint8Array,
  decoded: readonly Decoded[],
  options: ListingOptions = {},
): string {
  const digits = Math.max(4, bytes.length.toString(16).length)
  const hexBytes = options.hexBytes ?? 12
  const paint = options.paint ?? ((_part: ListingPart, text: string) => text)
  const lines = decoded.map((one, i) => {
    const { offset, length, command } = one
    const hex = shortHex(bytes.subarray(offset, offset + length), hexBytes)
    const mnemonic = specOf(command.kind)?.mnemonic ?? ''
    const remark = options.remark?.(one, i) ?? ''
    const columns: [ListingPart, string][] = [
      ['offset', `${offset.toString(16).toUpperCase().padStart(digits, '0')}  `],
      ['hex', `${hex.padEnd(hexBytes * 3 + 1)} `],
      ['mnemonic', `${mnemonic.padEnd(15)} `],
      [command.kind === 'unknown' ? 'unknown' : 'values', describe(command, options)],
    ]
    const shown = remark === '' ? columns : [...columns, ['remark', `  → ${remark}`] as const]
    const last = shown.length - 1
    return shown.map(([part, text], k) => paint(part, k === last ? text.trimEnd() : text)).join('')
  })
  return lines.map((line) => `${line}\n`).join('')
}

function describe(command: Command, options: ListingOptions): string {
  if (command.kind === 'text') {
    const decodeText = options.decodeText ?? escapeBytes
    return `text "${visible(decodeText(command.bytes))}"`
  }
  if (command.kind === 'unknown') return `unknown: ${command.reason}`
  const { kind, ...values } = command
  const flag = specOf(kind)?.changesSettings === true ? ' (changes printer settings)' : ''
  return `${[kind, ...shownValues(values as unknown as Values)].join(' ')}${flag}`
}

function shownValues(values: Values): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${shownValue(value)}`)
}

function shownValue(value: Value): string {
  if (typeof value === 'number') return String(value)
  if (isBytes(value)) return shownBytes(value)
  return `[${value.map((item) => shownValues(item).join(' ')).join('; ')}]`
}

function shownBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'none'
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return `"${escapeBytes(bytes)}"`
  const hex = shortHex(bytes, 8)
  return bytes.length > 8 ? `<${bytes.length} bytes ${hex}>` : `<${hex}>`
}

function shortHex(bytes: Uint8Array, most: number): string {
  const shown = bytes.length > most ? bytes.subarray(0, most - 1) : bytes
  const hex = Array.from(shown, hexOf).join(' ')
  return bytes.length > most ? `${hex} …` : hex
}

function hexOf(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}

function escapeBytes(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hexOf(byte)}`
  }
  return text
}

/** Escapes control characters, because they would break the line. */
function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (control) => `\\x${hexOf(control.charCodeAt(0))}`,
  )
}
