/** Names the type of a value for messages. The value is not quoted, because it may be a card number, and messages are logged. */

/** @example kindOf('6222 0212 3456 7890') // 'text' */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'missing'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return value === '' ? 'empty text' : 'text'
    case 'number':
      return kindOfNumber(value)
    case 'bigint':
      return 'a whole number'
    case 'boolean':
      return String(value)
    default:
      return value instanceof Date ? 'a Date object' : 'an object'
  }
}

function kindOfNumber(value: number): string {
  if (!Number.isFinite(value)) return 'not a number'
  if (!Number.isInteger(value)) return 'a number with a fraction'
  return Number.isSafeInteger(value) ? 'a whole number' : 'a number too large to be exact'
}
