/** `vouchers backup | restore | close-month | retain`: backups of a store, and the removal of old vouchers that are in one. */

import type { Command } from 'commander'
import { yuanOf } from '../../vouchers/amount-text.js'
import type { BackupOptions, BackupRecord, RetainResult } from '../../vouchers/backup-options.js'
import type { MonthClosing } from '../../vouchers/month-closing.js'
import { restoreArchive } from '../../vouchers/restore-archive.js'
import { readNumber } from '../numbers.js'
import { progressBar } from '../progress.js'
import { sealOf } from './check.js'
import { newPassword, type PasswordFlags, withPassword, withPasswordOf } from './passwords.js'
import { type PinFlags, signedInBy, withPin } from './pins.js'
import { answer, inStore, orFail, type StoreFlags, storePath, withStore } from './run.js'

interface BackupFlags extends StoreFlags, PasswordFlags {
  readonly by: string
}

export function addBackups(vouchers: Command): void {
  withNewFile(vouchers.command('backup <file>'))
    .description('write a backup of the store while others use it, and read it back')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers backup 2026-11-29.xpb --by 01 --encrypt --store shop.db',
    )
    .action(backup)

  withNewFile(vouchers.command('close-month <month> <file>'))
    .description('close a month that is over (月结): its sums, sealed, and a backup in one file')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers close-month 2026-10 2026-10.xpb --by 01 --encrypt --store shop.db',
    )
    .action(closeMonth)

  withPassword(withStore(vouchers.command('restore <file>')))
    .description(
      'make the store from a backup; --store names an empty place, --key-file its old key',
    )
    .option('--seal <digits|file>', 'a seal that was kept, which the backup must agree with')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers restore 2026-11-29.xpb --store new.db --key-file shop.db.key',
    )
    .action(restore)

  withPin(withPassword(withStore(vouchers.command('retain'))))
    .description('remove vouchers that are old and in a backup; the chain still verifies')
    .requiredOption('--months <number>', 'whole months before this one that stay')
    .requiredOption('--backup <file>', 'a backup of this store, which is read whole first')
    .requiredOption('--by <name>', 'who removes them')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers retain --months 24 --backup 2026-11-29.xpb --by 01 --store shop.db',
    )
    .action(retain)
}

function withNewFile(command: Command): Command {
  return withPassword(withStore(command))
    .requiredOption('--by <name>', 'who makes it')
    .option('--encrypt', 'encrypt it by a password, which is asked for if it is not given')
}

async function backup(file: string, flags: BackupFlags): Promise<void> {
  await writing(flags, async (archive, options) => {
    const made = await archive.backup(file, options)
    if (flags.json === true) return answer(made)
    process.stdout.write(backupLine(made))
  })
}

async function closeMonth(month: string, file: string, flags: BackupFlags): Promise<void> {
  await writing(flags, async (archive, options) => {
    const { closing, backup: made } = await archive.closeMonth(month, file, options)
    if (flags.json === true) return answer({ closing, backup: made })
    showClosing(closing)
    process.stdout.write(backupLine(made))
  })
}

async function writing(
  flags: BackupFlags,
  work: (
    archive: Parameters<Parameters<typeof inStore>[1]>[0],
    options: BackupOptions,
  ) => Promise<void>,
): Promise<void> {
  await inStore(flags, async (archive) => {
    const password = await newPassword(flags)
    const bar = progressBar('records written')
    const onProgress = (done: number, total: number) => bar.show(done, total)
    const options = { now: new Date(), by: flags.by, onProgress }
    await work(archive, password === undefined ? options : { ...options, password }).finally(() =>
      bar.end(),
    )
  })
}

function backupLine({ file, bytes, entries, encrypted, seal }: BackupRecord): string {
  const how = encrypted ? 'encrypted' : 'not encrypted'
  return `${file}: ${entries} records in ${bytes} bytes, ${how}, read back; seal ${seal.slice(0, 16)}\n`
}

function showClosing({ month, days, count, fen, feeFen, ...rest }: MonthClosing): void {
  for (const day of days) {
    process.stdout.write(`${day.day}\t${day.count}\t${yuanOf(day.fen)}\t${yuanOf(day.feeFen)}\n`)
  }
  for (const { terminal, batch } of rest.openBatches) {
    process.stdout.write(`batch ${batch} of terminal ${terminal} is not settled\n`)
  }
  const unknown = rest.unknownCount === 0 ? '' : `, ${rest.unknownCount} of unknown result`
  process.stdout.write(
    `${month}: ${count} trades, ${yuanOf(fen)}, fees ${yuanOf(feeFen)}${unknown}\n`,
  )
}

async function restore(
  file: string,
  flags: StoreFlags & PasswordFlags & { readonly seal?: string },
): Promise<void> {
  await orFail(flags, async () => {
    const store = storePath(flags)
    const { keyFile } = flags
    const bar = progressBar('records restored')
    const options = {
      onProgress: (done: number, total: number) => bar.show(done, total),
      ...(keyFile === undefined ? {} : { keyFile }),
      ...(flags.seal === undefined ? {} : { seal: await sealOf(flags.seal) }),
    }
    const made = await withPasswordOf(flags, (password) =>
      restoreArchive(file, store, { ...options, ...password }),
    ).finally(() => bar.end())
    if (flags.json === true) return answer(made)
    process.stdout.write(
      `${made.entries} records of ${made.vouchers} vouchers are restored and verified, as of ${made.at}; seal ${made.seal.slice(0, 16)}\n`,
    )
  })
}

async function retain(
  flags: StoreFlags &
    PasswordFlags &
    PinFlags & { readonly months: string; readonly backup: string; readonly by: string },
): Promise<void> {
  await inStore(flags, async (archive) => {
    const months = readNumber('--months', flags.months, { min: 1, max: 1200 })
    const by = await signedInBy(archive, flags.by, flags)
    const bar = progressBar('old vouchers looked at')
    const options = {
      now: new Date(),
      by,
      onProgress: (done: number, total: number) => bar.show(done, total),
    }
    const result = await withPasswordOf(flags, (password) =>
      archive.retain({ months, backup: flags.backup, ...password }, options),
    ).finally(() => bar.end())
    if (!result.scrubbed) process.exitCode = 1
    if (flags.json === true) return answer(result)
    showRetained(result)
  })
}

function showRetained({ before, removed, spared, scrubbed }: RetainResult): void {
  for (const [reason, count] of Object.entries(spared)) {
    if (count > 0) process.stdout.write(`${count} stay: ${reason}\n`)
  }
  process.stdout.write(`${removed} vouchers of days before ${before} are removed\n`)
  if (scrubbed) return
  process.stdout.write(
    'another program was reading the store, so that their bytes are still in its log: do it again\n',
  )
}
