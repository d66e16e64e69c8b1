/** UTF-8 without `TextEncoder` and `TextDecoder`, which are not part of ECMAScript and so missing in some engines. */

/** Encodes a text as UTF-8. A lone surrogate becomes U+FFFD, as with `TextEncoder`. */
export function encodeUtf8(text: string): Uint8Array {
  // A unit of UTF-16 takes at most three bytes.
  const bytes = new Uint8Array(text.length * 3)
  let length = 0
  for (const character of text) {
    const given = character.codePointAt(0) as number
    const codePoint = given >= 0xd800 && given < 0xe000 ? 0xfffd : given
    if (codePoint < 0x80) {
      bytes[length++] = codePoint
      continue
    }
    const more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3
    bytes[length++] = ((0xff00 >> (more + 1)) & 0xff) | (codePoint >> (6 * more))
    for (let i = more - 1; i >= 0; i--) bytes[length++] = 0x80 | ((codePoint >> (6 * i)) & 0x3f)
  }
  return bytes.slice(0, length)
}

/** Decodes UTF-8 of our own data, which is always well-formed. Malformed bytes are not detected. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++] as number
    const more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    let codePoint = more === 0 ? lead : lead & (0x3f >> more)
    for (let i = 0; i < more; i++) codePoint = (codePoint << 6) | ((bytes[at++] as number) & 0x3f)
    text += String.fromCodePoint(codePoint)
  }
  return text
}
