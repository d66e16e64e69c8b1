/**
 * Prints a voucher's copies, and records of each how far it is known to have come out.
 *
 * The record of a print never rests on a guess: every copy is a job with a name, and the print journal knows of each name how its job
 * ended. If the program dies in the middle, the next call finds the job in the journal, records how it ended, and only then goes on.
 *
 * It is long because a copy that is known, uncertain or missing is told apart here, step by step, in the order in which it is recorded.
 */

import { setTimeout as wait } from 'node:timers/promises'
import type { Pixels, Receipt } from '../index.js'
import type { JobRecord, Journal } from '../journal/index.js'
import {
  NotStarted,
  PrintError,
  type Printer,
  type PrintOptions,
  type PrintResult,
} from '../printer/index.js'
import type { Archive, PrintAttempt, PrintRecord, VoucherRecord } from './archive.js'
import { localTime } from './business-day.js'
import { VoucherError } from './errors.js'
import type { CopyName, Settings } from './settings.js'
import { makeSlip, type SlipTemplates } from './slips/make-slip.js'
import { TRADE_TYPE_RULES } from './trade-types.js'

export interface PrintVoucherOptions {
  /** Opened with a profile, and with `journal` if there is one. */
  readonly printer: Printer
  /** The printer's journal, so that a print that was cut off is known. */
  readonly journal?: Journal
  /** The person at the counter. */
  readonly by: string
  /** Asked for the time before and after each copy, because printing takes a while. */
  readonly clock: () => Date
  /** Default: the copies of the settings. */
  readonly copies?: readonly CopyName[]
  /** Version of the calling program, printed at the end of a slip. */
  readonly app?: string
  readonly templates?: SlipTemplates
  /** A slip that the acquirer has made, printed in place of the own one: see `readySlip`. */
  readonly ready?: Receipt
  /** Pictures by the `src` that the settings or a template name. */
  readonly images?: Readonly<Record<string, Pixels>>
  readonly signal?: AbortSignal
}

export interface ReprintVoucherOptions extends PrintVoucherOptions {
  readonly why: string
}

/**
 * Prints the copies that have not been printed. Copies before one that fails are done and stay so; the next call prints the rest.
 * The drawer opens once for a cash trade, with its first copy.
 *
 * @returns one entry for each copy that was printed now
 * @throws VoucherError `NO_SLIP`, `PRINTED_ALREADY`; NotStarted, PartiallyPrinted and Uncertain as `printer.print`
 * @example await printVoucher(archive, id, { printer, by: '01', clock: () => new Date() })
 */
export async function printVoucher(
  archive: Archive,
  id: string,
  options: PrintVoucherOptions,
): Promise<readonly PrintRecord[]> {
  const record = await recordWithJobs(archive, await archive.get(id), options)
  const settings = await archive.settings(record.terminal)
  const copies = options.copies ?? copiesOf(settings)
  const open = copies.filter((copy) => printsOf(record, copy).length === 0)
  if (open.length === 0) throw printedAlready(record, copies)
  return printCopies(archive, record, settings, { ...options, copies, open })
}

/**
 * Prints copies again, marked 重打印凭证 with the count and the time. The drawer stays shut.
 *
 * @throws as `printVoucher`
 * @example await reprintVoucher(archive, id, { printer, by: '01', why: '客户遗失', clock: () => new Date(), copies: ['cardholder'] })
 */
export async function reprintVoucher(
  archive: Archive,
  id: string,
  options: ReprintVoucherOptions,
): Promise<readonly PrintRecord[]> {
  const record = await recordWithJobs(archive, await archive.get(id), options)
  const settings = await archive.settings(record.terminal)
  const copies = options.copies ?? copiesOf(settings)
  return printCopies(archive, record, settings, { ...options, copies, open: copies })
}

/**
 * Opens the drawer for a cash trade that is not printed; nothing happens if it has opened for this trade.
 *
 * @returns whether the pulse was sent
 */
