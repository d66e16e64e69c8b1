import { describe, expect, test } from 'vitest'
import { profileFiles } from '../../scripts/profile-files.mjs'
import { zoneCodes } from '../../src/charsets/zones.js'
import { compile } from '../../src/compile.js'
import { printBytes } from '../../src/entries/emulator.js'
import type { Profile } from '../../src/model/profile.js'
import {
  charsetOf,
  epsonTmT88v,
  evidenceOf,
  findProfile,
  generic58,
  generic80,
  metricsOf,
  overrideProfile,
  parseProfile,
  profileFields,
  profileIds,
  profiles,
} from '../../src/profiles/index.js'

const files = profileFiles()

describe('the folder of profiles', () => {
  test('all files of profiles are in the list, once, the generic ones first', () => {
    expect([...profileIds].sort()).toEqual(files.map(({ id }) => id))
    expect(profileIds.slice(0, 2)).toEqual(['generic-58', 'generic-58-gb18030'])
  })

  test.each(files)('$path holds one registered profile named as its file', async ({ id, path }) => {
    const module = await import(new URL(`../../src/profiles/${path}`, import.meta.url).href)
    const exported = Object.values(module) as Profile[]
    expect(exported).toHaveLength(1)
    const [profile] = exported as [Profile]
    expect(profile.id).toBe(id)
    expect(profiles).toContain(profile)
  })

  test('no name or alias stands for two printers', () => {
    const names = profiles.flatMap(({ id, name, aliases }) => [...new Set([id, name, ...aliases])])
    const twice = names.filter((name, index) => names.indexOf(name) !== index)
    expect(twice).toEqual([])
  })

  test('the brand and the model find the printer, in any spelling', () => {
    for (const profile of profiles.filter(({ vendor }) => vendor !== 'Generic')) {
      const { vendor, name, aliases } = profile
      expect(findProfile(`${vendor} ${name}`)).toBe(profile)
      expect(findProfile(`${vendor.toUpperCase()} ${name.replaceAll('-', ' ')}`)).toBe(profile)
      for (const alias of aliases) expect(findProfile(alias.toUpperCase()), alias).toBe(profile)
    }
  })

  test('sources are of fields or groups that a profile has', () => {
    const paths = Object.keys(profileFields)
    for (const { id, sources } of profiles) {
      const lost = Object.keys(sources).filter(
        (at) => at !== '*' && !paths.some((path) => path === at || path.startsWith(`${at}.`)),
      )
      expect([id, lost]).toEqual([id, []])
    }
  })

  test.each(profiles.map((profile) => [profile.id, profile] as const))(
    '%s passes the schema, through JSON and back, and agrees with itself',
    (_, profile) => {
      expect(parseProfile(JSON.parse(JSON.stringify(profile)))).toEqual(profile)
      const { status, answersStatus, widthDots, dpi, paperMm, nativeBarcodes } = profile
      if (answersStatus === false) expect(Object.values(status)).not.toContain(true)
      if (Object.values(status).includes(true)) expect(answersStatus).toBe(true)
      expect((widthDots / dpi) * 25.4, 'the line is not wider than the paper').toBeLessThan(paperMm)
      expect(nativeBarcodes.length > 0).toBe(profile.barcodes !== 'none')
      if (profile.charset === 'none') expect(profile.chineseModeAtPowerOn).toBe(false)
    },
  )

  test.each(profiles.map((profile) => [profile.id, profile] as const))(
    '%s names its vendor’s own page numbers',
    async (_, profile) => {
      const { pageTables } = await import('../../src/charsets/page-tables.js')
      for (const { number, encoding } of profile.codePages) {
        expect(pageTables[profile.codePageTable]?.[number]).toBe(encoding)
      }
    },
  )

  test.each(profiles.map((profile) => [profile.id, profile] as const))(
    '%s prints a receipt of text, columns, a code and a picture’s row without unknown bytes',
    (_, profile) => {
      const { bytes } = compile(
        {
          nodes: [
            { kind: 'text', text: '合计 Total ¥12.50 é ж ไ', size: 2, bold: true },
            {
              kind: 'columns',
              columns: [{}, { width: 'auto', align: 'right' }],
              rows: [['宫保鸡丁', '38.00']],
            },
            { kind: 'qr', data: 'https://example.com/订单', align: 'center' },
            { kind: 'cut' },
          ],
        },
        { profile },
      )
      const { unknown, notes } = printBytes(bytes, profile)
      expect({ unknown, notes }).toEqual({ unknown: [], notes: [] })
    },
  )
})

