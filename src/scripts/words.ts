/** Finds words in scripts without blanks between words: Thai, Lao, Myanmar and Khmer. */

const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+/g

/**
 * Returns the offsets of the words. Without `Intl.Segmenter` there are none, so such text is broken only at blanks, and between letters if
 * a line has no other place.
 */
export function wordStarts(text: string, segmenter: Intl.Segmenter | undefined): readonly number[] {
  if (segmenter === undefined) return []
  return [...text.matchAll(UNSPACED)].flatMap(({ 0: stretch, index }) =>
    Array.from(segmenter.segment(stretch), (word) => index + word.index).slice(1),
  )
}

/** Makes a word segmenter. Its dictionaries cover all these scripts, whichever language is given. */
export function makeSegmenter(): Intl.Segmenter | undefined {
  return typeof Intl === 'object' && 'Segmenter' in Intl
    ? new Intl.Segmenter('th', { granularity: 'word' })
    : undefined
}
