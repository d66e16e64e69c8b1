/** Keeps the places in the source at which elements were written. The compiler passes them to the development runtime. */

/** Places by object, such as `sale.tsx:12:7`. */
const places = new WeakMap<object, string>()

export interface JsxSource {
  readonly fileName?: string
  readonly lineNumber?: number
  readonly columnNumber?: number
}

export function placeText(source: JsxSource | undefined): string | undefined {
  if (source?.fileName === undefined) return undefined
  const { fileName, lineNumber, columnNumber } = source
  return [fileName, lineNumber, columnNumber].filter((part) => part !== undefined).join(':')
}

export function keepPlace(value: unknown, at: string | undefined): void {
  if (at === undefined || typeof value !== 'object' || value === null) return
  if (!places.has(value)) places.set(value, at)
}

/**
 * Returns the place of the innermost element on the path. Undefined if none is known, as without the development runtime.
 * @param path path from an error, such as `nodes[3].rows[0]`
 */
export function placeAt(root: unknown, path: string): string | undefined {
  let found = known(root)
  let value = root
  for (const [step] of path.matchAll(/[^.[\]]+/g)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) break
    value = (value as Readonly<Record<string, unknown>>)[step]
    found = known(value) ?? found
  }
  return found
}

function known(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? places.get(value) : undefined
}
