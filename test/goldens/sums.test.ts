/** Sums of the gallery, computed here from the articles alone and looked up on the paper. */

import { describe, expect, it } from 'vitest'
import { fixtureData, fixtureNames, languageNames } from './fixtures.js'
import { galleryPapers } from './papers.js'
import { sums } from './sums.js'

const names = [...fixtureNames, ...languageNames]

/** The digits of a line's last number with its sign: `-￥5.00` and `RMB -5.00` are -500. */
function lastNumber(line: string): number {
  const [sign, digits] = [...line.matchAll(/(-?)[￥￦$]?(-?\d[\d.,]*)/g)]
    .at(-1)
    ?.slice(1)
    .map((part) => part.replaceAll(/[.,]/g, '')) ?? ['', '']
  return Number(`${sign}${digits}`)
}

/** The number on the first line that begins with the label, blanks aside, or on the line after it. */
function shown(lines: readonly string[], label: string): number {
  const letters = [...label.replaceAll(' ', '')].map((letter) => letter.replace(/[()*.?]/, '\\$&'))
  const begins = new RegExp(`^\\s*${letters.join('\\s*')}`)
  const at = lines.findIndex((line) => begins.test(line))
  if (at < 0) throw new Error(`no line begins with ${label}`)
  const rest = lines[at]?.replace(begins, '') ?? ''
  return lastNumber(/\d/.test(rest) ? rest : (lines[at + 1] ?? ''))
}

interface Line {
  readonly priceFen?: number
  readonly amountFen?: number
  readonly count?: number
  readonly quantity?: string
  readonly litres?: string
}

function linesIn(value: unknown): readonly Line[] {
  if (typeof value !== 'object' || value === null) return []
  return [value as Line, ...Object.values(value).flatMap(linesIn)]
}

describe.each(galleryPapers)('$name on $printer', ({ name, lines }) => {
  it('shows the sums of its articles', () => {
    const expected = sums[name]?.(fixtureData(name)) ?? {}
    const found = Object.keys(expected).map((label) => [label, shown(lines, label)])
    expect(Object.fromEntries(found)).toEqual(expected)
  })
})

it('knows the sums of every receipt that has amounts', () => {
  const withAmounts = galleryPapers.filter(({ lines }) =>
    lines.some((line) => /[￥￦$]\s*\d|RMB|\d[.,]\d\d(?!\d)/.test(line)),
  )
  expect(names.filter((name) => !(name in sums))).toEqual(
    names.filter((name) => !withAmounts.some((paper) => paper.name === name)),
  )
})

it('has articles whose price times quantity is the amount', () => {
  const priced = names
    .flatMap((name) => linesIn(fixtureData(name)))
    .filter((line) => line.priceFen !== undefined && line.amountFen !== undefined)
  expect(priced.length).toBeGreaterThan(140)
  for (const line of priced) {
    const quantity = Number(line.quantity ?? line.count ?? line.litres)
    expect(Math.round((line.priceFen as number) * quantity), JSON.stringify(line)).toBe(
      line.amountFen,
    )
  }
})

it('counts the pieces of its articles', () => {
  const counted = names
    .map((name) => ({ name, data: fixtureData(name) as { readonly pieces?: number } }))
    .filter(({ data }) => data.pieces !== undefined && piecesIn(data) > 0)
  expect(counted.length).toBeGreaterThanOrEqual(4)
  for (const { name, data } of counted) expect(piecesIn(data), name).toBe(data.pieces)
})

/** Articles in bags or not; what is weighed is one piece. */
function piecesIn(data: object): number {
  return linesIn(data)
    .filter((line) => line.amountFen !== undefined)
    .map((line) => line.count ?? (line.quantity?.includes('.') ? 1 : Number(line.quantity ?? 0)))
    .reduce((sum, count) => sum + count, 0)
}

it('has shares that are those of the payments', () => {
  const { payments } = fixtureData('daily-report') as {
    readonly payments: readonly { readonly amountFen: number; readonly share: string }[]
  }
  const total = payments.reduce((sum, { amountFen }) => sum + amountFen, 0)
  for (const { amountFen, share } of payments) {
    expect(share).toBe(((100 * amountFen) / total).toFixed(1))
  }
})

it('has deposits of which as much is left as was not taken', () => {
  const { items } = fixtureData('deposit') as {
    readonly items: readonly Readonly<Record<'count' | 'ready' | 'taken', string>>[]
  }
  for (const { count, ready, taken } of items)
    expect(Number(ready) + Number(taken)).toBe(Number(count))
})
