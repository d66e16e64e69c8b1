/** Decodes UTF-8 byte by byte, as a printer does. */

/** Returns how many bytes the character has that begins with `lead`; 0 if `lead` cannot begin one. */
export function utf8Length(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

/**
 * Returns the code point of a character's bytes. Undefined for surrogates, overlong forms, and bytes that are not a code.
 */
export function utf8CodePoint(bytes: readonly number[]): number | undefined {
  const [lead = 0, ...rest] = bytes
  let codePoint = rest.length === 0 ? lead : lead & (0x3f >> rest.length)
  for (const byte of rest) codePoint = (codePoint << 6) | (byte & 0x3f)
  const least = [0, 0x80, 0x800, 0x10000][rest.length] as number
  const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000
  return codePoint < least || codePoint > 0x10ffff || isSurrogate ? undefined : codePoint
}
