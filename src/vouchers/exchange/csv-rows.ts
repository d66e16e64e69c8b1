/** Reads the rows of a CSV file as they arrive, with their line numbers, decoded and without the marks that spreadsheets leave in cells. */

import { isError } from '../../model/realms.js'
import { VoucherError } from '../errors.js'
import { missingPackage } from './csv.js'
import { undefused } from './defuse.js'
import type { ImportMapping } from './mapping.js'

export interface CsvRow {
  /** Number of the row's first line, from 1. */
  readonly line: number
  /** The cell under a title; empty if there is no such column. */
  cell(title: string): string
  /** True if the row has more or fewer cells than there are titles. */
  readonly isRagged: boolean
}

export interface Columns {
  /** Titles that must be there. */
  readonly needed: readonly string[]
  /** Titles whose cells are read, if they are there. */
  readonly used: readonly string[]
}

/**
 * Yields the rows below the titles.
 * @throws VoucherError `CSV_INVALID`, `COLUMN_MISSING`, `COLUMN_TWICE`, `PACKAGE_MISSING`
 */
export async function* csvRows(
  source: AsyncIterable<Uint8Array>,
  { encoding, delimiter, skipLines }: ImportMapping,
  { needed, used }: Columns,
): AsyncGenerator<CsvRow> {
  const { parse } = await import('csv-parse').catch((cause: unknown) => {
    throw missingPackage('csv-parse', cause)
  })
  const { Readable } = await import('node:stream')
  const parser = parse({
    delimiter,
    info: true,
    bom: true,
    relax_column_count: true,
    // Programs write ="000236" without quotation marks around it.
    relax_quotes: true,
    skip_empty_lines: true,
    from_line: skipLines + 1,
    max_record_size: 1_000_000,
  })
  const text = Readable.from(decoded(source, encoding))
  text.once('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let titles: ReadonlyMap<string, number> | undefined
  let width = 0
  let line = skipLines + 1
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      if (titles === undefined) {
        titles = titlesOf(record, { needed, used })
        width = record.length
      } else {
        const places = titles
        yield {
          line,
          isRagged: record.length !== width,
          cell: (title) => cleaned(record[places.get(title) ?? -1] ?? ''),
        }
      }
      line = info.lines + 1
    }
  } catch (error) {
    if (error instanceof VoucherError) throw error
    const { lines = line } = error as { readonly lines?: number }
    throw new VoucherError(`the file is no CSV at line ${lines}`, {
      code: 'CSV_INVALID',
      path: `line ${lines}`,
      hint: 'look for a quotation mark that is not closed; the mapping says delimiter and encoding',
      // Without the parser's error, which quotes the row.
    })
  } finally {
    text.destroy()
    parser.destroy()
  }
  if (titles === undefined) throw noTitles()
}

interface ParsedRow {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

async function* decoded(
  source: AsyncIterable<Uint8Array>,
  encoding: ImportMapping['encoding'],
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding === 'gbk' ? 'gb18030' : 'utf-8', { fatal: true })
  try {
    for await (const bytes of source) yield decoder.decode(bytes, { stream: true })
    yield decoder.decode()
  } catch (cause) {
    if (!isError(cause) || cause.name !== 'TypeError') throw cause
    throw new VoucherError(`the file is not written in ${encoding}`, {
      code: 'CSV_INVALID',
      path: 'encoding',
      hint: 'say in the mapping whether it is utf-8 or gbk; spreadsheets in Chinese save CSV in gbk',
    })
  }
}

function titlesOf(
  record: readonly string[],
  { needed, used }: Columns,
): ReadonlyMap<string, number> {
  const cells = record.map(cleaned)
  const titles = new Map(cells.map((title, i) => [title, i]))
  const twice = used.find((title) => cells.indexOf(title) !== cells.lastIndexOf(title))
  if (twice !== undefined) throw columnTwice(twice)
  const missing = needed.filter((title) => !titles.has(title))
  if (missing.length === 0) return titles
  throw new VoucherError(`the file has no column ${missing.join(', ')}`, {
    code: 'COLUMN_MISSING',
    path: 'fields',
    hint: 'correct the mapping, or its skipLines if the titles are not in the first line',
  })
}

/** The error for two columns with one title, because a mapping by title cannot say which of the two it means. */
function columnTwice(title: string): VoucherError {
  return new VoucherError(`the file has two columns called ${title}`, {
    code: 'COLUMN_TWICE',
    path: 'fields',
    hint: 'give one of them another title, or leave the field out of the mapping',
  })
}

/** The text of a cell. Programs write `="000236"`, or a tab after a number, so that spreadsheets do not change it; both are removed. */
function cleaned(cell: string): string {
  const trimmed = cell.trim()
  const [, quoted] = /^="(.*)"$/s.exec(trimmed) ?? []
  return quoted ?? undefused(trimmed)
}

function noTitles(): VoucherError {
  return new VoucherError('the file has no line of titles', {
    code: 'CSV_INVALID',
    path: 'line 1',
    hint: 'the first line after skipLines names the columns',
  })
}
