/** `xiaopiao queue`: jobs that wait in a journal, and the results of those that ended. */

import { access } from 'node:fs/promises'
import type { Command } from 'commander'
import { rerouteJobs, retryJob } from '../journal/decisions.js'
import { type FileJournal, fileJournal } from '../journal/file.js'
import type { JobRecord } from '../journal/types.js'
import { openPrinter } from '../printer/open-printer.js'
import { openQueue } from '../printer/print-queue.js'
import type { QueueOutcome } from '../printer/queue-options.js'
import { checkAddress, takeJob } from '../printer/take-job.js'
import { errorLine, exitCodeOf, inputError } from './fail.js'
import { type ProfileOptions, readProfile, withOptionalProfile } from './input.js'
import { showDiagnostics } from './output.js'
import { type ReceiptOptions, readJob, withReceipt } from './receipt-input.js'

interface JournalOption {
  readonly journal: string
}

export function addQueue(program: Command): void {
  const queue = program
    .command('queue')
    .description('jobs that wait for a printer, in a journal file')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao queue add sale.json --job-id 17 --to tcp://192.168.1.50 --profile generic-80 --journal jobs.jsonl
  xiaopiao queue run --journal jobs.jsonl --profile generic-80
  xiaopiao queue list --journal jobs.jsonl
  xiaopiao queue seen 17 --journal jobs.jsonl
  xiaopiao queue reroute --from tcp://192.168.1.50 --to tcp://192.168.1.51 --journal jobs.jsonl`,
    )
  const withJournal = (command: Command) =>
    command.requiredOption('--journal <file>', 'where the jobs are written down')

  withJournal(withReceipt(queue.command('add <receipt.json|bytes.bin>')))
    .description('take a job; it is on the disk when the command ends')
    .requiredOption('--to <uri>', 'the printer')
    .requiredOption('--job-id <id>', 'name of the job; one that is known is not taken again')
    .option('--title <text>', 'for people')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao queue add sale.json --job-id 17 --to tcp://192.168.1.50 --profile generic-80 --journal jobs.jsonl',
    )
    .action(addJob)

  withJournal(queue.command('list'))
    .description('what waits, and what became of the others')
    .option('--all', 'jobs that are done or cancelled as well')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  xiaopiao queue list --journal jobs.jsonl')
    .action(listJobs)

  withJournal(withOptionalProfile(queue.command('run')))
    .description(
      'print what waits, each once and in order, until nothing does; the profile says what the printers answer',
    )
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao queue run --journal jobs.jsonl --profile generic-80',
    )
    .action(runQueue)

  withJournal(queue.command('retry <job-id>'))
    .description('put a job in again; one of which a part may be on paper is headed 补打')
    .option('--unmarked', 'without the heading: only after a look at the paper')
    .addHelpText('after', '\nExample:\n  xiaopiao queue retry 17 --journal jobs.jsonl')
    .action(async (jobId: string, options: JournalOption & { readonly unmarked?: boolean }) => {
      const journal = await openJournal(options)
      show([await retryJob(journal, jobId, options.unmarked === true ? false : undefined)])
    })

  withJournal(queue.command('seen <job-id>'))
    .description('a job that is uncertain has been found on paper, all of it: it is done')
    .addHelpText('after', '\nExample:\n  xiaopiao queue seen 17 --journal jobs.jsonl')
    .action(async (jobId: string, options: JournalOption) => {
      const journal = await openJournal(options)
      show([await journal.append({ type: 'seen', jobId })])
    })

  withJournal(queue.command('cancel <job-id>'))
    .description('take a job that waits, failed or is uncertain out of the queue')
    .addHelpText('after', '\nExample:\n  xiaopiao queue cancel 17 --journal jobs.jsonl')
    .action(async (jobId: string, options: JournalOption) => {
      const journal = await openJournal(options)
      show([await journal.append({ type: 'cancelled', jobId })])
    })

  withJournal(queue.command('reroute [job-id]'))
    .description(
      'give a job, or all that wait at a printer, to another printer; one of which a part may be on paper is headed 补打',
    )
    .requiredOption('--to <uri>', 'the other printer')
    .option('--from <uri>', 'all that wait there')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao queue reroute --from tcp://192.168.1.50 --to tcp://192.168.1.51 --journal jobs.jsonl',
    )
    .action(reroute)
}