export async function openDrawer(
  archive: Archive,
  id: string,
  { printer, by, clock }: Pick<PrintVoucherOptions, 'printer' | 'by' | 'clock'>,
): Promise<boolean> {
  const record = await archive.get(id)
  if (!needsDrawer(record) || !(await archive.takeDrawer(record.id, { by, now: clock() }))) {
    return false
  }
  try {
    await printer.print({ nodes: [{ kind: 'drawer' }] })
  } catch (error) {
    if (outcomeOf(error) === 'failed') await archive.returnDrawer(record.id, { by, now: clock() })
    throw error
  }
  return true
}

interface CopiesToPrint extends PrintVoucherOptions {
  readonly copies: readonly CopyName[]
  readonly open: readonly CopyName[]
  readonly why?: string
}

function copiesOf({ copies, copyNames }: Settings): readonly CopyName[] {
  return copyNames.slice(0, copies)
}

async function printCopies(
  archive: Archive,
  record: VoucherRecord,
  settings: Settings,
  options: CopiesToPrint,
): Promise<readonly PrintRecord[]> {
  const done: PrintRecord[] = []
  for (const [index, copy] of options.open.entries()) {
    if (index > 0 && settings.pauseMs > 0) {
      await wait(
        settings.pauseMs,
        undefined,
        options.signal === undefined ? {} : { signal: options.signal },
      )
    }
    done.push(await printCopy(archive, record, settings, { ...options, copy }))
  }
  return done
}

async function printCopy(
  archive: Archive,
  record: VoucherRecord,
  settings: Settings,
  options: CopiesToPrint & { readonly copy: CopyName },
): Promise<PrintRecord> {
  const { printer, copy, copies, app, clock, by, why } = options
  const earlier = printsOf(record, copy)
  const now = clock()
  const receipt =
    options.ready ??
    makeSlip(
      record,
      settings,
      {
        copy: { name: copy, number: copies.indexOf(copy) + 1, of: copies.length },
        ...(earlier.length === 0
          ? {}
          : {
              reprint: {
                at: localTime(now.getTime(), settings.zone),
                count: earlier.length,
                uncertain: earlier.at(-1)?.outcome === 'uncertain',
              },
            }),
        ...(app === undefined ? {} : { app }),
      },
      options.templates,
    )
  const opensDrawer = await takesDrawer(archive, record, options, now)
  const job = opensDrawer ? { nodes: [{ kind: 'drawer' as const }, ...receipt.nodes] } : receipt
  const jobId = nextJobId(record, copy)
  const base = {
    copy,
    by,
    ...(why === undefined ? {} : { why }),
    marked: earlier.length > 0,
    jobId,
  }
  const finish = async (end: Pick<PrintAttempt, 'outcome' | 'grade'>) => {
    const attempt = { ...base, ...end, nth: end.outcome === 'failed' ? 0 : earlier.length + 1 }
    await archive.recordPrint(record.id, attempt, { now: clock() })
    return attempt
  }
  try {
    const result = await printer.print(job, printOptionsOf(jobId, record, options))
    return asRecord(await finish(endOf(result)), clock())
  } catch (error) {
    const outcome = outcomeOf(error)
    if (opensDrawer && outcome === 'failed')
      await archive.returnDrawer(record.id, { by, now: clock() })
    await finish({ outcome })
    throw error
  }
}

function printOptionsOf(
  jobId: string,
  record: VoucherRecord,
  { images, signal }: PrintVoucherOptions,
): PrintOptions {
  return {
    jobId,
    title: `voucher ${record.batch}/${record.voucher}`,
    ...(images === undefined ? {} : { images }),
    ...(signal === undefined ? {} : { signal }),
  }
}

/** Only an answer of the printer behind the slip confirms it; a link that took the bytes confirms nothing. */
function endOf({ grade }: PrintResult): Pick<PrintAttempt, 'outcome' | 'grade'> {
  const isConfirmed = grade === 'printed' || grade === 'processed'
  return { outcome: isConfirmed ? 'confirmed' : 'uncertain', grade }
}

