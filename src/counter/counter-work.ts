/**
 * The work on paper that a counter delegates. The caller passes it in, because it needs the layout, and the modules with the routes of the
 * page should not have to load that.
 */

import type { Receipt } from '../elements/nodes.js'
import type { Archive, PrintRecord, VoucherRecord } from '../vouchers/archive.js'
import type { ByPerson } from '../vouchers/person.js'
import type { PrintVoucherOptions, ReprintVoucherOptions } from '../vouchers/print-options.js'
import type { Settings } from '../vouchers/settings.js'
import type { Settlement } from '../vouchers/settlement.js'
import type { Desk } from './counter-options.js'

export interface RangeToExport extends ByPerson {
  readonly as: 'csv' | 'xlsx' | 'jsonl'
  readonly from?: string
  readonly to?: string
}

export interface CounterWork {
  printVoucher(
    archive: Archive,
    id: string,
    options: PrintVoucherOptions,
  ): Promise<readonly PrintRecord[]>
  reprintVoucher(
    archive: Archive,
    id: string,
    options: ReprintVoucherOptions,
  ): Promise<readonly PrintRecord[]>
  exportVouchers(archive: Archive, options: RangeToExport): AsyncGenerator<Uint8Array>
  settlementSlip(settlement: Settlement, settings: Settings): Receipt
  /** A PNG of the slip's copy. */
  slipPicture(desk: Desk, record: VoucherRecord, copy: string): Promise<Uint8Array>
}

/** The parts that each group of routes gets. */
export interface RouteParts {
  readonly desk: Desk
  readonly work: CounterWork
}