async function addJob(
  path: string,
  options: ReceiptOptions &
    JournalOption & { readonly to: string; readonly jobId: string; readonly title?: string },
): Promise<void> {
  const { jobId, to, title } = options
  await checkAddress(to)
  const job = await readJob(path, await readProfile(options), options)
  showDiagnostics(job.diagnostics)
  const journal = await fileJournal(options.journal)
  showDiagnostics(journal.damage)
  const named = title === undefined ? {} : { title }
  show([await takeJob(journal, job, { jobId, printer: to, ...named })])
}

async function listJobs(
  options: JournalOption & { readonly all?: boolean; readonly json?: boolean },
): Promise<void> {
  const journal = await openJournal(options)
  const states = ['queued', 'started', 'failed', 'uncertain'] as const
  const jobs = await journal.list(options.all === true ? {} : { states })
  if (options.json === true) process.stdout.write(`${JSON.stringify(jobs)}\n`)
  else show(jobs)
}

async function runQueue(options: JournalOption & Partial<ProfileOptions>): Promise<void> {
  const journal = await openJournal(options)
  const { profile: id, set = [] } = options
  const known = id === undefined ? {} : { profile: await readProfile({ profile: id, set }) }
  const open = (uri: string) => openPrinter(uri, { journal, ...known })
  let failure: { readonly error: unknown } | undefined
  const onError = (error: unknown) => {
    failure ??= { error }
  }
  /** The exit code of each job's last attempt. */
  const codes = new Map<string, number>()
  const onOutcome = (outcome: QueueOutcome) => {
    showOutcome(outcome)
    const { jobId, error } = outcome
    codes.set(jobId, error === undefined ? 0 : exitCodeOf(error))
  }
  await using queue = openQueue({ journal, open, onOutcome, onError })
  const stop = () => void queue.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  await queue.idle()
  process.off('SIGINT', stop)
  process.off('SIGTERM', stop)
  if (failure !== undefined) throw failure.error
  // The worst code counts, because a script must learn of the one job that failed or is uncertain, even if all others are printed.
  process.exitCode = Math.max(0, ...codes.values())
}

function showOutcome({ jobId, result, error, elsewhere }: QueueOutcome): void {
  if (elsewhere !== undefined) {
    process.stderr.write(`${jobId}: ${elsewhere.state} by another process\n`)
  } else if (result !== undefined) {
    process.stdout.write(`${jobId}: ${result.grade}\n`)
    showDiagnostics(result.warnings.map((one) => ({ ...one, message: `${jobId}: ${one.message}` })))
  } else process.stderr.write(`${jobId}: ${errorLine(error)}\n`)
}

async function reroute(
  jobId: string | undefined,
  options: JournalOption & { readonly to: string; readonly from?: string },
): Promise<void> {
  const { to, from } = options
  if ((jobId === undefined) === (from === undefined)) {
    throw inputError('JOBS_MISSING', 'it is not said which jobs', 'name a job, or give --from')
  }
  const journal = await openJournal(options)
  const what = from === undefined ? { jobId: jobId ?? '' } : { printer: from }
  await checkAddress(to)
  const moved = await rerouteJobs(journal, what, to)
  if (moved.length === 0) {
    const hint = 'queue list shows which jobs wait, and where'
    throw inputError('JOBS_NONE', `no job waits at ${from}: none is given to ${to}`, hint)
  }
  show(moved)
}

/** Opens a journal that must exist, because a mistyped path would look like a journal without jobs. */
async function openJournal({ journal: path }: JournalOption): Promise<FileJournal> {
  try {
    await access(path)
  } catch {
    throw inputError(
      'JOURNAL_NOT_FOUND',
      `no journal is at ${path}`,
      'check the path; queue add makes one',
    )
  }
  const journal = await fileJournal(path)
  showDiagnostics(journal.damage)
  return journal
}

function show(jobs: readonly JobRecord[]): void {
  for (const { jobId, state, printer, printed, segments, reason, grade, title } of jobs) {
    const reach = segments === 0 || state === 'queued' ? '' : ` ${printed}/${segments}`
    const more = [reason, grade, title].filter((part) => part !== undefined).join(' ')
    process.stdout.write(`${jobId}\t${state}${reach}\t${printer}\t${more}\n`)
  }
}
