/** Checks GS1 element strings, such as `(01)09521234543213(10)ABC`, and parses them (GS1 General Specifications, 3 and 7.8). */

import { ReceiptError } from '../model/errors.js'
import { eanCheckDigit } from './barcodes/elements.js'

export interface Gs1Element {
  readonly ai: string
  readonly value: string
}

/** Digits of application identifier and value together, by the identifier's first two digits; others vary in length. */
const fixedLengths: Readonly<Record<string, number>> = {
  '00': 20,
  '01': 16,
  '02': 16,
  '03': 16,
  '04': 18,
  ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(11 + i), 8])),
  '20': 4,
  ...Object.fromEntries(['31', '32', '33', '34', '35', '36'].map((ai) => [ai, 10])),
  '41': 16,
}

/** Identifiers whose value ends in a check digit. */
const checked = new Set(['00', '01', '02'])

/** The characters of set 82, because values may hold no others. */
const CHARACTERS82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/

/**
 * Parses element strings with identifiers in brackets. A GTIN or SSCC that lacks only its check digit gets it.
 * @throws ReceiptError `BARCODE_DATA`, `BARCODE_CHECK_DIGIT`
 */
export function parseGs1(text: string): Gs1Element[] {
  const elements: Gs1Element[] = []
  const pattern = /\((\d{2,4})\)((?:(?!\(\d{2,4}\)).)+)/gsy
  let end = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    elements.push(checkedElement(match[1] as string, match[2] as string))
    end = pattern.lastIndex
  }
  if (elements.length === 0 || end !== text.length) {
    throw new ReceiptError(
      `GS1 data are written (01)09521234543213(10)ABC, and this is not: ${text}`,
      {
        code: 'BARCODE_DATA',
        hint: 'put each application identifier, of two to four digits, in brackets',
      },
    )
  }
  return elements
}

/** Number of digits of an application identifier by its beginning; others have two (GS1 General Specifications, 3.2). */
const longIdentifiers: readonly (readonly [RegExp, number])[] = [
  [/^(23|24|25|40|41|42|71)/, 3],
  [/^(31|32|33|34|35|36|39|43|70|72|80|81|82)/, 4],
]

/**
 * Adds brackets to element strings without them, as `(01)…`. A value of fixed length ends by that length, others at FNC1 (1D)
 * or at the end. Undefined if the elements cannot be told apart.
 */
export function bracketGs1(raw: string): string | undefined {
  let text = ''
  let left = raw.replace(/^\x1d/, '')
  while (left !== '') {
    if (!/^\d\d/.test(left)) return undefined
    const aiLength = longIdentifiers.find(([pattern]) => pattern.test(left))?.[1] ?? 2
    const ai = left.slice(0, aiLength)
    const total = fixedLengths[ai.slice(0, 2)]
    const separator = left.indexOf('\x1d')
    const end = total ?? (separator < 0 ? left.length : separator)
    if (left.length < end || end <= aiLength || ai.length < aiLength) return undefined
    text += `(${ai})${left.slice(aiLength, end)}`
    left = left.slice(end).replace(/^\x1d/, '')
  }
  return text === '' ? undefined : text
}

/** Whether the value has a variable length, so that FNC1 must end it if another element follows. */
export function isVariable({ ai }: Gs1Element): boolean {
  return fixedLengths[ai.slice(0, 2)] === undefined
}

export function gs1Text(elements: readonly Gs1Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value}`).join('')
}

function checkedElement(ai: string, given: string): Gs1Element {
  const total = fixedLengths[ai.slice(0, 2)]
  const length = total === undefined ? undefined : total - ai.length
  let value = given
  if (checked.has(ai) && length !== undefined && /^\d+$/.test(value)) {
    if (value.length === length - 1) value += eanCheckDigit(value)
    const digit = eanCheckDigit(value.slice(0, -1))
    if (value.length === length && !value.endsWith(digit)) {
      throw new ReceiptError(
        `the check digit of (${ai})${given} is not ${value.slice(-1)}, but ${digit}`,
        {
          code: 'BARCODE_CHECK_DIGIT',
          hint: 'correct the number, or leave the last digit out to have it computed',
        },
      )
    }
  }
  if (length !== undefined && (value.length !== length || !/^\d+$/.test(value))) {
    throw new ReceiptError(`(${ai}) has ${length} digits, and ${given} is not that`, {
      code: 'BARCODE_DATA',
    })
  }
  if (value.length > 90 || !CHARACTERS82.test(value)) {
    throw new ReceiptError(
      `(${ai}) holds up to 90 of GS1's 82 characters, and ${given} is not that`,
      {
        code: 'BARCODE_DATA',
      },
    )
  }
  return { ai, value }
}
