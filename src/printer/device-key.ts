/** Which device an address means, however it is written: what has the same key shares a queue and a lock. */

const TCP = /^tcp:\/\/(\[[^\]]+\]|[^:/?#]+)(?::(\d*))?\/?$/i
const PATH = /^(?:file|serial):([^?]+)/i

/**
 * `tcp://Counter` and `tcp://counter:9100` are one printer, and so are a serial line at two speeds and its file. Two names of one host
 * stay two.
 */
export function deviceKeyOf(uri: string): string {
  const [, host, port = ''] = TCP.exec(uri.trim()) ?? []
  if (host !== undefined) return `tcp://${host.toLowerCase()}:${port === '' ? 9100 : Number(port)}`
  const [, path] = PATH.exec(uri.trim()) ?? []
  if (path !== undefined) return `file:${path.replace(/^\/\/\//, '/')}`
  // Ids of USB are hexadecimal; a serial number may differ by case.
  return uri.trim().replace(/^[a-z]+:(?:[\da-f]{4}:[\da-f]{4})?/i, (text) => text.toLowerCase())
}
