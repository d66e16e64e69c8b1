/** The laws of the pipeline, held against random receipts on random printers. */

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { type Command, decodeAll, encodeCommands } from '../../src/encoders/escpos/index.js'
import { type Paper, VirtualPrinter } from '../../src/entries/emulator.js'
import type { Bitmap } from '../../src/model/bitmap.js'
import type { Profile } from '../../src/model/profile.js'
import type { Block, Strip } from '../../src/model/strip.js'
import { lawImages } from './arbitraries.js'
import { accountOf, clippedCount, countOf, inputOf, printedTextOf } from './characters.js'
import { drawStrip, heightOf, leavesMark, type Placed, placedLines } from './draw-strip.js'
import { everyReceipt, forgetSamples, lawTimeoutMs } from './samples.js'

afterAll(forgetSamples)

describe('laws', { timeout: lawTimeoutMs }, () => {
  it('prints every glyph where and how the strip has it', () => {
    everyReceipt(({ strip, print, profile }) => {
      if (mustRound(strip, profile)) return
      const paper = print()
      for (const line of placedLines(strip, profile)) {
        const printed = glyphsWithin(paper, line.y, line.y + line.heightDots)
        // A line with dots in it may have been printed as one picture; its dots are held by the next law.
        if (line.cells.some((cell) => cell.drawn) && printed.length === 0) continue
        const expected = line.cells.filter((cell) => !cell.drawn && leavesMark(cell))
        expect(printed).toEqual(expected.map(({ drawn: _, ...placed }) => placed))
      }
      expect(paper.glyphs.length).toBeLessThanOrEqual(countCells(strip, profile))
    })
  })

  it('prints the dots that the strip draws, and not one more', () => {
    everyReceipt(({ strip, print, profile, diagnostics }) => {
      if (mustRound(strip, profile)) return
      const { bitmap } = print()
      const drawn = drawStrip(strip, profile)
      expect(bitmap.heightDots).toBe(drawn.heightDots)
      // A dot may be added to a row whose bytes the printer would obey: that is reported.
      const added = diagnostics.filter(({ code }) => code === 'IMAGE_DOT_ADDED').length
      if (added > 0) expect(dotsAdded(drawn, bitmap)).toBeLessThanOrEqual(added * 8)
      else expect(Buffer.from(bitmap.data).equals(drawn.data)).toBe(true)
    })
  })

  it('puts cuts, pulses and native symbols where the strip has them', () => {
    everyReceipt(({ strip, print, profile }) => {
      const paper = print()
      const cuts: number[] = []
      const symbols: unknown[] = []
      let y = 0
      for (const block of strip.blocks) {
        if (block.kind === 'symbol' && profile.qr === 'native') {
          const { x, widthDots, heightDots } = block
          symbols.push({ kind: 'qr', data: block.symbol.data, x, y, widthDots, heightDots })
        }
        if (block.kind === 'cut' && profile.cuts.length > 0) cuts.push(y)
        y += heightOf(block)
      }
      expect(paper.cuts.map((cut) => cut.y)).toEqual(cuts)
      expect(paper.symbols.map(({ offset: _, ...symbol }) => symbol)).toEqual(symbols)
      const pulses = strip.blocks.filter((block) => block.kind === 'pulse').length
      expect(paper.pulses.length).toBe(pulses)
    })
  })

  it('decodes the bytes to the commands that made them, and encodes those to the same bytes', () => {
    everyReceipt(({ commands, bytes }) => {
      const decoded = decodeAll(bytes).map(({ command }) => command)
      expect(Buffer.from(encodeCommands(decoded)).equals(bytes)).toBe(true)
      expect(textOf(joinTexts(decoded))).toBe(textOf(joinTexts(commands)))
    })
  })

  it('prints the same paper however the bytes are cut into pieces', () => {
    everyReceipt(({ bytes, profile, print }) => {
      const cut = fc.integer({ min: 1, max: 64 })
      const sizes = fc.sample(cut, { numRuns: 8, seed: bytes.length })
      const printer = new VirtualPrinter({ profile })
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = sizes[i % sizes.length] as number
        printer.write(bytes.subarray(at, at + size))
        at += size
      }
      expect(textOf(printer.end())).toBe(textOf(print()))
    })
  })

  it('leaves nothing beyond the paper, in the strip and on the printer', () => {
    everyReceipt(({ strip, print }) => {
      expectWithin(strip.blocks, strip.widthDots)
      const paper = print()
      for (const { x, widthDots } of paper.glyphs) {
        expect(x + widthDots).toBeLessThanOrEqual(strip.widthDots)
      }
      expect(paper.lines.filter((line) => line.wrapped)).toEqual([])
      expect(paper.notes).toEqual([])
    })
  })

  it('prints every character, or reports what became of it', () => {
    everyReceipt(({ receipt, strip, diagnostics }) => {
      const lost = accountOf(receipt, strip, diagnostics).filter((entry) => entry.lost > 0)
      const clipped = clippedCount(diagnostics)
      if (clipped === 0) expect(lost).toEqual([])
      else expect(lost.reduce((sum, entry) => sum + entry.lost, 0)).toBeLessThanOrEqual(clipped)
    })
  })

  it('prints a question mark only for a question mark', () => {
    everyReceipt(({ receipt, strip, diagnostics }) => {
      const asked = countOf(inputOf(receipt), /\?/g)
      const printed = countOf(printedTextOf(strip), /\?/g)
      // Full-width ones on a western printer, and what a printer of ASCII alone cannot show at all.
      const reported = diagnostics
        .filter(({ message }) => message.includes("'?' ("))
        .reduce((sum, { message }) => sum + Number(/\((\d+) times?\)/.exec(message)?.[1] ?? 0), 0)
      // A row that is stacked repeats the header before each of its cells.
      const isStacked = diagnostics.some(({ code }) => code === 'ROW_STACKED')
      if (!isStacked) expect(printed).toBeLessThanOrEqual(asked + reported)
      expect(printed).toBeGreaterThanOrEqual(asked - clippedCount(diagnostics))
    })
  })

  it('lets no byte of the data become a command', () => {
    everyReceipt(({ commands, bytes, print }) => {
      for (const command of commands) {
        if (command.kind !== 'text') continue
        expect([...command.bytes].filter((byte) => byte < 0x20 || byte === 0x7f)).toEqual([])
      }
      // Requests of DLE EOT, DLE ENQ and DLE DC4 are obeyed wherever they stand, even inside pictures.
      const realtime = bytes.findIndex(
        (byte, i) =>
          byte === 0x10 &&
          (realtimeRequests[bytes[i + 1] ?? 0] ?? []).includes(bytes[i + 2] ?? 255),
      )
      expect(realtime).toBe(-1)
      const paper = print()
      expect(paper.unknown).toEqual([])
      expect(paper.replies).toBe(0)
    })
  })

  it('lays out alike twice, and changes nothing of its input', () => {
    everyReceipt(({ receipt, profile, strip, bytes, diagnostics }) => {
      const again = compile(deepFreeze(receipt), {
        profile: deepFreeze(profile),
        images: lawImages,
      })
      expect(textOf(again.strip)).toBe(textOf(strip))
      expect(again.diagnostics).toEqual(diagnostics)
      expect(Buffer.from(again.bytes).equals(bytes)).toBe(true)
    })
  })
})

