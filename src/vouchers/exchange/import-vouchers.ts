/** Imports trades of the past from a CSV file: rows that can be recorded are recorded, and the others are reported with line and reason. */

import type { Archive, PastTrade } from '../archive.js'
import { VoucherError } from '../errors.js'
import type { ByPerson } from '../person.js'
import { readTrade } from '../read-trade.js'
import { TRADE_TYPE_RULES } from '../trade-types.js'
import { tradeOfCells } from './cells.js'
import { type CsvRow, csvRows } from './csv-rows.js'
import {
  type FieldMapping,
  type ImportMapping,
  mapped,
  OWN_MAPPING,
  readMapping,
} from './mapping.js'

/** A row that was not recorded. No value of it is quoted, because any may be a card number. */
export interface RefusedRow {
  readonly line: number
  readonly code: string
  /** The field at fault; empty if it is the row as a whole. */
  readonly path: string
  readonly message: string
  readonly hint: string
}

export interface ImportOptions extends ByPerson {
  /** The columns of another program, see `docs/vouchers.md`. Default: those of the library's own export. */
  readonly mapping?: unknown
  /** Called for each refused row as soon as the refusal is known, which may not be in the order of the lines. */
  readonly onRefused?: (row: RefusedRow) => void
}

export interface ImportResult {
  readonly rows: number
  readonly added: number
  /** Rows whose trade the store had already, with the same content. */
  readonly repeated: number
  readonly refused: number
}

/** Rows in a transaction. */
const AT_ONCE = 256
/** Rows in a transaction after a larger one was refused. */
const FEW = 16
/** Maximum number of trades that wait for an original further down in the file. */
const MOST_WAITING = 10_000

interface ImportRow extends PastTrade {
  readonly line: number
}

/**
 * Imports a file as it arrives, so memory does not grow with its size. An import can be repeated: trades that the store has already are not
 * added again.
 *
 * @param source the bytes of the file, such as `createReadStream(path)`
 * @throws VoucherError `MAPPING_INVALID`, `CSV_INVALID`, `COLUMN_MISSING`, `COLUMN_TWICE`, `PACKAGE_MISSING`, and those of
 * `archive.addPast` that are not the fault of a row
 *
 * @example
 * await archive.add(trade, { now: new Date() })
 * const file = exportVouchers(archive, { as: 'csv', by: '01', now: new Date() })
 * const { repeated, refused } = await importVouchers(archive, file, { by: '01', now: new Date() })
 * repeated // 1
 * refused // 0
 */
export async function importVouchers(
  archive: Archive,
  source: AsyncIterable<Uint8Array>,
  { mapping: json, onRefused, ...by }: ImportOptions,
): Promise<ImportResult> {
  const mapping = json === undefined ? OWN_MAPPING : readMapping(json)
  const run = new ImportRun(archive, by, onRefused)
  const needed = json === undefined ? ['type', 'fen', 'at'] : neededColumns(mapping)
  const columns = { needed, used: usedColumns(mapping) }
  for await (const row of csvRows(source, mapping, columns)) await run.take(row, mapping)
  return run.end()
}

/** Columns that the file must have: those that no alternative column and no default replaces. */
function neededColumns({ fields }: ImportMapping): readonly string[] {
  return Object.values(fields).flatMap(({ column, default: fallback }) =>
    typeof column === 'string' && fallback === undefined ? [column] : [],
  )
}

function usedColumns({ fields }: ImportMapping): readonly string[] {
  return Object.values(fields).flatMap(({ column = [] }) => column)
}

class ImportRun {
  readonly #archive: Archive
  readonly #by: ByPerson
  readonly #onRefused: ImportOptions['onRefused']
  #open: ImportRow[] = []
  #waiting: ImportRow[] = []
  #rows = 0
  #added = 0
  #repeated = 0
  #refused = 0

  constructor(archive: Archive, by: ByPerson, onRefused: ImportOptions['onRefused']) {
    this.#archive = archive
    this.#by = by
    this.#onRefused = onRefused
  }

