/** Computes the embedding levels of a paragraph with text in both directions, by the Unicode Bidirectional Algorithm. */

/** The functions of `bidi-js` that are used here. */
export interface Bidi {
  getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl'): { readonly levels: Uint8Array }
}

const LEFT_TO_RIGHT_ISOLATE = '\u2066'
const END_OF_ISOLATE = '\u2069'

/** Returns the level of each UTF-16 unit. The isolates keep amounts with their sign and currency, and dates in their order. */
export function levelsOf(
  bidi: Bidi,
  text: string,
  isolates: readonly { readonly from: number; readonly to: number }[],
  direction?: 'ltr' | 'rtl',
): Uint8Array {
  let isolated = ''
  let done = 0
  /** Offset in `isolated` of each UTF-16 unit of `text`. */
  const places = new Uint32Array(text.length)
  const take = (to: number) => {
    for (let i = done; i < to; i++) places[i] = isolated.length + i - done
    isolated += text.slice(done, to)
    done = to
  }
  for (const { from, to } of isolates) {
    take(from)
    isolated += LEFT_TO_RIGHT_ISOLATE
    take(to)
    isolated += END_OF_ISOLATE
  }
  take(text.length)
  const { levels } = bidi.getEmbeddingLevels(isolated, direction)
  return Uint8Array.from(places, (place) => levels[place] ?? 0)
}