test('a printer whose vertical unit is no dot must take GS P', () => {
  const fine = { verticalUnitsPerInch: '360', setsMotionUnits: 'true' }
  expect(overrideProfile(generic80, fine).verticalUnitsPerInch).toBe(360)
  expect(overrideProfile(generic80, { verticalUnitsPerInch: '203' }).setsMotionUnits).toBe(false)
  expect(() => overrideProfile(generic80, { verticalUnitsPerInch: '360' })).toThrow(
    /setsMotionUnits/,
  )
})

/** As printed by the maker, or counted by users of the model. */
test.each([
  ['generic-58', 32, 42, 16],
  ['generic-80', 48, 64, 24],
  ['zjiang-pos-5890', 32, 42, 16],
  ['epson-tm-t70ii-ch', 48, 64, 24],
  ['epson-tm-t70ii-tw-58', 34, 46, 17],
  ['epson-tm-t88v', 42, 56, 21],
  ['epson-tm-t81', 42, 56, 21],
  ['epson-tm-t20ii-42col', 42, 60, 22],
  ['epson-tm-m30iii', 48, 57, 24],
  ['epson-tm-u220', 33, 40, 12],
  ['seiko-rp-f10-58', 36, 54, 18],
  ['seiko-rp-f10', 48, 72, 24],
  ['rongta-rp332', 42, 56, 21],
  ['munbyn-itpp047', 42, 56, 21],
  ['metapace-t-1', 42, 56, 21],
  ['wincor-th230', 44, 57, 24],
  ['netum-nt-80-v-ul', 48, 64, 24],
  ['citizen-ct-s651', 48, 64, 24],
  ['xprinter-xp-80c', 48, 64, 24],
])('%s prints %i, %i and %i characters a line', (id, a, b, hanzi) => {
  const { widthDots, fonts, hanzi: cell } = findProfile(id)
  expect([
    Math.floor(widthDots / fonts.A.widthDots),
    Math.floor(widthDots / (fonts.B?.widthDots ?? 0)),
    Math.floor(widthDots / cell.widthDots),
  ]).toEqual([a, b, hanzi])
})

