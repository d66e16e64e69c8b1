import { expect, test } from 'vitest'
import { readGlyphData } from '../../src/glyphs/glyph-data.node.js'
import { openGlyphFile } from '../../src/glyphs/glyph-file.js'
import { mayHold, pagesOf } from '../../src/glyphs/set-pages.js'

test.each([
  'fonta',
  'fontb',
  'gb2312',
  'gbk',
  'gb18030',
  'korean',
  'emoji',
  'small',
  'pin',
] as const)('the pages of %s are those of its file', (name) => {
  const pages = [...openGlyphFile(readGlyphData(name)).pages.keys()]
  expect([...pagesOf(name)]).toEqual(pages.sort((a, b) => a - b))
  expect(pages.length).toBeGreaterThan(10)
})

test('a file is not asked for characters of others', () => {
  expect(mayHold('emoji', 0x1f9cb)).toBe(true)
  expect(mayHold('gb2312', 0x1f9cb)).toBe(false)
  expect(mayHold('korean', '汉'.codePointAt(0) as number)).toBe(false)
})