const realtimeRequests: Readonly<Record<number, readonly number[]>> = {
  4: [1, 2, 3, 4, 5, 6, 7, 8, 18],
  5: [0, 1, 2],
  20: [1, 2, 3, 7, 8],
}

function expectWithin(blocks: readonly Block[], widthDots: number): void {
  for (const block of blocks) {
    if (block.kind === 'line') {
      let x = 0
      for (const run of block.runs) {
        expect(run.x).toBeGreaterThanOrEqual(x)
        x = run.x + run.widthDots
      }
      expect(x).toBeLessThanOrEqual(widthDots)
    }
    if (block.kind === 'image' || block.kind === 'symbol') {
      const wide = block.kind === 'image' ? block.bitmap.widthDots : block.widthDots
      expect(block.x).toBeGreaterThanOrEqual(0)
      expect(block.x + wide).toBeLessThanOrEqual(widthDots)
    }
    if (block.kind === 'row') {
      expect(block.x).toBeGreaterThanOrEqual(0)
      expect(block.x + block.widthDots).toBeLessThanOrEqual(widthDots)
      for (const cell of block.cells) expectWithin(cell.blocks, block.insideDots)
    }
  }
}

/** A printer that moves by blanks of Font A alone cannot reach every place beside Font B or spaced letters: it prints near it. */
function mustRound(strip: Strip, profile: Profile): boolean {
  const other = (block: Block) =>
    block.kind === 'line' &&
    block.runs.some(({ style }) => style.font !== 'A' || style.letterSpacing > 0)
  return !profile.absolutePosition && strip.blocks.some(other)
}

/** Dots of `after` that `before` has not; Infinity where one is missing. */
function dotsAdded(before: Bitmap, after: Bitmap): number {
  let count = 0
  for (let i = 0; i < before.data.length; i++) {
    const [old, now] = [before.data[i] as number, after.data[i] as number]
    if ((old & ~now) !== 0) return Number.POSITIVE_INFINITY
    for (let rest = now & ~old; rest > 0; rest &= rest - 1) count++
  }
  return count
}

function glyphsWithin(paper: Paper, top: number, bottom: number): Placed[] {
  return paper.glyphs
    .filter(({ y }) => y >= top && y < bottom)
    .map(({ offset: _, ...placed }) => placed)
}

function countCells(strip: Strip, profile: Profile): number {
  return placedLines(strip, profile).reduce((sum, line) => sum + line.cells.length, 0)
}

/** Neighbouring texts as one: the bytes do not say where one command ended. */
function joinTexts(commands: readonly Command[]): Command[] {
  const joined: Command[] = []
  for (const command of commands) {
    const last = joined.at(-1)
    if (command.kind === 'text' && command.bytes.length === 0) continue
    if (command.kind === 'text' && last?.kind === 'text') {
      const bytes = new Uint8Array([...last.bytes, ...command.bytes])
      joined[joined.length - 1] = { kind: 'text', bytes }
    } else joined.push(command)
  }
  return joined
}

/** A value as one text, typed arrays by their digest: quicker to compare than the value. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    ArrayBuffer.isView(inner) ? createHash('sha1').update(bytesOf(inner)).digest('hex') : inner,
  )
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}
