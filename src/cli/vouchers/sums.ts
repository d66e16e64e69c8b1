/** `vouchers totals | fees`: shows the sums of days, and compares the fees with those that the acquirer has charged. */

import type { Command } from 'commander'
import { yuanOf } from '../../vouchers/amount-text.js'
import type { ChargedFee, FeeReport } from '../../vouchers/fee-report.js'
import type { TotalsGroup, TotalsQuery } from '../../vouchers/totals.js'
import { TOTALS_GROUPS } from '../../vouchers/totals.js'
import { inputError } from '../fail.js'
import { readBytes } from '../input.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'

interface DayFlags extends StoreFlags {
  readonly day?: string
  readonly from?: string
  readonly to?: string
  readonly terminal?: string
}

export function addSums(vouchers: Command): void {
  withDays(vouchers.command('totals'))
    .description('sums of approved trades; unknown ones count in none')
    .option('--by <groups>', `some of ${TOTALS_GROUPS.join(', ')} with commas`, 'kind,type')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers totals --day 2026-11-23 --by operator,type --store shop.db',
    )
    .action(totals)

  withDays(vouchers.command('fees'))
    .description('fees by kind and class of card, beside those that were charged if they are given')
    .option(
      '--charged <file>',
      'JSON lines of the bill: {"ref": "112308456701", "feeFen": 772}; - is the standard input',
    )
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers fees --from 2026-11-01 --to 2026-11-30 --charged bill.jsonl --store shop.db',
    )
    .action(fees)
}

function withDays(command: Command): Command {
  return withStore(command)
    .option('--day <day>', 'one business day: 2026-11-23')
    .option('--from <day>', 'first business day')
    .option('--to <day>', 'last business day')
    .option('--terminal <number>', 'of one terminal')
}

function daysOf({ day, from, to, terminal }: DayFlags): TotalsQuery {
  return {
    ...(day === undefined ? {} : { day }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(terminal === undefined ? {} : { terminal }),
  }
}

async function totals(flags: DayFlags & { readonly by: string }): Promise<void> {
  await inStore(flags, async (archive) => {
    const by = flags.by.split(',').map((name) => name.trim()) as TotalsGroup[]
    const found = await archive.totals({ ...daysOf(flags), by })
    if (flags.json === true) return answer(found)
    for (const { count, fen, feeFen, ...fields } of found.rows) {
      say(...by.map((group) => fields[group] ?? '-'), count, yuanOf(fen), yuanOf(feeFen))
    }
    const { count, fen, feeFen, unknownCount } = found
    const open = unknownCount === 0 ? '' : `; ${unknownCount} more have no result yet`
    process.stdout.write(`${count} trades, ${yuanOf(fen)}, fees ${yuanOf(feeFen)}${open}\n`)
    if (found.completeFrom !== undefined) {
      process.stdout.write(`vouchers of days before ${found.completeFrom} have been removed\n`)
    }
  })
}

async function fees(flags: DayFlags & { readonly charged?: string }): Promise<void> {
  await inStore(flags, async (archive) => {
    const { charged } = flags
    const bill = charged === undefined ? {} : { charged: await readBill(charged) }
    const report = await archive.fees({ ...daysOf(flags), ...bill })
    if (flags.json === true) return answer(report)
    for (const { kind, cardClass = '-', count, fen, feeFen, unpriced } of report.rows) {
      say(
        kind,
        cardClass,
        count,
        yuanOf(fen),
        yuanOf(feeFen),
        unpriced === 0 ? '' : `${unpriced} without a fee`,
      )
    }
    process.stdout.write(
      `${report.count} trades, ${yuanOf(report.fen)}, fees ${yuanOf(report.feeFen)}\n`,
    )
    showComparison(report)
  })
}

/** Reads lines of JSON. The error of a faulty line names its number and does not quote it, because it may contain a card number. */
async function readBill(file: string): Promise<readonly ChargedFee[]> {
  const text = new TextDecoder().decode(await readBytes(file))
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line) as ChargedFee]
    } catch {
      throw inputError(
        'JSON_INVALID',
        `line ${index + 1} of the bill is not JSON`,
        'write each line of the bill as one JSON object',
        `charged:${index + 1}`,
      )
    }
  })
}

function showComparison({ comparison }: FeeReport): void {
  if (comparison === undefined) return
  const { chargedFen, differenceFen, differing, notCharged, notFound } = comparison
  for (const { id, batch, voucher, expectedFen, chargedFen: own } of differing) {
    say(
      'differs',
      `${batch}/${voucher}`,
      expectedFen === null ? '-' : yuanOf(expectedFen),
      yuanOf(own),
      id,
    )
  }
  for (const { id, batch, voucher, expectedFen } of notCharged) {
    say('not charged', `${batch}/${voucher}`, yuanOf(expectedFen ?? 0), id)
  }
  for (const index of notFound) say('no such trade', `line ${index + 1} of the bill`)
  const [charged, expected] = [chargedFen, chargedFen - differenceFen].map(yuanOf)
  process.stdout.write(
    `charged ${charged}, expected ${expected}, difference ${yuanOf(differenceFen)}\n`,
  )
}

/** Writes one line of fields, separated by tabs for people and for `cut`. */
function say(...fields: readonly (string | number)[]): void {
  process.stdout.write(`${fields.join('\t')}\n`)
}