  async take(row: CsvRow, mapping: ImportMapping): Promise<void> {
    this.#rows++
    try {
      this.#open.push({ line: row.line, ...tradeOfRow(row, mapping) })
    } catch (error) {
      this.#refuse(row.line, error)
    }
    if (this.#open.length >= AT_ONCE) await this.#record()
  }

  async end(): Promise<ImportResult> {
    await this.#record()
    // An original may come after the trade that refers to it, and may itself wait for another one, so this repeats until a pass records no
    // more.
    for (let before = Number.POSITIVE_INFINITY; this.#waiting.length < before; ) {
      before = this.#waiting.length
      this.#open = this.#waiting
      this.#waiting = []
      await this.#record()
    }
    for (const { line } of this.#waiting) this.#refuse(line, originalMissing())
    const [rows, added] = [this.#rows, this.#added]
    return { rows, added, repeated: this.#repeated, refused: this.#refused }
  }

  async #record(): Promise<void> {
    const rows = this.#open
    this.#open = []
    await this.#recordAll(rows)
  }

  /**
   * Records all rows in one transaction, or if one is refused in groups of few rows, because a group is tried again after each refusal, and
   * large groups would take minutes.
   */
  async #recordAll(rows: readonly ImportRow[]): Promise<void> {
    if (rows.length > FEW) {
      if ((await this.#tryAll(rows)) === undefined) return
      for (let at = 0; at < rows.length; at += FEW) await this.#recordFew(rows.slice(at, at + FEW))
      return
    }
    await this.#recordFew(rows)
  }

  /**
   * A refused row undoes its transaction, so the rows before it are recorded first, and then those after it. The rows before it may contain
   * another refused one, because the archive finishes each check for all rows before it begins the next check.
   */
  async #recordFew(given: readonly ImportRow[]): Promise<void> {
    let rows = given
    while (rows.length > 0) {
      const failure = await this.#tryAll(rows)
      if (failure === undefined) return
      const { index, error } = failure
      await this.#recordFew(rows.slice(0, index))
      const row = rows[index] as ImportRow
      if (error.code === 'ORIGINAL_UNKNOWN' && this.#waiting.length < MOST_WAITING) {
        this.#waiting.push(row)
      } else this.#refuse(row.line, error)
      rows = rows.slice(index + 1)
    }
  }

  async #tryAll(
    rows: readonly ImportRow[],
  ): Promise<{ readonly index: number; readonly error: VoucherError } | undefined> {
    try {
      const trades = rows.map(({ trade, id }) => (id === undefined ? { trade } : { trade, id }))
      for (const { repeated } of await this.#archive.addPast(trades, this.#by)) {
        if (repeated) this.#repeated++
        else this.#added++
      }
      return undefined
    } catch (error) {
      const [, index, path = ''] =
        error instanceof VoucherError ? (/^\[(\d+)\]\.?(.*)$/.exec(error.path ?? '') ?? []) : []
      if (index === undefined) throw error
      const { message, code, hint } = error as VoucherError
      return { index: Number(index), error: new VoucherError(message, { code, path, hint }) }
    }
  }

  #refuse(line: number, error: unknown): void {
    if (!(error instanceof VoucherError)) throw error
    this.#refused++
    const { code, path = '', message, hint = '' } = error
    this.#onRefused?.({ line, code, path, message, hint })
  }
}

function tradeOfRow(row: CsvRow, { fields }: ImportMapping): PastTrade {
  if (row.isRagged) throw ragged()
  const cells = new Map<string, string>()
  for (const [name, field] of Object.entries(fields)) {
    cells.set(name, mapped(name, field as FieldMapping, row.cell))
  }
  const has = (name: string) => (cells.get(name) ?? '') !== ''
  if (!has('id') && !has('key') && !(has('batch') && has('voucher'))) throw unnamed()
  const id = cells.get('id') ?? ''
  cells.delete('id')
  const trade = withoutMinus(tradeOfCells(cells))
  // Finds the faults of the trade itself here, so that they do not cost a transaction.
  readTrade(trade)
  return id === '' ? { trade } : { trade, id }
}

/** Other programs write amounts that go back with a minus, which is removed. For any other type a minus is a fault of the row. */
function withoutMinus(trade: { readonly type?: unknown; readonly fen?: unknown }): object {
  const { type, fen } = trade
  if (typeof fen !== 'number' || fen >= 0) return trade
  const rule = Object.entries(TRADE_TYPE_RULES).find(([name]) => name === type)?.[1]
  if (rule !== undefined && rule.direction < 0) return { ...trade, fen: -fen }
  throw new VoucherError('the amount has a minus, but such a trade brings money in', {
    code: 'CELL_INVALID',
    path: 'fen',
    hint: 'look whether the column of the type is mapped rightly',
  })
}

function ragged(): VoucherError {
  return new VoucherError('the row has another number of cells than there are titles', {
    code: 'CELL_INVALID',
    path: '',
    hint: 'look for a delimiter in a cell without quotation marks',
  })
}

function unnamed(): VoucherError {
  return new VoucherError('the row has no key, and not both batch and voucher', {
    code: 'CELL_INVALID',
    path: 'key',
    hint: 'fill one of both in, so that an import can be repeated without adding the trade twice',
  })
}

function originalMissing(): VoucherError {
  return new VoucherError('the original of this trade is neither in the store nor in the file', {
    code: 'ORIGINAL_UNKNOWN',
    path: 'original',
    hint: 'import the file with the original first',
  })
}
