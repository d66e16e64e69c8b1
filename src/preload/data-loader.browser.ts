/** Loads glyph files and the generator of symbols outside Node, each by an `import()` for which a bundler makes a separate file. */

import type { GlyphSetName } from '#glyph-data'
import { addGlyphData } from '../glyphs/glyph-data.browser.js'
import { decodeBase64 } from '../model/base64.js'
import type { DataSet } from '../model/data-not-loaded.js'
import { setGenerator } from '../symbols/generator.browser.js'

type Load = () => Promise<{ readonly base64: string }>

const FILES: Readonly<Record<Exclude<DataSet, 'symbols'>, Partial<Record<GlyphSetName, Load>>>> = {
  latin: {
    fonta: () => import('#glyph-files/fonta'),
    fontb: () => import('#glyph-files/fontb'),
  },
  hanzi: {
    gb2312: () => import('#glyph-files/gb2312'),
    gbk: () => import('#glyph-files/gbk'),
    gb18030: () => import('#glyph-files/gb18030'),
  },
  korean: { korean: () => import('#glyph-files/korean') },
  emoji: { emoji: () => import('#glyph-files/emoji') },
  pin: {
    small: () => import('#glyph-files/small'),
    pin: () => import('#glyph-files/pin'),
  },
}

export async function loadData(set: DataSet): Promise<void> {
  if (set === 'symbols') {
    const { generateSymbol } = await import('#bundled-symbols')
    setGenerator(generateSymbol)
    return
  }
  const files = Object.entries(FILES[set]) as [GlyphSetName, Load][]
  await Promise.all(
    files.map(async ([name, load]) => {
      const { base64 } = await load()
      addGlyphData(name, decodeBase64(base64))
    }),
  )
}
