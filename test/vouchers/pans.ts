/** Card numbers of all issuers' prefixes, with a right check digit, and the spellings in which they are given. */

import { sale } from './helpers.js'

/** Prefixes and lengths from the issuers' public lists. */
const ISSUERS: readonly (readonly [string, number])[] = [
  ['4', 13],
  ['4', 16],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['3528', 16],
  ['3589', 16],
  ['36', 14],
  ['38', 14],
  ['300', 14],
  ['6011', 16],
  ['65', 16],
  ['62', 16],
  ['622202', 19],
  ['625', 17],
  ['621', 18],
  ['81', 16],
  ['9558', 19],
]

/** The same numbers at every run. */
export function testPans(count: number): readonly string[] {
  const random = digits()
  return Array.from({ length: count }, (_, i) => {
    const [prefix, length] = ISSUERS[i % ISSUERS.length] as (typeof ISSUERS)[number]
    let body = prefix
    while (body.length < length - 1) body += random()
    // A number that begins like a date is taken for one: `26 11 23`.
    return `${body}${checkDigit(body)}`
  })
}

export function digits(): () => number {
  let state = 12345
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 16) % 10
  }
}

export function checkDigit(body: string): number {
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return (10 - (sum % 10)) % 10
}

const inFours = (pan: string, separator: string) => pan.match(/.{1,4}/g)?.join(separator) as string
const hexOf = (pan: string) => Buffer.from(pan).toString('hex')

export const SPELLINGS: Readonly<Record<string, (pan: string) => string>> = {
  plain: (pan) => pan,
  spaces: (pan) => inFours(pan, ' '),
  hyphens: (pan) => inFours(pan, '-'),
  'wide spaces': (pan) => inFours(pan, '\u3000'),
  'full width': (pan) => pan.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  'full width in fours': (pan) =>
    inFours(pan, ' ').replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  hex: hexOf,
  BCD: (pan) => (pan.length % 2 === 0 ? pan : `${pan}F`),
}

/** Sales by cards of these numbers, which are spelled in all ways, in the field and in the remarks. */
export function tradesOfPans(pans: readonly string[]): readonly object[] {
  const spellings = Object.values(SPELLINGS)
  return pans.map((pan, i) => {
    const spell = spellings[i % spellings.length] as (typeof spellings)[number]
    // Numbers that begin like a date may be kept in free text, and are given as pan alone.
    const isDateLed = /^(?:2\d[01]\d[0-3]\d|30[01]\d20\d\d)/.test(pan)
    const remarks = isDateLed ? {} : { remarks: `卡号 ${spell(pan)} 已核对` }
    return { ...sale, voucher: String(i + 1), ref: `r${i}`, pan: spell(pan), ...remarks }
  })
}
