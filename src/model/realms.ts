/**
 * Recognises errors and bytes of any realm. Jest, vitest's `vmThreads` and frames run code in a realm with its own
 * `Error` and `Uint8Array`, while Node's built-in modules keep theirs, so that `instanceof` fails between the two.
 */

/** Whether the value is an `Error` of any realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}

/** Whether the value is a `Uint8Array` (or a `Buffer`) of any realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return (
    value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]'
  )
}

/** Whether the value is a plain object of any realm. Bytes, pixels and other instances of classes are not. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Only `Object.prototype`, of whichever realm, has no prototype itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Returns the message of an error, or any other thrown value as text. */
export function messageOf(cause: unknown): string {
  return isError(cause) ? cause.message : String(cause)
}

/** Returns the `code` of an error, such as `ENOENT`, or undefined. */
export function codeOf(cause: unknown): string | undefined {
  if (!isError(cause) || !('code' in cause)) return undefined
  return typeof cause.code === 'string' ? cause.code : undefined
}
