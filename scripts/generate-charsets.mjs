/** Writes src/charsets/tables/*.gen.ts from iconv-lite, the authority: `node scripts/generate-charsets.mjs`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import CodepageEncoder from '@point-of-sale/codepage-encoder'
import iconv from 'iconv-lite'

const folder = fileURLToPath(new URL('../src/charsets/tables/', import.meta.url))
const HOLE = ' '

/** Maps the two-byte codes of an iconv-lite encoding to characters, without the private use area. */
function twoBytePairs(encoding) {
  const pairs = new Map()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const text = iconv.decode(Uint8Array.of(lead, trail), encoding)
      const codePoint = text.codePointAt(0)
      if (text.length !== 1 || codePoint === 0xfffd) continue
      if (codePoint >= 0xe000 && codePoint <= 0xf8ff) continue
      pairs.set((lead << 8) | trail, text)
    }
  }
  return pairs
}

/** Returns the characters of a block of codes, lead byte by lead byte, with a blank for a code without a character. */
function block(pairs, leads, trails) {
  let text = ''
  for (let lead = leads[0]; lead <= leads[1]; lead++) {
    for (let trail = trails[0]; trail <= trails[1]; trail++) {
      if (trail === 0x7f) continue
      text += pairs.get((lead << 8) | trail) ?? HOLE
    }
  }
  return text
}

/** CRC-32 over the pairs in order of code, each as four bytes: code, then code point. */
function checksum(pairs) {
  let crc = 0xffffffff
  for (const [code, character] of [...pairs].sort((a, b) => a[0] - b[0])) {
    const codePoint = character.codePointAt(0)
    for (const byte of [code >> 8, code & 255, codePoint >> 8, codePoint & 255]) {
      crc ^= byte
      for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
    }
  }
  return (crc ^ 0xffffffff) >>> 0
}

function gbk() {
  const cp936 = twoBytePairs('cp936')
  const wider = twoBytePairs('gbk')
  const hanzi = block(cp936, [0xb0, 0xf7], [0xa1, 0xfe])
  const derived = derivedHanzi(new Set(hanzi))
  const inOrder =
    block(cp936, [0x81, 0xa0], [0x40, 0xfe]) + block(cp936, [0xaa, 0xfe], [0x40, 0xa0])
  if (!inOrder.startsWith(derived)) throw new Error('GBK/3 and GBK/4 are not in code point order')
  const beyond = new Map([...wider].filter(([code]) => !cp936.has(code)))
  return `${head('The two-byte codes that cannot be derived from cp936, and those that GB18030 adds to it')}
/** GBK/1: leads A1 to A9, trails A1 to FE; a blank has no character. */
export const symbols =
  ${quote(block(cp936, [0xa1, 0xa9], [0xa1, 0xfe]))}

/** GBK/2, the hanzi of GB2312: leads B0 to F7, trails A1 to FE. */
export const hanzi =
  ${quote(hanzi)}

/** GBK/5: leads A8 and A9, trails 40 to A0 without 7F. */
export const moreSymbols =
  ${quote(block(cp936, [0xa8, 0xa9], [0x40, 0xa0]))}

/** GBK/3 and GBK/4 are U+4E00 to U+9FA5 without GBK/2, in order; then these. */
export const afterDerived = ${quote(inOrder.slice(derived.length).trimEnd())}

/** Two-byte codes of GB18030 that cp936 has not: runs of one lead byte, a blank has no character. */
export const beyondCp936: readonly (readonly [firstCode: number, characters: string])[] = [
${runs(beyond)}
]

/** CRC-32 of all pairs in order of code, each as code and code point in two bytes. */
export const checksums = { cp936: ${checksum(cp936)}, gbk: ${checksum(wider)} }
`
}

function derivedHanzi(taken) {
  let text = ''
  for (let codePoint = 0x4e00; codePoint <= 0x9fa5; codePoint++) {
    const character = String.fromCharCode(codePoint)
    if (!taken.has(character)) text += character
  }
  return text
}

function runs(pairs) {
  const list = []
  for (const [code, character] of pairs) {
    const last = list.at(-1)
    const gap = last ? code - (last[0] + last[1].length) : Number.POSITIVE_INFINITY
    const sameLead = last && last[0] >> 8 === code >> 8
    const crosses7f = last && (last[0] & 255) < 0x7f && (code & 255) > 0x7f
    if (sameLead && gap < 4 && !crosses7f) last[1] += HOLE.repeat(gap) + character
    else list.push([code, character])
  }
  return list.map(([code, text]) => `  [0x${code.toString(16)}, ${quote(text)}],`).join('\n')
}

