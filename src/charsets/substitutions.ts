/** The substitutes for characters that a printer lacks: tables that people can check, then general rules. */

/** The same sign in another width or by another standard. No meaning is lost, so they are reported as info and not as warnings. */
const twins: Readonly<Record<string, readonly string[]>> = {
  '¥': ['￥'],
  '￥': ['¥'],
  '£': ['￡'],
  '￡': ['£'],
  '¢': ['￠'],
  '￠': ['¢'],
  '₩': ['￦'],
  '￦': ['₩'],
  '¬': ['￢'],
  '￢': ['¬'],
  '‾': ['￣'],
  '〜': ['～', '∼'],
  '～': ['〜', '∼'],
  '∼': ['～', '〜'],
  '—': ['―'],
  '―': ['—'],
  '‖': ['∥'],
  '∥': ['‖'],
  '·': ['・', '‧'],
  '・': ['·', '‧'],
  '‧': ['·', '・'],
  '\u3000': ['  '],
}

/** Substitutes in order of preference. The first one whose characters the printer has is printed. */
const table: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  '•': ['·', '・', '*'],
  '・': ['.'],
  '‧': ['.'],
  '∙': ['·', '・', '.'],
  '·': ['.'],
  '〜': ['~'],
  '～': ['~'],
  '∼': ['~'],
  '–': ['-'],
  '—': ['-'],
  '―': ['-'],
  '‐': ['-'],
  '‑': ['-'],
  '‒': ['-'],
  '−': ['-'],
  ー: ['—', '-'],
  '‘': ["'"],
  '’': ["'"],
  '‚': [','],
  '“': ['"'],
  '”': ['"'],
  '„': ['"'],
  '«': ['《', '<<'],
  '»': ['》', '>>'],
  '…': ['...'],
  '⋯': ['…', '...'],
  '®': ['(R)'],
  '©': ['(C)'],
  '℗': ['(P)'],
  '✓': ['√', 'v'],
  '✔': ['√', 'v'],
  '☑': ['√', '[v]'],
  '√': ['v'],
  '✗': ['×', 'x'],
  '✘': ['×', 'x'],
  '✕': ['×', 'x'],
  '✖': ['×', 'x'],
  '×': ['x'],
  '÷': ['/'],
  '±': ['+/-'],
  '≤': ['<='],
  '≥': ['>='],
  '≠': ['!='],
  '→': ['->'],
  '←': ['<-'],
  '☎': ['电话', 'Tel'],
  '☏': ['电话', 'Tel'],
  '㎡': ['m2'],
  '㎥': ['m3'],
  '℃': ['°C', 'C'],
  〇: ['零', '○', '0'],
  '㊣': ['(正)'],
  '█': ['■', '#'],
  '■': ['#'],
  '●': ['*'],
  '○': ['o'],
  '★': ['*'],
  '☆': ['*'],
  '※': ['*'],
  '─': ['-'],
  '━': ['='],
  '═': ['='],
  '│': ['|'],
  '┃': ['|'],
  '、': [','],
  '。': ['.'],
  '「': ['"'],
  '」': ['"'],
  '『': ['"'],
  '』': ['"'],
  '【': ['['],
  '】': [']'],
  '〔': ['['],
  '〕': [']'],
  '《': ['<'],
  '》': ['>'],
  '〈': ['<'],
  '〉': ['>'],
}

/** Substitutes for characters that can neither be replaced by the table nor be drawn. */
const lastResorts: Readonly<Record<string, readonly string[]>> = {
  '¥': ['Y'],
  '£': ['GBP'],
  '¢': ['c'],
  '□': ['[]'],
  '♥': ['●', '*'],
  '❤': ['●', '*'],
  '♡': ['○', '*'],
  '₩': ['KRW'],
  '￦': ['KRW'],
  '₽': ['RUB'],
  '₫': ['VND'],
  '₹': ['INR'],
  '฿': ['THB'],
  '₱': ['PHP'],
  '₺': ['TRY'],
  '₴': ['UAH'],
  '₸': ['KZT'],
  '₪': ['ILS'],
  '₦': ['NGN'],
  '₭': ['LAK'],
  '₮': ['MNT'],
  '₯': ['GRD'],
  '₿': ['BTC'],
  '°': ['deg'],
}

/** Latin letters that Unicode does not decompose. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŋ: 'ng',
  Ŋ: 'NG',
  ŧ: 't',
  Ŧ: 'T',
}

/** Returns the substitutes for a number in a circle, such as `(1)`. */
function circledNumber(character: string): readonly string[] {
  const codePoint = character.codePointAt(0) ?? 0
  if (codePoint >= 0x2460 && codePoint <= 0x2473) return [`(${codePoint - 0x245f})`]
  if (codePoint >= 0x2776 && codePoint <= 0x277f) {
    return [String.fromCodePoint(codePoint - 0x316), `(${codePoint - 0x2775})`]
  }
  return []
}

/** Returns other forms of the same sign, the best one first. */
export function twinsOf(character: string): readonly string[] {
  return own(twins, character) ?? []
}

/** Returns texts that may be printed in place of a character, the best one first. */
export function substitutesOf(character: string): readonly string[] {
  const listed = own(table, character)
  if (listed !== undefined) return listed
  const circled = circledNumber(character)
  return circled.length > 0 ? circled : generalSubstitutes(character)
}

/** Returns texts for a character that has no other substitute and cannot be drawn. */
export function lastResortsOf(character: string): readonly string[] {
  return own(lastResorts, character) ?? []
}

function generalSubstitutes(character: string): readonly string[] {
  const compatible = character.normalize('NFKC').replace(/⁄/g, '/')
  return compatible === character ? [] : [compatible]
}

/** Returns a letter without its marks. It is for letters that cannot be drawn, because it may make another word: `phở` becomes `pho`. */
export function strippedOf(character: string): readonly string[] {
  const base = [...character.normalize('NFD').replace(/\p{M}/gu, '')]
    .map((letter) => own(letters, letter) ?? letter)
    .join('')
  return base !== character && base !== '' && /^[\p{L}]+$/u.test(base) ? [base] : []
}

/** Returns the separator between a digit and a substitute that begins with a digit, because `1½` must not become `11/2`. */
export function digitSeparator(character: string, substitute: string): string {
  if (!/^\d/.test(substitute) || /^[\uff10-\uff19]$/.test(character)) return ''
  return substitute.includes('/') ? ' ' : '^'
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
