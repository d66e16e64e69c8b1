/** What we mend in the library for line breaks: quotes, blanks, and minified bundles. */

import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  breakOffsets,
  plainBreakOffsets,
  unicodeBreakOffsets,
} from '../../src/layout/line-breaks.js'

const source = fileURLToPath(new URL('../../src/layout/line-breaks.ts', import.meta.url))
const samples = ['“老城面馆”的面', '价格：￥1,234.56元整', 'x “老a', '第 # 12 号', 'GOODS/SERVICES']

describe('line breaks', () => {
  it('may part hanzi after an opening quote', () => {
    expect(breakOffsets('“老城面馆”')).toEqual([2, 3, 4])
    expect(breakOffsets('说 “老a')).toEqual([2, 4])
  })

  it('keep a sign with its number across a blank, since the blank is not printed at a line end', () => {
    expect(breakOffsets('第 # 12 号')).toEqual([2, 7])
  })

  it('of hanzi, words and blanks are those of all rules, found the short way', () => {
    const plain = fc.string({
      unit: fc.constantFrom(...'老城面馆一龥 aZ09鿿，。、；：？！（）   '),
      minLength: 1,
      maxLength: 24,
    })
    fc.assert(
      fc.property(plain, (text) => {
        expect(plainBreakOffsets(text)).toEqual(unicodeBreakOffsets(text))
      }),
      { numRuns: 3000, seed: 7 },
    )
    expect(plainBreakOffsets('合计 ¥12.50')).toBeUndefined()
  })

  it('are the same in a minified bundle', async () => {
    const options = { bundle: true, minify: true, write: false, format: 'esm' } as const
    const { outputFiles } = await build({ entryPoints: [source], ...options })
    const code = Buffer.from(outputFiles[0]?.text ?? '').toString('base64')
    const minified = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)
    expect(samples.map(minified.breakOffsets)).toEqual(samples.map(breakOffsets))
  })
})
