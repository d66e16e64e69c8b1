/**
 * Prints a voucher's copies, and records for each how certain it is that the copy is on paper.
 *
 * The record of a print never rests on a guess: every copy is a job with a name, and the print journal knows of each name how its job
 * ended. If the program dies in the middle, the next call finds the job in the journal, records how it ended, and only then goes on.
 *
 * It is long because a copy that is known, uncertain or missing is told apart here, step by step, in the order in which it is recorded.
 */

import { setTimeout as wait } from 'node:timers/promises'
import type { Receipt } from '../elements/nodes.js'
import type { Profile } from '../model/profile.js'
import type { Archive, PrintRecord, VoucherRecord } from './archive.js'
import { localTime } from './business-day.js'
import { VoucherError } from './errors.js'
import { type MakeJob, printCopy } from './print-copy.js'
import { printsOf, withEndedJobs } from './print-jobs.js'
import type { PrintVoucherOptions, ReprintVoucherOptions } from './print-options.js'
import { COPY_NAMES, type CopyName, copiesOf, type Settings } from './settings.js'
import { keptFor, keptJob } from './slips/kept-job.js'
import type { KeptSlips } from './slips/kept-slips.js'
import { makeCopies } from './slips/make-copies.js'
import { makeSlip } from './slips/make-slip.js'
import { markReadySlip, withoutCardNumbers } from './slips/ready-slip.js'
import type { SlipCopy, SlipReprint } from './slips/slip-data.js'
import type { SlipMaker, SlipMaking } from './slips/slip-making.js'

/**
 * Prints the copies that have not been printed yet. If one fails, the copies before it count as printed, and the next call prints the rest.
 * A copy that may be on paper is not printed again: a person has to look, and can reprint it with a reason.
 * The drawer opens once for a cash trade, with its first copy.
 *
 * @returns one entry for each copy that was printed now
 * @throws VoucherError `NO_SLIP`, `PRINTED_ALREADY`, `COPY_INVALID`, `JOURNAL_UNUSED`; NotStarted, PartiallyPrinted and Uncertain as
 * `printer.print`
 *
 * @example
 * const prints = await printVoucher(archive, id, { printer, journal, by: '01', clock: () => new Date() })
 * prints.map(({ copy }) => copy) // ['merchant', 'cardholder']
 */
export async function printVoucher(
  archive: Archive,
  id: string,
  options: PrintVoucherOptions,
): Promise<readonly PrintRecord[]> {
  const { record, settings, copies } = await toPrint(archive, id, options)
  const open = copies.filter((copy) => printsOf(record, copy).length === 0)
  if (open.length === 0) throw printedAlready(record, copies)
  return printCopies(archive, { record, settings, copies: open }, options)
}

/**
 * Prints copies again, marked 重打印凭证 with the count and the time. The drawer stays shut.
 *
 * @throws as `printVoucher`; `OPERATOR_NEEDED`, `MANAGER_NEEDED`, `PIN_FIRST` and `SIGN_IN_ENDED` if the store has operators
 *
 * @example
 * await printVoucher(archive, id, { printer, journal, by: '01', clock: () => new Date() })
 * const how = { printer, journal, by: '01', why: '客户遗失', clock: () => new Date() }
 * const prints = await reprintVoucher(archive, id, { ...how, copies: ['cardholder'] })
 * prints.map(({ copy }) => copy) // ['cardholder']
 */
export async function reprintVoucher(
  archive: Archive,
  id: string,
  options: ReprintVoucherOptions,
): Promise<readonly PrintRecord[]> {
  if (options.why.trim() === '') {
    throw new VoucherError('a reprint needs a reason', {
      code: 'COPY_INVALID',
      path: 'options.why',
      hint: 'say why it is printed again; the reason is kept',
    })
  }
  const { by, clock } = options
  await archive.operators.authorize('reprint', { by, now: clock(), what: id })
  return printCopies(archive, await toPrint(archive, id, options), options)
}

interface CopiesToPrint {
  readonly record: VoucherRecord
  readonly settings: Settings
  readonly copies: readonly CopyName[]
}

async function toPrint(
  archive: Archive,
  id: string,
  options: PrintVoucherOptions,
): Promise<CopiesToPrint> {
  checkCopies(options.copies)
  const record = await withEndedJobs(archive, await archive.get(id), options)
  const settings = await archive.settings(record.terminal)
  return { record, settings, copies: options.copies ?? copiesOf(settings) }
}

function checkCopies(copies: readonly CopyName[] | undefined): void {
  if (copies === undefined) return
  const isKnown = copies.every((copy) => COPY_NAMES.includes(copy))
  if (isKnown && copies.length > 0 && new Set(copies).size === copies.length) return
  throw new VoucherError(`copies must be some of ${COPY_NAMES.join(', ')}, each once`, {
    code: 'COPY_INVALID',
    path: 'options.copies',
    hint: 'leave it out for the copies of the settings',
  })
}