/** The four-byte codes of the basic plane, as the points at which the difference between code point and linear code changes. */
function gb18030() {
  const points = []
  let difference
  for (let codePoint = 0x80; codePoint <= 0xffff; codePoint++) {
    if (codePoint >= 0xd800 && codePoint <= 0xf8ff) continue
    const bytes = iconv.encode(String.fromCharCode(codePoint), 'gb18030')
    if (bytes.length !== 4) continue
    const [a, b, c, d] = bytes
    const linear = ((a - 0x81) * 10 + b - 0x30) * 1260 + (c - 0x81) * 10 + d - 0x30
    if (codePoint - linear === difference) continue
    difference = codePoint - linear
    points.push([codePoint, linear])
  }
  const rows = []
  for (let i = 0; i < points.length; i += 8) rows.push(`  ${points.slice(i, i + 8).join(', ')},`)
  return `${head('The four-byte codes of the basic plane')}
/**
 * Pairs of numbers: a code point and its linear code, ((b1 - 81) * 10 + b2 - 30) * 1260 + (b3 - 81) * 10 + b4 - 30.
 * Code points after it continue in step, up to the next pair, where they have no two-byte code.
 */
export const fourByteRanges: readonly number[] = [
${rows.join('\n')}
]
`
}

/** Zones that are stored code by code: the part of iconv-lite's wider encoding that the national standard itself has. */
const rowZones = {
  big5: {
    what: 'Big5 without extensions: 408 signs, 13,053 hanzi',
    encoding: 'cp950',
    trails: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
    codes: [
      [0xa140, 0xa3bf],
      [0xa440, 0xc67e],
      [0xc940, 0xf9d5],
    ],
  },
  'shift-jis': {
    what: 'JIS X 0208 in Shift_JIS: 524 signs and kana, 6,355 kanji',
    encoding: 'shiftjis',
    trails: [
      [0x40, 0x7e],
      [0x80, 0xfc],
    ],
    codes: [
      [0x8140, 0x84be],
      [0x889f, 0xeaa4],
    ],
  },
  'euc-kr': {
    what: 'KS C 5601-1987 in EUC-KR: signs, 2,350 Hangul syllables, 4,888 hanja',
    encoding: 'euckr',
    trails: [[0xa1, 0xfe]],
    // The gap leaves out the characters that were added after 1987: euro, registered, postal code.
    codes: [
      [0xa1a1, 0xa2e5],
      [0xa3a1, 0xfdfe],
    ],
  },
}

/** Characters that print nothing: soft hyphen, Hangul filler. */
const INVISIBLE = [0xad, 0x3164]
/** Up to this many codes without a character are stored as blanks, because a new segment would take more space. */
const CHEAP_HOLES = 6

function rowZone({ what, encoding, trails, codes }) {
  const segments = []
  const pairs = new Map()
  let holes = Number.POSITIVE_INFINITY
  for (const [first, last] of codes) {
    holes = Number.POSITIVE_INFINITY
    for (let code = first; code <= last; code++) {
      if (!trails.some(([from, to]) => (code & 255) >= from && (code & 255) <= to)) continue
      const text = iconv.decode(Uint8Array.of(code >> 8, code & 255), encoding)
      const codePoint = text.codePointAt(0)
      const usable =
        text.length === 1 &&
        codePoint !== 0xfffd &&
        !(codePoint >= 0xe000 && codePoint <= 0xf8ff) &&
        !INVISIBLE.includes(codePoint)
      if (!usable) {
        holes++
        continue
      }
      if (holes > CHEAP_HOLES) segments.push([code, ''])
      else segments.at(-1)[1] += HOLE.repeat(holes)
      segments.at(-1)[1] += text
      pairs.set(code, text)
      holes = 0
    }
  }
  const rows = segments.map(([code, text]) => `  [0x${code.toString(16)}, ${quote(text)}],`)
  return `${head(what)}
/** Runs of codes, lead by lead; a blank has no character. */
export const segments: readonly (readonly [firstCode: number, characters: string])[] = [
${rows.join('\n')}
]

/** CRC-32 of all pairs in order of code, each as code and code point in two bytes. */
export const checksum = ${checksum(pairs)}
`
}

const codePageIds = {
  cp437: 'cp437',
  cp720: 'cp720',
  cp737: 'cp737',
  cp775: 'cp775',
  cp850: 'cp850',
  cp852: 'cp852',
  cp855: 'cp855',
  cp856: 'cp856',
  cp857: 'cp857',
  cp858: 'cp858',
  cp860: 'cp860',
  cp861: 'cp861',
  cp862: 'cp862',
  cp863: 'cp863',
  cp864: 'cp864',
  cp865: 'cp865',
  cp866: 'cp866',
  cp869: 'cp869',
  cp874: 'cp874',
  cp1125: 'cp1125',
  cp1250: 'windows1250',
  cp1251: 'windows1251',
  cp1252: 'windows1252',
  cp1253: 'windows1253',
  cp1254: 'windows1254',
  cp1255: 'windows1255',
  cp1256: 'windows1256',
  cp1257: 'windows1257',
  cp1258: 'windows1258',
  'iso8859-1': 'iso88591',
  'iso8859-2': 'iso88592',
  'iso8859-3': 'iso88593',
  'iso8859-4': 'iso88594',
  'iso8859-5': 'iso88595',
  'iso8859-6': 'iso88596',
  'iso8859-7': 'iso88597',
  'iso8859-8': 'iso88598',
  'iso8859-9': 'iso88599',
  'iso8859-15': 'iso885915',
  katakana: 'shiftjis',
  rk1048: 'rk1048',
  tcvn: 'tcvn',
  tis620: 'tis620',
  'koi8-r': 'koi8r',
  'koi8-u': 'koi8u',
  mik: 'mik',
}

