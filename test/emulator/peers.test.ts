/**
 * Streams of other people's libraries, made here: what a printer makes of them, right or wrong. Where a title says that a
 * library is wrong, the paper is what its customers hold.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { printBytes } from '../../src/emulator/virtual-printer.js'
import { type Bitmap, bytesPerRow, dotAt } from '../../src/model/bitmap.js'
import type { Paper, PrintedImage } from '../../src/model/paper.js'
import type { Profile } from '../../src/model/profile.js'
import { decodeSummary } from '../../src/paper/views/summary.js'
import { epsonTmT88v, findProfile, generic80 } from '../../src/profiles/index.js'
import { prepareReader, readCodes } from '../symbols/reader.js'
import { address, peerStreams, pictures } from './peers/streams.mjs'

const streams = await peerStreams()

beforeAll(prepareReader)

const rule = '─'.repeat(48)
const tornAddress = 'https://example.com/订单/20261123?no=1'

function linesOf(paper: Paper): string[] {
  return decodeSummary(paper)
    .text.split('\n')
    .map((line) => line.trim().replace(/ +/g, ' '))
    .filter((line) => line !== '')
}

/** Everything but text and pictures. */
function outlineOf(paper: Paper) {
  const { symbols, images, cuts, replies, unknown } = decodeSummary(paper)
  return {
    symbols: symbols.map(({ kind, data }) => `${kind} ${data}`),
    images: images.map(({ widthDots, heightDots }) => `${widthDots}x${heightDots}`),
    cuts: [cuts, ...new Set(paper.cuts.map((cut) => cut.mode))].join(' '),
    pulses: paper.pulses.map(({ pin, onMs }) => `pin ${pin} ${onMs} ms`),
    replies,
    unknown: unknown.map(({ hex }) => hex),
    notes: paper.notes.map(({ code }) => code),
  }
}

function outline(expected: Partial<ReturnType<typeof outlineOf>>) {
  return { pulses: ['pin 2 50 ms'], replies: 0, unknown: [], notes: [], ...expected }
}

/** Dots in which the paper differs from the logo, drawn with its top left corner there. */
function logoDifference(paper: Paper, { x, y }: { readonly x: number; readonly y: number }) {
  const { data, width, height } = pictures.logo
  let count = 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * 4
      const isBlack = (data[at] ?? 0) < 128 && (data[at + 3] ?? 0) > 127
      if (dotAt(paper.bitmap, x + column, y + row) !== isBlack) count++
    }
  }
  return count
}

/** What a scanner reads in the rows from the top of the picture on. */
async function scanned(paper: Paper, image: PrintedImage | undefined): Promise<string[]> {
  if (image === undefined) return []
  const from = image.y * bytesPerRow(paper.widthDots)
  const rows: Bitmap = {
    widthDots: paper.widthDots,
    heightDots: paper.heightDots - image.y,
    data: paper.bitmap.data.slice(from),
  }
  return (await readCodes(rows, { formats: ['QRCode'] })).map((code) => code.text)
}

/** Style of the first glyph with this text. */
function styleOf(paper: Paper, text: string) {
  const { width, height, bold, underline } =
    paper.glyphs.find((glyph) => glyph.text === text)?.style ?? {}
  return { width, height, bold, underline }
}

const large = { width: 2, height: 2, bold: true, underline: 0 }

describe('receiptline', () => {
  const printOn = (profile: Profile) => printBytes(streams.receiptline, profile)

  it('prints on a printer with GB18030 as it was meant, the name of four bytes too', () => {
    const paper = printOn({ ...generic80, charset: 'gb18030' })
    expect(linesOf(paper)).toEqual([
      '老王饺子馆',
      rule,
      '鱼香肉丝盖浇饭 x1 28.00',
      '西红柿鸡蛋 x2 36.00',
      '李𬱖',
      rule,
      '合计 64.00',
      '第二联',
    ])
    expect(outlineOf(paper)).toEqual(
      outline({
        symbols: ['ean13 6901234567892', 'code128 A-10086'],
        images: ['288x80', '132x132'],
        cuts: '2 partial',
        pulses: [],
        replies: 1,
      }),
    )
    expect(styleOf(paper, '老')).toEqual({ ...large, bold: false })
    expect(styleOf(paper, '西')).toMatchObject({ bold: true })
    expect(styleOf(paper, '合')).toMatchObject({ width: 2, height: 1 })
  })

  it('draws its QR code as a picture', async () => {
    const paper = printOn(generic80)
    expect(await scanned(paper, paper.images[1])).toEqual([address])
    expect(logoDifference(paper, paper.images[0] ?? { x: 0, y: 0 })).toBe(0)
  })

  it('prints a name of four bytes as two torn characters on a printer with GBK', () => {
    expect(linesOf(printOn(generic80))).toContain('李\u{fffd}3\u{fffd}6')
  })
})

