import { describe, expect, test } from 'vitest'
import { findProfile, generic80, profileIds, vendorOf } from '../../src/profiles/index.js'

/** What `findProfile` says to a name that it does not know. */
function hintOf(name: string): string {
  try {
    return `found ${findProfile(name).id}`
  } catch (error) {
    return (error as { hint: string }).hint
  }
}

test('finds by id', () => {
  expect(findProfile('generic-80')).toBe(generic80)
  expect(profileIds).toContain('xprinter-xp-80c')
})

describe('names that a Chinese shop types', () => {
  test.each([
    ['芯烨 XP-N160II', 'xprinter-xp-n160ii'],
    ['XP-N160II', 'xprinter-xp-n160ii'],
    ['xp n160Ⅱ 热敏打印机', 'xprinter-xp-n160ii'],
    ['ＸＰ－Ｑ２００', 'xprinter-xp-q200'],
    ['芯烨XP-58IIH', 'xprinter-xp-58'],
    ['XP-80C', 'xprinter-xp-80c'],
    ['佳博 GP-L80250I', 'gprinter-gp-l80250'],
    ['GP-L80180 Series', 'gprinter-gp-l80180'],
    ['GP-U80300I', 'gprinter-gp-u80300'],
    ['佳博GP-5890XIII', 'gprinter-gp-5890x'],
    ['商米 V2s', 'sunmi-v2s'],
    ['商米V2 Pro', 'sunmi-v2s'],
    ['SUNMI T2s', 'sunmi-t2'],
    ['商米 NT311 云打印机', 'sunmi-nt311'],
    ['汉印 TP805', 'hprt-tp805'],
    ['HPRT TP806L', 'hprt-tp806'],
    ['容大 RP80', 'rongta-rp80'],
    ['RP327', 'rongta-rp325'],
    ['映美 TP820', 'jolimark-tp820'],
    ['北洋 BTP-98NP', 'snbc-btp-98np'],
    ['新北洋 BTP-R880NPIII', 'snbc-btp-r880npiii'],
    ['思普瑞特 SP-POS58IV', 'sprt-sp-pos58iv'],
    ['SP-POS88V', 'generic-sp-pos88v'],
    ['中崎 AB-88K', 'zonerich-ab-88'],
    ['爱普生 TM-T88VI', 'epson-tm-t88vi'],
    ['EPSON TM-T82III', 'epson-tm-t82iii'],
    ['TM-U220B', 'epson-tm-u220b'],
    ['SRP-350plusIII', 'bixolon-srp-350plusiii'],
    ['mC-Print3', 'star-mc-print3'],
    ['西铁城 CT-S310II', 'citizen-ct-s310ii'],
    ['POS-5890K', 'zjiang-pos-5890'],
    ['POS80 打印机', 'generic-80'],
    ['58mm热敏小票打印机', 'generic-58'],
  ])('%s is %s', (name, id) => {
    expect(findProfile(name).id).toBe(id)
  })

  test.each([
    ['芯烨 XP-C230', /^did you mean xprinter-xp-c2008 or xprinter-xp-c260 or/],
    [
      '佳博 GP-L80300',
      /^did you mean gprinter-gp-l80160 or gprinter-gp-l80180 or gprinter-gp-l80250\?/,
    ],
    ['GP-58L', /^did you mean gprinter-gp-58130 or gprinter-gp-5890x or gprinter-gp-58mbiii\?/],
    ['商米 D2', /^did you mean sunmi-.*--vendor sunmi/],
    ['汉印 TP80BE', /^did you mean hprt-tp80.*--vendor hprt/],
    ['BTP-R990', /^did you mean snbc-btp-r/],
    ['AB-300K', /^did you mean zonerich-ab-58 or zonerich-ab-88\?/],
    ['映美 MP-230D', /^did you mean jolimark-tp820/],
    ['TM-T88', /^did you mean epson-tm-t88ii or epson-tm-t88iii or epson-tm-t88iv\?/],
    ['SRP-330II', /^did you mean bixolon-srp-350iii or/],
    ['佳博', /^did you mean gprinter-.*--vendor gprinter/],
  ])('%s has relatives of the same maker', (name, hint) => {
    expect(hintOf(name)).toMatch(hint)
  })

  test.each([
    ['GP-1324D', /label printer, which speak TSPL/],
    ['佳博 GP-3120TU', /label printer, which speak TSPL/],
    ['XP-365B', /label printer, which speak TSPL/],
    ['汉印 MT800', /A4 pages/],
    ['飞鹅 FP-58W', /maker's cloud/],
    ['易联云 K4', /maker's cloud/],
    ['新大陆 N910', /library of its maker/],
    ['TSP143IV', /Star's own commands/],
    ['得力 DL-801P', /no public source .* generic-58 or generic-80 and print the test page/],
  ])('%s is said to be another kind of printer', (name, hint) => {
    expect(hintOf(name)).toMatch(hint)
  })
})

test.each([
  ['generic58', 'found generic-58'],
  ['xp-80d', 'xprinter-xp-80c'],
  ['Generic-80', 'generic-80'],
  ['zzzz', 'generic-58 or generic-80'],
  ['T1', 'did you mean metapace-t-1'],
  ['start', 'star-tsp600'],
  ['', 'generic-58 or generic-80'],
])('%s: %s', (id, hint) => {
  expect(hintOf(id)).toContain(hint)
})

test('the error has a code', () => {
  expect(() => findProfile('zzzz')).toThrow(expect.objectContaining({ code: 'PROFILE_UNKNOWN' }))
})

test.each([
  ['佳博', 'Gprinter'],
  ['新北洋', 'SNBC'],
  ['XPRINTER', 'Xprinter'],
  ['netum', 'netum'],
])('the brand %s is the vendor %s', (brand, vendor) => {
  expect(vendorOf(brand)).toBe(vendor)
})
