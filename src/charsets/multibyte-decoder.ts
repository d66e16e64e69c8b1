/** Decodes the bytes of a multi-byte zone to characters, as a printer does. */
import type { MultibyteZone } from '../model/charset.js'
import { leadBytes, trailBytes } from './row-zones.js'
import { fourByteCharacter, zoneCharacters } from './zones.js'

export interface MultibyteDecoder {
  /** Whether a byte begins a multi-byte character. */
  isLead(byte: number): boolean
  /** Whether a byte can be the second of two. */
  isTrail(byte: number): boolean
  /** Returns the character of a two-byte code. Undefined if the zone lacks it. */
  lookup(lead: number, trail: number): string | undefined
  /** Only in `gb18030`: the character of a four-byte code, whose second byte is 30 to 39. */
  lookup4?(b1: number, b2: number, b3: number, b4: number): string | undefined
}

/**
 * Makes the decoder of a zone, which reads bytes as a printer with this ROM does in its multi-byte mode. `none` has no lead bytes. UTF-8
 * is decoded in `utf8-bytes.ts`.
 */
export function multibyteDecoder(zone: MultibyteZone): MultibyteDecoder {
  const characters = zoneCharacters(zone)
  const leads = leadBytes(zone)
  const trails = trailBytes(zone)
  const decoder: MultibyteDecoder = {
    isLead: (byte) => leads[byte] === 1,
    isTrail: (byte) => trails[byte] === 1,
    lookup: (lead, trail) => {
      const codePoint = characters[(lead << 8) | trail]
      return codePoint ? String.fromCharCode(codePoint) : undefined
    },
  }
  if (zone !== 'gb18030') return decoder
  return {
    ...decoder,
    lookup4: (b1, b2, b3, b4) => {
      const codePoint = fourByteCharacter(b1, b2, b3, b4)
      return codePoint ? String.fromCodePoint(codePoint) : undefined
    },
  }
}

/** Decodes the JIS codes of Japanese printers, two bytes of 21 to 7E each, to the characters of Shift_JIS. */
export const jisDecoder: MultibyteDecoder = {
  isLead: isJisByte,
  isTrail: isJisByte,
  lookup: (lead, trail) => {
    const row = lead - 0x21
    const column = trail - 0x21
    const high = (row >> 1) + (row < 62 ? 0x81 : 0xc1)
    const low = row & 1 ? column + 0x9f : column + (column < 63 ? 0x40 : 0x41)
    const codePoint = zoneCharacters('shift_jis')[(high << 8) | low]
    return codePoint ? String.fromCharCode(codePoint) : undefined
  },
}

function isJisByte(byte: number): boolean {
  return byte >= 0x21 && byte <= 0x7e
}
