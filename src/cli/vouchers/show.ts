/** `vouchers show | template`: shows slips and writes their templates, without recording a print. */

import { extname } from 'node:path'
import type { Command } from 'commander'
import { electronicVoucher, type VoucherFormat } from '../../vouchers/electronic-voucher.js'
import type { CopyName } from '../../vouchers/settings.js'
import { makeSlip } from '../../vouchers/slips/make-slip.js'
import { slipMaker } from '../../vouchers/slips/slip-maker.js'
import type { SlipMaker, SlipVoucher } from '../../vouchers/slips/slip-making.js'
import { SLIP_NAMES, SLIP_TEMPLATES, type SlipName } from '../../vouchers/slips/templates.js'
import { inputError } from '../fail.js'
import { loadImages, type ProfileOptions, readProfile, withOptionalProfile } from '../input.js'
import { showDiagnostics, writeOutput } from '../output.js'
import { STREAM } from '../streams.js'
import { inStore, type StoreFlags, withStore } from './run.js'
import { copiesOf, templatesOf } from './slip-flags.js'

export function addShowing(vouchers: Command): void {
  withOptionalProfile(withStore(vouchers.command('show <id>')))
    .description(
      'show a slip as it is kept, without printing it; one that is not kept, as on 58 mm',
    )
    .option(
      '-o, --output <file>',
      'a .pdf, .png, .svg, .html or .txt file; - is the standard output',
    )
    .option('--format <kind>', 'pdf, png, svg, html or txt; by default the ending of the file')
    .option('--html', 'a page of HTML, with real text')
    .option('--slip <copy>', 'merchant, cardholder or bank', 'merchant')
    .option('--text', 'as text, which is the default')
    .option('--template <file>', 'a template in place of the own one')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers show 000236 --slip cardholder -o slip.pdf --store shop.db',
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

interface ShowFlags extends StoreFlags, Partial<ProfileOptions> {
  readonly slip: string
  readonly output?: string
  readonly format?: string
  readonly template?: string
  readonly html?: boolean
}

async function showSlip(idOrNumber: string, flags: ShowFlags): Promise<void> {
  const as = formatOf(flags)
  await inStore(flags, async (archive) => {
    const record = await archive.get(idOrNumber)
    const [copy] = copiesOf(flags.slip) as [CopyName]
    const isAsked = flags.profile !== undefined || flags.template !== undefined
    const from = isAsked ? 'templates' : 'kept'
    const maker: SlipMaker = async (voucher) => (await makerOf(voucher, copy, flags))(voucher)
    const shown = await electronicVoucher(archive, record.id, { copy, as, maker, from })
    await writeOutput(flags.output ?? STREAM, shown.content)
    showDiagnostics(shown.diagnostics)
    if (isAsked && (await archive.slips(record.id)) !== undefined) {
      process.stderr.write(
        'this is how it would be made today; leave --profile and --template out to see what is kept\n',
      )
    }
  })
}

const ENDINGS: Readonly<Record<string, VoucherFormat>> = {
  png: 'png',
  svg: 'svg',
  pdf: 'pdf',
  html: 'html',
  txt: 'text',
}

/** The format by `--format`, or else by the ending of the file; text if there is neither. */
function formatOf({ output, format, html }: ShowFlags): VoucherFormat {
  if (html === true) return 'html'
  if (output === undefined && format === undefined) return 'text'
  const ending =
    format ??
    (output === STREAM
      ? 'png'
      : extname(output ?? '')
          .slice(1)
          .toLowerCase())
  const as = ENDINGS[ending]
  if (as !== undefined) return as
  throw inputError(
    'OUTPUT_UNKNOWN',
    `${format ?? output} is no kind of slip known here`,
    'use a .png, .svg, .pdf, .html or .txt file, or --format',
    'output',
  )
}

/** Makes the maker of slips by today's templates, for a voucher whose slips are not kept, or if the command line asks for it. */
async function makerOf(
  { record, settings }: SlipVoucher,
  copy: CopyName,
  flags: ShowFlags,
): Promise<SlipMaker> {
  const { profile: id = 'generic-58', set = [] } = flags
  const profile = await readProfile({ profile: id, set })
  const usual = settings.copyNames.slice(0, settings.copies)
  const templates = await templatesOf(flags, record)
  const slip = makeSlip(record, settings, { copy: { name: copy, number: 1, of: 1 } }, templates)
  return slipMaker({
    profile,
    templates,
    images: await loadImages(slip, process.cwd()),
    copies: usual.includes(copy) ? usual : [...usual, copy],
  })
}
