/** The annotated listing of a stream, with its text as the printer's ROM shows it. */

import { multibyteDecoder } from '../charsets/multibyte-decoder.js'
import { listCommands } from '../encoders/escpos/listing.js'
import type { Profile } from '../model/profile.js'

/** One command a line: offset, hex, name and values. Text is read in the profile's multi-byte zone. */
export function listStream(bytes: Uint8Array, profile: Profile): string {
  const { isLead, lookup } = multibyteDecoder(profile.charset)
  const decodeText = (run: Uint8Array): string => {
    let text = ''
    for (let i = 0; i < run.length; i++) {
      const byte = run[i] as number
      const pair = isLead(byte) ? lookup(byte, run[i + 1] ?? 0) : undefined
      if (pair !== undefined) {
        text += pair
        i++
      } else text += byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`
    }
    return text
  }
  return listCommands(bytes, { decodeText })
}
