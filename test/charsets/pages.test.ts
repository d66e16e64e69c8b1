import { describe, expect, test } from 'vitest'
import { makeCharset } from '../../src/charsets/charset.js'
import { pageTables } from '../../src/charsets/page-tables.js'
import { fewestPageChanges } from '../../src/charsets/pages.js'
import { ZONE_PAGE } from '../../src/model/cells.js'
import type { CodePageSlot } from '../../src/model/charset.js'
import { hexOf, shaped } from './helpers.js'

const western = [
  { number: 0, encoding: 'cp437' },
  { number: 16, encoding: 'cp1252' },
  { number: 17, encoding: 'cp866' },
]

function settled(texts: readonly string[], pages: readonly CodePageSlot[]) {
  const cells = texts.map((text) => shaped(text, { zone: 'none', pages }).cells)
  return fewestPageChanges(cells, makeCharset({ zone: 'none', pages }))
}

/** The number of `ESC t` for each stretch of single-byte cells. */
function pageNumbers(texts: readonly string[], pages: readonly CodePageSlot[]): number[] {
  const zones = settled(texts, pages).flatMap(({ zone }) => [...zone].filter((z) => z >= ZONE_PAGE))
  const changes = zones.filter((zone, i) => zone !== zones[i - 1])
  return changes.map((zone) => pages[zone - ZONE_PAGE]?.number ?? -1)
}

describe('fewestPageChanges', () => {
  test('a stretch keeps one page while one has all of it', () => {
    // é is in both pages, € only in the second: one page for both.
    expect(settled(['é - €'], western).map(hexOf)).toEqual(['p1:E9 20 2D 20 p1:80'])
  })

  test('a change of page happens where no page has the rest', () => {
    expect(settled(['é€Жé'], western).map(hexOf)).toEqual(['p1:E9 p1:80 p2:86 p0:82'])
  })

  test('lines are taken together', () => {
    expect(pageNumbers(['Käse 2,50 €', 'Brötchen', 'Öl 3,20 €'], western)).toEqual([16])
    expect(pageNumbers(['Brötchen', 'Öl'], western)).toEqual([0])
  })

  test('hanzi and drawn cells between do not end a stretch', () => {
    const pages = [western[0], western[1]].filter((page) => page !== undefined)
    const { cells } = shaped('ñ中€', { zone: 'gbk', pages })
    const [changed] = fewestPageChanges([cells], makeCharset({ zone: 'gbk', pages }))
    expect(changed && hexOf(changed)).toBe('p1:F1 D6 D0 p1:80')
  })

  test('the cells that came in stay as they were', () => {
    const { cells } = shaped('é€', { zone: 'none', pages: western })
    const before = hexOf(cells)
    fewestPageChanges([cells], makeCharset({ zone: 'none', pages: western }))
    expect(hexOf(cells)).toBe(before)
  })

  test('thirty-one pages and five languages: one page each', () => {
    const pages = Object.entries(pageTables.epson ?? {})
      .slice(0, 31)
      .map(([number, encoding]) => ({ number: Number(number), encoding }))
    const texts = [
      'Grüße aus Köln, Straße',
      'Café crème, œufs à la neige 3,20 €',
      'Zażółć gęślą jaźń',
      'Съешь ещё этих булок',
      'Καλημέρα, ευχαριστούμε',
    ]
    expect(pageNumbers(texts, pages)).toEqual([16, 18, 17, 11])
  })
})
