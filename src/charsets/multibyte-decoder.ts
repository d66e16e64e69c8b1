/** The printer's side of a multi-byte zone: bytes back to characters. */
import type { MultibyteZone } from '../model/charset.js'
import { fourByteCharacter, zoneCharacters } from './zones.js'

export interface MultibyteDecoder {
  /** Whether a byte opens a multi-byte character. */
  isLead(byte: number): boolean
  /** The character of a two-byte code; undefined where the zone has none. */
  lookup(lead: number, trail: number): string | undefined
  /** Only in `gb18030`: the character of a four-byte code, whose second byte is 30 to 39. */
  lookup4?(b1: number, b2: number, b3: number, b4: number): string | undefined
}

/** How a printer with this ROM reads bytes in its multi-byte mode. A zone `none` has no lead byte. */
export function multibyteDecoder(zone: MultibyteZone): MultibyteDecoder {
  const characters = zoneCharacters(zone)
  const [firstLead, lastLead] = leads(zone)
  const decoder: MultibyteDecoder = {
    isLead: (byte) => byte >= firstLead && byte <= lastLead,
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

function leads(zone: MultibyteZone): readonly [first: number, last: number] {
  if (zone === 'none') return [0x100, 0xff]
  return zone === 'gb2312' ? [0xa1, 0xf7] : [0x81, 0xfe]
}
