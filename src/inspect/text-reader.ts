/** The text in a stream's bytes, for listings and comparisons of streams. */

import { multibyteDecoder } from '../charsets/multibyte-decoder.js'
import { utf8CodePoint, utf8Length } from '../charsets/utf8-bytes.js'
import type { MultibyteZone } from '../model/charset.js'
import type { Profile } from '../model/profile.js'

/** Makes a reader of text as the profile's printer reads it in its default modes. A code without a character is shown in hex. */
export function textReader(profile: Profile): (run: Uint8Array) => string {
  const characterAt = profile.charset === 'utf8' ? utf8At : pairIn(profile.charset)
  return (run) => {
    let text = ''
    for (let i = 0; i < run.length; i++) {
      const byte = run[i] as number
      const character = byte < 0x80 ? undefined : characterAt(run, i)
      if (character !== undefined) {
        text += character.text
        i += character.length - 1
      } else text += byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`
    }
    return text
  }
}

type CharacterAt = (
  run: Uint8Array,
  at: number,
) => { readonly text: string; readonly length: number } | undefined

function pairIn(zone: MultibyteZone): CharacterAt {
  const { isLead, lookup } = multibyteDecoder(zone)
  return (run, at) => {
    const lead = run[at] as number
    const text = isLead(lead) ? lookup(lead, run[at + 1] ?? 0) : undefined
    return text === undefined ? undefined : { text, length: 2 }
  }
}

const utf8At: CharacterAt = (run, at) => {
  const length = utf8Length(run[at] as number)
  const bytes = [...run.subarray(at, at + length)]
  const whole = length > 0 && bytes.length === length
  const codePoint =
    whole && bytes.slice(1).every((byte) => byte >> 6 === 2) ? utf8CodePoint(bytes) : undefined
  return codePoint === undefined ? undefined : { text: String.fromCodePoint(codePoint), length }
}
