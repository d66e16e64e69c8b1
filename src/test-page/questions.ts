/**
 * The questions of `profiles derive` about a printed test page, and the conclusion that each answer allows about
 * the printer.
 */
import type { CodePageSlot, MultibyteZone } from '../model/charset.js'
import type { Buzzer, ImageCommand, NativeBarcode } from '../model/profile.js'
import { buzzerRows, codeRows, cutRows, imageRows, pageRows, sizeRows, zoneRows } from './rows.js'
import { statusRows } from './status-rows.js'

/** New values of a profile's fields by path. Fields that are not named stay unchanged. */
export type Findings = Readonly<Record<string, unknown>>

export interface Asked {
  /** Key of the answer in a file of answers. */
  readonly key: string
  readonly ask: string
}

export interface NumberQuestion extends Asked {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
  findings(value: number, widthDots: number, dotsPerMm: number): Findings
}

export interface RowsQuestion extends Asked {
  readonly kind: 'rows'
  readonly rows: readonly string[]
  findings(seen: readonly string[]): Findings
}

export interface YesNoQuestion extends Asked {
  readonly kind: 'yes-no'
  findings(yes: boolean): Findings
}

export type Question = NumberQuestion | RowsQuestion | YesNoQuestion

export const questions: readonly Question[] = [
  {
    key: 'paperMm',
    kind: 'number',
    ask: 'How wide is the paper roll, in mm (58, 76, 80)?',
    min: 20,
    max: 300,
    findings: (paperMm) => ({ paperMm }),
  },
  {
    key: 'widthDots',
    kind: 'number',
    ask: 'A: the number of the last bar that ends in a whole block?',
    min: 200,
    max: 4096,
    findings: (widthDots) => ({ widthDots }),
  },
  {
    key: 'columnsA',
    kind: 'number',
    ask: 'B1: how many characters has the first line of Font A?',
    min: 8,
    max: 100,
    findings: (count, dots) => ({ 'fonts.A.widthDots': Math.floor(dots / count) }),
  },
  {
    key: 'columnsB',
    kind: 'number',
    ask: 'B2: how many characters has the first line of Font B?',
    min: 8,
    max: 120,
    findings: (count, dots) => ({ 'fonts.B.widthDots': Math.floor(dots / count) }),
  },
  {
    key: 'hanziPerLine',
    kind: 'number',
    ask: 'B4: how many hanzi has the first line (none: leave empty)?',
    min: 4,
    max: 60,
    findings: (count, dots) => {
      const side = Math.floor(dots / count)
      return { 'hanzi.widthDots': side, 'hanzi.heightDots': side }
    },
  },
  {
    key: 'chineseMode',
    kind: 'rows',
    ask: 'C: which rows show two hanzi?',
    rows: ['C1', 'C2', 'C3', 'C4'],
    findings: chineseFindings,
  },
  {
    key: 'zones',
    kind: 'rows',
    ask: 'D: which rows are right, each character as docs/test-page.md shows it?',
    rows: zoneRows.map(({ row }) => row),
    findings: (seen) => ({ charset: zoneOf(seen) }),
  },
  {
    key: 'sizes',
    kind: 'rows',
    ask: 'E: in which rows is the hanzi large?',
    rows: sizeRows.map(({ row }) => row),
    findings: (seen) => {
      const by = new Set(sizeRows.filter(({ row }) => seen.includes(row)).map(({ sizes }) => sizes))
      if (by.size === 0) return {}
      return { hanziSizeBy: by.size === 2 ? 'both' : [...by][0] }
    },
  },
  {
    key: 'places',
    kind: 'yes-no',
    ask: 'F: do the marks of both lines stand under each other?',
    findings: (absolutePosition) => ({ absolutePosition }),
  },
  {
    key: 'pages',
    kind: 'rows',
    ask: 'G: which rows are right?',
    rows: pageRows.map(({ row }) => row),
    findings: (seen) => ({
      codePages: pagesOf(seen),
      // The rows are numbered as in Epson's table.
      ...(seen.length > 0 && { codePageTable: 'epson' }),
    }),
  },
  {
    key: 'pictures',
    kind: 'rows',
    ask: 'H: which pictures are right, with no text in them?',
    rows: imageRows.map(({ row }) => row),
    findings: pictureFindings,
  },
  {
    key: 'codes',
    kind: 'rows',
    ask: 'I: which rows are codes that a phone reads?',
    rows: codeRows.map(({ row }) => row),
    findings: codeFindings,
  },
  {
    key: 'buzzer',
    kind: 'rows',
    ask: 'J: which were heard (one beep J1, two J2, three J3)?',
    rows: buzzerRows.map(({ row }) => row),
    findings: (heard) => ({ buzzer: buzzerOf(heard) }),
  },
  {
    key: 'cuts',
    kind: 'rows',
    ask: 'K: at which rows was the paper cut?',
    rows: cutRows.map(({ row }) => row),
    findings: (seen) => {
      const cuts = cutRows.filter(({ row }) => seen.includes(row)).map(({ cut }) => cut)
      return { cuts: [...new Set(cuts)] }
    },
  },
  {
    key: 'headToCutterMm',
    kind: 'number',
    ask: 'K1: the lowest number on the piece that was cut or torn off, in mm?',
    min: 0,
    max: 200,
    findings: (mm, _, dotsPerMm) => ({ headToCutterDots: Math.ceil(mm * dotsPerMm) }),
  },
  {
    key: 'status',
    kind: 'rows',
    ask: 'S: which questions of test-page --to were answered?',
    rows: statusRows.map(({ row }) => row),
    findings: (seen) => ({
      answersStatus: seen.length > 0,
      'status.realtime': seen.includes('S1'),
      'status.request': seen.includes('S2'),
      'status.processId': seen.includes('S5'),
    }),
  },
]

