/** Reduces the data of a template to plain data, so that no function in them can be called. */

import { ReceiptError } from '../model/errors.js'

/** Most objects and lists in the data. It stops endless data, which getters can produce. */
const MAX_OBJECTS = 5_000_000

/**
 * Returns the data themselves if they contain only plain objects, lists and scalars; else a copy without functions, symbols and
 * prototypes, because LiquidJS calls methods that it finds: `toLiquid`, `equals`, `indexOf`, iterators, `toString` and any function that a
 * path names.
 *
 * @throws ReceiptError `TEMPLATE_TOO_LARGE`
 * @example plainData({ shop: '老城面馆', greet: () => '您好' }) // { shop: '老城面馆' }
 */
export function plainData(data: object): object {
  const found = new Set<object>([data])
  // Iterating over a set also visits the objects that are added during the loop.
  for (const value of found) {
    if (isValue(value)) continue
    if (!isPlain(value)) return copyOf(data)
    for (const key of Reflect.ownKeys(value)) {
      const field: unknown = Reflect.get(value, key)
      if (typeof key === 'symbol' || typeof field === 'function') return copyOf(data)
      if (typeof field === 'object' && field !== null) found.add(field)
    }
    checkCount(found.size)
  }
  return data
}

/** Copies data. Cycles stay cycles, and shared objects stay shared. */
function copyOf(data: object): object {
  const copies = new Map<object, object>()
  const copyFor = (value: object): object => {
    const known = copies.get(value)
    if (known !== undefined) return known
    const copy: object = isValue(value) ? value : Array.isArray(value) ? [] : {}
    copies.set(value, copy)
    checkCount(copies.size)
    return copy
  }
  const root = copyFor(data)
  for (const [value, copy] of copies) {
    if (isValue(value)) continue
    // A dropped element leaves a hole in the list, so that the others keep their index.
    if (Array.isArray(copy)) copy.length = (value as unknown[]).length
    for (const [key, field] of Object.entries(value)) {
      const kept = typeof field === 'object' && field !== null ? copyFor(field) : field
      // Defined and not assigned, because assigning to a key named __proto__ would set the prototype.
      if (typeof kept !== 'function' && typeof kept !== 'symbol') setField(copy, key, kept)
    }
  }
  return root
}

function setField(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  })
}

/** Whether the object is a date without added fields, or bytes. They need no copy: filters refuse them, and their methods are built in. */
function isValue(value: object): boolean {
  if (ArrayBuffer.isView(value)) return true
  return Object.getPrototypeOf(value) === Date.prototype && Reflect.ownKeys(value).length === 0
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null
}

function checkCount(count: number): void {
  if (count <= MAX_OBJECTS) return
  throw new ReceiptError(`the data hold more than ${MAX_OBJECTS} objects and lists`, {
    code: 'TEMPLATE_TOO_LARGE',
    hint: 'give what the receipt prints, and not the whole store',
  })
}
