/** The rows of the test page that a person is asked about: what each sends, and what it proves if it is printed right. */
import type { MultibyteZone } from '../model/charset.js'
import type { Buzzer, ImageCommand } from '../model/profile.js'

/** Known widths of print heads, in dots. */
export const widthRows = [384, 416, 432, 504, 512, 546, 576, 640, 832] as const

export interface ZoneRow {
  readonly row: string
  readonly label: string
  readonly zone: MultibyteZone
  readonly text: string
}

/** Each text is made of characters that are in its zone but not in the zones before. */
export const zoneRows: readonly ZoneRow[] = [
  { row: 'D1', label: 'gb2312', zone: 'gb2312', text: '中煊淼鑫①№℃丨' },
  { row: 'D2', label: 'gbk', zone: 'gbk', text: '镕喆堃囍瑄燊翀' },
  { row: 'D3', label: 'gbk/5', zone: 'gbk', text: '〇㎡﹐﹖' },
  { row: 'D4', label: '18030-2', zone: 'gb18030-2byte', text: '€ǹ〾' },
  { row: 'D5', label: '18030-4', zone: 'gb18030', text: '㐂𠮷鿏' },
  { row: 'D6', label: 'big5', zone: 'big5', text: '中文繁體' },
  { row: 'D7', label: 'sjis', zone: 'shift_jis', text: '日本語カナ' },
  { row: 'D8', label: 'euc-kr', zone: 'euc-kr', text: '한국어' },
  { row: 'D9', label: 'utf-8', zone: 'utf8', text: '中文ÄЖ한' },
]

export const sizeRows = [
  { row: 'E1', label: 'GS ! 11', sizes: 'gs' },
  { row: 'E2', label: 'FS ! 0C', sizes: 'fs' },
  { row: 'E3', label: 'FS W 1', sizes: 'fs' },
  { row: 'E4', label: 'ESC ! 30', sizes: 'gs' },
] as const

export interface PageRow {
  readonly row: string
  readonly number: number
  readonly encoding: string
  readonly text: string
}

export const pageRows: readonly PageRow[] = [
  { row: 'G0', number: 0, encoding: 'cp437', text: 'Äéñ½ß' },
  { row: 'G2', number: 2, encoding: 'cp850', text: 'Äéñ×Ø' },
  { row: 'G3', number: 3, encoding: 'cp860', text: 'ãÕçÀ' },
  { row: 'G4', number: 4, encoding: 'cp863', text: 'ÀÈîç' },
  { row: 'G5', number: 5, encoding: 'cp865', text: 'ØøÆÅ' },
  { row: 'G16', number: 16, encoding: 'cp1252', text: 'Ä€ß×…' },
  { row: 'G17', number: 17, encoding: 'cp866', text: 'ЖшяЁ' },
  { row: 'G18', number: 18, encoding: 'cp852', text: 'ŁęŻőč' },
  { row: 'G19', number: 19, encoding: 'cp858', text: 'Ä€ñ×Ø' },
]

export interface ImageRow {
  readonly row: string
  readonly label: string
  readonly command: ImageCommand
}

export const imageRows: readonly ImageRow[] = [
  { row: 'H1', label: 'GS v 0', command: 'gs-v-0' },
  { row: 'H2', label: 'GS ( L', command: 'gs-l' },
  { row: 'H3', label: 'GS 8 L', command: 'gs-8-l' },
  { row: 'H4', label: 'ESC * 33', command: 'esc-star-24' },
  { row: 'H5', label: 'ESC * 1', command: 'esc-star-8' },
]

export const codeRows = [
  { row: 'I1', label: 'QR GS ( k' },
  { row: 'I2', label: 'QR dots' },
  { row: 'I3', label: 'QR ESC Z' },
  { row: 'I4', label: 'CODE39 GS k 4' },
  { row: 'I5', label: 'CODE128 GS k 73' },
  { row: 'I6', label: 'EAN13 GS k 67' },
  { row: 'I7', label: 'PDF417 GS ( k' },
] as const
export type CodeRow = (typeof codeRows)[number]['row']

export interface BuzzerRow {
  readonly row: string
  readonly label: string
  readonly beeps: number
  readonly buzzer: Buzzer
}

/** Buzzer commands, each with its own number of beeps, so that a listener can tell them apart. */
export const buzzerRows: readonly BuzzerRow[] = [
  { row: 'J1', label: 'BEL', beeps: 1, buzzer: 'bel' },
  { row: 'J2', label: 'ESC B 2', beeps: 2, buzzer: 'esc-b' },
  { row: 'J3', label: 'ESC ( A 3', beeps: 3, buzzer: 'esc-a' },
]

export const cutRows = [
  { row: 'K1', label: 'GS V 1', cut: 'partial' },
  { row: 'K2', label: 'GS V 65', cut: 'full' },
  { row: 'K3', label: 'GS V 66', cut: 'partial' },
] as const