function chineseFindings(seen: readonly string[]): Findings {
  if (!seen.includes('C1')) return { charset: 'none', chineseModeAtPowerOn: false }
  const afterReset = seen.includes('C3')
  return {
    // `ESC @` restores the power-on state, unless it does not change the mode at all.
    chineseModeAtPowerOn: afterReset || seen.includes('C4'),
    chineseModeAfterReset: afterReset ? true : seen.includes('C4') ? null : false,
  }
}

/** Returns the largest zone whose rows are right. For a zone of the GB family, all rows of the smaller ones must be right too. */
function zoneOf(seen: readonly string[]): MultibyteZone {
  const has = (...rows: string[]) => rows.every((row) => seen.includes(row))
  if (has('D1', 'D2', 'D3', 'D4', 'D5')) return 'gb18030'
  if (has('D1', 'D2', 'D3', 'D4')) return 'gb18030-2byte'
  if (has('D1', 'D2', 'D3')) return 'gbk'
  if (has('D1')) return 'gb2312'
  return zoneRows.find(({ row }) => row > 'D5' && seen.includes(row))?.zone ?? 'none'
}

function pagesOf(seen: readonly string[]): readonly CodePageSlot[] {
  return pageRows
    .filter(({ row }) => seen.includes(row))
    .map(({ number, encoding }) => ({ number, encoding }))
}

function pictureFindings(seen: readonly string[]): Findings {
  const commands: readonly ImageCommand[] = imageRows
    .filter(({ row }) => seen.includes(row))
    .map(({ command }) => command)
  const [imageCommand] = commands
  if (imageCommand === undefined) return {}
  const drawnBy = commands.includes('esc-star-24') ? 'column-image' : 'raster-line'
  return { imageCommand, drawnBy }
}

/** Returns the findings about codes. A symbology that is not on the page is not known to work, and will be printed as dots. */
function codeFindings(seen: readonly string[]): Findings {
  const has = (row: string) => seen.includes(row)
  const counted: NativeBarcode[] = []
  if (has('I5')) counted.push('code128')
  if (has('I6')) counted.push('ean13')
  const barcodes = counted.length > 0 ? 'function-b' : has('I4') ? 'function-a' : 'none'
  return {
    qr: has('I1') ? 'native' : 'raster',
    barcodes,
    nativeBarcodes: barcodes === 'function-a' ? ['code39'] : counted,
    pdf417: has('I7') ? 'native' : 'raster',
  }
}

/** Chooses among the buzzer commands that made a sound. A later one is preferred, because it sets the number of beeps. */
function buzzerOf(heard: readonly string[]): Buzzer {
  const found = buzzerRows.filter(({ row }) => heard.includes(row))
  return found.at(-1)?.buzzer ?? 'none'
}