describe('figures of the makers’ manuals', () => {
  test.each([
    ['epson-tm-t81', { widthDots: 512, dpi: 180, verticalUnitsPerInch: 360, cuts: ['partial'] }],
    ['epson-tm-t88ii', { cuts: ['partial'], qr: 'raster', verticalUnitsPerInch: 360 }],
    ['epson-tm-t88iii', { cuts: ['partial'], qr: 'raster', pdf417: 'raster' }],
    ['epson-tm-l90', { verticalUnitsPerInch: 406, qr: 'native' }],
    ['epson-tm-m30iii', { verticalUnitsPerInch: null }],
    ['metapace-t-1', { qr: 'raster', pdf417: 'raster' }],
    ['hprt-tp809', { qr: 'native', qrMaxBytes: 7089, storedLogos: 'gs-l' }],
    ['hprt-tp80k', { qr: 'raster', storedLogos: 'gs-l' }],
  ] as const)('%s', (id, figures) => {
    expect(findProfile(id)).toMatchObject(figures)
  })

  test.each([
    ['citizen-ct-s651', { 6: 'cp852', 7: 'cp866', 8: 'cp857', 16: 'cp1252' }, [2, 17, 18, 19]],
    ['rongta-rp326', { 6: 'cp1251', 7: 'cp866', 17: 'cp1253', 18: 'cp852' }, [15]],
    ['hprt-tp80k', { 13: 'cp857', 14: 'cp737', 17: 'cp866', 19: 'cp858' }, [32, 37]],
    ['epson-tm-m30iii', { 19: 'cp858', 45: 'cp1250' }, [12, 20]],
  ] as const)('%s has its own pages, and not those that sources contradict', (id, has, lacks) => {
    const pages = new Map(findProfile(id).codePages.map((slot) => [slot.number, slot.encoding]))
    for (const [number, encoding] of Object.entries(has)) {
      expect(pages.get(Number(number))).toBe(encoding)
    }
    expect(lacks.filter((number) => pages.has(number))).toEqual([])
  })

  test('a total on the TM-T81 ends where its head of 512 dots ends', () => {
    const profile = findProfile('epson-tm-t81')
    const nodes = [{ kind: 'field', label: 'TOTAL', value: '123.45' }, { kind: 'rule' }] as const
    const paper = printBytes(compile({ nodes }, { profile }).bytes, profile)
    const last = paper.glyphs.filter(({ text }) => text === '5').at(-1)
    expect(paper.widthDots).toBe(512)
    expect((last?.x ?? 0) + 12).toBe(512)
  })

  test('a full cut goes out as the partial one that a TM-T88II makes: GS V 66', () => {
    const profile = findProfile('epson-tm-t88ii')
    const { bytes, diagnostics } = compile(
      {
        nodes: [
          { kind: 'text', text: 'A' },
          { kind: 'cut', mode: 'full' },
        ],
      },
      { profile },
    )
    expect([...bytes.slice(-4)]).toEqual([0x1d, 0x56, 66, 0])
    expect(diagnostics.map(({ code }) => code)).toEqual(['CUT_MODE_CHANGED'])
  })
})

describe('the TM-U220, which has no GS !', () => {
  const profile = findProfile('epson-tm-u220')
  const bytesOf = (size: number) =>
    compile(
      {
        nodes: [
          { kind: 'text', text: 'TOTAL', bold: true },
          { kind: 'text', text: '123.45', size, bold: true, underline: true },
          { kind: 'text', text: 'small', font: 'B' },
        ],
      },
      { profile },
    )

  test('sizes by ESC !, which repeats what else is on', () => {
    const hex = Buffer.from(bytesOf(2).bytes).toString('hex')
    expect(hex).not.toContain('1d21')
    expect(hex.match(/1b21../g)).toEqual(['1b2100', '1b2138', '1b2189'])
    const paper = printBytes(bytesOf(2).bytes, profile)
    const styles = ['T', '1', 's'].map((text) => {
      const { font, width, height, bold, underline } =
        paper.glyphs.find((glyph) => glyph.text === text)?.style ?? {}
      return [font, width, height, bold, underline]
    })
    expect(styles).toEqual([
      ['A', 1, 1, true, 0],
      ['A', 2, 2, true, 1],
      ['B', 1, 1, false, 0],
    ])
  })

  test('prints size 3 as 2, and says so', () => {
    const { bytes, diagnostics } = bytesOf(3)
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ code: 'SIZE_UNSUPPORTED', path: 'nodes[1].text' }),
    )
    expect(Buffer.from(bytes)).toEqual(Buffer.from(bytesOf(2).bytes))
  })

  test('TM-U220A and TM-U220B cut 27 mm behind the head, the TM-U220D not at all', () => {
    expect(profile).toMatchObject({ name: 'TM-U220D', cuts: [] })
    expect(findProfile('TM-U220A')).toMatchObject({ cuts: ['partial'], headToCutterDots: 159 })
    expect(profile.codePages.map(({ number }) => number).sort((a, b) => a - b)).toEqual([
      0, 2, 3, 4, 5, 16, 17, 18, 19,
    ])
  })
})

describe('evidence', () => {
  test.each([
    ['zjiang-pos-5890', 'widthDots', 'database', ''],
    ['zjiang-pos-5890', 'usb', 'code', 'python-escpos'],
    ['zjiang-pos-5890', 'drawer.pin', 'guessed', 'habits of printers of Chinese make'],
    ['zjiang-pos-5890', 'fonts.A.widthDots', 'database', '32 and 42 columns'],
    ['epson-tm-t81', 'status.processId', 'manual', 'TM-T81 specification p. 70'],
    ['citizen-ct-s651', 'identity.maker', 'guessed', 'not known'],
  ] as const)('%s, %s: %s %s', (id, path, kind, where) => {
    expect(evidenceOf(findProfile(id), path)).toEqual({ kind, where })
  })
})

