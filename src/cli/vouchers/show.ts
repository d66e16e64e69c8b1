/** `vouchers show | template`: slips on the screen and their templates, without a record of a print. */

import type { Command } from 'commander'
import { type Compiled, compile } from '../../compile.js'
import { printBytes } from '../../emulator/virtual-printer.js'
import type { Profile } from '../../model/profile.js'
import { withDrawnTexts } from '../../paper/drawn-texts.js'
import { paperToText } from '../../paper/views/paper-text.js'
import type { VoucherRecord } from '../../vouchers/archive.js'
import type { CopyName } from '../../vouchers/settings.js'
import { makeSlip } from '../../vouchers/slips/make-slip.js'
import type { SlipTemplates } from '../../vouchers/slips/templates.js'
import { SLIP_NAMES, SLIP_TEMPLATES, type SlipName } from '../../vouchers/slips/templates.js'
import { inputError } from '../fail.js'
import { loadImages, type ProfileOptions, readJson, readProfile, withProfile } from '../input.js'
import { showDiagnostics, writeOutput } from '../output.js'
import { drawingFor, withOutput } from '../pictures.js'
import { inStore, type StoreFlags, withStore } from './run.js'

export const COPIES: readonly CopyName[] = ['merchant', 'cardholder', 'bank']

export function addShowing(vouchers: Command): void {
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
      if (!(SLIP_NAMES as readonly string[]).includes(name)) {
        throw inputError(
          'TEMPLATE_UNKNOWN',
          `no slip is called ${name}`,
          `use ${SLIP_NAMES.join(', ')}`,
          'name',
        )
      }
      process.stdout.write(`${JSON.stringify(SLIP_TEMPLATES[name as SlipName], null, 2)}\n`)
    })
}

export function copiesOf(text: string): readonly CopyName[] {
  return text.split(',').map((name) => {
    const copy = COPIES.find((one) => one === name.trim())
    if (copy !== undefined) return copy
    throw inputError(
      'COPY_UNKNOWN',
      `no copy is called ${name}`,
      `use ${COPIES.join(', ')}`,
      'copies',
    )
  })
}

export async function templatesOf(
  { template }: { readonly template?: string },
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
    const compiled = compile(receipt, { profile, images })
    await draw(compiled, profile, flags)
    showDiagnostics(compiled.diagnostics)
  })
}

async function draw(
  { bytes, drawnBlocks }: Compiled,
  profile: Profile,
  { output, format }: { readonly output?: string; readonly format?: string },
): Promise<void> {
  const paper = withDrawnTexts(printBytes(bytes, profile), drawnBlocks)
  if (output === undefined) return void process.stdout.write(`${paperToText(paper)}\n`)
  const drawing = drawingFor(output, format)
  await writeOutput(output, drawing(paper, {}))
}
