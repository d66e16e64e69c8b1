/** Every QR code and bar code of the gallery is read from its paper by a reader of others (zxing-cpp). */

import { createCipheriv } from 'node:crypto'
import { readdirSync } from 'node:fs'
import iconv from 'iconv-lite'
import { beforeAll, describe, expect, it } from 'vitest'
import type { QrNode } from '../../src/elements/nodes.js'
import { printBytes } from '../../src/entries/emulator.js'
import { prepareReader, readCodes } from '../symbols/reader.js'
import {
  compileFixture,
  fixtureData,
  fixtureNames,
  fixtureReceipt,
  languageNames,
} from './fixtures.js'
import { labelsInPageMode } from './languages.js'
import { galleryPapers } from './papers.js'

const kinds = ['qr', 'barcode', 'symbol']

/** The data of the codes in a receipt, in the order of the paper. */
function codesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const node = value as { readonly kind?: string; readonly data?: string } & Pick<
    QrNode,
    'encoding'
  >
  if (node.kind === 'qr') return [bytesOf(node.data as string, node.encoding)]
  if (kinds.includes(node.kind ?? '')) return [node.data as string]
  return Object.values(value).flatMap(codesIn)
}

/** In hex. */
function bytesOf(data: string, encoding: QrNode['encoding'] = 'utf-8'): string {
  return iconv.encode(data, encoding).toString('hex')
}

const labelPapers = labelsInPageMode.map(({ name, profile }) => {
  const { bitmap } = printBytes(compileFixture(name, profile).bytes, profile)
  return { name, printer: profile.id, bitmap }
})
const withCodes = [...galleryPapers, ...labelPapers]
  .map((paper) => ({ ...paper, codes: codesIn(fixtureReceipt(paper.name)) }))
  .filter(({ codes }) => codes.length > 0)

beforeAll(prepareReader)

describe('codes on the papers', () => {
  it('are on these receipts, each on two papers', () => {
    const names = [...fixtureNames, ...languageNames]
    const having = names.filter((name) => codesIn(fixtureReceipt(name)).length > 0)
    expect(having.length).toBeGreaterThanOrEqual(14)
    expect(withCodes.length).toBe(2 * having.length)
  })

  it('are read of every golden that has some', () => {
    const goldens = new URL('../../fixtures/goldens/', import.meta.url)
    const stored = readdirSync(goldens).flatMap((printer) =>
      readdirSync(new URL(`${printer}/`, goldens))
        .filter((file) => file.endsWith('.bin'))
        .map((file) => ({ name: file.replace('.bin', ''), printer })),
    )
    const wanted = stored.filter(({ name }) => codesIn(fixtureReceipt(name)).length > 0)
    const namesOf = (papers: readonly { readonly name: string; readonly printer: string }[]) =>
      papers.map(({ name, printer }) => `${printer}/${name}`).sort()
    expect(namesOf(withCodes)).toEqual(namesOf(wanted))
  })

  it.each(withCodes)('$name on $printer holds what was asked', async ({ bitmap, codes }) => {
    const read = await readCodes(bitmap)
    const found = read.map(({ text, bytes, format }) =>
      format === 'QRCode' ? Buffer.from(bytes).toString('hex') : text,
    )
    expect(found.sort()).toEqual([...codes].sort())
  })
})

describe('電子發票證明聯', () => {
  // 財政部財政資訊中心, 電子發票證明聯一維及二維條碼規格說明, version 1.8 (August 2018), chapters 1, 2 and 5.
  const data = fixtureData('lang-traditional-chinese') as Record<string, string> & {
    readonly shop: { readonly id: string }
    readonly items: readonly Record<string, unknown>[]
  }
  const number = data.invoice?.replace('-', '') ?? ''
  const hex = (amount: string | undefined) => Number(amount).toString(16).padStart(8, '0')

  it('has a bar code of period, number and random code', () => {
    expect(data.period).toBe('115年07-08月')
    expect(data.barcode).toBe(`11508${number}${data.random}`)
  })

  it('has a left code whose first 77 characters agree with what people read', () => {
    const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
    const cipher = createCipheriv(
      'aes-128-cbc',
      key,
      Buffer.from('Dt8lyToo17X/XkXaQvihuA==', 'base64'),
    )
    const proof =
      cipher.update(`${number}${data.random}`, 'utf8', 'base64') + cipher.final('base64')
    const [year = '', month, day] = (data.time ?? '').slice(0, 10).split('-')
    const date = `${Number(year) - 1911}${month}${day}`
    const amounts = hex(data.net) + hex(data.total)
    const head = `${number}${date}${data.random}${amounts}00000000${data.shop.id}${proof}`
    expect(head).toHaveLength(77)
    expect(data.leftCode?.slice(0, 77)).toBe(head)
  })

  it('names every article with its quantity and price in the two codes', () => {
    const count = data.items.length
    const items = data.items.map(({ name, count, price }) => `${name}:${count}:${price}`)
    expect(data.rightCode?.slice(0, 2)).toBe('**')
    expect(`${data.leftCode?.slice(77)}${data.rightCode?.slice(2)}`).toBe(
      `:**********:${count}:${count}:1:${items.join(':')}`,
    )
  })

  it('has its two codes side by side, of one size, upper edges level', async () => {
    for (const { bitmap } of withCodes.filter(({ name }) => name === 'lang-traditional-chinese')) {
      const read = await readCodes(bitmap, { formats: ['QRCode'] })
      const corners = read.map(({ position }) => position)
      const [left, right] = corners.sort((a, b) => a.topLeft.x - b.topLeft.x)
      if (left === undefined || right === undefined) throw new Error('two codes')
      expect(Math.abs(left.topLeft.y - right.topLeft.y)).toBeLessThanOrEqual(1)
      const widths = [left, right].map((code) => code.topRight.x - code.topLeft.x)
      // Version 6 or more, of 3 dots a module: 15 mm are 106 dots at 180 dpi and 120 at 203 dpi.
      for (const width of widths) expect(Math.abs(width - 123)).toBeLessThanOrEqual(2)
    }
  })
})
