/**
 * The work on paper that a counter hands on. It is given from outside, because slips are laid out, and what is above the layout should
 * not have to load it to know the routes of a page.
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

/** The parts that each group of routes is made with. */
export interface RouteParts {
  readonly desk: Desk
  readonly work: CounterWork
}
