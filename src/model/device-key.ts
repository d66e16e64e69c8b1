/**
 * The device that an address means, however the address is written. Addresses with the same key share a queue and a
 * lock.
 */

const TCP = /^tcp:\/\/(\[[^\]]+\]|[^:/?#]+)(?::(\d*))?\/?$/i
const PATH = /^(?:file|serial):([^?]+)/i
/** This machine, as addresses call it. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[(0*:)+0*1\]|\[(0*:)+ffff:127\.0\.0\.1\])$/
/** A path of Windows, in which case and the kind of slash do not matter: `C:\out.bin`, `\\HOST\share`, `COM3`. */
const WINDOWS_PATH = /^([\\/]{2}[^\\/]|[a-z]:|(com|lpt)\d+$)/i

/**
 * `tcp://Counter` and `tcp://counter:9100` are one printer, and so are `localhost` and `127.0.0.1`, and a serial line at two speeds and
 * its file. Two other names of one host stay two, because only the network could tell.
 */
export function deviceKeyOf(uri: string): string {
  const [, host, port = ''] = TCP.exec(uri.trim()) ?? []
  if (host !== undefined) return `tcp://${hostKeyOf(host)}:${port === '' ? 9100 : Number(port)}`
  const [, path] = PATH.exec(uri.trim()) ?? []
  if (path !== undefined) return `file:${pathKeyOf(path)}`
  // Ids of USB are hexadecimal; a serial number may differ by case.
  return uri.trim().replace(/^[a-z]+:(?:[\da-f]{4}:[\da-f]{4})?/i, (text) => text.toLowerCase())
}

function hostKeyOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '')
  return LOOPBACK.test(name) ? '127.0.0.1' : name
}

function pathKeyOf(path: string): string {
  const plain = path.replace(/^\/\/\//, '/')
  if (!WINDOWS_PATH.test(plain)) return plain
  const windows = plain.replaceAll('/', '\\').toLowerCase()
  return windows.replace(/^\\\\\.\\/, '')
}