describe('ReceiptPrinterEncoder', () => {
  const right = outline({
    symbols: [
      'qr https://example.com/??/20261123?no=10086',
      'ean13 6901234567892',
      'code128 A-10086',
    ],
    images: ['288x96', '152x168'],
    cuts: '1 partial',
    pulses: ['pin 2 100 ms'],
  })

  it.each([
    ['columns', epsonTmT88v, 42],
    ['raster', generic80, 48],
  ] as const)(
    'sends a question mark for each hanzi, in QR codes too; all else is right (%s)',
    async (way, profile, columns) => {
      const paper = printBytes(streams[`receipt-printer-encoder, ${way}`], profile)
      expect(linesOf(paper)).toEqual([
        'Lao Wang ??',
        'Café Zürich',
        'Fish-flavoured pork x1 28.00',
        'Tomato and egg x2 36.00',
        '─'.repeat(columns),
      ])
      expect(outlineOf(paper)).toEqual(right)
      expect(styleOf(paper, 'L')).toEqual(large)
      expect(logoDifference(paper, paper.images[0] ?? { x: 0, y: 0 })).toBe(0)
      const code = paper.images.find((image) => image.y > 300)
      expect(await scanned(paper, code)).toEqual([address])
    },
  )
})

describe('node-thermal-printer', () => {
  const paper = printBytes(streams['node-thermal-printer'], generic80)

  it('counts a hanzi as one column, so that a line with left and right wraps', () => {
    expect(linesOf(paper)).toEqual([
      '老王饺子馆',
      '鱼香肉丝盖浇饭 x1 28.00',
      'Tomato x2 36.00',
      '-'.repeat(48),
      '0086',
    ])
    const wrapped = paper.lines.filter((line) => line.wrapped)
    expect(wrapped).toHaveLength(1)
    expect(styleOf(paper, '老')).toEqual(large)
  })

  it('counts letters for bytes in a QR code: the rest of the data prints as text, the code is torn', () => {
    expect(outlineOf(paper)).toEqual(
      outline({
        symbols: [`qr ${tornAddress}`, 'ean13 6901234567892', 'code128 A-10086'],
        images: ['288x80', '152x148'],
        cuts: '1 full',
        // ESC p without its times: the next ESC p is taken for them, and its number is left over.
        pulses: ['pin 2 54 ms'],
        unknown: ['01'],
      }),
    )
  })

  it('prints pictures dot by dot', async () => {
    expect(logoDifference(paper, paper.images[0] ?? { x: 0, y: 0 })).toBe(0)
    expect(await scanned(paper, paper.images[1])).toEqual([address])
  })
})

describe('node-escpos', () => {
  const paper = printBytes(streams['node-escpos'], generic80)

  it('prints hanzi in columns', () => {
    expect(linesOf(paper)).toEqual(['老王饺子馆', '鱼香肉丝 x1 28.00', '-'.repeat(48), '0086'])
    expect(styleOf(paper, '老')).toEqual(large)
  })

  it('counts letters for bytes in a QR code: the rest of the data prints as text, the code is torn', () => {
    expect(outlineOf(paper)).toEqual(
      outline({
        symbols: ['ean13 6901234567892', 'code39 A-10086', `qr ${tornAddress}`],
        images: ['288x96', '288x80', '88x82'],
        cuts: '1 partial',
      }),
    )
  })

  it('prints a picture in columns and as raster, and a QR code as one', async () => {
    const rasters = paper.images.filter((image) => image.placement === 'raster')
    for (const logo of [paper.images[0], rasters[0]]) {
      expect(logoDifference(paper, logo ?? { x: 0, y: 0 })).toBe(0)
    }
    expect(await scanned(paper, rasters[1])).toEqual([address])
  })
})

describe('escpos-buffer', () => {
  const paper = printBytes(streams['escpos-buffer'], findProfile('epson-tm-t20ii'))

  it('sends a question mark for each hanzi; all else is right', () => {
    expect(linesOf(paper)).toEqual(['Lao Wang ??', 'Café 28,00'])
    expect(styleOf(paper, 'L')).toEqual(large)
    expect(outlineOf(paper)).toEqual(
      outline({
        symbols: ['qr https://example.com/20261123?no=10086'],
        images: ['288x96', '148x168'],
        cuts: '1 partial',
        pulses: ['pin 2 120 ms'],
      }),
    )
  })

  it('prints pictures in columns', async () => {
    expect(logoDifference(paper, paper.images[0] ?? { x: 0, y: 0 })).toBe(0)
    expect(await scanned(paper, paper.images[4])).toEqual([address])
  })
})

describe('react-thermal-printer', () => {
  const paper = printBytes(streams['react-thermal-printer'], generic80)

  it('prints hanzi, in columns too', () => {
    expect(linesOf(paper)).toEqual([
      '老王饺子馆',
      '鱼香肉丝盖浇饭 x1 28.00',
      '-'.repeat(48),
      '西红柿鸡蛋',
    ])
    expect(paper.lines.some((line) => line.wrapped)).toBe(false)
    expect(styleOf(paper, '老')).toEqual(large)
  })

  it('underlines by ESC -, which hanzi do not heed', () => {
    expect(styleOf(paper, '西')).toMatchObject({ underline: 0 })
  })

  it('sends a question mark for each hanzi of a QR code; all else is right', async () => {
    expect(outlineOf(paper)).toEqual(
      outline({
        symbols: ['qr https://example.com/??/20261123?no=10086', 'ean13 6901234567892'],
        images: ['288x80', '152x148'],
        cuts: '1 partial',
      }),
    )
    expect(logoDifference(paper, paper.images[0] ?? { x: 0, y: 0 })).toBe(0)
    expect(await scanned(paper, paper.images[1])).toEqual([address])
  })
})
