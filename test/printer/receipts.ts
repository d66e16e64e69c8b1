/** Receipts with numbered lines, and what of them is on the virtual paper. */

import { expect } from 'vitest'
import { type Compiled, compileJson } from '../../src/compile.js'
import type { VirtualPrinterServer } from '../../src/device/server/server.js'
import type { Pixels } from '../../src/model/bitmap.js'
import type { Paper } from '../../src/model/paper.js'
import { NotStarted, PartiallyPrinted, PrintError, Uncertain } from '../../src/printer/errors.js'
import type { PrintResult } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/generic-80.js'

const grey: Pixels = { widthPx: 200, heightPx: 300, data: new Uint8Array(240_000).fill(0x70) }

/** Lines `L001` to `Lnnn`, some bold or large, with a picture after the third, a pulse and a cut. */
export function numbered(count: number, picture = true): Compiled {
  const line = (i: number) => ({
    kind: 'text',
    text: `L${String(i + 1).padStart(3, '0')} 第${i + 1}行`,
    ...(i % 3 === 0 ? { bold: true } : {}),
    ...(i % 5 === 0 ? { size: 2 } : {}),
  })
  const nodes: unknown[] = Array.from({ length: count }, (_, i) => line(i))
  if (picture) nodes.splice(3, 0, { kind: 'image', src: 'grey' })
  nodes.unshift({ kind: 'drawer' })
  nodes.push({ kind: 'cut' })
  return compileJson({ nodes }, { profile: generic80, images: { grey } })
}

/** The numbers of the lines on all papers in order; 0 is the heading of a reprint. */
export function numbersOn(papers: readonly Paper[]): number[] {
  return papers.flatMap(({ lines, glyphs }) =>
    lines.flatMap(({ from, to }) => {
      const text = glyphs
        .slice(from, to)
        .map((glyph) => glyph.text)
        .join('')
      if (text.includes('补打') || text.includes('REPRINT')) return [0]
      return [...text.matchAll(/L(\d{3})/g)].map(([, digits]) => Number(digits))
    }),
  )
}

export function pulsesOn(papers: readonly Paper[]): number {
  return papers.reduce((sum, { pulses }) => sum + pulses.length, 0)
}

export function upTo(count: number, from = 1): number[] {
  return Array.from({ length: count }, (_, i) => i + from)
}

export type Outcome = PrintResult | PrintError

export async function outcomeOf(work: Promise<PrintResult>): Promise<Outcome> {
  try {
    return await work
  } catch (error) {
    if (error instanceof PrintError) return error
    throw error
  }
}

/**
 * The law of the session: what it says of one copy of a `numbered(count, false)` agrees with the paper. A printer that restarts without
 * the link noticing may leave gaps (`gaps`), and then the job is accepted or uncertain.
 */
export function expectAgreement(
  outcome: Outcome,
  numbers: readonly number[],
  count: number,
  { gaps = false } = {},
): void {
  const says = outcome instanceof PrintError ? `${outcome.code} ${outcome.reason}` : outcome.grade
  if (gaps && !(outcome instanceof PrintError) && outcome.grade === 'accepted') {
    expect(numbers, says).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    return
  }
  if (!(outcome instanceof PrintError)) {
    const mark = numbers.indexOf(0)
    if (outcome.reprinted) expect(numbers.slice(mark + 1), says).toEqual(upTo(count))
    else expect(numbers, says).toEqual(upTo(count))
    return
  }
  const { lines } = outcome.reach
  if (gaps && outcome instanceof Uncertain) {
    expect(numbers, says).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    expect(numbers.slice(0, lines.printed), says).toEqual(upTo(lines.printed))
    expect(numbers.at(-1) ?? 0, says).toBeLessThanOrEqual(lines.sent)
    return
  }
  // Never twice, never with a gap.
  expect(numbers, says).toEqual(upTo(numbers.length))
  if (outcome instanceof NotStarted) expect(numbers, says).toEqual([])
  if (outcome instanceof PartiallyPrinted || outcome instanceof Uncertain) {
    expect(numbers.length, says).toBeGreaterThanOrEqual(lines.printed)
    expect(numbers.length, says).toBeLessThanOrEqual(lines.sent)
  }
}

/** Until the printer has executed what it holds. */
export async function settled({ device }: VirtualPrinterServer): Promise<void> {
  for (let i = 0; i < 50; i++) {
    const before = device.bufferedBytes
    await new Promise((resolve) => setTimeout(resolve, 10))
    if (device.bufferedBytes === before) return
  }
}
