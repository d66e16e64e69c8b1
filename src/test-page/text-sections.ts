/** Sections A to F: dots and columns, Chinese mode, zones, sizes and places of text. */
import { compile } from '../compile.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import type { Profile } from '../model/profile.js'
import { bar, dotRuler } from './bitmaps.js'
import {
  ascii,
  chineseOff,
  chineseOn,
  line,
  lineFeed,
  raster,
  reset,
  zoneText,
} from './commands.js'
import { sizeRows, widthRows, zoneRows } from './rows.js'

/** Characters that receipts need and many ROMs lack. */
const PROBLEM_TEXT = '¥€·—…№℃㎡〇 喆镕囍'
const chinese = '中文'
/** Numerals in hanzi, so that the last one on a line tells how many characters fit. */
const hanziCount = '一二三四五六七八九十'.repeat(4)

export function dots({ widthDots }: Profile): readonly Command[] {
  return [
    ...line('A  DOTS: last bar with its block'),
    raster(dotRuler(widthDots)),
    ...widthRows.flatMap((width) => [...line(`A  ${width}`), raster(bar(width))]),
  ]
}

export function columns(): readonly Command[] {
  return [
    ...line('B  COLUMNS: characters of a line'),
    ...line('B1 FONT A'),
    ...line(countingText(70)),
    ...line('B2 FONT B'),
    { kind: 'font', n: 1 },
    ...line(countingText(100)),
    { kind: 'font', n: 0 },
    ...line('B3 FONT C'),
    { kind: 'font', n: 2 },
    ...line(countingText(100)),
    { kind: 'font', n: 0 },
    ...line('B4 HANZI'),
    chineseOn,
    zoneText(hanziCount, 'gb2312'),
    lineFeed,
  ]
}

/** Returns `....5...10...15`: the last digit of each number is in the column of that number. */
function countingText(length: number): string {
  let text = ''
  for (let column = 5; column <= length; column += 5) text += String(column).padStart(5, '.')
  return text
}

export function chineseMode(): readonly Command[] {
  const sample = [zoneText(chinese, 'gb2312'), lineFeed]
  return [
    ...line('C  CHINESE MODE: which are hanzi'),
    ascii('C1 FS &      '),
    chineseOn,
    ...sample,
    ascii('C2 FS .      '),
    chineseOff,
    ...sample,
    ascii('C3 FS . ESC @ '),
    chineseOff,
    lineFeed,
    ...reset,
    ...sample,
    ascii('C4 FS & ESC @ '),
    chineseOn,
    lineFeed,
    ...reset,
    ...sample,
  ]
}

export function zones(profile: Profile): readonly Command[] {
  const problems = compile({ nodes: [{ kind: 'text', text: PROBLEM_TEXT }] }, { profile })
  return [
    ...line('D  ZONES: which rows are right'),
    ...zoneRows.flatMap(({ row, label, zone, text }) => [
      ascii(`${row} ${label}: `),
      chineseOn,
      zoneText(text, zone),
      lineFeed,
    ]),
    ...line(`D  PROBLEMS, ${profile.charset}:`),
    ...problems.commands,
    ...reset,
    ...line('D  ASCII: #$@[\\]^`{|}~'),
  ]
}

/** Section E. Each row prints a letter and a hanzi under one size command, so that a person sees which of them the command enlarges. */
export function sizes(): readonly Command[] {
  const on: Readonly<Record<(typeof sizeRows)[number]['row'], readonly [Command, Command]>> = {
    E1: [
      { kind: 'characterSize', n: 0x11 },
      { kind: 'characterSize', n: 0 },
    ],
    E2: [
      { kind: 'hanziStyle', n: 0x0c },
      { kind: 'hanziStyle', n: 0 },
    ],
    E3: [
      { kind: 'hanziDoubleSize', n: 1 },
      { kind: 'hanziDoubleSize', n: 0 },
    ],
    E4: [
      { kind: 'printMode', n: 0x30 },
      { kind: 'printMode', n: 0 },
    ],
  }
  return [
    ...line('E  SIZES: where is hanzi large'),
    chineseOn,
    ...sizeRows.flatMap(({ row, label }) => [
      ascii(`${row} ${label}: `),
      on[row][0],
      ascii('A'),
      zoneText('中', 'gb2312'),
      on[row][1],
      lineFeed,
    ]),
    ascii('E  ESC - then FS -: '),
    { kind: 'underline', n: 1 },
    ascii('A'),
    zoneText('中', 'gb2312'),
    { kind: 'underline', n: 0 },
    { kind: 'hanziUnderline', n: 1 },
    ascii(' A'),
    zoneText('中', 'gb2312'),
    { kind: 'hanziUnderline', n: 0 },
    lineFeed,
  ]
}

/** Section F. The marks of both lines must be under each other if `ESC $` works. */
export function places({ fonts }: Profile): readonly Command[] {
  const cell = fonts.A.widthDots
  return [
    ...line('F  PLACES: are both lines alike'),
    ...line('|       |       |       |'),
    ...[0, 8, 16, 24].flatMap((column): Command[] => [
      { kind: 'moveTo', x: column * cell },
      ascii('|'),
    ]),
    lineFeed,
  ]
}
