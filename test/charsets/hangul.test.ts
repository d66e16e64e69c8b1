/** Every syllable prints: from the ROM if it has it, else as dots. */

import { expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { epsonTmT88v, generic58 } from '../../src/profiles/index.js'

const korean = {
  ...epsonTmT88v,
  id: 'korean',
  charset: 'euc-kr',
  chineseModeAtPowerOn: true,
  codePages: [],
} as const
const all = Array.from({ length: 11_172 }, (_, i) => String.fromCharCode(0xac00 + i)).join('')

it.each([korean, generic58])('all 11,172 hangul on $id', (profile) => {
  const { strip, diagnostics } = compileJson({ nodes: [{ kind: 'text', text: all }] }, { profile })
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['CHAR_DRAWN']))
  const printed = strip.blocks.flatMap((block) =>
    block.kind === 'line' ? block.runs.map(({ cells }) => cells.text) : [],
  )
  expect(printed.join('')).toBe(all)
})
