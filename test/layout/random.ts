/** Random papers, and nodes laid out on them without bytes: for the properties of texts and tables. */

import fc from 'fast-check'
import { expect } from 'vitest'
import { layoutReceipt } from '../../src/elements/layout-receipt.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import type { Diagnostic } from '../../src/model/diagnostic.js'
import { ReceiptError } from '../../src/model/errors.js'
import type { LineBlock, Run } from '../../src/model/strip.js'
import { charsetOf, generic58, metricsOf } from '../../src/profiles/index.js'

export const fixed = { seed: 20261123, numRuns: 400 }

export const paper = fc.oneof(
  fc.constantFrom(32 * 12, 42 * 12, 48 * 12, 64 * 9),
  fc.integer({ min: 384, max: 640 }),
)
export const font = fc.constantFrom('A', 'B')
export const size = fc.integer({ min: 1, max: 8 })

export interface LaidOut {
  readonly lines: readonly LineBlock[]
  readonly codes: ReadonlySet<string>
}

/** Lays out on a GBK printer; undefined where a box is too narrow for one character. */
export function layOut(nodes: readonly ReceiptNode[], widthDots: number): LaidOut | undefined {
  const profile = { ...generic58, widthDots }
  const diagnostics: Diagnostic[] = []
  const context = {
    metrics: metricsOf(profile),
    charset: charsetOf(profile),
    report: (diagnostic: Diagnostic) => void diagnostics.push(diagnostic),
    onUnsupported: 'error' as const,
  }
  try {
    const { blocks } = layoutReceipt({ nodes }, context)
    return {
      lines: blocks.filter((block): block is LineBlock => block.kind === 'line'),
      codes: new Set(diagnostics.map(({ code }) => code)),
    }
  } catch (error) {
    if (error instanceof ReceiptError && error.code === 'BOX_TOO_NARROW') return undefined
    throw error
  }
}

export const endOf = ({ x, widthDots }: Run) => x + widthDots

export function expectOnPaper(lines: readonly LineBlock[], widthDots: number): void {
  for (const { runs } of lines) {
    let edge = 0
    for (const run of runs) {
      expect(run.x).toBeGreaterThanOrEqual(edge)
      edge = endOf(run)
    }
    expect(edge).toBeLessThanOrEqual(widthDots)
  }
}
