/** What we mend in the library for line breaks: quotes, blanks, and minified bundles. */

import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { markAllBreaks } from '../../src/layout/line-breaks.js'
import { markPlainBreaks } from '../../src/layout/plain-breaks.js'
import { lawTimeoutMs, numRuns, seed } from '../laws/samples.js'
import { breakOffsets } from './breaks.js'

const source = fileURLToPath(new URL('../../src/layout/line-breaks.ts', import.meta.url))
const samples = ['“老城面馆”的面', '价格：￥1,234.56元整', 'x “老a', '第 # 12 号', 'GOODS/SERVICES']

/** What receipts hold, and what the table and the rules might see differently; some of it is not of the table. */
const plainText = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...'老城面馆一龥鿿aZ09  ') },
      {
        weight: 8,
        arbitrary: fc.constantFrom(...'.,:;/-&*<=>@^_~，。、；：？！）》」』】〕〉（《「『【〔〈'),
      },
      { weight: 8, arbitrary: fc.constantFrom(...'!?}%％‰℃￥＄￡$#+([{)]12') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('￥12.50', '(5.00)', '5.00)￥', '-12%', '8.5%(3', '第#12'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'https://',
          '://',
          'GOODS/SERVICES',
          '1,234.56',
          '2024-09-30',
          '12:30',
        ),
      },
    ),
    { minLength: 1, maxLength: 20 },
  )
  .chain((parts) => fc.constantFrom(...parts.map((_, i) => (i === 3 ? [...parts, '¥'] : parts))))
  .map((parts) => parts.join(''))

describe('line breaks', { timeout: lawTimeoutMs }, () => {
  it('may part hanzi after an opening quote', () => {
    expect(breakOffsets('“老城面馆”')).toEqual([2, 3, 4])
    expect(breakOffsets('说 “老a')).toEqual([2, 4])
  })

  it('keep a sign with its number across a blank, since the blank is not printed at a line end', () => {
    expect(breakOffsets('第 # 12 号')).toEqual([2, 7])
  })

  it('of plain text are those of all rules, found by table', () => {
    let found = 0
    fc.assert(
      fc.property(plainText, (text) => {
        const offsets = breakOffsets(text, markPlainBreaks)
        if (offsets === undefined) return
        found++
        expect(offsets, JSON.stringify(text)).toEqual(breakOffsets(text, markAllBreaks))
      }),
      { numRuns: numRuns * 10, seed },
    )
    expect(found).toBeGreaterThan(numRuns * 7)
    expect(breakOffsets('合计 ¥12.50', markPlainBreaks)).toBeUndefined()
  })

  it('are the same in a minified bundle', async () => {
    const options = { bundle: true, minify: true, write: false, format: 'esm' } as const
    const { outputFiles } = await build({ entryPoints: [source], ...options })
    const code = Buffer.from(outputFiles[0]?.text ?? '').toString('base64')
    const minified = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)
    expect(samples.map((text) => breakOffsets(text, minified.markBreaks))).toEqual(
      samples.map((text) => breakOffsets(text)),
    )
  })
})
