/** `vouchers serve`: serves the page of a counter on this machine. */

import type { Command } from 'commander'
import { serveCounter } from '../../counter/serve-counter.js'
import { slipPicture } from '../../counter/slip-picture.js'
import { fileJournal } from '../../journal/file.js'
import { openPrinter } from '../../printer/open-printer.js'
import { transportFor } from '../../transports/uri.js'
import type { Archive } from '../../vouchers/archive.js'
import { exportVouchers } from '../../vouchers/exchange/export-vouchers.js'
import { printVoucher, reprintVoucher } from '../../vouchers/print-voucher.js'
import { settlementSlip } from '../../vouchers/slips/closing-slips.js'
import { slipMaker } from '../../vouchers/slips/slip-maker.js'
import type { SlipMaker } from '../../vouchers/slips/slip-making.js'
import { type ProfileOptions, readProfile, withProfile } from '../input.js'
import { readNumber } from '../numbers.js'
import { openInBrowser } from '../open-browser.js'
import { answer, counterPath, inStore, type StoreFlags, withStore } from './run.js'

interface ServeFlags extends StoreFlags, ProfileOptions {
  readonly to: string
  readonly terminal: string
  readonly port: string
  readonly backups?: string
  readonly open?: boolean
}

export function addServing(vouchers: Command): void {
  withProfile(withStore(vouchers.command('serve')))
    .description('the page of a counter, on this machine alone; ends with Ctrl-C')
    .requiredOption('--to <uri>', 'the printer: tcp://host[:9100], file:PATH, serial:PATH, …')
    .requiredOption('--terminal <number>', 'the terminal that its trades are of')
    .option('--port <number>', 'TCP port; 0 is any free one', '8090')
    .option('--backups <folder>', 'where the page writes backups, on another disk if there is one')
    .option('--open', 'open the page in the browser')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers serve --to tcp://192.168.1.50 --profile generic-58 --terminal 10023456 --store shop.db',
    )
    .action(serve)
}

async function serve(flags: ServeFlags): Promise<void> {
  // A slip that is not printed is kept as an electronic one, as this printer would have printed it.
  const slips: SlipMaker = async (voucher) =>
    slipMaker({ profile: await readProfile(flags) })(voucher)
  await inStore(flags, (archive) => serveIn(archive, flags), { slips })
}

async function serveIn(archive: Archive, flags: ServeFlags): Promise<void> {
  const profile = await readProfile(flags)
  const rule = { min: 0, max: 65_535, isWhole: true, code: 'PORT_INVALID' }
  const port = readNumber('--port', flags.port, rule)
  const journal = await fileJournal(`${counterPath(flags)}.jobs`)
  await using printer = openPrinter(await transportFor(flags.to), { profile, journal })
  const { terminal, backups } = flags
  const folder = backups === undefined ? {} : { backupFolder: backups }
  const options = { archive, printer, journal, profile, terminal, port, ...folder }
  const work = { printVoucher, reprintVoucher, settlementSlip, slipPicture, exportVouchers }
  await using counter = await serveCounter(options, work)
  if (flags.json === true) answer({ url: counter.url })
  else process.stdout.write(`the counter is at ${counter.url}\n`)
  if (flags.open === true) openInBrowser(counter.url)
  await stopped()
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