async function printCopies(
  archive: Archive,
  { record, settings, copies }: CopiesToPrint,
  options: PrintVoucherOptions & { readonly why?: string },
): Promise<readonly PrintRecord[]> {
  const original =
    record.originalId === undefined ? undefined : await archive.get(record.originalId)
  const voucher = { record, settings, ...(original === undefined ? {} : { original }) }
  // Slips that an earlier print has kept, or `add` for a trade that was not printed, are printed as they are kept.
  const kept = await keptBefore(archive, record, options)
  const done: PrintRecord[] = []
  for (const [index, copy] of copies.entries()) {
    if (index > 0 && settings.pauseMs > 0) await pause(settings.pauseMs, options.signal)
    const slip =
      keptSlipOf(kept, { ...voucher, copy }, options) ?? slipOf({ ...voucher, copy }, options)
    const print = await printCopy(archive, { record, copy, slip }, options)
    if (print !== undefined) done.push(print)
  }
  return done
}

/**
 * Keeps the slips before the first copy is on paper, so that no paper exists whose slip is not kept.
 *
 * @returns the slips that were kept before; undefined if this call has kept them
 */
async function keptBefore(
  archive: Archive,
  { id }: VoucherRecord,
  options: PrintVoucherOptions,
): Promise<KeptSlips | undefined> {
  const { templates, images, copies, ready, clock } = options
  const profile = profileOf(options)
  // Without a profile the slip cannot be printed either, and the printer says so.
  if (profile === undefined) return undefined
  const making: SlipMaking = {
    profile,
    ...(templates === undefined ? {} : { templates }),
    ...(images === undefined ? {} : { images }),
    ...(ready === undefined || copies === undefined ? {} : { copies }),
    ...(ready === undefined ? {} : { ready: withoutCardNumbers(ready) }),
  }
  const maker: SlipMaker = (voucher) =>
    makeCopies(voucher, making, ({ record, ...rest }, copy) =>
      // The slip of a voucher that was printed before is kept without the mark of a reprint.
      slipOf({ ...rest, record: { ...record, prints: [] }, copy }, options),
    )
  const isNew = await archive.keepSlips(id, maker, { now: clock() })
  return isNew ? undefined : archive.slips(id)
}

function profileOf({ printer: { profile } }: PrintVoucherOptions): Profile | undefined {
  return profile !== undefined && 'widthDots' in profile ? profile : undefined
}

/** The job that prints a kept slip; undefined if the copy is not kept for this paper, or another slip is asked for. */
function keptSlipOf(
  kept: KeptSlips | undefined,
  { record, settings, copy }: CopyToShow,
  options: PrintVoucherOptions,
): MakeJob | undefined {
  const { clock, from, ready } = options
  const profile = profileOf(options)
  if (profile === undefined || from === 'templates' || ready !== undefined) return undefined
  const own = keptFor(kept, copy, profile)
  if (own === undefined) return undefined
  const reprint = reprintOf(record, copy, localTime(clock().getTime(), settings.zone))
  return (opensDrawer) => keptJob(own, { profile, opensDrawer, reprint })
}

interface CopyToShow {
  readonly record: VoucherRecord
  readonly original?: VoucherRecord
  readonly settings: Settings
  readonly copy: CopyName
}

function slipOf(
  { record, original, settings, copy }: CopyToShow,
  options: PrintVoucherOptions,
): Receipt {
  const { app, clock, copies = copiesOf(settings), linkOf, ready, templates } = options
  const reprint = reprintOf(record, copy, localTime(clock().getTime(), settings.zone))
  if (ready !== undefined) return reprint === undefined ? ready : markReadySlip(ready, reprint)
  return makeSlip(
    record,
    settings,
    {
      copy: placeOf(copy, copiesOf(settings), copies),
      ...(reprint === undefined ? {} : { reprint }),
      ...(app === undefined ? {} : { app }),
      ...(linkOf === undefined ? {} : { link: linkOf(record) }),
      ...(original === undefined ? {} : { original }),
    },
    templates,
  )
}

/** The number of a copy on its slip. The customer's copy is the second of two even if it is printed alone. */
function placeOf(name: CopyName, usual: readonly CopyName[], asked: readonly CopyName[]): SlipCopy {
  const all = usual.includes(name) ? usual : asked
  return { name, number: all.indexOf(name) + 1, of: all.length }
}

function reprintOf(record: VoucherRecord, copy: CopyName, at: string): SlipReprint | undefined {
  const earlier = printsOf(record, copy)
  if (earlier.length === 0) return undefined
  return { at, count: earlier.length, uncertain: earlier.at(-1)?.outcome === 'uncertain' }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal })
}

function printedAlready(record: VoucherRecord, copies: readonly CopyName[]): VoucherError {
  const isUncertain = copies.some((copy) => printsOf(record, copy).at(-1)?.outcome === 'uncertain')
  return new VoucherError(
    isUncertain ? 'a print of this voucher may be on paper' : 'this voucher has been printed',
    {
      code: 'PRINTED_ALREADY',
      path: 'id',
      hint: isUncertain
        ? 'look whether the paper is there; if not, reprint it with a reason'
        : 'reprint it with a reason; the copy is marked 重打印凭证',
    },
  )
}
