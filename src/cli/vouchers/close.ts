/** `vouchers settle | detail | report | seal | reset`: closes a batch or a day, on the screen and on paper, and seals or restarts chains. */

import type { Command } from 'commander'
import type { Receipt } from '../../elements/nodes.js'
import { generic58 } from '../../profiles/generic-58.js'
import { yuanOf } from '../../vouchers/amount-text.js'
import type { Archive } from '../../vouchers/archive.js'
import type { Settings } from '../../vouchers/settings.js'
import type { BatchRequest, SettleRequest } from '../../vouchers/settlement.js'
import { SECTION_TITLES } from '../../vouchers/settlement.js'
import { detailSlips, reportSlip, settlementSlip } from '../../vouchers/slips/closing-slips.js'
import { slipMaker } from '../../vouchers/slips/slip-maker.js'
import type { SlipMaker } from '../../vouchers/slips/slip-making.js'
import type { SlipTemplates } from '../../vouchers/slips/templates.js'
import { TRADE_TYPE_RULES } from '../../vouchers/trade-types.js'
import { inputError } from '../fail.js'
import { type ProfileOptions, readJson, readProfile, withOptionalProfile } from '../input.js'
import { readNumber } from '../numbers.js'
import { writeOutput } from '../output.js'
import { progressBar } from '../progress.js'
import { type PinFlags, signedInBy, withPin } from './pins.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'
import { openSheetPrinter, type SheetPrinter } from './sheet-printer.js'

export interface SheetFlags extends StoreFlags, ProfileOptions {
  readonly to?: string
  readonly template?: string
}

interface BatchFlags extends SheetFlags {
  readonly terminal: string
  readonly batch?: string
  readonly merchant?: string
}

interface ByFlags {
  readonly by: string
}

export function addClosing(vouchers: Command): void {
  withBatch(withSheet(vouchers.command('settle')))
    .description('settle a batch (结算), and print its slip with --to')
    .requiredOption('--by <name>', 'who settles it')
    .option('--host <file>', "JSON with the host's totals by section: domestic, foreign, scan")
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers settle --terminal 10023456 --by 01 --to tcp://192.168.1.50 --profile generic-58 --store shop.db',
    )
    .action(settle)

  withBatch(withSheet(vouchers.command('detail')))
    .description('list the trades of a batch that count (交易明细), one a print job with --to')
    .option('--from <number>', 'print from this trade on, after it was stopped', '1')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers detail --terminal 10023456 --batch 17 --store shop.db',
    )
    .action(detail)

  withSheet(vouchers.command('report <day>'))
    .description('record the report of a business day (营业日报), and print it with --to')
    .requiredOption('--by <name>', 'who makes it')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers report 2026-11-23 --by 01 --store shop.db --json',
    )
    .action(report)

  withStore(vouchers.command('seal'))
    .description('seal the heads of all chains; keep the file where nobody can change it')
    .requiredOption('--by <name>', 'who makes it')
    .option('-o, --output <file>', 'write the whole seal as JSON; - is the standard output')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers seal --by 01 -o 2026-11-23.seal --store shop.db',
    )
    .action(seal)

  withPin(withStore(vouchers.command('reset <terminal>')))
    .description('begin a new chain for a terminal that was reset or replaced')
    .requiredOption('--by <name>', 'who says so')
    .requiredOption('--why <text>', 'the reason, which is kept')
    .option('--as <number>', 'the terminal that takes its place, if it has another number')
    .option('--merchant <number>', 'default: the merchant of the settings')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers reset 10023456 --by 01 --why 换主板 --store shop.db',
    )
    .action(reset)
}

function withBatch(command: Command): Command {
  return command
    .requiredOption('--terminal <number>', 'terminal')
    .option('--batch <number>', 'default: the last batch of the terminal')
    .option('--merchant <number>', 'default: the merchant of the settings')
}

function withSheet(command: Command): Command {
  return withOptionalProfile(withStore(command))
    .option('--to <uri>', 'the printer: tcp://host[:9100], file:PATH, serial:PATH, …')
    .option('--template <file>', 'a template in place of the own one')
}

function batchOf({ terminal, batch, merchant }: BatchFlags): BatchRequest {
  return {
    terminal,
    ...(batch === undefined ? {} : { batch }),
    ...(merchant === undefined ? {} : { merchant }),
  }
}

async function settle(flags: BatchFlags & ByFlags & { readonly host?: string }): Promise<void> {
  await onSheet(flags, async ({ archive, settings, templates, printer }) => {
    const host = flags.host === undefined ? {} : { host: await readJson(flags.host) }
    const request = { ...batchOf(flags), ...host } as SettleRequest
    const settled = await archive.settle(request, { now: new Date(), by: flags.by })
    const { seal, terminal, batch } = settled
    const slip = settlementSlip(settled, settings, templates('settlement'))
    await printer?.print(slip, `settlement:${terminal}:${batch}:${seal.slice(0, 16)}`)
    if (flags.json === true) return answer(settled)
    for (const { name, totals, outcome } of settled.sections) {
      for (const { type, count, fen } of totals) {
        say(SECTION_TITLES[name], TRADE_TYPE_RULES[type].zh, count, yuanOf(fen))
      }
      if (outcome !== undefined) say(SECTION_TITLES[name], outcome)
    }
    for (const { voucher, fen, id } of settled.unknown) say('unknown', voucher, yuanOf(fen), id)
    for (const { batch, voucher, fen, id } of settled.late) {
      say('late', `${batch}/${voucher}`, yuanOf(fen), id)
    }
    const words = settled.repeated ? 'was settled before' : 'is settled'
    process.stdout.write(
      `batch ${batch} of terminal ${terminal} ${words}: ${settled.count} trades, ${yuanOf(settled.fen)}; seal ${seal.slice(0, 16)}\n`,
    )
  })
}