test('the cautious generics: GBK, pictures of codes, no page, no cutter on 58 mm', () => {
  for (const profile of [generic58, generic80]) {
    expect(profile.charset).toBe('gbk')
    expect(profile.qr).toBe('raster')
    expect(profile.codePages).toEqual([])
    expect(profile.answersStatus).toBeNull()
  }
  expect(generic58.cuts).toEqual([])
  expect(generic80.cuts).toEqual(['partial', 'full'])
})

describe('derived', () => {
  test('metrics', () => {
    expect(metricsOf(generic58)).toEqual({
      widthDots: 384,
      dotsPerMm: 8,
      // The small font is drawn, so that every head of a thermal printer has it.
      fonts: { ...generic58.fonts, small: { widthDots: 9, heightDots: 17 } },
      hanzi: { widthDots: 24, heightDots: 24 },
      smallHanzi: { widthDots: 16, heightDots: 16 },
      lineSpacingDots: 30,
      headToCutterDots: 80,
      placementGridDots: 1,
      marginDots: 24,
    })
    expect(metricsOf(epsonTmT88v).dotsPerMm).toBeCloseTo(7.087, 3)
    const byBlanks = overrideProfile(generic58, { absolutePosition: 'false' })
    expect(metricsOf(byBlanks).placementGridDots).toBe(12)
  })

  test('charset', () => {
    const charset = charsetOf(epsonTmT88v)
    expect(charset.zone).toBe('none')
    expect(charset.pages.map(({ slot }) => slot.number).slice(0, 4)).toEqual([0, 2, 16, 19])
    expect(charset.canDraw(0x4e00, 2)).toBe(false)
    expect(charsetOf(generic80, () => true).canDraw(0x4e00, 2)).toBe(true)
    expect(zoneCodes(charsetOf(generic80).zone)[0x5fae]).toBe(0xcea2)
  })
})

