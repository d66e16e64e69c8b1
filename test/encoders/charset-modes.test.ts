import { describe, expect, it } from 'vitest'
import { compile, compileJson } from '../../src/compile.js'
import { modesAfter } from '../../src/encoders/escpos/segments.js'
import { printBytes } from '../../src/entries/emulator.js'
import type { Profile } from '../../src/model/profile.js'
import {
  epsonTmT88v,
  findProfile,
  generic58,
  generic80,
  overrideProfile,
} from '../../src/profiles/index.js'

function compiled(lines: readonly string[], profile: Profile) {
  const nodes = lines.map((text) => ({ kind: 'text', text }))
  return compileJson({ nodes }, { profile }).bytes
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

function printed(bytes: Uint8Array, profile: Profile): string {
  return printBytes(bytes, profile)
    .glyphs.map(({ text }) => text)
    .join('')
}

describe('the mode at the start, and text in it', () => {
  const korean = { charset: 'euc-kr' }
  const japanese = { charset: 'shift_jis', codePages: '1:katakana' }
  it.each([
    ['gbk', {}, '文', '1C 26', 'CE C4'],
    ['none', { charset: 'none', codePages: '16:cp1252' }, 'é', '1C 2E', '1B 74 10 E9'],
    ['big5', { charset: 'big5' }, '臺', '1C 26', 'BB 4F'],
    ['euc-kr', korean, '한', '1C 26', 'C7 D1'],
    ['shift_jis', japanese, '文', '1C 43 01 1C 26', '95 B6'],
    ['half-width kana', japanese, '文ﾚ文', '1C 43 01 1C 26', '95 B6 1C 2E 1B 74 01 DA 1C 26 95 B6'],
    [
      'utf8 of Epson',
      { charset: 'utf8', utf8: 'epson-fs-c' },
      'é文',
      '1C 28 43 02 00 30 02',
      'C3 A9 E6 96 87',
    ],
    [
      'utf8 of Sunmi',
      { charset: 'utf8', utf8: 'sunmi' },
      'é文',
      '1C 26 1C 43 FF',
      'C3 A9 E6 96 87',
    ],
    ['utf8 without a command', { charset: 'utf8' }, '文', '', 'E6 96 87'],
  ] as const)('%s', (_, settings, text, mode, body) => {
    const profile = overrideProfile(generic58, settings)
    const bytes = compiled([text], profile)
    const start = `1B 40 1B 52 00 ${mode} 1B 33 1E ${body} 0A`.replace(/ +/g, ' ')
    expect(hexOf(bytes)).toBe(start)
    expect(printed(bytes, profile)).toBe(text)
  })
})

describe('the users’ cases that are more than one text', () => {
  it('2: shared hanzi of Chinese and Japanese are never sent as Japanese', () => {
    expect(hexOf(compiled(['微信支付'], generic58))).toContain('CE A2 D0 C5 D6 A7 B8 B6')
  })

  it('20: after a cut the Chinese mode is still on, since ESC @ is sent once', () => {
    const nodes = [{ kind: 'text', text: '文' }, { kind: 'cut' }, { kind: 'text', text: '文' }]
    const profile = overrideProfile(generic58, { cuts: 'partial' })
    const { bytes } = compileJson({ nodes }, { profile })
    expect(hexOf(bytes).match(/1B 40/g)).toHaveLength(1)
    expect(printed(bytes, profile)).toBe('文文')
  })

  it('22: a blank line is kept', () => {
    const { glyphs } = printBytes(compiled(['a\n\nb'], generic58), generic58)
    expect(glyphs.map(({ y }) => y)).toEqual([0, 60])
  })
})

describe('five languages in one receipt on a printer with many pages', () => {
  const profile = overrideProfile(epsonTmT88v, {
    codePages:
      '0:cp437,2:cp850,14:cp737,15:iso8859-7,16:cp1252,17:cp866,18:cp852,19:cp858,45:cp1250,46:cp1251,47:cp1253',
  })
  const lines = [
    'Grüße aus Köln: 2,50 €',
    'Größe',
    'Crème brûlée à 7,20 €',
    'Zażółć gęślą jaźń',
    'Съешь ещё этих булок',
    'Καλημέρα, ½ λίτρο 5,50 €',
  ]

  it('selects four pages and reads back as it was', () => {
    const bytes = compiled(lines, profile)
    const pages = [...hexOf(bytes).matchAll(/1B 74 (..)/g)].map(([, n]) => Number(`0x${n}`))
    expect(pages).toEqual([16, 18, 17, 47])
    expect(printed(bytes, profile)).toBe(lines.join('').replace(/ /g, ''))
  })

  it('draws nothing and reports nothing', () => {
    const nodes = lines.map((text) => ({ kind: 'text', text }))
    expect(compileJson({ nodes }, { profile }).diagnostics).toEqual([])
  })
})

describe('units of motion', () => {
  it('are made dots right after the reset, where a printer has finer ones', () => {
    const printer = { ...generic80, dpi: 180, setsMotionUnits: true }
    const { bytes } = compile({ nodes: [{ kind: 'text', text: 'a' }] }, { profile: printer })
    expect(hexOf(bytes)).toContain('1D 50 B4 B4')
    expect(hexOf(modesAfter(bytes))).toContain('1D 50 B4 B4')
  })

  it('and the way to UTF-8 come back with the modes of a segment', () => {
    const printer = { ...generic80, charset: 'utf8', utf8: 'epson-fs-c' } as const
    const { bytes } = compile({ nodes: [{ kind: 'text', text: '好' }] }, { profile: printer })
    expect(hexOf(modesAfter(bytes))).toContain('1C 28 43 02 00 30 02')
  })
})

describe('a yen sign on a Chinese printer that has code pages as well', () => {
  it.each(['epson-tm-t70ii-ch', 'generic-58', 'generic-80-gb18030', 'xprinter-xp-80c'])(
    'is the wide one of the ROM on %s',
    (id) => {
      const { bytes, diagnostics } = compile(
        { nodes: [{ kind: 'text', text: '合计 ¥12.50' }] },
        { profile: findProfile(id) },
      )
      expect(hexOf(bytes)).toContain('BA CF BC C6 20 A3 A4 31 32 2E 35 30')
      expect(diagnostics.map(({ code }) => code)).toEqual(['CHAR_SUBSTITUTED'])
    },
  )
})
