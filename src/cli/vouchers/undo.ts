/** `vouchers void | refund`: records trades that undo another one, checked by the rules. */

import type { Command } from 'commander'
import { generic58 } from '../../profiles/generic-58.js'
import { fenOf } from '../../vouchers/amount-text.js'
import type { Archive, VoucherRecord } from '../../vouchers/archive.js'
import { localTime } from '../../vouchers/business-day.js'
import { slipMaker } from '../../vouchers/slips/slip-maker.js'
import type { TradeInput } from '../../vouchers/trade-types.js'
import { refundOf, type UndoOptions, voidOf } from '../../vouchers/undo.js'
import { type PinFlags, signedInBy, withPin } from './pins.js'
import { inStore, type StoreFlags, withStore } from './run.js'
import { showAdded } from './show-added.js'

interface UndoFlags extends StoreFlags, PinFlags {
  readonly by: string
  readonly at?: string
  readonly voucher?: string
  readonly ref?: string
  readonly auth?: string
  readonly key?: string
  readonly why?: string
  readonly approvedBy?: string
}

interface RefundFlags extends UndoFlags {
  readonly amount?: string
  readonly terminal?: string
  readonly batch?: string
}

/** Opens the store with a maker of slips, so that trades that are not printed keep their slips as on 58 mm paper. */
function whereKept(flags: StoreFlags, work: (archive: Archive) => Promise<void>): Promise<void> {
  return inStore(flags, work, { slips: slipMaker({ profile: generic58 }) })
}

export function addUndoing(vouchers: Command): void {
  withUndo(vouchers.command('void <id>'))
    .description('record the void (撤销) of a trade of the open batch')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers void 000236 --voucher 241 --ref 112308467788 --by 01 --store shop.db',
    )
    .action((id: string, flags: UndoFlags) =>
      undo(id, flags, (record, options) => voidOf(record, options)),
    )

  withPin(withUndo(vouchers.command('refund <id>')))
    .description('record the refund (退货) of a trade or a part of it')
    .option('--approved-by <no>', 'the manager whose PIN it needs; default: --by')
    .option('--amount <yuan>', 'default: all that can be refunded')
    .option('--terminal <number>', 'that refunds; default: the terminal of the trade')
    .option('--batch <number>', 'of the refund; default: the open batch of the terminal')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers refund 000236 --amount 30.00 --voucher 242 --by 01 --store shop.db',
    )
    .action((id: string, flags: RefundFlags) => {
      const { amount, terminal, batch } = flags
      return undo(id, flags, (record, options) =>
        refundOf(record, {
          ...options,
          ...(amount === undefined ? {} : { fen: fenOf(amount, 'amount') }),
          ...(terminal === undefined ? {} : { terminal }),
          ...(batch === undefined ? {} : { batch }),
        }),
      )
    })
}

function withUndo(command: Command): Command {
  return withStore(command)
    .requiredOption('--by <number>', 'who is at the counter')
    .option('--at <time>', 'time of the terminal, such as 2026-11-23T13:40:02+08:00; default: now')
    .option('--voucher <number>', 'voucher number of the terminal; default: the next one')
    .option('--ref <number>', 'reference number')
    .option('--auth <code>', 'authorisation code')
    .option('--key <text>', 'your own id of this trade, with which the command can be repeated')
    .option('--why <text>', 'the reason, which is kept')
}

async function undo(
  id: string,
  flags: UndoFlags,
  tradeOf: (record: VoucherRecord, options: UndoOptions) => TradeInput,
): Promise<void> {
  await whereKept(flags, async (archive) => {
    const now = new Date()
    const record = await archive.get(id)
    const options = await optionsOf(archive, record, { flags, now })
    const trade = tradeOf(record, options)
    const isRefund = trade.type === 'refund' || trade.type === 'scan-refund'
    const manager = isRefund
      ? { by: await signedInBy(archive, flags.approvedBy ?? flags.by, flags) }
      : {}
    showAdded(await archive.add(trade, { now, ...manager }), flags)
  })
}

async function optionsOf(
  archive: Archive,
  { terminal }: VoucherRecord,
  { flags, now }: { readonly flags: UndoFlags; readonly now: Date },
): Promise<UndoOptions> {
  const { zone } = await archive.settings(terminal)
  const { by: operator, at = localTime(now.getTime(), zone), voucher, ref, auth, key, why } = flags
  return {
    at,
    operator,
    ...(voucher === undefined ? {} : { voucher }),
    ...(ref === undefined ? {} : { ref }),
    ...(auth === undefined ? {} : { auth }),
    ...(key === undefined ? {} : { key }),
    ...(why === undefined ? {} : { reason: why }),
  }
}