async function detail(flags: BatchFlags & { readonly from: string }): Promise<void> {
  await onSheet(flags, async ({ archive, settings, templates, printer }) => {
    const found = await archive.detail(batchOf(flags))
    const slips = detailSlips(found, settings, templates('detail'))
    const from = readNumber('--from', flags.from, { min: 1, max: slips.length })
    if (printer !== undefined) await printDetail(printer, slips, from)
    if (flags.json === true)
      return answer({ ...found, printed: printer === undefined ? 0 : slips.length - from + 1 })
    for (const { voucher, type, kind, chargedFen, panShown = '', state } of found.vouchers) {
      say(voucher, type, kind, yuanOf(chargedFen), panShown, state)
    }
    process.stdout.write(`${found.vouchers.length} trades of batch ${found.batch}\n`)
  })
}

/** Prints each trade as its own job, so that printing can be stopped between two. Ctrl-C ends it after the current trade. */
async function printDetail(
  printer: SheetPrinter,
  slips: readonly Receipt[],
  from: number,
): Promise<void> {
  let isStopped = false
  const stop = () => {
    isStopped = true
  }
  process.once('SIGINT', stop)
  const bar = progressBar('printed')
  try {
    for (let at = from - 1; at < slips.length; at++) {
      if (isStopped) throw stopped(at, slips.length)
      await printer.print(slips[at] as Receipt)
      bar.show(at + 1, slips.length)
    }
  } finally {
    bar.end()
    process.removeListener('SIGINT', stop)
  }
}

function stopped(printed: number, of: number): Error {
  return inputError(
    'STOPPED',
    `printing was stopped after ${printed} of ${of} trades`,
    `go on with --from ${printed + 1}`,
  )
}

async function report(day: string, flags: SheetFlags & ByFlags): Promise<void> {
  await onSheet(flags, async ({ archive, settings, templates, printer }) => {
    const made = await archive.report(day, { now: new Date(), by: flags.by })
    const slip = reportSlip(made, settings, templates('report'))
    await printer?.print(slip, `report:${day}:${made.seal.slice(0, 16)}`)
    if (flags.json === true) return answer(made)
    for (const { name, totals } of [...made.kinds, ...made.operators]) {
      for (const { type, count, fen } of totals)
        say(name, TRADE_TYPE_RULES[type].zh, count, yuanOf(fen))
    }
    const before = made.replaces === undefined ? '' : `; it replaces the report of ${made.replaces}`
    process.stdout.write(
      `${day}: ${made.count} trades, ${yuanOf(made.fen)}, fees ${yuanOf(made.feeFen)}; seal ${made.seal.slice(0, 16)}${before}\n`,
    )
  })
}

async function seal(flags: StoreFlags & ByFlags & { readonly output?: string }): Promise<void> {
  await inStore(flags, async (archive) => {
    const made = await archive.seal({ now: new Date(), by: flags.by })
    const { output } = flags
    if (output !== undefined) {
      await writeOutput(output, new TextEncoder().encode(`${JSON.stringify(made)}\n`))
    }
    if (flags.json === true) answer(made)
    else if (output !== '-') {
      const kept = output === undefined ? '; write it down, or give -o FILE' : `; keep ${output}`
      process.stdout.write(`seal ${made.seal} over ${made.heads.length} chains${kept}\n`)
    }
  })
}

async function reset(
  terminal: string,
  flags: StoreFlags &
    PinFlags &
    ByFlags & { readonly why: string; readonly as?: string; readonly merchant?: string },
): Promise<void> {
  await inStore(flags, async (archive) => {
    const { why, as, merchant, by } = flags
    const request = {
      terminal,
      why,
      ...(as === undefined ? {} : { as }),
      ...(merchant === undefined ? {} : { merchant }),
    }
    const person = await signedInBy(archive, by, flags)
    const made = await archive.resetTerminal(request, { now: new Date(), by: person })
    if (flags.json === true) return answer(made)
    process.stdout.write(
      `chain ${made.chain} follows ${made.follows.chain} at record ${made.follows.seq}\n`,
    )
  })
}

interface Sheet {
  readonly archive: Archive
  readonly settings: Settings
  /** Returns the template of `--template` as the replacement of the one with this name, or nothing if there is none. */
  templates(name: 'settlement' | 'detail' | 'report'): SlipTemplates
  /** Undefined if nothing is printed. */
  readonly printer: SheetPrinter | undefined
}

/** Opens the store, and the printer if there is one, before anything is recorded, so that no batch is settled if the address is wrong. */
async function onSheet(
  flags: SheetFlags & { readonly terminal?: string },
  work: (sheet: Sheet) => Promise<void>,
): Promise<void> {
  const { profile: id, set = [] } = flags
  // A settlement stores the slips that were not printed, as this printer would have printed them.
  const slips: SlipMaker = async (voucher) =>
    slipMaker({ profile: id === undefined ? generic58 : await readProfile({ profile: id, set }) })(
      voucher,
    )
  const sheets = async (archive: Archive) => {
    const template = flags.template === undefined ? undefined : await readJson(flags.template)
    const templates: Sheet['templates'] = (name) =>
      template === undefined ? {} : { [name]: template as object }
    const settings = await archive.settings(flags.terminal)
    if (flags.to === undefined) return work({ archive, settings, templates, printer: undefined })
    await using printer = await openSheetPrinter(flags, flags.to)
    await work({ archive, settings, templates, printer })
  }
  await inStore(flags, sheets, { slips })
}

/** Writes one line of fields, separated by tabs for people and for `cut`. */
function say(...fields: readonly (string | number)[]): void {
  process.stdout.write(`${fields.join('\t')}\n`)
}