/** Errors before the first byte print nothing; of any other end it is not known what is on paper. */
function outcomeOf(error: unknown): PrintAttempt['outcome'] {
  return error instanceof NotStarted || !(error instanceof PrintError) ? 'failed' : 'uncertain'
}

function asRecord(attempt: PrintAttempt, now: Date): PrintRecord {
  const { jobId: _, ...rest } = attempt
  return { ...rest, at: now.toISOString() }
}

/** Prints that are on paper or may be. Nothing sent is not a print. */
function printsOf(record: VoucherRecord, copy: CopyName): readonly PrintRecord[] {
  return record.prints.filter((print) => print.copy === copy && print.outcome !== 'failed')
}

/** Names go on counting over attempts that failed, because a name is used once. */
function nextJobId(record: VoucherRecord, copy: CopyName): string {
  const attempts = record.prints.filter((print) => print.copy === copy).length
  return jobIdOf(record, copy, attempts + 1)
}

function jobIdOf({ id }: VoucherRecord, copy: CopyName, attempt: number): string {
  return `voucher:${id}:${copy}:${attempt}`
}

/** Records the prints that a program began and did not live to record. */
async function recordWithJobs(
  archive: Archive,
  record: VoucherRecord,
  { journal, by, clock, printer }: PrintVoucherOptions,
): Promise<VoucherRecord> {
  if (journal === undefined) return record
  let found = false
  for (const copy of ['merchant', 'cardholder', 'bank'] as const) {
    const job = await journal.get(nextJobId(record, copy))
    if (job === undefined) continue
    if (!found) await printer.interrupted()
    found = true
    const ended = (await journal.get(job.jobId)) ?? job
    const earlier = printsOf(record, copy).length
    const end = endOfJob(ended)
    const nth = end.outcome === 'failed' ? 0 : earlier + 1
    const attempt = { copy, by, ...end, nth, marked: earlier > 0, jobId: job.jobId }
    await archive.recordPrint(record.id, attempt, { now: clock() })
  }
  // A second attempt of the same name may follow the first, so the record is looked at again.
  return found
    ? recordWithJobs(archive, await archive.get(record.id), { journal, by, clock, printer })
    : record
}

function endOfJob({ state, grade, sent }: JobRecord): Pick<PrintAttempt, 'outcome' | 'grade'> {
  const isConfirmed = state === 'done' && (grade === 'printed' || grade === 'processed')
  if (isConfirmed) return { outcome: 'confirmed', grade }
  const nothingSent =
    state === 'queued' || state === 'cancelled' || (state === 'failed' && sent === 0)
  if (nothingSent) return { outcome: 'failed' }
  return { outcome: 'uncertain', ...(grade === undefined ? {} : { grade }) }
}

function needsDrawer({ kind, type, result }: VoucherRecord): boolean {
  return kind === 'cash' && result === 'approved' && TRADE_TYPE_RULES[type].direction !== 0
}

async function takesDrawer(
  archive: Archive,
  record: VoucherRecord,
  { by, why }: CopiesToPrint,
  now: Date,
): Promise<boolean> {
  // A reprint has a reason, and money does not change hands again.
  if (why !== undefined || !needsDrawer(record)) return false
  return archive.takeDrawer(record.id, { by, now })
}

function printedAlready(record: VoucherRecord, copies: readonly CopyName[]): VoucherError {
  const isUncertain = copies.some((copy) => printsOf(record, copy).at(-1)?.outcome === 'uncertain')
  return new VoucherError(
    isUncertain ? 'a print of this voucher may be on paper' : 'this voucher has been printed',
    {
      code: 'PRINTED_ALREADY',
      path: 'id',
      hint: isUncertain
        ? 'Look whether the paper is there; if not, reprint it with a reason.'
        : 'Reprint it with a reason; the copy is marked 重打印凭证.',
    },
  )
}
