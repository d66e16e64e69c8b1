import { describe, expect, test } from 'vitest'
import {
  findCardNumbers,
  isCardNumber,
  maskCardNumbers,
  showPan,
} from '../../src/vouchers/card-numbers.js'
import { readTrade } from '../../src/vouchers/read-trade.js'
import { sale } from './helpers.js'
import { digits, SPELLINGS, testPans } from './pans.js'

/** Numbers that begin like YYMMDD or DDMMYYYY are taken for time stamps, which is the price for masking no time stamp. */
const isDateLed = (pan: string) =>
  /^(?:2\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|30(?:0[1-9]|1[0-2])20\d\d)/.test(pan)
const pans = testPans(1000).filter((pan) => !isDateLed(pan))
const masked = (pan: string) => `${pan.slice(0, 6)}${'*'.repeat(pan.length - 10)}${pan.slice(-4)}`

describe.each(Object.entries(SPELLINGS))('a card number in %s', (_, spell) => {
  test('becomes first six and last four as pan', () => {
    for (const pan of pans) expect(showPan(spell(pan))).toBe(masked(pan))
  })

  test('is masked in free text, wherever it is', () => {
    for (const pan of pans.slice(0, 300)) {
      for (const text of [spell(pan), `客户卡号${spell(pan)}，已核对`, `1. ${spell(pan)} `]) {
        const { trade, warnings } = readTrade({ ...sale, remarks: text })
        expect(trade.remarks, text).not.toContain(spell(pan))
        expect(trade.remarks).not.toContain(pan.slice(6, -4))
        expect(warnings).toMatchObject([{ code: 'PAN_MASKED', path: 'remarks' }])
      }
    }
  })
})

test('a card number in fours is found beside another number', () => {
  expect(maskCardNumbers('6222 0200 0000 0122 128.60')).toBe('622202******0122 128.60')
  expect(maskCardNumbers('3 6222 0200 0000 0122')).toBe('3 622202******0122')
  expect(maskCardNumbers('6222-0200-0000-0122-345')).not.toContain('0200')
})

test('a masked number is kept with at most six and four digits', () => {
  expect(showPan('622202******0012')).toBe('622202******0012')
  expect(showPan('5359 18** **** 8888')).toBe('535918******8888')
  expect(showPan('62220200xxxx0012')).toBe('622202******0012')
  expect(showPan('6222020********12')).toBe('622202*********12')
  for (const wrong of ['', '1234', '62220200000000120000123', '6222*02*0012', 'card']) {
    expect(showPan(wrong)).toBeUndefined()
  }
})

describe('track data and other secrets are refused by path', () => {
  const tracks = [
    '6222020000000012=30122010000000000',
    '6222020000000012D30122010000000000',
    '；6222 0200 0000 0012 = 3012 2010',
    '６２２２０２０００００００００１２＝３０１２２０１',
    '%B6222020000000012^ZHANG/SAN^30122010000000000?',
    '6222-0200-0000-0012=3012201',
  ]
  test.each(tracks)('%s', (text) => {
    for (const [path, trade] of [
      ['remarks', { ...sale, remarks: text }],
      ['pan', { ...sale, pan: text }],
      ['merchant.name', { ...sale, merchant: { no: '1', name: text } }],
      ['emv.appLabel', { ...sale, emv: { appLabel: text } }],
      ['extra', { ...sale, extra: text }],
    ] as const) {
      expect(() => readTrade(trade)).toThrow(
        expect.objectContaining({ code: 'SECRET_REFUSED', path }),
      )
    }
  })

  test.each([
    'track2',
    'Track2Data',
    'track_1',
    'secondTrack',
    'PIN',
    'pinBlock',
    'pin_block',
    'cvv',
    'CVV2',
    'cvc',
    'cvn2',
    'securityCode',
    'magStripe',
    '57',
    '5A',
    '56',
    '5F20',
    '9f6b',
    'tag57',
    'emv_5A',
  ])('a field named %s', (name) => {
    for (const trade of [
      { ...sale, [name]: 'x' },
      { ...sale, emv: { [name]: 'x' } },
    ]) {
      expect(() => readTrade(trade)).toThrow(expect.objectContaining({ code: 'SECRET_REFUSED' }))
    }
  })

  test('the path names the EMV tag', () => {
    expect(() => readTrade({ ...sale, emv: { '5F20': '41' } })).toThrow(
      expect.objectContaining({ path: 'emv.5F20' }),
    )
  })
})

describe('numbers that are no cards', () => {
  test('of 100,000 time stamps and numbers that begin with a date none is masked', () => {
    const random = digits()
    let time = Date.parse('2024-01-01T00:00:00Z')
    for (let i = 0; i < 25_000; i++) {
      time += 3_847_213
      const iso = new Date(time).toISOString()
      const stamp = iso.replace(/\D/g, '')
      let tail = ''
      while (tail.length < i % 6) tail += random()
      const [day, month, year] = [iso.slice(8, 10), iso.slice(5, 7), iso.slice(0, 4)]
      for (const number of [
        `${stamp.slice(0, 14)}${tail}`.slice(0, 19),
        `${stamp.slice(2, 14)}${tail}00`,
        `${day}${month}${year}${stamp.slice(8, 14)}${tail}`,
        String(time),
      ]) {
        if (isCardNumber(number)) expect.fail(`${number} was taken for a card`)
      }
      if (i % 50 === 0) {
        const text = `${iso} ${iso.replace('T', ' ')} D${stamp} ${iso.slice(0, 10)}-${stamp}`
        expect(maskCardNumbers(text)).toBe(text)
      }
    }
  })

  test('of uniform numbers of 13 to 19 digits at most one in forty is', () => {
    const random = digits()
    const count = 200_000
    let found = 0
    for (let i = 0; i < count; i++) {
      let number = ''
      while (number.length < 13 + (i % 7)) number += random()
      if (isCardNumber(number)) found++
    }
    expect(found / count).toBeLessThanOrEqual(0.025)
    expect(found).toBeGreaterThan(0)
  })

  test('declared number fields keep what fits their pattern', () => {
    const [pan = ''] = pans
    const { trade, warnings } = readTrade({ ...sale, orderNo: pan, ref: '112308456701' })
    expect(trade.orderNo).toBe(pan)
    expect(warnings).toEqual([])
    expect(findCardNumbers('112308456701')).toEqual([])
  })
})
