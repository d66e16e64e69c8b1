/** Unicode's own line-breaking tests, and where and why ours deviate from them. */

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { breakOffsets } from './breaks.js'

/** Version 15.0 of Unicode's file. */
const file = new URL('../../fixtures/unicode/LineBreakTest.txt.gz', import.meta.url)

/** Characters of the file that 禁则 keeps off a line's start, and off its end. */
const neverFirst = '—%,.!)}'
const neverLast = '#$('

/** Unicode 15.1, which the library follows, has new rules for blanks beside quotes (LB15 became LB15a and LB15b). */
const blankBesideQuote = /["«»].* |\s.*["«»]/u

interface Case {
  readonly text: string
  readonly breaks: readonly number[]
}

function parseCase(line: string): Case {
  let text = ''
  const breaks: number[] = []
  for (const token of line.trim().split(/\s+/)) {
    if (token === '÷') breaks.push(text.length)
    else if (token !== '×') text += String.fromCodePoint(Number.parseInt(token, 16))
  }
  return { text, breaks: breaks.filter((at) => at > 0 && at < text.length) }
}

const cases = gunzipSync(readFileSync(file))
  .toString('utf8')
  .split('\n')
  .map((line) => line.split('#')[0] as string)
  .filter((line) => line.trim() !== '')
  .map(parseCase)

/** After a character that ends a line by force, nothing is tailored. */
function isForced(text: string, at: number): boolean {
  return /[\n\v\f\r\u0085\u2028\u2029]/.test(text[at - 1] as string)
}

/** What a line broken at `at` ends in: blanks there are not printed. */
function lastInk(text: string, at: number): string {
  return text.slice(0, at).replace(/ +$/, '').at(-1) ?? ' '
}

function tailored({ text, breaks }: Case): number[] {
  return breaks.filter(
    (at) =>
      isForced(text, at) ||
      !(neverFirst.includes(text[at] as string) || neverLast.includes(lastInk(text, at))),
  )
}

describe('UAX #14 conformance', () => {
  const deviating = cases.filter(
    (test) => breakOffsets(test.text)?.join() !== tailored(test).join(),
  )

  it('reads the whole file', () => {
    expect(cases.length).toBe(7654)
  })

  it('holds but for the Chinese rules and newer rules for quotes', () => {
    expect(deviating.filter(({ text }) => !blankBesideQuote.test(text))).toEqual([])
    expect(deviating.length).toBe(8)
  })

  it('only ever forbids breaks: none is added that Unicode does not allow', () => {
    const added = cases.filter(({ text, breaks }) =>
      breakOffsets(text)?.some((at) => !breaks.includes(at)),
    )
    expect(added.filter(({ text }) => !blankBesideQuote.test(text))).toEqual([])
  })
})
