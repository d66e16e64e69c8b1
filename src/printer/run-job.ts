/** Runs a job through all its attempts: checks the journal, makes the first attempt, and reprints if the caller wants that. */

import type { JobRecord, Journal } from '../journal/types.js'
import { deviceKeyOf } from '../model/device-key.js'
import { XiaopiaoError } from '../model/errors.js'
import type { PrintJob } from '../model/print-job.js'
import type { Transport } from '../transports/types.js'
import { Attempt } from './attempt.js'
import { lockReasonOf, NotStarted, PartiallyPrinted, Uncertain } from './errors.js'
import { createJobLog, type JobLog, noLog, reclaimJobs, uncertainOf } from './job-log.js'
import { pause } from './pause.js'
import { type Plan, planJob } from './plan.js'
import { rulesOf } from './rules.js'
import { type SharedPrinter, TORN_BY_CRASH } from './shared-printer.js'
import { troubleOf, UNKNOWN_STATUS } from './status.js'
import type { Grade, PrinterOptions, PrintOptions, PrintResult } from './types.js'

export interface JobContext {
  /** The address as the caller spells it, which is also written into the journal. */
  readonly uri: string
  readonly shared: SharedPrinter
  readonly transport: Transport
  readonly options: PrinterOptions
  readonly limits: PrintOptions
  readonly job: PrintJob
  readonly signal: AbortSignal
  readonly stopReason: () => 'aborted' | 'timeout'
}

const READY_POLL_MS = 1000

/** Runs the job. Afterwards the connection is closed in order, or aborted after a failure. */
export async function runJob(context: JobContext): Promise<PrintResult> {
  const { job, limits, options, uri } = context
  const { copies = 1, jobId, title } = limits
  const { journal } = options
  const drawer = { opened: false }
  const planned = (isMarked: boolean) => planJob(job, copies, isMarked ? headingOf(job) : undefined)
  const plan = planned(limits.marked === true)
  if (journal === undefined) return printAndRepeat(context, plan, noLog, drawer, async () => noLog)
  const id = jobId ?? globalThis.crypto.randomUUID()
  const earlier = await earlierOutcome(context, journal, id, plan)
  if (typeof earlier === 'object') return earlier
  const marked = earlier === 'marked'
  const log = createJobLog(journal, id, uri, { title, marked })
  return printAndRepeat(
    { ...context, limits: { ...limits, marked } },
    planned(marked),
    log,
    drawer,
    async () => {
      await journal.append({ type: 'retried', jobId: id, marked: true })
      return createJobLog(journal, id, uri, { title, marked: true })
    },
  )
}

/**
 * Returns the result if the journal has the job as done. Otherwise tells how to print it: as the caller says, else as a person has decided
 * in the journal.
 * @throws Uncertain, PartiallyPrinted, NotStarted if it may not be printed now
 */
async function earlierOutcome(
  context: JobContext,
  journal: Journal,
  jobId: string,
  plan: Plan,
): Promise<PrintResult | 'marked' | 'plain'> {
  const refuse = (cause: unknown) => {
    const reason = lockReasonOf(cause) ?? 'journal'
    return new NotStarted({
      reason,
      jobId,
      totalBytes: plan.totalBytes,
      status: UNKNOWN_STATUS,
      cause,
    })
  }
  const look = async () => {
    const record = await journal.get(jobId)
    if (record?.state !== 'started') return record
    await reclaim(context, journal, record.printer)
    return journal.get(jobId)
  }
  const record = await look().catch((cause: unknown) => {
    throw refuse(cause)
  })
  const { marked } = context.limits
  switch (record?.state) {
    case 'done':
      if (marked === true) return 'marked'
      return doneBefore(jobId, record.grade as Grade, plan, record.copies)
    case 'uncertain':
    case 'failed':
      // The caller has asked for a marked copy, so it is printed, headed 补打.
      if (marked === true) return 'marked'
      if (record.state === 'uncertain' || record.sent > 0) throw uncertainOf(record, plan)
      break
    case 'cancelled':
      throw refuse(new Error(`job ${jobId} was cancelled`))
  }
  return (marked ?? record?.marked) === true ? 'marked' : 'plain'
}

