/** Checks the data of a barcode for their symbology, and completes them: characters, length, check digit. */

import { ReceiptError, withoutCardNumbers } from '../model/errors.js'
import type { BarcodeSymbology, StackedSymbology } from '../model/symbologies.js'
import { upce } from './barcodes/ean.js'
import { eanCheckDigit } from './barcodes/elements.js'
import { gs1Text, parseGs1 } from './gs1.js'

type Barcode = BarcodeSymbology | StackedSymbology

const names: Readonly<Record<Barcode, string>> = {
  upca: 'UPC-A',
  upce: 'UPC-E',
  ean13: 'EAN-13',
  ean8: 'EAN-8',
  code39: 'CODE39',
  code93: 'CODE93',
  code128: 'CODE128',
  itf: 'ITF',
  codabar: 'Codabar',
  'gs1-128': 'GS1-128',
  databar: 'GS1 DataBar',
  'databar-truncated': 'GS1 DataBar Truncated',
  'databar-limited': 'GS1 DataBar Limited',
  'databar-expanded': 'GS1 DataBar Expanded',
  'databar-stacked': 'GS1 DataBar Stacked',
  'databar-stacked-omni': 'GS1 DataBar Stacked Omnidirectional',
  'databar-expanded-stacked': 'GS1 DataBar Expanded Stacked',
}

/**
 * Returns the data as they are encoded: with check digit, with the start and stop characters of Codabar, GS1 data as `(01)…`.
 * @param addCheck adds the optional check character of CODE39 (modulo 43) and ITF (modulo 10)
 * @throws ReceiptError `BARCODE_DATA`, `BARCODE_CHECK_DIGIT`
 */
export function checkBarcode(symbology: Barcode, data: string, addCheck = false): string {
  switch (symbology) {
    case 'upca':
      return withCheckDigit(symbology, data, 11)
    case 'ean13':
      return withCheckDigit(symbology, data, 12)
    case 'ean8':
      return withCheckDigit(symbology, data, 7)
    case 'upce':
      return checkUpce(data)
    case 'code39':
      return checkCode39(data, addCheck)
    case 'code93':
    case 'code128': {
      if (/^[\x00-\x7f]+$/.test(data)) return data
      throw wrong(symbology, data, 'one or more ASCII characters', 'put other text into a QR code')
    }
    case 'itf':
      return checkItf(data, addCheck)
    case 'codabar':
      return checkCodabar(data)
    case 'gs1-128': {
      const elements = parseGs1(data)
      const length = elements.reduce((sum, { ai, value }) => sum + ai.length + value.length, 0)
      if (length <= 48) return gs1Text(elements)
      throw wrong(symbology, data, `at most 48 characters, and these are ${length}`)
    }
    case 'databar':
    case 'databar-truncated':
    case 'databar-stacked':
    case 'databar-stacked-omni':
    case 'databar-limited':
      return checkGtin(symbology, data)
    case 'databar-expanded':
    case 'databar-expanded-stacked':
      return gs1Text(parseGs1(data))
  }
}

function withCheckDigit(symbology: Barcode, data: string, digits: number): string {
  if (!/^\d+$/.test(data) || (data.length !== digits && data.length !== digits + 1)) {
    throw wrong(symbology, data, `${digits} digits, or ${digits + 1} with the check digit`)
  }
  const body = data.slice(0, digits)
  return verified(symbology, body, data.slice(digits))
}

function verified(symbology: Barcode, body: string, given: string): string {
  const digit = eanCheckDigit(body)
  if (given === '' || given === digit) return body + digit
  throw new ReceiptError(
    `the check digit of this ${names[symbology]} is not ${given}, but ${digit}`,
    {
      code: 'BARCODE_CHECK_DIGIT',
      hint: 'correct the number, or leave the last digit out to have it computed',
    },
  )
}

function checkUpce(data: string): string {
  const found = /^(\d{6,8}|\d{11,12})$/.test(data) ? upce(data) : undefined
  if (found === undefined) {
    throw wrong(
      'upce',
      data,
      '6 to 8 digits of number system 0 or 1, or a UPC-A that can be shortened',
    )
  }
  const hasCheck = data.length === 8 || data.length === 12
  const digit = found.data.slice(-1)
  if (hasCheck && !data.endsWith(digit)) {
    throw new ReceiptError(`the check digit of this UPC-E is not ${data.slice(-1)}, but ${digit}`, {
      code: 'BARCODE_CHECK_DIGIT',
      hint: 'correct the number, or leave the last digit out to have it computed',
    })
  }
  return found.data
}

const CODE39_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%'

function checkCode39(data: string, addCheck: boolean): string {
  const text = data.replace(/^\*(.*)\*$/s, '$1')
  if (!/^[0-9A-Z\-. $/+%]+$/.test(text)) {
    throw wrong(
      'code39',
      data,
      'capital letters, digits and - . $ / + % or blanks',
      'CODE128 has all of ASCII',
    )
  }
  if (!addCheck) return text
  const sum = [...text].reduce(
    (total, character) => total + CODE39_CHARACTERS.indexOf(character),
    0,
  )
  return text + (CODE39_CHARACTERS[sum % 43] as string)
}

function checkItf(data: string, addCheck: boolean): string {
  const digits = addCheck && /^\d+$/.test(data) ? data + eanCheckDigit(data) : data
  if (/^(\d\d)+$/.test(digits)) return digits
  const hint = /^\d+$/.test(digits) ? 'put a 0 before them' : undefined
  throw wrong(
    'itf',
    data,
    `an even number of digits${addCheck ? ' with the check digit' : ''}`,
    hint,
  )
}

function checkCodabar(data: string): string {
  const text = data.toUpperCase()
  const whole = /^[A-D].*[A-D]$/s.test(text) ? text : `A${text}A`
  if (/^[A-D][0-9\-$:/.+]+[A-D]$/.test(whole)) return whole
  throw wrong('codabar', data, 'digits and - $ : / . + between start and stop characters A to D')
}

/** Checks a GTIN, given with or without `(01)`. */
function checkGtin(symbology: Barcode, data: string): string {
  const digits = data.replace(/^\(01\)/, '')
  if (!/^\d{8,14}$/.test(digits)) {
    throw wrong(symbology, data, 'a GTIN of 13 digits, or 14 with the check digit')
  }
  const body = digits.length === 14 ? digits.slice(0, 13) : digits.padStart(13, '0')
  const whole = verified(symbology, body, digits.length === 14 ? digits.slice(13) : '')
  if (symbology === 'databar-limited' && !/^[01]/.test(whole)) {
    throw wrong(symbology, data, 'a GTIN that begins with 0 or 1')
  }
  return `(01)${whole}`
}

function wrong(symbology: Barcode, data: string, holds: string, hint?: string): ReceiptError {
  const text = withoutCardNumbers(data)
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return new ReceiptError(`${names[symbology]} holds ${holds}; found ${JSON.stringify(shown)}`, {
    code: 'BARCODE_DATA',
    ...(hint === undefined ? {} : { hint }),
  })
}
