/**
 * Currencies of ISO 4217 (list one, January 2026): how many digits their minor unit has, and how shops write them. Groups of digits are
 * separated by a character and never by a blank, so that neither a line break nor a reader takes one number for two.
 */

export interface Currency {
  readonly digits: number
  /** Sign before the number, or after it behind a blank. If there is none, the code is written before the number. */
  readonly before?: string
  readonly behind?: string
  readonly separators: Separators
}

/** The characters between groups of digits and before the fraction, and the size of groups. */
export interface Separators {
  readonly group: string
  readonly point: string
  /** `indian`: the last three digits are a group, and those before them groups of two. */
  readonly grouping?: 'indian'
}

const POINT: Separators = { group: ',', point: '.' }
const COMMA: Separators = { group: '.', point: ',' }
const SWISS: Separators = { group: "'", point: '.' }
const INDIAN: Separators = { group: ',', point: '.', grouping: 'indian' }

const CODES =
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK
JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG`.split(
    /\s+/,
  )

/** Digits of the minor unit; currencies that are not listed have two. */
const DIGITS: Readonly<Record<string, number>> = {
  ...counted(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...counted(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...counted(4, 'CLF UYW'),
}

const BEFORE: Readonly<Record<string, string>> = {
  AUD: 'A$',
  BRL: 'R$',
  CAD: 'CA$',
  CNY: '￥',
  GBP: '£',
  HKD: 'HK$',
  IDR: 'Rp',
  INR: '₹',
  JPY: '￥',
  KRW: '₩',
  MOP: 'MOP$',
  MYR: 'RM',
  NZD: 'NZ$',
  PHP: '₱',
  SGD: 'S$',
  THB: '฿',
  TRY: '₺',
  TWD: 'NT$',
  USD: '$',
}
const BEHIND: Readonly<Record<string, string>> = {
  CZK: 'Kč',
  DKK: 'kr',
  EUR: '€',
  HUF: 'Ft',
  NOK: 'kr',
  PLN: 'zł',
  RUB: '₽',
  SEK: 'kr',
  UAH: '₴',
  VND: '₫',
}
const WITH_COMMA =
  `AOA ARS AZN BAM BGN BRL BYN CLF CLP COP CRC CZK DKK DZD EUR GEL HUF IDR ISK KGS KZT MAD MDL MKD MZN NOK PLN PYG
RON RSD RUB SEK TMT TND TRY UAH UYI UYU UYW UZS VED VES VND XAF XOF XPF ALL AMD`.split(/\s+/)

const TABLE: ReadonlyMap<string, Currency> = new Map(
  CODES.map((code) => [
    code,
    {
      digits: DIGITS[code] ?? 2,
      ...(BEFORE[code] === undefined ? {} : { before: BEFORE[code] }),
      ...(BEHIND[code] === undefined ? {} : { behind: BEHIND[code] }),
      separators: separatorsOf(code),
    },
  ]),
)

export const currencyCodes: readonly string[] = CODES

export function currencyOf(code: string): Currency | undefined {
  return TABLE.get(code)
}

function separatorsOf(code: string): Separators {
  if (code === 'CHF') return SWISS
  if (code === 'INR') return INDIAN
  return WITH_COMMA.includes(code) ? COMMA : POINT
}

function counted(digits: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, digits]))
}