describe('overrideProfile', () => {
  test('changes fields of every kind and leaves the original alone', () => {
    const changed = overrideProfile(generic80, {
      widthDots: '512',
      'fonts.A.widthDots': '13',
      'fonts.C.widthDots': '8',
      'fonts.C.heightDots': '16',
      charset: 'gb18030-2byte',
      chineseModeAtPowerOn: 'false',
      codePageTable: 'xprinter',
      codePages: '0:cp437,19:cp858',
      cuts: 'full',
      'drawer.pin': '5',
      answersStatus: 'true',
      qr: 'native',
    })
    expect(changed).toEqual({
      ...generic80,
      widthDots: 512,
      fonts: {
        ...generic80.fonts,
        A: { widthDots: 13, heightDots: 24 },
        C: { widthDots: 8, heightDots: 16 },
      },
      charset: 'gb18030-2byte',
      chineseModeAtPowerOn: false,
      codePageTable: 'xprinter',
      codePages: [
        { number: 0, encoding: 'cp437' },
        { number: 19, encoding: 'cp858' },
      ],
      cuts: ['full'],
      drawer: { pin: 5, onMs: 120, offMs: 240 },
      answersStatus: true,
      qr: 'native',
    })
    expect(generic80.widthDots).toBe(576)
  })

  test('lists and the unknown can be emptied', () => {
    const changed = overrideProfile(epsonTmT88v, {
      codePages: 'none',
      cuts: 'none',
      answersStatus: 'unknown',
    })
    expect([changed.codePages, changed.cuts, changed.answersStatus]).toEqual([[], [], null])
  })

  test.each(['none', 'gb2312', 'gbk', 'gb18030-2byte', 'gb18030'])('charset %s', (charset) => {
    expect(overrideProfile(generic58, { charset }).charset).toBe(charset)
  })

  test.each([
    ['charset', 'GB2312', 'none, gb2312, gbk, gb18030-2byte, gb18030'],
    ['charset', 'big-5', 'big5'],
    ['codePageTable', 'star', 'epson, xprinter'],
    ['codePages', '0:cp999', 'number:encoding'],
    ['codePages', '256:cp437', 'number:encoding'],
    ['codePages', 'cp437', 'number:encoding'],
    ['imageBandRows', '256', '1 to 255'],
    ['imageBandRows', '0', '1 to 255'],
    ['widthDots', '7', '8 to 4096'],
    ['widthDots', '4097', '8 to 4096'],
    ['widthDots', '57.5', 'whole number'],
    ['widthDots', '-1', 'whole number'],
    ['widthDots', '', 'whole number'],
    ['absolutePosition', 'yes', 'true or false'],
    ['cuts', 'half', 'full, partial'],
    ['cuts', 'full,full', 'full, partial'],
    ['drawer.pin', '3', '2 or 5'],
    ['answersStatus', 'maybe', 'unknown'],
    ['qr', 'toString', 'native or raster'],
    ['absolutePosition', 'constructor', 'true or false'],
  ])('%s=%s is refused, naming %s', (path, value, allowed) => {
    expect(() => overrideProfile(generic58, { [path]: value })).toThrow(
      expect.objectContaining({
        code: 'PROFILE_VALUE_INVALID',
        path,
        message: expect.stringContaining(allowed),
      }),
    )
  })

  test.each([
    ['widthDot', 'widthDots'],
    ['width', 'widthDots'],
    ['drawer', 'drawer.pin'],
    ['fonts.A.width', 'fonts.A.widthDots'],
    ['__proto__.x', 'the fields are id'],
    ['constructor', ''],
  ])('%s is no field; the hint names %s', (path, hint) => {
    expect(() => overrideProfile(generic58, { [path]: '1' })).toThrow(
      expect.objectContaining({
        code: 'PROFILE_FIELD_UNKNOWN',
        path,
        hint: expect.stringContaining(hint),
      }),
    )
  })

  test('half a font is refused by its missing half', () => {
    expect(() => overrideProfile(generic58, { 'fonts.C.widthDots': '8' })).toThrow(
      expect.objectContaining({ code: 'PROFILE_INVALID', path: 'fonts.C.heightDots' }),
    )
  })
})

describe('parseProfile', () => {
  const json = () => JSON.parse(JSON.stringify(generic80)) as Record<string, unknown>

  test.each(['id', 'name', 'paperMm', 'widthDots', 'cuts', 'headToCutterDots'])(
    '%s must be there',
    (key) => {
      const { [key]: _, ...without } = json()
      expect(() => parseProfile(without)).toThrow(
        expect.objectContaining({ code: 'PROFILE_INVALID', path: key }),
      )
    },
  )

  test('what else is left out is as cautious as the generic printers', () => {
    const { id, name, paperMm, widthDots, cuts, headToCutterDots } = generic58
    const short = { id, name, paperMm, widthDots, cuts, headToCutterDots, status: { auto: true } }
    expect(parseProfile(short)).toEqual({
      ...generic58,
      aliases: [],
      sources: { '*': 'guessed: habits of printers of Chinese make' },
      status: { ...generic58.status, auto: true },
    })
  })

  test('an unknown field is an error that names the nearest', () => {
    expect(() => parseProfile({ ...json(), widthDot: 1 })).toThrow(
      expect.objectContaining({
        code: 'PROFILE_INVALID',
        path: 'widthDot',
        hint: expect.stringContaining('widthDots'),
      }),
    )
  })

  test.each([
    ['a text', 'x'],
    ['null', null],
    ['a list', []],
  ])('%s is no profile', (_, value) => {
    expect(() => parseProfile(value)).toThrow(expect.objectContaining({ code: 'PROFILE_INVALID' }))
  })

  test('a value inside a list is found by its field', () => {
    expect(() => parseProfile({ ...json(), codePages: [{ number: 1, encoding: 'x' }] })).toThrow(
      /codePages\.0\.encoding must be none, or up to 31/,
    )
  })

  test('every field of a profile has its limits told', () => {
    for (const field of Object.values(profileFields)) expect(field.allowed).not.toBe('')
  })
})
