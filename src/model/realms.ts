/**
 * Errors and bytes, recognised whichever realm made them. Jest, vitest's `vmThreads` and frames run code in a realm with its own
 * `Error` and `Uint8Array`, while Node's built-in modules keep theirs, so that `instanceof` fails between the two.
 */

/** Whether it is an `Error` of any realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}

/** Whether it is a `Uint8Array` (a `Buffer` too) of any realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return (
    value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]'
  )
}

/** Whether it is an object of JSON in any realm; pixels, bytes and other instances of classes are not. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Only the prototype that plain objects share ends the chain.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The error's message; anything else that was thrown, as text. */
export function messageOf(cause: unknown): string {
  return isError(cause) ? cause.message : String(cause)
}

/** The `code` of an error, such as `ENOENT`, or undefined. */
export function codeOf(cause: unknown): string | undefined {
  if (!isError(cause) || !('code' in cause)) return undefined
  return typeof cause.code === 'string' ? cause.code : undefined
}