/** Pages of receipt printers that iconv-lite lacks, from codepage-encoder. */
const printerPages = ['cp851', 'cp853', 'thai42', 'thai11', 'thai13', 'thai14', 'thai16', 'thai18']

/** Letters that KU42 has a second time, in the order of the bytes from A0. */
const repeatedInKu42 = ['\u0e23', '\u0e32', '\u0e40', '\u0e44', '\u0e4a']

/**
 * Makes a page by encoding each character of the basic plane, because codepage-encoder cannot decode. The second bytes of letters that a
 * Thai page has twice are filled in from TIS-620, or by the order of KU42.
 */
function printerPage(name) {
  const text = new Array(128).fill('\ufffd')
  for (let codePoint = 0xffff; codePoint >= 0xa0; codePoint--) {
    if (codePoint >= 0xd800 && codePoint <= 0xf8ff) continue
    const [byte] = CodepageEncoder.encode(String.fromCharCode(codePoint), name)
    if (byte >= 0x80) text[byte - 0x80] = String.fromCharCode(codePoint)
  }
  const repeated = name === 'thai42' ? [...repeatedInKu42] : []
  for (let at = 0x20; at < 0x75 && name.startsWith('thai'); at++) {
    if (text[at] !== '\ufffd') continue
    const there = name === 'thai42' ? repeated.shift() : singleByte(at + 0x80, 'tis620')
    if (there !== undefined && text.includes(there)) text[at] = there
  }
  return text.join('')
}

/** Characters that a later version of a standard added, so that printers made by the first one lack them. */
const added = { 'iso8859-7': '€₯ͺ', cp874: '€' }

function codePages() {
  const rows = Object.entries(codePageIds).map(([id, encoding]) => {
    let text = ''
    for (let byte = 0x80; byte <= 0xff; byte++) {
      const character = singleByte(byte, encoding)
      text += added[id]?.includes(character) ? '\ufffd' : character
    }
    return `  '${id}':\n    ${quote(shortRuns(text))},`
  })
  for (const name of printerPages)
    rows.push(`  '${name}':\n    ${quote(shortRuns(printerPage(name)))},`)
  return `${head('Single-byte code pages')}
/** 128 characters for the bytes 80 to FF; U+FFFD where a page has none. \`А-я\` are the 64 characters from А to я in order. */
export const codePageData = {
${rows.join('\n')}
} as const
`
}

/** Writes characters that follow each other as the first and the last with a hyphen between them. No page has a hyphen. */
function shortRuns(text) {
  let short = ''
  for (let from = 0; from < text.length; ) {
    let to = from
    while (text.charCodeAt(to + 1) === text.charCodeAt(to) + 1) to++
    short += to - from < 3 ? text.slice(from, to + 1) : `${text[from]}-${text[to]}`
    from = to + 1
  }
  return short
}

function singleByte(byte, encoding) {
  if (encoding === 'shiftjis' && (byte < 0xa1 || byte > 0xdf)) return '\ufffd'
  const text = iconv.decode(Uint8Array.of(byte), encoding)
  const codePoint = text.codePointAt(0) ?? 0
  const unusable =
    text.length !== 1 || codePoint < 0xa0 || (codePoint >= 0xe000 && codePoint <= 0xf8ff)
  return unusable ? '\ufffd' : text
}

/** Ranges that are written as escapes, because an editor would hide, join or reorder the characters. */
const escapedRanges = [
  [0xa0, 0xa0],
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x590, 0x6ff],
  [0xe30, 0xe4f],
  [0x200b, 0x200f],
  [0x2028, 0x202f],
  [0xfb1d, 0xfdff],
  [0xfe70, 0xfefc],
  [0xfeff, 0xfeff],
  [0xfffd, 0xfffd],
]

function quote(text) {
  const characters = Array.from(text, (character) => {
    const unit = character.charCodeAt(0)
    if (character === '\\' || character === "'") return `\\${character}`
    const hidden = escapedRanges.some(([first, last]) => unit >= first && unit <= last)
    return hidden ? escape16(character) : character
  })
  return `'${characters.join('')}'`
}

function escape16(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function head(what) {
  return `/** ${what}. Generated from iconv-lite by scripts/generate-charsets.mjs: do not edit. */\n`
}

/** Returns the text of each file of tables by its name. */
export function tableFiles() {
  return {
    'gbk.gen.ts': gbk(),
    'gb18030.gen.ts': gb18030(),
    'code-pages.gen.ts': codePages(),
    ...Object.fromEntries(
      Object.entries(rowZones).map(([name, zone]) => [`${name}.gen.ts`, rowZone(zone)]),
    ),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(tableFiles())) writeFileSync(folder + name, text)
}
