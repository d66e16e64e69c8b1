/** Texts of QR codes: escaped, and read back from a printed code as they were given. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { urlText, vcardText, wifiText } from '../../src/elements/qr-texts.js'

/** As a phone reads `WIFI:`: a backslash takes the mark after it as it is. */
function readWifi(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, key = '', value = ''] of text.slice(5).matchAll(/([TSPH]):((?:\\.|[^\\;])*);/gs)) {
    const quoted = /^"([0-9A-Fa-f]+)"$/.exec(value)
    found[key] = quoted?.[1] ?? value.replace(/\\(.)/gs, '$1')
  }
  return found
}

describe('networks', () => {
  it('are escaped', () => {
    expect(wifiText({ ssid: '老城面馆', password: 'a;b,c:d\\e"f' })).toBe(
      'WIFI:T:WPA;S:老城面馆;P:a\\;b\\,c\\:d\\\\e\\"f;;',
    )
    expect(wifiText({ ssid: 'Teahouse' })).toBe('WIFI:T:nopass;S:Teahouse;;')
    expect(wifiText({ ssid: 'ABCDEF', password: '12345678', hidden: true })).toBe(
      'WIFI:T:WPA;S:"ABCDEF";P:"12345678";H:true;;',
    )
    expect(() => wifiText({ ssid: 'a', security: 'WPA' })).toThrow(/open network/)
    expect(() => wifiText({ ssid: '' })).toThrow(/ssid/)
  })

  it('are read back, whatever their names', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' })
    fc.assert(
      fc.property(name, name, (ssid, password) => {
        expect(readWifi(wifiText({ ssid, password }))).toEqual({ T: 'WPA', S: ssid, P: password })
      }),
    )
  })
})

describe('contacts', () => {
  it('are vCards, whose values cannot end their line', () => {
    const text = vcardText({
      ...{
        name: '面馆;茶',
        organisation: 'A, B',
        phone: '021-55550100',
        address: '人民路1号\n2楼',
      },
      note: 'a\\b\r\nEND:VCARD',
    })
    expect(text.split('\r\n')).toEqual([
      ...['BEGIN:VCARD', 'VERSION:3.0', 'N:面馆\\;茶;;;;', 'FN:面馆\\;茶', 'ORG:A\\, B'],
      ...['TEL:021-55550100', 'ADR:;;人民路1号\\n2楼;;;;', 'NOTE:a\\\\b\\nEND:VCARD', 'END:VCARD'],
    ])
    expect(() => vcardText({} as never)).toThrow(/name/)
    expect(() => vcardText({ name: 'a', fax: '1' } as never)).toThrow(/fax/)
  })
})

describe('addresses', () => {
  it('get their parameters encoded', () => {
    expect(urlText('https://example.com/i')).toBe('https://example.com/i')
    expect(urlText('https://example.com/i', { no: 48, s: '面&茶=?#' })).toBe(
      'https://example.com/i?no=48&s=%E9%9D%A2%26%E8%8C%B6%3D%3F%23',
    )
    expect(urlText('https://example.com/i?a=1#top', { b: '2' })).toBe(
      'https://example.com/i?a=1&b=2#top',
    )
    for (const address of [
      '',
      'example.com',
      'javascript:alert(1)',
      'https://',
      'https://a b',
      5,
    ]) {
      expect(() => urlText(address as string, { a: '1' })).toThrow(/no address of the web/)
    }
    expect(() => urlText('https://a.cn', { a: '\ud800' })).toThrow(/half of a character/)
    expect(() => urlText('https://a.cn', { a: {} as never })).toThrow(/no text or number/)
  })

  it('are read back by URL', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(
        fc.dictionary(
          text.filter((key) => key !== ''),
          text,
          { maxKeys: 4 },
        ),
        (parameters) => {
          const url = new URL(urlText('https://example.com/i', parameters))
          expect(Object.fromEntries(url.searchParams)).toEqual({ ...parameters })
        },
      ),
    )
  })
})
