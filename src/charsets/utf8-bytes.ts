/** UTF-8, byte by byte, as a printer reads it. */

/** Bytes of the character that `lead` opens; 0 if it opens none. */
export function utf8Length(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

/**
 * The code point of a whole character's bytes. Undefined for surrogates, forms longer than needed, and bytes that
 * are not a code.
 */
export function utf8CodePoint(bytes: readonly number[]): number | undefined {
  const [lead = 0, ...rest] = bytes
  let codePoint = rest.length === 0 ? lead : lead & (0x3f >> rest.length)
  for (const byte of rest) codePoint = (codePoint << 6) | (byte & 0x3f)
  const least = [0, 0x80, 0x800, 0x10000][rest.length] as number
  const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000
  return codePoint < least || codePoint > 0x10ffff || isSurrogate ? undefined : codePoint
}