/** Settles jobs that a dead process left behind: if the printer can be locked, no live process is printing them. @throws LockError */
export async function reclaim(
  { shared, options, signal }: Pick<JobContext, 'shared' | 'options' | 'signal'>,
  journal: Journal,
  printer: string,
): Promise<readonly JobRecord[]> {
  if (deviceKeyOf(printer) !== shared.key || options.lock === false) return []
  const lock = shared.isOpen ? undefined : await shared.lock(options, signal)
  try {
    const reclaimed = await reclaimJobs(journal, printer)
    // A lock left by the dead process has counted its bytes already; the journal is asked if the lock is gone, as after a reboot.
    if (lock?.leftByDead === undefined) {
      const sizes = reclaimed.map(({ partBytes = TORN_BY_CRASH }) => partBytes)
      shared.tornBytes = Math.max(shared.tornBytes, ...sizes)
    }
    return reclaimed
  } finally {
    await shared.unlock(lock)
  }
}

function doneBefore(jobId: string, grade: Grade, plan: Plan, copies: number): PrintResult {
  return {
    grade,
    jobId,
    bytesSent: 0,
    segments: plan.parts.length,
    printedThrough: plan.parts.length,
    copies,
    alreadyDone: true,
    reprinted: false,
    before: UNKNOWN_STATUS,
    after: UNKNOWN_STATUS,
    warnings: [],
  }
}

async function printAndRepeat(
  context: JobContext,
  plan: Plan,
  log: JobLog,
  drawer: { opened: boolean },
  logOfReprint: () => Promise<JobLog>,
): Promise<PrintResult> {
  const { job, limits, signal, options, transport } = context
  const rules = rulesOf(options, transport)
  try {
    return await new Attempt({ ...context, rules, plan, log, drawer }).run()
  } catch (error) {
    const isPart = error instanceof Uncertain || error instanceof PartiallyPrinted
    if (!isPart || limits.onUncertain !== 'reprint-marked' || signal.aborted) throw error
    await untilReady(context)
    if (signal.aborted) throw error
    const again = planJob(job, plan.copies, headingOf(job))
    const second = new Attempt({
      ...context,
      rules,
      plan: again,
      log: await logOfReprint(),
      drawer,
    })
    const result = await second.run().catch((later: unknown) => {
      // If no byte of the reprint is out, we know only what we knew after the first attempt.
      throw later instanceof NotStarted ? error : later
    })
    const message = `the first copy stopped: ${error.message}; a second one is headed as a reprint`
    const warning = { code: 'REPRINTED', severity: 'warning', message, path: '' } as const
    return { ...result, reprinted: true, warnings: [...result.warnings, warning] }
  }
}

/**
 * Waits until the printer reports that it can print. Returns at once if it may not be asked, and when the signal aborts, which the time limit
 * of the job does for a printer that stays silent.
 */
async function untilReady({ shared, transport, options, signal }: JobContext): Promise<void> {
  const { asks, answerMs } = rulesOf(options, transport)
  if (!asks) return
  while (!signal.aborted) {
    try {
      const line = await shared.open(transport, options, signal)
      const status = await line.session.askStatus(answerMs, signal)
      await shared.drop(line)
      if (status.answered && troubleOf(status) === undefined) return
    } catch (error) {
      // There is no connection yet: try again.
      if (!(error instanceof XiaopiaoError)) throw error
    }
    await pause(READY_POLL_MS, signal)
  }
}

/** Heading in ASCII, which every printer has, for jobs that bring no heading. */
const PLAIN_HEADING = '\x1b@*** REPRINT - may be a second copy ***\n\n'

function headingOf(job: PrintJob): Uint8Array {
  return job.reprintHeading?.() ?? Uint8Array.from(PLAIN_HEADING, (letter) => letter.charCodeAt(0))
}
