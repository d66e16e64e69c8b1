/**
 * Maps each address to a key of its device. Different spellings of an address have the same key, and so share a queue and a lock.
 */

const TCP = /^tcp:\/\/(\[[^\]]+\]|[^:/?#]+)(?::(\d*))?\/?$/i
const PATH = /^(?:file|serial):([^?]+)/i
/** Host names of this machine. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[(0*:)+0*1\]|\[(0*:)+ffff:127\.0\.0\.1\])$/
/** A Windows path, in which upper case and the kind of slash do not matter: `C:\out.bin`, `\\HOST\share`, `COM3`. */
const WINDOWS_PATH = /^([\\/]{2}[^\\/]|[a-z]:|(com|lpt)\d+$)/i

/**
 * Returns the key of a device. `tcp://Counter` and `tcp://counter:9100` have one key, and so do `localhost` and `127.0.0.1`, and a serial
 * line at any speed and its device file. Two other names of one host have two keys, because only the network knows that they are the same.
 */
export function deviceKeyOf(uri: string): string {
  const [, host, port = ''] = TCP.exec(uri.trim()) ?? []
  if (host !== undefined) return `tcp://${hostKeyOf(host)}:${port === '' ? 9100 : Number(port)}`
  const [, path] = PATH.exec(uri.trim()) ?? []
  if (path !== undefined) return `file:${pathKeyOf(path)}`
  // The ids of a USB address are hexadecimal, so their case does not matter. The case of a serial number does.
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
