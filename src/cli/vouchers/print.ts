/** `vouchers print | reprint | show | template`: slips on paper and on the screen. */

import type { Command } from 'commander'
import { paperToText, printBytes } from '../../entries/emulator.js'
import { compile, type Profile, type Receipt } from '../../index.js'
import { fileJournal } from '../../journal/index.js'
import { openPrinter } from '../../printer/index.js'
import { transportFor } from '../../transports/uri.js'
import {
  type Archive,
  type CopyName,
  checkReadySlip,
  makeSlip,
  openDrawer,
  type PrintRecord,
  type PrintVoucherOptions,
  printVoucher,
  readySlip,
  reprintVoucher,
  SLIP_NAMES,
  SLIP_TEMPLATES,
  type SlipName,
  type SlipTemplates,
  type VoucherRecord,
} from '../../vouchers/index.js'
import { inputError } from '../fail.js'
import {
  loadImages,
  type ProfileOptions,
  readBytes,
  readJson,
  readProfile,
  showDiagnostics,
  withProfile,
  writeOutput,
} from '../input.js'
import { drawingFor, withOutput } from '../pictures.js'
import { answer, inStore, type StoreFlags, storePath, withStore } from './run.js'

interface PrintFlags extends StoreFlags, ProfileOptions {
  readonly to: string
  readonly by: string
  readonly why?: string
  readonly copies?: string
  readonly template?: string
  readonly app?: string
  readonly drawerOnly?: boolean
  readonly text?: string
}

const COPIES: readonly CopyName[] = ['merchant', 'cardholder', 'bank']

export function addPrinting(vouchers: Command): void {
  withPrinting(vouchers.command('print <id>'))
    .description('print the copies of a slip that are not printed yet')
    .option('--drawer-only', 'open the drawer for a cash trade, without paper')
    .option('--text <file>', 'print this text unchanged: a slip that the acquirer has made')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers print 000236 --to tcp://192.168.1.50 --profile generic-58 --by 01 --store shop.db',
    )
    .action((id: string, flags: PrintFlags) => print(id, flags))

  withPrinting(vouchers.command('reprint <id>'))
    .description('print copies again, marked 重打印凭证 with count and time')
    .requiredOption('--why <text>', 'the reason, which is kept')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers reprint 000236 --to tcp://192.168.1.50 --profile generic-58 --by 01 --why 客户遗失 --copies cardholder --store shop.db',
    )
    .action((id: string, flags: PrintFlags) => print(id, flags))

  withOutput(withProfile(withStore(vouchers.command('show <id>'))), 'option')
    .description('show a slip without printing it')
    .option('--slip <copy>', 'merchant, cardholder or bank', 'merchant')
    .option('--text', 'as text, which is the default')
    .option('--template <file>', 'a template in place of the own one')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers show 000236 --slip cardholder -o slip.png --profile generic-58 --store shop.db',
    )
    .action(showSlip)

  vouchers
    .command('template <name>')
    .description(`write a slip's template, to copy and change: ${SLIP_NAMES.join(', ')}`)
    .addHelpText('after', '\nExample:\n  xiaopiao vouchers template card > card.json')
    .action((name: string) => {
      const template = SLIP_TEMPLATES[name as SlipName]
      if (template === undefined) {
        throw inputError(
          'TEMPLATE_UNKNOWN',
          `no slip is called ${name}`,
          `use ${SLIP_NAMES.join(', ')}`,
        )
      }
      process.stdout.write(`${JSON.stringify(template, null, 2)}\n`)
    })
}

function withPrinting(command: Command): Command {
  return withProfile(withStore(command))
    .requiredOption('--to <uri>', 'the printer: tcp://host[:9100], file:PATH, serial:PATH, …')
    .requiredOption('--by <name>', 'who is at the counter; unverified')
    .option('--copies <names>', 'merchant, cardholder, bank: one or several with commas')
    .option('--template <file>', 'a template in place of the own one')
    .option('--app <text>', 'program and version at the end of the slip')
}

async function print(idOrNumber: string, flags: PrintFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const profile = await readProfile(flags)
    const record = await archive.get(idOrNumber)
    const journal = await fileJournal(`${storePath(flags)}.jobs`)
    await using printer = openPrinter(await transportFor(flags.to), { profile, journal })
    const settings = await archive.settings(record.terminal)
    const templates = await templatesOf(flags, record)
    const images =
      settings.logo === undefined
        ? {}
        : await loadImages({ kind: 'image', src: settings.logo }, process.cwd())
    const options: PrintVoucherOptions = {
      printer,
      journal,
      by: flags.by,
      clock: () => new Date(),
      templates,
      images,
      ...(flags.copies === undefined ? {} : { copies: copiesOf(flags.copies) }),
      ...(flags.app === undefined ? {} : { app: flags.app }),
      ...(flags.text === undefined ? {} : { ready: await readReady(flags.text, profile) }),
    }
    if (flags.drawerOnly === true)
      return showDrawer(await openDrawer(archive, record.id, options), flags)
    showPrints(await printOrReprint(archive, record, flags, options), flags)
  })
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

function copiesOf(text: string): readonly CopyName[] {
  return text.split(',').map((name) => {
    const copy = COPIES.find((one) => one === name.trim())
    if (copy !== undefined) return copy
    throw inputError('COPY_UNKNOWN', `no copy is called ${name}`, `use ${COPIES.join(', ')}`)
  })
}

async function templatesOf(
  { template }: Pick<PrintFlags, 'template'>,
  { kind }: VoucherRecord,
): Promise<SlipTemplates> {
  if (template === undefined) return {}
  const json = (await readJson(template)) as object
  if (kind === 'cash') return { cash: json }
  return kind === 'card' || kind === 'ec' ? { card: json } : { scan: json }
}

async function showSlip(
  idOrNumber: string,
  flags: StoreFlags &
    ProfileOptions & {
      readonly slip: string
      readonly output?: string
      readonly format?: string
      readonly template?: string
    },
): Promise<void> {
  await inStore(flags, async (archive) => {
    const profile = await readProfile(flags)
    const record = await archive.get(idOrNumber)
    const settings = await archive.settings(record.terminal)
    const [name] = copiesOf(flags.slip) as [CopyName]
    const copies = settings.copyNames.slice(0, settings.copies)
    const copy = { name, number: Math.max(copies.indexOf(name), 0) + 1, of: copies.length }
    const { originalId } = record
    const slip = {
      copy,
      ...(originalId === undefined ? {} : { original: await archive.get(originalId) }),
    }
    const receipt = makeSlip(record, settings, slip, await templatesOf(flags, record))
    const images = await loadImages(receipt, process.cwd())
    const { bytes, diagnostics } = compile(receipt, { profile, images })
    await draw(bytes, profile, flags)
    showDiagnostics(diagnostics)
  })
}

async function draw(
  bytes: Uint8Array,
  profile: Profile,
  { output, format }: { readonly output?: string; readonly format?: string },
): Promise<void> {
  const paper = printBytes(bytes, profile)
  if (output === undefined) return void process.stdout.write(`${paperToText(paper)}\n`)
  const drawing = drawingFor(output, format)
  await writeOutput(output, drawing(paper, {}))
}
