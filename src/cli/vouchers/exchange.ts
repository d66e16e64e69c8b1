/** `vouchers export | import`: writes files for programs and people, and records the trades of another program. */

import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { type ExportOptions, exportVouchers } from '../../vouchers/exchange/export-vouchers.js'
import { importVouchers, type RefusedRow } from '../../vouchers/exchange/import-vouchers.js'
import { inputError } from '../fail.js'
import { readJson, unreadable } from '../input.js'
import { writeOutput } from '../output.js'
import { STREAM } from '../streams.js'
import { type PinFlags, signedInBy, withPin } from './pins.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'

interface ExportFlags extends StoreFlags, PinFlags {
  readonly output: string
  readonly as?: string
  readonly from?: string
  readonly to?: string
  readonly by: string
}

interface ImportFlags extends StoreFlags, PinFlags {
  readonly mapping?: string
  readonly refused?: string
  readonly by: string
}

const FORMATS = ['csv', 'xlsx', 'jsonl'] as const

export function addExchange(vouchers: Command): void {
  withPin(withStore(vouchers.command('export')))
    .description('write the vouchers of a range of days: CSV for programs, XLSX for people')
    .requiredOption('-o, --output <file>', 'a .csv, .xlsx or .jsonl file; - is the standard output')
    .requiredOption('--by <name>', 'who exports; a manager, if the store has operators')
    .option('--as <kind>', 'csv, xlsx or jsonl; default: the ending of the file')
    .option('--from <day>', 'first business day')
    .option('--to <day>', 'last business day')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers export --from 2026-11-01 --to 2026-11-30 -o november.xlsx --by 01 --store shop.db',
    )
    .action(exportAll)

  withPin(withStore(vouchers.command('import <file>')))
    .description('record the trades of a CSV file: an export, or that of another program')
    .requiredOption('--by <name>', 'who imports; a manager, if the store has operators')
    .option('--mapping <file>', 'JSON that says which column is which field; none for an export')
    .option('--refused <file>', 'write the rows that were refused as JSON lines, with the reasons')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers import old-pos.csv --mapping old-pos.json --by 01 --store shop.db',
    )
    .action(importAll)
}

async function exportAll(flags: ExportFlags): Promise<void> {
  const as = formatOf(flags)
  await inStore(flags, async (archive) => {
    const { from, to, output } = flags
    const by = await signedInBy(archive, flags.by, flags)
    const parts = exportVouchers(archive, {
      as,
      by,
      now: new Date(),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    })
    if (output === STREAM) return pipeline(Readable.from(parts), process.stdout, { end: false })
    await writeWhole(output, parts)
    if (flags.json === true) answer({ file: output, as })
    else process.stdout.write(`wrote ${output}\n`)
  })
}

/** Writes a file under another name first and renames it at the end, because a part of an export would be taken for all of it. */
async function writeWhole(path: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const unfinished = `${path}.part`
  try {
    await pipeline(Readable.from(parts), createWriteStream(unfinished, { mode: 0o600 }))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

function formatOf({ output, as }: ExportFlags): ExportOptions['as'] {
  const name = as ?? extname(output).slice(1).toLowerCase()
  const format = FORMATS.find((one) => one === name)
  if (format !== undefined) return format
  throw inputError(
    'OUTPUT_UNKNOWN',
    `${as ?? output} is no kind of export known here`,
    'use a .csv, .xlsx or .jsonl file, or --as',
    'output',
  )
}

async function importAll(file: string, flags: ImportFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const mapping = flags.mapping === undefined ? {} : { mapping: await readJson(flags.mapping) }
    const by = await signedInBy(archive, flags.by, flags)
    const refused: RefusedRow[] = []
    const result = await importVouchers(archive, bytesOf(file), {
      by,
      now: new Date(),
      ...mapping,
      onRefused: (row) => void refused.push(row),
    })
    if (refused.length > 0) process.exitCode = 1
    if (flags.refused !== undefined) {
      await writeOutput(flags.refused, refused.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }
    if (flags.json === true) return answer({ ...result, rowsRefused: refused })
    for (const { line, code, path, message, hint } of refused) {
      process.stderr.write(
        `line ${line}: ${code}${path === '' ? '' : ` at ${path}`}: ${message} — ${hint}\n`,
      )
    }
    const { rows, added, repeated } = result
    process.stdout.write(
      `${rows} rows: ${added} added, ${repeated} were here already, ${result.refused} refused\n`,
    )
  })
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* file === STREAM ? process.stdin : createReadStream(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
}
