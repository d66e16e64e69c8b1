/** Words of scripts that write no blanks between them: Thai, Lao, Myanmar and Khmer. */

const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+/g

/** A runtime without `Intl.Segmenter` breaks such text only at blanks, and between letters if a line has no other place. */
export function wordStarts(text: string, segmenter: Intl.Segmenter | undefined): readonly number[] {
  if (segmenter === undefined) return []
  return [...text.matchAll(UNSPACED)].flatMap(({ 0: stretch, index }) =>
    Array.from(segmenter.segment(stretch), (word) => index + word.index).slice(1),
  )
}

/** The dictionaries hold all these scripts, whatever the language that is asked for. */
export function makeSegmenter(): Intl.Segmenter | undefined {
  return typeof Intl === 'object' && 'Segmenter' in Intl
    ? new Intl.Segmenter('th', { granularity: 'word' })
    : undefined
}
