/** Base64 without `atob` and `btoa`, which are not part of ECMAScript and so missing in some engines. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Decodes base64 text of whole groups, padded with `=`. */
export function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128)
  for (let i = 0; i < LETTERS.length; i++) values[LETTERS.charCodeAt(i)] = i
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const valueAt = (at: number) => values[text.charCodeAt(at)] ?? 0
  // Bytes beyond the array's end belong to the padding and are dropped.
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const bits =
      (valueAt(from) << 18) |
      (valueAt(from + 1) << 12) |
      (valueAt(from + 2) << 6) |
      valueAt(from + 3)
    bytes[to] = bits >> 16
    bytes[to + 1] = bits >> 8
    bytes[to + 2] = bits
  }
  return bytes
}

/** Encodes bytes as base64 in whole groups, padded with `=`. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 3) {
    const bits =
      ((bytes[from] as number) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    const letters = Math.min(bytes.length - from, 3) + 1
    for (let k = 0; k < 4; k++) text += k < letters ? LETTERS[(bits >> (18 - 6 * k)) & 63] : '='
  }
  return text
}
