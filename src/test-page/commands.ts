/** Short functions for the commands of the test page. */
import { codePageBytes } from '../charsets/code-pages.js'
import { fourByteCode, zoneCodes } from '../charsets/zones.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import { utf8 } from '../encoders/escpos/utf8.js'
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'
import type { MultibyteZone } from '../model/charset.js'

export const lineFeed: Command = { kind: 'lineFeed' }
export const chineseOn: Command = { kind: 'chineseModeOn' }
export const chineseOff: Command = { kind: 'chineseModeOff' }

/** Brings the printer into its state after power-on, as far as `ESC @` does that. */
export const reset: readonly Command[] = [{ kind: 'initialize' }, { kind: 'country', n: 0 }]

export function bytesText(bytes: Uint8Array): Command {
  return { kind: 'text', bytes }
}

/** Makes a text of ASCII, which is the same in all modes. */
export function ascii(text: string): Command {
  return bytesText(Uint8Array.from(text, (character) => character.charCodeAt(0)))
}

export function line(text: string): readonly Command[] {
  return [ascii(text), lineFeed]
}

export function feedDots(n: number): Command {
  return { kind: 'feedDots', n }
}

/** Encodes a text in a zone, even if the printer may not have that zone. */
export function zoneText(text: string, zone: MultibyteZone): Command {
  if (zone === 'utf8') return bytesText(utf8(text))
  const codes = zoneCodes(zone)
  const bytes: number[] = []
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0x20
    const twoBytes = codePoint < 0x10000 ? (codes[codePoint] ?? 0) : 0
    const code = twoBytes === 0 && zone === 'gb18030' ? fourByteCode(codePoint) : twoBytes
    if (code > 0xffff) bytes.push(code >>> 24, (code >>> 16) & 0xff)
    bytes.push((code >>> 8) & 0xff, code & 0xff)
  }
  return bytesText(Uint8Array.from(bytes))
}

export function pageText(text: string, encoding: string): Command {
  const bytes = codePageBytes(encoding)
  return bytesText(Uint8Array.from(text, (character) => bytes.get(character.charCodeAt(0)) ?? 0x3f))
}

/** Makes a picture command `GS v 0`, whatever command the profile names. */
export function raster(bitmap: Bitmap): Command {
  const stride = bytesPerRow(bitmap.widthDots)
  return { kind: 'raster', m: 0, bytesPerRow: stride, rows: bitmap.heightDots, data: bitmap.data }
}
