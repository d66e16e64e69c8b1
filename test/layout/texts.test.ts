/**
 * Random texts in boxes of any width: full lines, nothing lost, and the Chinese rules for the ends of lines. What is
 * right is said here again, without the sources' own tables. A forbidden character may stand at a line's edge only
 * where every cut of that line would leave one there.
 */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../../src/index.js'
import type { LineBlock } from '../../src/model/strip.js'
import { expectOnPaper, fixed, font, layOut, paper, size } from './random.js'

describe('texts', () => {
  const neverFirst = new Set('，。、；：？！）》」』”’%℃,.;:?!)]}')
  const neverLast = new Set('（《「『“‘￥$#([{')
  const isHanzi = (character: string) => /\p{Script=Han}/u.test(character)
  const isWord = (character: string) => /[A-Za-z0-9]/.test(character)

  const chunk = fc.oneof(
    fc.array(fc.constantFrom(...'老城面馆红烧牛肉面大份少辣'), { minLength: 1, maxLength: 7 }),
    fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 9 }),
    fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 24 }),
    fc.constantFrom('￥1,234.56', '12:08:31', '010-5550100', '6.5%', '25℃', '#0048', '$8.00'),
    fc.constantFrom(...'，。、；：？！）》」』”（《「『“￥'),
    fc.constantFrom(' ', ' ', '  '),
  )
  const paragraph = fc
    .array(chunk, { minLength: 1, maxLength: 12 })
    .map((chunks) => chunks.flat().join('').trim())
    .filter((joined) => joined !== '')

  /** A paragraph in a box, at a size. */
  const sample = fc
    .record({
      content: paragraph,
      font,
      width: size,
      height: size,
      paper,
      cells: fc.integer({ min: 4, max: 40 }),
      boxed: fc.boolean(),
    })
    .map(({ boxed, cells, paper: full, content, ...style }) => {
      // A column would give a number white of its neighbours, so the box is a paper of its width.
      const boxDots = boxed
        ? Math.min(cells * (style.font === 'A' ? 12 : 9) * style.width, full)
        : full
      return { content, style, widthDots: boxDots, boxDots, node: text(content, style) }
    })

  interface Printed {
    readonly text: string
    readonly widthDots: number
    /** Of the input, where the line begins and ends. */
    readonly from: number
    readonly to: number
  }

  /** The lines that were printed, found again in the input: characters in order, blanks dropped only between lines. */
  function findLines(content: string, lines: readonly LineBlock[]): Printed[] {
    let at = 0
    const found = lines.map(({ runs }): Printed => {
      while (content[at] === ' ') at++
      const printed = runs.map(({ cells }) => cells.text).join('')
      const from = at
      at += printed.length
      expect(content.slice(from, at)).toBe(printed)
      const widthDots = runs.reduce((sum, run) => sum + run.widthDots, 0)
      return { text: printed, widthDots, from, to: at }
    })
    expect(content.slice(at).trim()).toBe('')
    return found
  }

  const isForbidden = (before: string, after: string) =>
    neverLast.has(before) || neverFirst.has(after)

  /** Cuts before `at` that no rule forbids: between two hanzi, between a hanzi and a word, and at blanks between those. */
  function mayCut(content: string, at: number): boolean {
    const after = content[at] ?? ''
    const before = content.slice(0, at).trimEnd().at(-1) ?? ''
    const isBlank = content[at - 1] === ' '
    if (isHanzi(before)) return isHanzi(after) || isWord(after)
    // The hanzi that counts: 12份.
    if (/\d/.test(before) && isHanzi(after)) return false
    return isWord(before) && (isHanzi(after) || (isBlank && isWord(after)))
  }

  function eachBrokenLine(
    check: (
      line: Printed,
      next: Printed,
      content: string,
      spare: (text: string) => boolean,
    ) => void,
  ): void {
    fc.assert(
      fc.property(sample, ({ content, style, widthDots, boxDots, node }) => {
        const laid = layOut([node], widthDots)
        if (laid === undefined) return
        expectOnPaper(laid.lines, boxDots)
        const printed = findLines(content, laid.lines)
        if (laid.codes.has('TEXT_SHRUNK')) return
        const half = style.font === 'A' ? 12 : 9
        const dotsOf = (characters: string) =>
          [...characters].reduce((sum, c) => sum + (c.charCodeAt(0) < 0x80 ? half : 24), 0) *
          style.width
        printed.slice(1).forEach((next, i) => {
          const line = printed[i] as Printed
          const dropped = content.slice(line.to, next.from)
          check(line, next, content, (more) => line.widthDots + dotsOf(dropped + more) <= boxDots)
        })
      }),
      fixed,
    )
  }

  it('leave no forbidden character at a line edge where another cut would not', () => {
    eachBrokenLine((line, next) => {
      if (!isForbidden(line.text.at(-1) ?? '', next.text[0] ?? '')) return
      for (let k = 1; k < line.text.length; k++) {
        const before = line.text.slice(0, k).trimEnd().at(-1) ?? ''
        const after = line.text[k] as string
        if (after === ' ' || before === '') continue
        expect([line.text, next.text, k, isForbidden(before, after)]).toEqual([
          line.text,
          next.text,
          k,
          true,
        ])
      }
    })
  })

  it('leave no line short: what begins the next line up to its first cut had no room', () => {
    eachBrokenLine((line, next, content, fits) => {
      let end = 1
      while (end < next.text.length && !mayCut(next.text, end)) end++
      const first = next.text.slice(0, end).trimEnd()
      if (end === next.text.length && next.to < content.length) return
      expect([line.text, first, fits(first)]).toEqual([line.text, first, false])
    })
  })

  it('keep words, numbers and prices whole where a line has room for them', () => {
    eachBrokenLine((line, next, content) => {
      const pair = content.slice(line.to - 1, next.from + 1)
      if (pair.length !== 2 || !/^[A-Za-z0-9]{2}$/.test(pair)) return
      // Broken inside a word or number: then the line holds nothing that could have been cut before.
      for (let k = 1; k < line.text.length; k++) {
        expect([line.text, next.text, k, mayCut(line.text, k)]).toEqual([
          line.text,
          next.text,
          k,
          false,
        ])
      }
    })
  })
})
