/** `vouchers push`: sends the records of a shop to its copy at the headquarters. */

import type { Command } from 'commander'
import { pushVouchers } from '../../vouchers/push.js'
import { progressBar } from '../progress.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'

interface PushFlags extends StoreFlags {
  readonly to: string
}

export function addPushing(vouchers: Command): void {
  withStore(vouchers.command('push'))
    .description('send what is new to the copy of the shop in PostgreSQL; after a cut, do it again')
    .requiredOption('--to <address>', 'postgres://user@host/database?shop=07')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers push --to postgres://shop07@db.example/chain?shop=07 --store shop.db',
    )
    .action(push)
}

async function push(flags: PushFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const bar = progressBar('records checked')
    const result = await pushVouchers(archive, flags.to, {
      onProgress: ({ checked, total }) => bar.show(checked, total),
    }).finally(() => bar.end())
    if (flags.json === true) return answer(result)
    const { shop, records, sent } = result
    process.stdout.write(
      `${sent} of ${records} records were new; the copy of shop ${shop} is equal now\n`,
    )
  })
}
