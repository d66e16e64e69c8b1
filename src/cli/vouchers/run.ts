/** The common part of all voucher commands: the store, the form of answers, and the exit code. */

import type { Command } from 'commander'
import { XiaopiaoError } from '../../model/errors.js'
import type { Archive } from '../../vouchers/archive.js'
import { VoucherError } from '../../vouchers/errors.js'
import { type ArchiveOptions, openArchive } from '../../vouchers/open-archive.js'
import { isAddress, readPostgresUrl } from '../../vouchers/postgres-url.js'
import { errorLine, exitCodeOf, inputError } from '../fail.js'

export interface StoreFlags {
  readonly store?: string
  readonly keyFile?: string
  readonly json?: boolean
}

/** Exit code if the store cannot be used, so that a script can tell this from "none found". */
const STORE_EXIT = 5
/** Exit code if the call itself is wrong. */
const USAGE_EXIT = 2

/** Codes of faults in the call itself, whatever is in the store. */
const WRONGLY_CALLED: ReadonlySet<string> = new Set([
  'STORE_UNNAMED',
  'STORE_ADDRESS',
  'QUERY_INVALID',
  'PAN_IN_SEARCH',
  'SEAL_INVALID',
  'ANSWER_UNKNOWN',
  'COPY_UNKNOWN',
  'COPY_INVALID',
  'OUTPUT_UNKNOWN',
  'MAPPING_INVALID',
  'CSV_INVALID',
  'COLUMN_MISSING',
  'COLUMN_TWICE',
  'TEMPLATE_UNKNOWN',
  'PROFILE_MISSING',
  'BY_MISSING',
  'SET_INVALID',
  'NUMBER_INVALID',
  'TRADE_MISSING',
  'PASSWORD_MISSING',
  'LINK_INVALID',
])

/** Codes of stores that can be used, but not for this command. */
const REFUSED: ReadonlySet<string> = new Set(['STORE_EXISTS', 'STORE_READ_ONLY'])

/** Adds `--store`, `--key-file` and `--json`. */
export function withStore(command: Command): Command {
  return command
    .option(
      '--store <file>',
      'the store, a file or postgres://user@host/database; default: the environment variable XIAOPIAO_STORE',
    )
    .option(
      '--key-file <file>',
      'the secret of the chain; default: the file of the store with .key behind it',
    )
    .option('--json', 'answers and errors as JSON on the standard output')
}

/**
 * Opens the store, does the work, and closes it again; an error ends the process with its exit code.
 *
 * @param options the maker of slips, for commands that record trades which may not be printed
 */
export async function inStore(
  flags: StoreFlags,
  work: (archive: Archive) => Promise<void>,
  { slips }: Pick<ArchiveOptions, 'slips'> = {},
): Promise<void> {
  await orFail(flags, async () => {
    const { keyFile } = flags
    const options = {
      ...(keyFile === undefined ? {} : { keyFile }),
      ...(slips === undefined ? {} : { slips }),
    }
    await using archive = await openArchive(storePath(flags), options)
    await work(archive)
  })
}

/** Suppresses Node 22's warning that its SQLite is experimental, because a cashier can do nothing about it. */
function withoutSqliteWarning(): void {
  const emit = process.emitWarning.bind(process) as (...given: readonly unknown[]) => void
  process.emitWarning = (...given: readonly unknown[]) => {
    if (!/^SQLite is an experimental feature/.test(String(given[0]))) emit(...given)
  }
}

/** Runs `work`. An error sets the exit code and is written to stderr, and with `--json` to the standard output too. */
export async function orFail(
  { json }: Pick<StoreFlags, 'json'>,
  work: () => Promise<void>,
): Promise<void> {
  withoutSqliteWarning()
  try {
    await work()
  } catch (error) {
    if (json === true) answer({ error: errorJson(error) })
    process.stderr.write(`${errorLine(error)}\n`)
    process.exitCode = voucherExitCode(error)
  }
}

export function storePath({ store = process.env.XIAOPIAO_STORE }: StoreFlags): string {
  if (store !== undefined && store !== '') return store
  throw inputError(
    'STORE_UNNAMED',
    'it is not said which store',
    'give --store FILE, or set XIAOPIAO_STORE',
    'store',
  )
}

/** Returns the name of the store for messages, which has neither user nor password of an address. */
export function storeName(flags: StoreFlags): string {
  const store = storePath(flags)
  return isAddress(store) ? readPostgresUrl(store).name : store
}

/** Returns the path beside which the counter keeps its files: the store, or the key file if the store is a database elsewhere. */
export function counterPath(flags: StoreFlags): string {
  const store = storePath(flags)
  if (!isAddress(store)) return store
  if (flags.keyFile !== undefined) return flags.keyFile
  throw new VoucherError('the copy of a shop records no print', {
    code: 'STORE_READ_ONLY',
    path: 'store',
    hint: 'print at the counter of the shop, or look at the slip with vouchers show',
  })
}

/** Writes one line of JSON to the standard output. */
export function answer(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

function errorJson(error: unknown): object {
  if (!(error instanceof XiaopiaoError)) {
    return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
  }
  const { code, path, message, hint } = error
  return { code, path, message, fix: hint }
}

function voucherExitCode(error: unknown): number {
  if (error instanceof XiaopiaoError && WRONGLY_CALLED.has(error.code)) return USAGE_EXIT
  if (!(error instanceof VoucherError)) return exitCodeOf(error)
  return error.code.startsWith('STORE_') && !REFUSED.has(error.code) ? STORE_EXIT : 1
}
