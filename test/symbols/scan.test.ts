/** Every symbology, native and as dots, in two sizes on both papers: read back from the PNG of the bytes. `UPDATE_DOCS=1` writes the table. */

import { readFileSync, writeFileSync } from 'node:fs'
import { decode } from 'fast-png'
import jsQR from 'jsqr'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { paperToPng, printBytes } from '../../src/entries/emulator.js'
import type { Bitmap } from '../../src/model/bitmap.js'
import { nativeBarcodes, type Profile } from '../../src/model/profile.js'
import type { SymbolBlock } from '../../src/model/strip.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import { symbolCases } from './cases.js'
import { pictureOf, prepareReader, readCodes } from './reader.js'

const papers = { 384: generic58, 576: generic80 } as const

/** A printer that draws all symbols itself. */
function nativePrinter(profile: Profile): Profile {
  return { ...profile, qr: 'native', barcodes: 'function-b', nativeBarcodes, pdf417: 'native' }
}

/** The picture that the PNG holds, as dots. */
function dotsOf(png: Uint8Array): Bitmap {
  const { width, height, data } = decode(png)
  // One bit a pixel, 1 = white.
  return { widthDots: width, heightDots: height, data: Uint8Array.from(data, (byte) => ~byte) }
}

interface Line {
  readonly name: string
  readonly width: 384 | 576
  readonly module: number
  readonly way: 'native' | 'dots'
  readonly size: string
  readonly bytes: number
  readonly read: string
}

const lines: Line[] = []

async function scan(
  name: string,
  width: 384 | 576,
  module: number,
  native: boolean,
): Promise<Line> {
  const found = symbolCases.find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  const profile = native ? nativePrinter(papers[width]) : papers[width]
  const receipt = { nodes: [{ ...found.node(module), align: 'center' }, { kind: 'feed' }] }
  const { bytes, strip, diagnostics } = compileJson(receipt, { profile })
  expect(diagnostics.filter(({ code }) => !code.endsWith('MODULE_SMALL'))).toEqual([])
  const paper = printBytes(bytes, profile)
  expect(paper.notes).toEqual([])
  expect(paper.unknown).toEqual([])
  const block = strip.blocks.find(({ kind }) => kind === 'symbol') as SymbolBlock
  if (native) {
    const [symbol] = paper.symbols
    expect(symbol).toMatchObject({
      x: block.x,
      widthDots: block.widthDots,
      heightDots: block.heightDots,
    })
  } else expect(paper.symbols).toEqual([])
  const dots = dotsOf(paperToPng(paper))
  const read = await readCodes(dots)
  expect(read.map(({ text }) => text)).toEqual([found.read ?? found.data])
  expect(found.formats).toContain(read[0]?.format)
  if (read[0]?.format === 'QRCode') {
    const image = pictureOf(dots, 24)
    expect(jsQR(image.data, image.width, image.height)?.data).toBe(found.data)
  }
  return {
    name,
    width,
    module,
    way: native ? 'native' : 'dots',
    size: `${block.widthDots} × ${block.heightDots}`,
    bytes: bytes.length,
    read: read[0]?.text ?? '',
  }
}

describe('codes read back from the PNG', () => {
  beforeAll(prepareReader)

  it.each(symbolCases)('$name', async ({ name, modules }) => {
    for (const width of [384, 576] as const) {
      for (const module of new Set(modules[width])) {
        const native = await scan(name, width, module, true)
        const dots = await scan(name, width, module, false)
        expect(native.size).toBe(dots.size)
        lines.push(native, dots)
      }
    }
  })

  it('are in the table of docs/symbols.md', () => {
    const url = new URL('../../docs/symbols.md', import.meta.url)
    const table = tableOf(lines)
    const text = readFileSync(url, 'utf8')
    const start = text.indexOf('<!-- scans -->')
    const end = text.indexOf('<!-- /scans -->')
    const now = `${text.slice(0, start)}<!-- scans -->\n${table}${text.slice(end)}`
    if (process.env.UPDATE_DOCS === '1') writeFileSync(url, now)
    else expect(text).toBe(now)
  })
})

function tableOf(all: readonly Line[]): string {
  const head =
    '| symbology | paper | module | printed | size in dots | bytes | read |\n|---|---|---|---|---|---|---|\n'
  const shown = (text: string) =>
    text.replace(/[\t|]/g, (character) => (character === '\t' ? '␉' : '\\|'))
  return `${head}${all
    .map(
      ({ name, width, module, way, size, bytes, read }) =>
        `| ${name} | ${width} | ${module} | ${way} | ${size} | ${bytes} | ${shown(read)} |\n`,
    )
    .join('')}`
}
