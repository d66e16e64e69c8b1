/** Sections G to K: pages, pictures, codes, buzzer, cutter. */
import { compile } from '../compile.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import { pushImage } from '../encoders/escpos/lower-image.js'
import { utf8 } from '../encoders/escpos/utf8.js'
import type { Profile } from '../model/profile.js'
import { metricsOf } from '../profiles/derive.js'
import { feedRuler, tryPicture } from './bitmaps.js'
import { ascii, chineseOff, feedDots, line, lineFeed, pageText, raster, reset } from './commands.js'
import { buzzerRows, type CodeRow, codeRows, cutRows, imageRows, pageRows } from './rows.js'

const PAYLOAD = 'XIAOPIAO'
/** Longer than the distance from the head to the cutter or tear bar of any printer. */
export const FEED_RULER_MM = 35

export function pages(): readonly Command[] {
  return [
    ...line('G  PAGES: which rows are right'),
    ...pageRows.flatMap(({ row, number, encoding, text }): Command[] => [
      ascii(`${row.padEnd(3)} ${encoding}: `),
      chineseOff,
      { kind: 'codePage', n: number },
      pageText(text, encoding),
      lineFeed,
    ]),
    ...reset,
  ]
}

export function pictures(profile: Profile): readonly Command[] {
  const out: Command[] = [...line('H  PICTURES: which are right')]
  const picture = tryPicture()
  for (const { row, label, command } of imageRows) {
    out.push(...line(`${row} ${label}`))
    pushImage(
      picture,
      { x: 0, path: '' },
      {
        profile: { ...profile, imageCommand: command },
        report: () => {},
        out,
        lineSpacingDots: profile.lineSpacingDots,
      },
    )
    out.push(...reset)
  }
  out.push(...line('H  TWO BANDS: is there a gap'), raster(picture), raster(picture))
  return out
}

export function codes(profile: Profile): readonly Command[] {
  const asDots = { ...profile, qr: 'raster', imageCommand: 'gs-v-0' } as const
  const dots = compile({ nodes: [{ kind: 'qr', data: PAYLOAD, module: 4 }] }, { profile: asDots })
  const bars: readonly Command[] = [
    { kind: 'barcodeHeight', n: 48 },
    { kind: 'barcodeWidth', n: 2 },
    { kind: 'hriPosition', n: 2 },
  ]
  const sent: Readonly<Record<CodeRow, readonly Command[]>> = {
    I1: [
      { kind: 'qrModel', n1: 0x32, n2: 0 },
      { kind: 'qrModuleSize', n: 4 },
      { kind: 'qrErrorLevel', n: 0x31 },
      { kind: 'qrStore', m: 0x30, data: utf8(PAYLOAD) },
      { kind: 'qrPrint', m: 0x30 },
    ],
    I2: [...dots.commands, ...reset],
    I3: [{ kind: 'escZQr', m: 0, n: 0x4d, k: 4, data: utf8(PAYLOAD) }, lineFeed],
    I4: [...bars, { kind: 'barcodeA', m: 4, data: utf8(PAYLOAD) }],
    I5: [...bars, { kind: 'barcodeB', m: 73, data: utf8(`{B${PAYLOAD}`) }],
    I6: [...bars, { kind: 'barcodeB', m: 67, data: utf8('6901234567892') }],
    I7: [
      { kind: 'pdf417Columns', n: 2 },
      { kind: 'pdf417Rows', n: 0 },
      { kind: 'pdf417ModuleWidth', n: 2 },
      { kind: 'pdf417RowHeight', n: 3 },
      { kind: 'pdf417ErrorLevel', m: 0x30, n: 0x31 },
      { kind: 'pdf417Store', m: 0x30, data: utf8(PAYLOAD) },
      { kind: 'pdf417Print', m: 0x30 },
    ],
  }
  return [
    ...line('I  CODES: which are no text'),
    ...codeRows.flatMap(({ row, label }) => [...line(`${row} ${label}`), ...sent[row]]),
    lineFeed,
  ]
}

export function buzzers(): readonly Command[] {
  const [bel, escB, escA] = buzzerRows.map(({ row, label }) => line(`${row} ${label}`))
  return [
    ...line('J  BUZZER: how many beeps'),
    ...(bel ?? []),
    { kind: 'bell' },
    ...(escB ?? []),
    { kind: 'buzzer', n: 2, t: 3 },
    ...(escA ?? []),
    { kind: 'beepOnOff', n: 100, c: 3, t1: 1, t2: 2 },
  ]
}

/** Section K. The first cut is made without a feed, so that the ruler shows how far the cutter is from the head. */
export function cutter(profile: Profile): readonly Command[] {
  const ruler = feedRuler(FEED_RULER_MM, metricsOf(profile).dotsPerMm)
  const [noFeed, full, partial] = cutRows.map(({ row, label }) => `${row} ${label}`)
  return [
    ...line('K  CUTTER: lowest mm on piece'),
    ...line(`${noFeed}, or tear here`),
    raster(ruler),
    { kind: 'cut', m: 1 },
    feedDots(160),
    ...line(`${full}, feed, full cut`),
    { kind: 'cutFeed', m: 65, n: 0 },
    ...line(`${partial}, feed, partial`),
    ...line('END OF TEST PAGE'),
    { kind: 'cutFeed', m: 66, n: 0 },
  ]
}
