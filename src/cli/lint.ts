/** `xiaopiao lint`: reports what is likely to go wrong on paper, before it is printed. */

import type { Command } from 'commander'
import type { Compiled } from '../compile.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { Profile } from '../model/profile.js'
import type { Block, SymbolBlock } from '../model/strip.js'
import { readProfile } from './input.js'
import { showFindings } from './output.js'
import { compileFile, type ReceiptOptions, withReceipt } from './receipt-input.js'

/** Smallest module that phones and scanners at a counter read reliably. Some read smaller ones (GS1 asks for 0.396 mm at a counter). */
const SAFE_MM = { qr: 0.33, bars: 0.25 } as const

export function addLint(program: Command): void {
  withReceipt(program.command('lint <receipt.json>'))
    .description(
      'report what is likely wrong on paper: codes too small to scan, lines that wrap, characters that the printer lacks',
    )
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao lint sale.json --data sale.data.json --profile generic-58
  xiaopiao lint menu.receipt.md --profile generic-80 --json`,
    )
    .action(async (path: string, options: ReceiptOptions & { readonly json?: boolean }) => {
      const profile = await readProfile(options)
      const compiled = await compileFile(path, profile, options)
      showFindings(findingsOf(compiled, profile), options.json === true)
    })
}

/** Returns the diagnostics of the receipt, and findings that compiling does not report: small codes and wrapped lines. */
export function findingsOf(
  { diagnostics, strip }: Compiled,
  profile: Profile,
): readonly Diagnostic[] {
  const blocks = strip.blocks.flatMap(innerBlocks)
  const codes = blocks.filter((block) => block.kind === 'symbol')
  const small = codes.flatMap((block) => smallCode(block, profile.dpi / 25.4))
  // The layout reports a small module in dots, which is dropped if it is reported here in millimetres.
  const saidTwice = ({ code, path }: Diagnostic) =>
    code.endsWith('_MODULE_SMALL') && small.some((one) => one.path === path)
  return [...diagnostics.filter((one) => !saidTwice(one)), ...small, ...wrappedLines(blocks)]
}

function innerBlocks(block: Block): readonly Block[] {
  if (block.kind !== 'row') return [block]
  return block.cells.flatMap(({ blocks }) => blocks.flatMap(innerBlocks))
}

function smallCode({ symbol, path }: SymbolBlock, dotsPerMm: number): readonly Diagnostic[] {
  if (symbol.symbology === 'maxicode') return []
  const isBars = 'barDots' in symbol || 'segments' in symbol
  const safe = isBars ? SAFE_MM.bars : SAFE_MM.qr
  const mm = symbol.moduleDots / dotsPerMm
  // The tolerance is there because a module is a whole number of dots, which are 0.125 mm at 203 dpi.
  if (mm >= safe - 0.01) return []
  return [
    {
      code: 'CODE_SMALL',
      severity: 'warning',
      message: `a module of the ${symbol.symbology} is ${mm.toFixed(2)} mm wide, and scanners want ${safe} mm`,
      path,
      hint: 'give it a larger module, more width or less data',
    },
  ]
}

/** Finds texts that take several lines. Cells of tables and blank lines of a text are left out. */
function wrappedLines(blocks: readonly Block[]): readonly Diagnostic[] {
  const counts = new Map<string, number>()
  for (const block of blocks) {
    if (block.kind === 'line') counts.set(block.path, (counts.get(block.path) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([path, count]) => ({
      code: 'LINE_WRAPS',
      severity: 'info',
      message: `it takes ${count} lines on this paper`,
      path,
      hint: 'shorten it, if it is meant to be one line',
    }))
}
