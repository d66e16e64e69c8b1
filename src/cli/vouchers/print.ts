/** `vouchers print | reprint`: prints the slips of a voucher. */

import type { Command } from 'commander'
import type { Receipt } from '../../elements/nodes.js'
import { fileJournal } from '../../journal/file.js'
import type { Pixels } from '../../model/bitmap.js'
import type { Profile } from '../../model/profile.js'
import { openPrinter } from '../../printer/open-printer.js'
import { transportFor } from '../../transports/uri.js'
import type { Archive, PrintRecord, VoucherRecord } from '../../vouchers/archive.js'
import { openDrawer } from '../../vouchers/drawer.js'
import type { PrintVoucherOptions } from '../../vouchers/print-options.js'
import { printVoucher, reprintVoucher } from '../../vouchers/print-voucher.js'
import type { Settings } from '../../vouchers/settings.js'
import { checkReadySlip } from '../../vouchers/slips/check-ready-slip.js'
import { makeSlip } from '../../vouchers/slips/make-slip.js'
import { readySlip } from '../../vouchers/slips/ready-slip.js'
import type { SlipTemplates } from '../../vouchers/slips/templates.js'
import { loadImages, type ProfileOptions, readBytes, readProfile, withProfile } from '../input.js'
import { showDiagnostics } from '../output.js'
import { type PinFlags, signedInBy, withPin } from './pins.js'
import { answer, counterPath, inStore, type StoreFlags, withStore } from './run.js'
import { COPIES, copiesOf, templatesOf } from './slip-flags.js'

interface PrintFlags extends StoreFlags, ProfileOptions, PinFlags {
  readonly to: string
  readonly by: string
  readonly why?: string
  readonly copies?: string
  readonly template?: string
  readonly app?: string
  readonly drawerOnly?: boolean
  readonly text?: string
}

export function addPrinting(vouchers: Command): void {
  withPrinting(vouchers.command('print <id>'))
    .description('print the copies of a slip that are not printed yet')
    .option('--drawer-only', 'open the drawer for a cash trade, without paper')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers print 000236 --to tcp://192.168.1.50 --profile generic-58 --by 01 --store shop.db',
    )
    .action((id: string, flags: PrintFlags) => print(id, flags))

  withPin(withPrinting(vouchers.command('reprint <id>')))
    .description('print copies again, marked 重打印凭证 with count and time')
    .requiredOption('--why <text>', 'the reason, which is kept')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers reprint 000236 --to tcp://192.168.1.50 --profile generic-58 --by 01 --why 客户遗失 --copies cardholder --store shop.db',
    )
    .action((id: string, flags: PrintFlags) => print(id, flags))
}

function withPrinting(command: Command): Command {
  return withProfile(withStore(command))
    .requiredOption('--to <uri>', 'the printer: tcp://host[:9100], file:PATH, serial:PATH, …')
    .requiredOption('--by <name>', 'who is at the counter')
    .option('--copies <names>', 'merchant, cardholder, bank: one or several with commas')
    .option('--template <file>', 'a template in place of the own one')
    .option('--app <text>', 'program and version at the end of the slip')
    .option('--text <file>', 'print this text unchanged: a slip that the acquirer has made')
}

async function print(idOrNumber: string, flags: PrintFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const profile = await readProfile(flags)
    const record = await archive.get(idOrNumber)
    const journal = await fileJournal(`${counterPath(flags)}.jobs`)
    await using printer = openPrinter(await transportFor(flags.to), { profile, journal })
    const settings = await archive.settings(record.terminal)
    const templates = await templatesOf(flags, record)
    const options: PrintVoucherOptions = {
      printer,
      journal,
      by: flags.why === undefined ? flags.by : await signedInBy(archive, flags.by, flags),
      clock: () => new Date(),
      templates,
      images: flags.text === undefined ? await imagesOf(record, settings, templates) : {},
      ...(flags.copies === undefined ? {} : { copies: copiesOf(flags.copies) }),
      // A template on the command line replaces the slip that the store keeps.
      from: flags.template === undefined ? 'kept' : 'templates',
      ...(flags.app === undefined ? {} : { app: flags.app }),
      ...(flags.text === undefined ? {} : { ready: await readReady(flags.text, profile) }),
    }
    if (flags.drawerOnly === true)
      return showDrawer(await openDrawer(archive, record.id, options), flags)
    const prints = await printOrReprint(archive, record, flags, options)
    showPrints(prints, flags)
    showUncertain(await archive.get(record.id), prints)
  })
}

/** Loads the pictures that any copy of the slip names. */
async function imagesOf(
  record: VoucherRecord,
  settings: Settings,
  templates: SlipTemplates,
): Promise<Readonly<Record<string, Pixels>>> {
  const slips = COPIES.map((name) =>
    makeSlip(record, settings, { copy: { name, number: 1, of: 1 } }, templates),
  )
  return loadImages(slips, process.cwd())
}

/** Tells of copies that were not printed because an earlier print may be on paper, so that a person has to look. */
function showUncertain({ prints: all }: VoucherRecord, now: readonly PrintRecord[]): void {
  for (const name of COPIES) {
    const last = all.findLast(({ copy, outcome }) => copy === name && outcome !== 'failed')
    if (last?.outcome !== 'uncertain' || now.some(({ copy }) => copy === name)) continue
    process.stderr.write(
      `${name}: an earlier print may be on paper; look, and reprint it with a reason if it is not\n`,
    )
  }
}

async function readReady(file: string, profile: Profile): Promise<Receipt> {
  const text = new TextDecoder().decode(await readBytes(file))
  showDiagnostics(await checkReadySlip(text, profile))
  return readySlip(text)
}

async function printOrReprint(
  archive: Archive,
  record: VoucherRecord,
  { why }: PrintFlags,
  options: PrintVoucherOptions,
): Promise<readonly PrintRecord[]> {
  return why === undefined
    ? printVoucher(archive, record.id, options)
    : reprintVoucher(archive, record.id, { ...options, why })
}

function showDrawer(opened: boolean, { json }: PrintFlags): void {
  if (json === true) answer({ drawer: opened })
  else
    process.stdout.write(
      opened
        ? 'the drawer was opened\n'
        : 'the drawer has been opened for this trade, or it needs none\n',
    )
}

function showPrints(prints: readonly PrintRecord[], { json }: PrintFlags): void {
  if (json === true) {
    answer({ prints })
    return
  }
  for (const { copy, outcome, grade, marked, nth } of prints) {
    const mark = marked ? `, marked as reprint ${nth - 1}` : ''
    process.stdout.write(`${copy}: ${outcome} (${grade ?? 'no answer'})${mark}\n`)
  }
}
