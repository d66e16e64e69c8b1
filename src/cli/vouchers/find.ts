/** `vouchers find`: finds vouchers by day, amount, number, card or bar code. */

import type { Command } from 'commander'
import { yuanOf } from '../../vouchers/amount-text.js'
import type { VoucherRecord } from '../../vouchers/archive.js'
import { oneLine } from '../fail.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'

/** Flags that are fields of the query under the same name. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['day <day>', 'one business day: 2026-11-23'],
  ['from <day>', 'first business day'],
  ['to <day>', 'last business day'],
  ['amount <yuan>', 'amount with tip: 1286, 1,286.00 or ￥1286'],
  ['min <yuan>', 'at least so much'],
  ['max <yuan>', 'at most so much'],
  ['voucher <number>', 'voucher number: 000236 or 236'],
  ['ref <number>', 'reference number'],
  ['auth <code>', 'authorisation code'],
  ['order <number>', 'order number of the shop'],
  ['code <number>', 'what the bar code of a slip says, or the number of the payment platform'],
  ['last4 <digits>', 'last four digits of the card'],
  ['kind <kind>', 'card, wechat, alipay, unionpay-qr, cash or ec'],
  ['type <type>', 'sale, void, refund, preauth, scan-sale, …'],
  ['result <result>', 'approved, declined, unknown or reversed'],
  ['operator <number>', 'who was at the counter'],
  ['terminal <number>', 'terminal'],
  ['batch <number>', 'batch'],
  ['printed <state>', 'yes, no or uncertain'],
  ['limit <number>', 'vouchers on a page, 1 to 1000; default 50'],
  ['after <place>', 'the next of an earlier answer'],
]

export function addFinding(vouchers: Command): void {
  const find = withStore(vouchers.command('find')).description(
    'find vouchers, newest first; all conditions must hold',
  )
  for (const [flag, description] of FIELDS) find.option(`--${flag}`, description)
  find
    .addHelpText(
      'after',
      '\nExamples:\n  xiaopiao vouchers find --day 2026-11-23 --amount 1286 --store shop.db\n  xiaopiao vouchers find --code 10023456000017000236 --store shop.db --json',
    )
    .action(findVouchers)
}

async function findVouchers(flags: StoreFlags & Readonly<Record<string, string>>): Promise<void> {
  await inStore(flags, async (archive) => {
    const { store: _, keyFile: __, json, limit, ...asked } = flags
    const query = limit === undefined ? asked : { ...asked, limit: Number(limit) }
    const found = await archive.find(query)
    if (json) return answer(found)
    for (const voucher of found.vouchers) process.stdout.write(`${lineOf(voucher)}\n`)
    const words = Object.entries(found.query).map(([name, value]) => `${name} ${value}`)
    const asks = words.length === 0 ? 'all vouchers' : words.join(', ')
    process.stdout.write(`${found.count === 0 ? 'none' : found.count} found for ${oneLine(asks)}\n`)
    if (found.next !== null) process.stdout.write(`more with --after ${found.next}\n`)
  })
}

function lineOf(voucher: VoucherRecord): string {
  const { id, at, batch, voucher: number, type, kind, chargedFen, panShown, state } = voucher
  return [at, `${batch}/${number}`, type, kind, yuanOf(chargedFen), panShown ?? '', state, id].join(
    '\t',
  )
}
