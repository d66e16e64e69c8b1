/** The cash drawer of a trade: it opens once, for money that changes hands, and stays shut for reprints. */

import type { Printer } from '../printer/printer.js'
import type { Archive, VoucherRecord } from './archive.js'
import type { Person } from './person.js'
import { outcomeOf } from './print-jobs.js'
import { TRADE_TYPE_RULES } from './trade-types.js'

export interface DrawerOptions {
  readonly printer: Printer
  readonly by: Person
  readonly clock: () => Date
}

/**
 * Opens the drawer for a cash trade that is not printed. It does not open twice for one trade.
 * @returns whether the pulse was sent
 * @throws NotStarted and Uncertain as `printer.print`
 *
 * @example
 * await openDrawer(archive, id, { printer, by: '01', clock: () => new Date() }) // true
 */
export async function openDrawer(
  archive: Archive,
  id: string,
  options: DrawerOptions,
): Promise<boolean> {
  const record = await archive.get(id)
  if (!(await takeDrawer(archive, record, options))) return false
  await sendPulse(archive, record, options)
  return true
}

/**
 * Returns whether this call may open the drawer. That is recorded before the pulse is sent, so that the drawer does not open twice after a
 * crash.
 */
export async function takeDrawer(
  archive: Archive,
  record: VoucherRecord,
  { by, clock }: Pick<DrawerOptions, 'by' | 'clock'>,
): Promise<boolean> {
  return needsDrawer(record) && archive.takeDrawer(record.id, { by, now: clock() })
}

/** Sends the pulse without paper. If it was certainly not sent, that is recorded, and the next attempt may open the drawer. */
export async function sendPulse(
  archive: Archive,
  record: VoucherRecord,
  { printer, by, clock }: DrawerOptions,
): Promise<void> {
  try {
    await printer.print({ nodes: [{ kind: 'drawer' }] })
  } catch (error) {
    if (outcomeOf(error) === 'failed') await archive.returnDrawer(record.id, { by, now: clock() })
    throw error
  }
}

function needsDrawer({ kind, type, result }: VoucherRecord): boolean {
  return kind === 'cash' && result === 'approved' && TRADE_TYPE_RULES[type].direction !== 0
}
