import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { makeCharset } from '../../src/charsets/charset.js'
import { codePage, codePageBytes, codePageIds } from '../../src/charsets/code-pages.js'
import { pageTables } from '../../src/charsets/page-tables.js'

const iconvNames: Record<string, string> = { katakana: 'shiftjis' }

describe('code pages', () => {
  const printersOwn = (id: string) => /^thai|^cp85[13]$/.test(id)

  test.each(codePageIds.filter((id) => !printersOwn(id)))(
    '%s is iconv-lite’s, byte for byte',
    (id) => {
      const characters = codePage(id)
      expect(characters).toHaveLength(128)
      const name = iconvNames[id] ?? id
      for (let i = 0; i < 128; i++) {
        if (characters[i] === '\ufffd') continue
        expect(iconv.decode(Buffer.from([0x80 + i]), name)).toBe(characters[i])
      }
    },
  )

  test.each(codePageIds)('%s reads back', (id) => {
    const characters = codePage(id)
    for (const [codePoint, byte] of codePageBytes(id)) {
      expect(characters.charCodeAt(byte - 0x80)).toBe(codePoint)
    }
  })

  test.each(['thai11', 'thai13', 'thai14', 'thai16', 'thai18'])(
    '%s has the letters of TIS-620',
    (id) => {
      const tis = codePage('tis620')
      for (let at = 0x21; at < 0x5b; at++) expect(codePage(id)[at]).toBe(tis[at])
    },
  )

  test('KU42 has the Thai letters in their order, without two old ones', () => {
    const letters = codePage('thai42').slice(0x21, 0x4d)
    expect(letters).toBe('กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮ\u0e30')
  })

  test('the vendor’s well-known places', () => {
    expect(codePage('cp437')[0x9d - 0x80]).toBe('¥')
    expect(codePage('cp858')[0xd5 - 0x80]).toBe('€')
    expect(codePage('cp1252')[0]).toBe('€')
    expect(codePage('katakana')[0xb1 - 0x80]).toBe('ｱ')
    expect(codePage('katakana')[0]).toBe('\ufffd')
  })

  test('a sign that a standard got later is not in its page', () => {
    expect(codePageBytes('iso8859-7').get(0x20ac)).toBeUndefined()
    expect(codePageBytes('cp874').get(0x20ac)).toBeUndefined()
    expect(codePageBytes('cp1253').get(0x20ac)).toBe(0x80)
  })

  test('an unknown name is an error that lists the known ones', () => {
    expect(() => codePage('cp9999')).toThrow(
      expect.objectContaining({
        code: 'CODE_PAGE_UNKNOWN',
        hint: expect.stringContaining('cp437'),
      }),
    )
  })

  test('a charset refuses more pages than it can tell apart', () => {
    const pages = Array.from({ length: 32 }, (_, number) => ({ number, encoding: 'cp437' }))
    expect(makeCharset({ zone: 'none', pages: pages.slice(1) }).pages).toHaveLength(31)
    expect(() => makeCharset({ zone: 'none', pages })).toThrow(
      expect.objectContaining({ code: 'CODE_PAGES_TOO_MANY' }),
    )
  })

  test('every number of a vendor’s table names a page we have', () => {
    for (const table of Object.values(pageTables)) {
      for (const [number, id] of Object.entries(table)) {
        expect(Number(number)).toBeLessThan(256)
        expect(codePage(id)).toHaveLength(128)
      }
    }
    expect(pageTables.epson?.[16]).toBe('cp1252')
    expect(pageTables.xprinter?.[72]).toBe('cp1250')
  })
})
