/** The annotated listing of a byte stream: offset, hex, name and values, one command a line. */

import { type Decoded, decodeAll } from './codec.js'
import { type Command, specOf } from './commands/index.js'
import type { Value, Values } from './field-io.js'

export interface ListingOptions {
  /** How to show the bytes of a text run; default: ASCII, and `\xNN` for other bytes. */
  readonly decodeText?: (bytes: Uint8Array) => string
  /** How many bytes of a command are shown in hex; default 12. */
  readonly hexBytes?: number
}

/** Lists a whole stream; one line for each command, ending in a line feed. */
export function listCommands(bytes: Uint8Array, options: ListingOptions = {}): string {
  return listDecoded(bytes, decodeAll(bytes), options)
}

/** Lists commands that were decoded from `bytes`. */
export function listDecoded(
  bytes: Uint8Array,
  decoded: readonly Decoded[],
  options: ListingOptions = {},
): string {
  const digits = Math.max(4, bytes.length.toString(16).length)
  const hexBytes = options.hexBytes ?? 12
  let listing = ''
  for (const { offset, length, command } of decoded) {
    const at = offset.toString(16).toUpperCase().padStart(digits, '0')
    const hex = shortHex(bytes.subarray(offset, offset + length), hexBytes)
    const name = specOf(command.kind)?.mnemonic ?? ''
    const line = `${at}  ${hex.padEnd(hexBytes * 3 + 1)} ${name.padEnd(15)} ${describe(command, options)}`
    listing += `${line.trimEnd()}\n`
  }
  return listing
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
  if (value instanceof Uint8Array) return shownBytes(value)
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

/** Control characters would break the line. */
function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (control) => `\\x${hexOf(control.charCodeAt(0))}`,
  )
}
