/** `vouchers link`: makes the signed address of a customer's electronic voucher. */

import type { Command } from 'commander'
import { voucherLink } from '../../vouchers/links/link.js'
import { readLinkKey } from '../../vouchers/links/link-key.js'
import { readNumber } from '../numbers.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'
import { copiesOf } from './slip-flags.js'

const DAY_MS = 86_400_000

interface LinkFlags extends StoreFlags {
  readonly base: string
  readonly linkKey: string
  readonly copy: string
  readonly days: string
}

export function addLinking(vouchers: Command): void {
  withStore(vouchers.command('link <id>'))
    .description('write the signed link of an electronic voucher, which voucherHandler serves')
    .requiredOption(
      '--base <address>',
      'where the vouchers of the shop are: https://shop.example/v',
    )
    .requiredOption(
      '--link-key <file>',
      'the key of links, which the web server has too; it is made if it is not there',
    )
    .option('--copy <name>', 'merchant, cardholder or bank', 'cardholder')
    .option('--days <number>', 'how long it opens, from now on', '120')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers link 000236 --base https://shop.example/v --link-key shop.links.key --store shop.db',
    )
    .action(link)
}

async function link(idOrNumber: string, flags: LinkFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const days = readNumber('--days', flags.days, { min: 1, max: 20_000, isWhole: true })
    const [copy = 'cardholder'] = copiesOf(flags.copy)
    const { id } = await archive.get(idOrNumber)
    const key = await readLinkKey(flags.linkKey)
    const expires = new Date(Date.now() + days * DAY_MS)
    const address = voucherLink(id, { key, base: flags.base, expires, copy })
    if (flags.json === true) answer({ id, copy, expires: expires.toISOString(), link: address })
    else process.stdout.write(`${address}\n`)
  })
}
