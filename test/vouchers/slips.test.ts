/** The slips of every type and kind against their stored strip and picture on both papers, and their bar codes by a reader of others. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { decode } from 'fast-png'
import { beforeAll, describe, expect, test } from 'vitest'
import { paperToPng, printBytes } from '../../src/entries/emulator.js'
import { compile } from '../../src/index.js'
import { generic58, generic80, metricsOf } from '../../src/profiles/index.js'
import { stripText } from '../goldens/strip-text.js'
import { prepareReader, readCodes } from '../symbols/reader.js'
import { slipCases } from './slip-cases.js'
import { slipNames, slipTrades } from './slip-samples.js'

const folder = new URL('../../fixtures/vouchers/', import.meta.url)
const update = process.env.UPDATE_GOLDENS === '1'
const LARGEST_PNG_BYTES = 20 * 1024

const papers = [generic58, generic80].flatMap((profile) =>
  slipCases.map(({ name, receipt, images }) => {
    const { bytes, strip, diagnostics } = compile(receipt, { profile, images })
    const loud = diagnostics.filter(({ severity }) => severity !== 'info')
    const text = stripText(strip, metricsOf(profile), loud)
    const paper = printBytes(bytes, profile)
    return { stem: `${profile.id}/${name}`, receipt, loud, text, paper }
  }),
)

function stored(file: string, now: string | Uint8Array): Uint8Array {
  const url = new URL(file, folder)
  if (update && !isSame(url, now)) {
    mkdirSync(new URL('.', url), { recursive: true })
    writeFileSync(url, now)
  }
  return new Uint8Array(readFileSync(url))
}

/** Pictures are renewed only if their dots change, because deflate differs between runtimes. */
function isSame(url: URL, now: string | Uint8Array): boolean {
  return typeof now !== 'string' && existsSync(url) && dots(readFileSync(url)).equals(dots(now))
}

function dots(png: Uint8Array): Buffer {
  const { width, height, data } = decode(png)
  return Buffer.concat([Buffer.from(`${width}x${height}:`), data as Uint8Array])
}

/** The data of the codes in a receipt, in the order of the paper. */
function codesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const node = value as { readonly kind?: string; readonly data?: string }
  if (node.kind === 'qr' || node.kind === 'barcode') return [node.data as string]
  return Object.values(value).flatMap(codesIn)
}

beforeAll(prepareReader)

test('every type and kind that makes a slip has a sample', () => {
  expect(Object.keys(slipTrades).sort()).toEqual([...slipNames].sort())
})

describe.each(papers)('$stem', ({ stem, receipt, loud, text, paper }) => {
  test('prints as stored, and without a warning', () => {
    expect(text).toBe(new TextDecoder().decode(stored(`${stem}.txt`, text)))
    const png = paperToPng(paper)
    expect(png.length).toBeLessThanOrEqual(LARGEST_PNG_BYTES)
    expect(dots(png).equals(dots(stored(`${stem}.png`, png)))).toBe(true)
    expect(loud).toEqual([])
  })

  test('has codes that a reader reads', async () => {
    const codes = codesIn(receipt)
    expect(codes.length).toBeGreaterThan(0)
    const read = await readCodes(paper.bitmap, { formats: ['Code128', 'QRCode'] })
    expect(read.map((code) => code.text).sort()).toEqual([...codes].sort())
  })
})

test('no golden is without its slip', () => {
  const files = ['generic-58', 'generic-80'].flatMap((id) =>
    readdirSync(new URL(`${id}/`, folder)).map((file) => `${id}/${file}`),
  )
  expect(files.sort()).toEqual(papers.flatMap(({ stem }) => [`${stem}.png`, `${stem}.txt`]).sort())
})
