/**
 * The archive over SQL. Searches and single changes go through Kysely; rows of trades are written to the driver
 * directly. It is long because it holds all statements of the archive, beside the transactions that they belong to.
 */

import { createSecretKey, type KeyObject } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Diagnostic } from '../../model/diagnostic.js'
import { XiaopiaoError } from '../../model/errors.js'
import {
  CALLBACK,
  type OptionRules,
  readArgument,
  readOptions,
  TEXT,
  wholeNumber,
} from '../../model/options.js'
import type {
  AddOptions,
  AddResult,
  Archive,
  BatchDetail,
  Found,
  ListQuery,
  PastTrade,
  PrintAttempt,
  ResetRequest,
  ResetResult,
  VerifyOptions,
  VoucherRecord,
} from '../archive.js'
import { asksToPrint } from '../asks-to-print.js'
import {
  type BackupOptions,
  type BackupRecord,
  type RetainOptions,
  type RetainRequest,
  type RetainResult,
  readBackupOptions,
  readMonth,
  readRetainOptions,
  readRetainRequest,
} from '../backup-options.js'
import { maskCardNumbers } from '../card-numbers.js'
import type { ChainRecord, RecordsQuery, StoredHead } from '../chain-record.js'
import type { DayReport } from '../day-report.js'
import { VoucherError } from '../errors.js'
import type { VoucherEvent } from '../events.js'
import { type FeeQuery, type FeeReport, readFeeQuery, reportFees } from '../fee-report.js'
import type { MonthClosing, MonthResult } from '../month-closing.js'
import { type AtTime, type ByPerson, type Person, readNote } from '../person.js'
import { cardNumberInSearch, readQuery, writeCursor } from '../query.js'
import { type ReadTrade, readTrade } from '../read-trade.js'
import { readSeal, type Seal } from '../seal.js'
import type { SettingChange } from '../settings.js'
import { checkTerminal, type Settings } from '../settings.js'
import {
  type BatchRequest,
  readBatchRequest,
  readSettleRequest,
  type Settlement,
  type SettleRequest,
} from '../settlement.js'
import type { KeptSlips } from '../slips/kept-slips.js'
import type { SlipMaker } from '../slips/slip-making.js'
import { groupTotals, rangeOf, readTotalsQuery, type Totals, type TotalsQuery } from '../totals.js'
import { MAX_FEN, type Trade } from '../trade.js'
import { TRADE_RESULTS, TRADE_TYPE_RULES, type TradeResult } from '../trade-types.js'
import type { Verification } from '../verification.js'
import { addTrade, merchantOf } from './add-trade.js'
import { approve } from './approve.js'
import { type BackupTask, backupStore, loadLastBackup } from './backup-store.js'
import { loadDetail } from './batch-detail.js'
import { loadRecords } from './chain-records.js'
import { closeMonth } from './close-month.js'
import type { StoreEngine } from './engine.js'
import { loadFeeTrades } from './fee-trades.js'
import { cursorAt, selectInOrder, selectVouchers } from './find-vouchers.js'
import { hasSlip, keepSlips, loadSlips, unkeptIn } from './keep-slips.js'
import { KnownQueries } from './known-queries.js'
import { KNOWN_AT_ONCE, lookUp, type PlacedTrade } from './known-vouchers.js'
import { appendEvent, bodyOf, feeOf, loadBatch, rowOf } from './originals.js'
import {
  asPast,
  checkNotRetained,
  checkSamePast,
  pastVouchers,
  readId,
  retainedIds,
} from './past-vouchers.js'
import { reportDay } from './report-day.js'
import { resetTerminal } from './reset-terminal.js'
import { retainVouchers } from './retain.js'
import { loadCompleteFrom } from './retained.js'
import { appendSeal } from './seals.js'
import { countUnknown, loadTotals } from './select-totals.js'
import { SettingsCache } from './settings-cache.js'
import { loadSettingsHistory } from './settings-history.js'
import { loadSettings, storeSettings } from './settings-store.js'
import { settleBatch } from './settle.js'
import { SlipForms } from './slip-forms.js'
import { SqlOperators } from './sql-operators.js'
import { storeError } from './store-errors.js'
import type { StoreTables, VoucherRow } from './tables.js'
import { ChainsTaken, Unit } from './unit.js'
import { verifyStore } from './verify-store.js'
import { recordsOf } from './voucher-records.js'

/** Maximum number of attempts of a transaction that other ones overtake: each attempt means that another one was written in between. */
const MAX_ATTEMPTS = 50

/** Vouchers whose slips are made in one transaction: so few that the till does not have to wait. */
const KEPT_AT_ONCE = 10

const RECORDS_QUERY: OptionRules<RecordsQuery> = {
  after: { ...wholeNumber(0, Number.MAX_SAFE_INTEGER), isNeeded: true },
  limit: { ...wholeNumber(1, 5000), isNeeded: true },
}

interface UnitOptions {
  /** See `Unit.trustsIndexes`. Ignored if several programs may write at a time. */
  readonly trustsIndexes?: boolean
}

interface UnitTask extends Required<UnitOptions> {
  readonly key: KeyObject
  readonly at: number
}

export class SqlArchive implements Archive {
  readonly #db: Kysely<StoreTables>
  readonly #engine: StoreEngine
  readonly #key: KeyObject | undefined
  readonly #queries = new KnownQueries()
  readonly #settings = new SettingsCache()
  readonly #operators: SqlOperators
  readonly #forms = new SlipForms()
  readonly #maker: SlipMaker | undefined

  /**
   * @param key of the chains; a copy that is only read needs none
   * @param maker of slips that no printer prints; without one they are not kept
   */
  constructor(
    engine: StoreEngine,
    key: Uint8Array | undefined,
    maker: SlipMaker | undefined = undefined,
  ) {
    this.#db = engine.db
    this.#engine = engine
    this.#maker = maker
    this.#key = key === undefined ? undefined : createSecretKey(key)
    this.#operators = new SqlOperators({
      db: this.#db,
      unit: (now, work) => this.#unit(now, work),
      reading: (work) => this.#reading(work),
      key: () => this.#writingKey(),
    })
  }

  get operators(): SqlOperators {
    return this.#operators
  }

  async add(trade: unknown, { now, by }: AddOptions): Promise<AddResult> {
    const given = readTrade(trade)
    // A trade that refers to an original must be recognised as a repeated one before it is checked by the rules.
    const trustsIndexes = TRADE_TYPE_RULES[given.trade.type].original === undefined
    const work = async (unit: Unit) => {
      const read = await this.#approved(unit, given, by)
      const settings = await this.#settings.of(unit, read.trade.terminal)
      const added = await addTrade(unit, read, settings)
      return isSkipped(read.trade, settings) ? this.#withSlips(unit, added, settings) : added
    }
    return this.#trading(now, work, { trustsIndexes })
  }

  /** Adds the manager who approves the trade, if the store has operators and the trade needs one. */
  async #approved(unit: Unit, read: ReadTrade, by: Person | undefined): Promise<ReadTrade> {
    const approvedBy = await this.#operators.approverOf(unit, read.trade, by)
    if (approvedBy === undefined || approvedBy === read.trade.approvedBy) return read
    const { trade, warnings } = read
    // Read again, because the fields of a trade that was read are in the order of the schema.
    return { warnings, trade: readTrade({ ...trade, approvedBy }).trade }
  }

  async addMany(
    trades: readonly unknown[],
    { now, by }: AddOptions,
  ): Promise<readonly AddResult[]> {
    const given = trades.map((trade, index) => atIndex(index, () => readTrade(trade)))
    return this.#trading(now, async (unit) => {
      const read: ReadTrade[] = []
      for (const [index, one] of given.entries()) {
        const isChecked = this.#operators.concerns(one.trade, by)
        read.push(isChecked ? await this.#approved(unit, one, by).catch(placing(index)) : one)
      }
      return this.#addAll(unit, read, (settings) => settings)
    })
  }

  async addPast(
    trades: readonly PastTrade[],
    { now, by }: ByPerson,
  ): Promise<readonly AddResult[]> {
    const given = trades.map(({ trade, id }, index) => {
      const read = atIndex(index, () => readTrade(trade))
      return id === undefined ? read : { ...read, id: atIndex(index, () => readId(id)) }
    })
    return this.#unit(now, async (unit) => {
      await this.#operators.checkManager(unit, 'import', by)
      const known = await pastVouchers(unit, given)
      const fresh = given.filter(({ id }) => !known.has(id ?? ''))
      const retained = await retainedIds(unit, fresh)
      for (const [index, one] of given.entries()) {
        const stored = known.get(one.id ?? '')
        if (stored !== undefined) atIndex(index, () => checkSamePast(one.trade, stored))
        else atIndex(index, () => checkNotRetained(one, retained))
      }
      const places = given.flatMap(({ id }, index) => (known.has(id ?? '') ? [] : [index]))
      const added = await this.#addAll(unit, fresh, asPast).catch((error: unknown) => {
        throw replaced(places, error)
      })
      let next = 0
      return given.map(({ id }) => known.get(id ?? '')?.result ?? (added[next++] as AddResult))
    })
  }

  /** @param adjust changes the settings of a terminal for trades under other rules, such as those of the past */
  async #addAll(
    unit: Unit,
    read: readonly ReadTrade[],
    adjust: (settings: Settings) => Settings,
  ): Promise<readonly AddResult[]> {
    const settings = new Map<string, Settings>()
    const settingsOf = async (terminal: string) => {
      const own = adjust(await this.#settings.of(unit, terminal))
      settings.set(terminal, own)
      return own
    }
    const results: AddResult[] = []
    for (const [index, one] of read.entries()) {
      if (index % KNOWN_AT_ONCE === 0) {
        const next: PlacedTrade[] = []
        for (const { trade } of read.slice(index, index + KNOWN_AT_ONCE)) {
          const own = settings.get(trade.terminal) ?? (await settingsOf(trade.terminal))
          next.push({ trade, merchant: merchantOf(trade, own) })
        }
        await lookUp(unit, next)
      }
      const { terminal } = one.trade
      const own = settings.get(terminal) ?? (await settingsOf(terminal))
      try {
        const adding = addTrade(unit, one, own)
        const added = adding instanceof Promise ? await adding : adding
        const isKept = isSkipped(one.trade, own)
        results.push(isKept ? await this.#withSlips(unit, added, own) : added)
      } catch (error) {
        throw placed(index, error)
      }
    }
    return results
  }

  async resolve(
    id: string,
    result: Exclude<TradeResult, 'unknown'>,
    { now, by }: ByPerson,
  ): Promise<VoucherRecord> {
    checkResult(result)
    const name = this.#operators.nameOf(by)
    return this.#change(id, now, async (unit, row) => {
      if (row.result === result) return row
      if (row.result !== 'unknown') throw notUnknown()
      if (result !== 'approved') {
        return appendEvent(unit, row, { kind: 'resolve', result, by: name })
      }
      const settings = await this.#settings.of(unit, row.terminal)
      const approved = await approve(unit, row, { settings, by: name })
      if (isSkipped({ fen: row.charged_fen }, settings)) {
        await this.#keepMade(unit, approved, settings)
      }
      return approved
    })
  }

  async adjustTip(id: string, tipFen: number, { now, by }: ByPerson): Promise<VoucherRecord> {
    const name = this.#operators.nameOf(by)
    return this.#change(id, now, async (unit, row) => {
      await checkTip(unit, row, tipFen)
      const body = await bodyOf(unit, row)
      const settings = await this.#settings.of(unit, row.terminal)
      const fee = body === undefined ? null : feeOf({ ...body.trade, tipFen }, settings, row.day)
      const event = { kind: 'tip', tipFen, by: name } as const
      return appendEvent(unit, row, fee === null ? event : { ...event, feeFen: fee })
    })
  }

  async answer(id: string, answer: 'print' | 'skip', { now, by }: ByPerson): Promise<void> {
    const name = this.#operators.nameOf(by)
    await this.#change(id, now, async (unit, row) => {
      const answered = await appendEvent(unit, row, { kind: 'answer', answer, by: name })
      if (answer === 'skip') {
        await this.#keepMade(unit, answered, await this.#settings.of(unit, row.terminal))
      }
      return answered
    })
  }

  async takeDrawer(id: string, { now, by }: ByPerson): Promise<boolean> {
    const name = this.#operators.nameOf(by)
    let isFree = false
    await this.#change(id, now, async (unit, row) => {
      const last = (await eventsOf(unit, row, 'drawer')).at(-1) ?? null
      isFree = last === null || JSON.parse(last).sent === false
      return isFree ? appendEvent(unit, row, { kind: 'drawer', sent: true, by: name }) : row
    })
    return isFree
  }

  async returnDrawer(id: string, { now, by }: ByPerson): Promise<void> {
    const name = this.#operators.nameOf(by)
    await this.#change(id, now, (unit, row) =>
      appendEvent(unit, row, { kind: 'drawer', sent: false, by: name }),
    )
  }

  async recordPrint(id: string, attempt: PrintAttempt, { now }: AtTime): Promise<void> {
    const by = readNote(attempt.by, 'by')
    const why = attempt.why === undefined ? {} : { why: readNote(attempt.why, 'why') }
    await this.#change(id, now, async (unit, row) => {
      if (await hasPrint(unit, row, attempt)) return row
      return appendEvent(unit, row, { kind: 'print', ...attempt, by, ...why })
    })
  }

  async keepSlips(id: string, maker: SlipMaker, { now }: AtTime): Promise<boolean> {
    readArgument('keepSlips', 'maker', maker, CALLBACK)
    return this.#unit(now, async (unit) => {
      const row = await rowOf(unit, id)
      const settings = await this.#settings.of(unit, row.terminal)
      return keepSlips(unit, row, { forms: this.#forms, settings, maker })
    })
  }

  async slips(id: string): Promise<KeptSlips | undefined> {
    return this.#reading(() => loadSlips(this.#db, id, this.#forms))
  }

  async find(query: unknown): Promise<Found> {
    const { asked, read } = readQuery(query)
    return this.#reading(async () => {
      const rows = await selectVouchers(this.#db, read).execute()
      if (rows.length === 0 && read.suspect !== undefined) throw cardNumberInSearch(read.suspect)
      const page = rows.slice(0, read.limit)
      const last = rows.length > read.limit ? (page.at(-1) as VoucherRow) : undefined
      return {
        query: {
          ...asked,
          ...(asked.order === undefined ? {} : { order: maskCardNumbers(asked.order) }),
          ...(asked.code === undefined ? {} : { code: maskCardNumbers(asked.code) }),
        },
        count: page.length,
        next: last === undefined ? null : writeCursor(cursorAt(last, read)),
        vouchers: await recordsOf(this.#db, page),
      }
    })
  }

  async list(query: ListQuery): Promise<Found> {
    const { from, to, limit, after } = query
    const given = { from, to, limit, after }
    const { asked, read } = readQuery(
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    )
    return this.#reading(async () => {
      const rows = await selectInOrder(this.#db, read).execute()
      const page = rows.slice(0, read.limit)
      const last = rows.length > read.limit ? (page.at(-1) as VoucherRow) : undefined
      const next = last === undefined ? null : writeCursor({ ...last, lead: last.day })
      return { query: asked, count: page.length, next, vouchers: await recordsOf(this.#db, page) }
    })
  }

  async get(idOrNumber: string): Promise<VoucherRecord> {
    return this.#reading(async () => {
      const [record] = await recordsOf(this.#db, [await this.#rowNamed(idOrNumber)])
      return record as VoucherRecord
    })
  }

  async settings(terminal?: string): Promise<Settings> {
    return this.#reading(() => loadSettings(this.#db, terminal))
  }

  async changeSettings(
    settings: unknown,
    { now, by, terminal }: ByPerson & { readonly terminal?: string },
  ): Promise<Settings> {
    const name = this.#operators.nameOf(by)
    checkTerminal(terminal)
    await this.#unit(now, async (unit) => {
      await this.#operators.checkManager(unit, 'settings', by)
      const who = terminal === undefined ? { by: name } : { by: name, terminal }
      return storeSettings(unit, settings, who)
    })
    return this.settings(terminal)
  }

  async settingsHistory(terminal?: string): Promise<readonly SettingChange[]> {
    return this.#reading(() => loadSettingsHistory(this.#db, terminal))
  }

  async settle(request: SettleRequest, { now, by }: ByPerson): Promise<Settlement> {
    const asked = readSettleRequest(request)
    const name = this.#operators.nameOf(by)
    const settlement = await this.#unit(now, async (unit) => {
      const settings = await this.#settings.of(unit, asked.terminal)
      return settleBatch(unit, asked, { settings, by: name })
    })
    await this.#keepUnprinted(settlement, now)
    return settlement
  }

  /** Keeps the slips of trades that were not printed before their batch closed, because they will hardly be printed later. */
  async #keepUnprinted({ merchantNo, terminal, batch }: Settlement, now: Date): Promise<void> {
    if (this.#maker === undefined) return
    const place = { merchant: merchantNo, terminal, batch }
    const ids = await this.#reading(() => unkeptIn(this.#db, place))
    for (let at = 0; at < ids.length; at += KEPT_AT_ONCE) {
      await this.#unit(now, async (unit) => {
        for (const id of ids.slice(at, at + KEPT_AT_ONCE)) {
          const settings = await this.#settings.of(unit, terminal)
          await this.#keepMade(unit, await rowOf(unit, id), settings)
        }
      })
    }
  }

  async detail(request: BatchRequest): Promise<BatchDetail> {
    const { terminal, batch, merchant } = readBatchRequest(request)
    return this.#reading(async () => {
      const settings = await loadSettings(this.#db, terminal)
      const merchantNo = merchant ?? settings.merchant?.no ?? ''
      return loadDetail(this.#db, { merchant: merchantNo, terminal }, batch)
    })
  }

  async totals(query: TotalsQuery): Promise<Totals> {
    const asked = readTotalsQuery(query)
    const range = rangeOf(asked)
    return this.#reading(async () => {
      const sums = await loadTotals(this.#db, range, asked.terminal)
      const totals = groupTotals(asked, sums, await countUnknown(this.#db, range, asked.terminal))
      const completeFrom = await loadCompleteFrom(this.#db)
      const isWhole = completeFrom === undefined || range.from >= completeFrom
      return isWhole ? totals : { ...totals, completeFrom }
    })
  }

  async fees(query: FeeQuery): Promise<FeeReport> {
    const asked = readFeeQuery(query)
    const range = rangeOf(asked)
    return this.#reading(async () => {
      const sums = await loadTotals(this.#db, range, asked.terminal)
      const isCompared = asked.charged !== undefined
      const trades = isCompared ? await loadFeeTrades(this.#db, range, asked.terminal) : []
      return reportFees(asked, sums, trades)
    })
  }

  async report(day: string, { now, by }: ByPerson): Promise<DayReport> {
    const { from } = rangeOf(readTotalsQuery({ day }))
    const name = this.#operators.nameOf(by)
    const { zone } = await this.settings()
    return this.#unit(now, (unit) => reportDay(unit, from, { zone, by: name }))
  }

  async seal({ now, by }: ByPerson): Promise<Seal> {
    const name = this.#operators.nameOf(by)
    return this.#unit(now, (unit) => appendSeal(unit, { because: 'asked', by: name }))
  }

  async resetTerminal(request: ResetRequest, { now, by }: ByPerson): Promise<ResetResult> {
    const { terminal, as, merchant } = request
    const name = this.#operators.nameOf(by)
    const why = readNote(request.why, 'why')
    for (const number of [terminal, as]) checkTerminal(number)
    return this.#unit(now, async (unit) => {
      await this.#operators.checkManager(unit, 'settings', by)
      const settings = await this.#settings.of(unit, terminal)
      const merchantNo = merchant ?? settings.merchant?.no ?? ''
      return resetTerminal(unit, { merchant: merchantNo, terminal, as, by: name, why })
    })
  }

  async verify({ seal, onProgress }: VerifyOptions = {}): Promise<Verification> {
    const given = seal === undefined ? undefined : readSeal(seal)
    return this.#reading(() =>
      this.#engine.snapshot((db) => verifyStore(db, this.#key, { given, onProgress })),
    )
  }

  async heads(): Promise<readonly StoredHead[]> {
    return this.#reading(() =>
      this.#db.selectFrom('chain_head').selectAll().where('seq', '>', 0).orderBy('chain').execute(),
    )
  }

  async records(query: RecordsQuery): Promise<readonly ChainRecord[]> {
    const { after, limit } = readOptions<RecordsQuery>('records', query, RECORDS_QUERY)
    return this.#reading(() => loadRecords(this.#db, { after, limit }, this.#key))
  }

  async backup(file: string, options: BackupOptions): Promise<BackupRecord> {
    const path = readArgument<string>('backup', 'file', file, TEXT)
    const given = readBackupOptions('backup', options)
    const by = this.#operators.nameOf(given.by)
    const seal = async (unit: Unit) => ({ seal: await appendSeal(unit, { because: 'backup', by }) })
    return this.#backUp({ ...given, file: path, by, seal })
  }

  async closeMonth(month: string, file: string, options: BackupOptions): Promise<MonthResult> {
    const asked = readMonth(month)
    const path = readArgument<string>('closeMonth', 'file', file, TEXT)
    const given = readBackupOptions('closeMonth', options)
    const by = this.#operators.nameOf(given.by)
    const settings = await this.settings()
    let closed: MonthClosing | undefined
    const backup = await this.#backUp({
      ...{ ...given, file: path, by },
      async seal(unit) {
        const made = await closeMonth(unit, asked, { settings, by })
        closed = made.month
        return made
      },
    })
    return { closing: closed as MonthClosing, backup }
  }

  async lastBackup(): Promise<BackupRecord | undefined> {
    return this.#reading(() => loadLastBackup(this.#db))
  }

  async retain(request: RetainRequest, options: RetainOptions): Promise<RetainResult> {
    const asked = readRetainRequest(request)
    const given = readRetainOptions(options)
    const by = this.#operators.nameOf(given.by)
    await this.#unit(given.now, (unit) => this.#operators.checkManager(unit, 'retention', given.by))
    const place = { ...this.#backupPlace(), settings: await this.settings() }
    return this.#reading(() => retainVouchers(place, { ...asked, ...given, by }))
  }

  #backUp(task: BackupTask): Promise<BackupRecord> {
    return this.#reading(() => backupStore(this.#backupPlace(), task))
  }

  #backupPlace() {
    return {
      engine: this.#engine,
      key: this.#writingKey(),
      unit: <T>(now: Date, work: (unit: Unit) => Promise<T>) => this.#unit(now, work),
    }
  }

  async close(): Promise<void> {
    await this.#db.destroy()
    await this.#engine.release()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** Returns the key to record with. A copy refuses, because the file of the shop is the truth about the shop. */
  #writingKey(): KeyObject {
    if (this.#key !== undefined && !this.#engine.isCopy) return this.#key
    throw new VoucherError('this is the copy of a shop, which only the shop itself writes', {
      code: 'STORE_READ_ONLY',
      path: 'store',
      hint: 'record it in the store of the shop, and push it from there',
    })
  }

  /** Runs `work` in one transaction, at whose end the heads of all chains that grew are written. */
  async #unit<T>(
    now: Date,
    work: (unit: Unit) => Promise<T>,
    options: UnitOptions = {},
  ): Promise<T> {
    const at = readNow(now)
    const key = this.#writingKey()
    return this.#reading(async () => {
      let chains: readonly string[] = []
      let trustsIndexes = !this.#engine.locksRows && options.trustsIndexes === true
      const run = async (unit: Unit) => {
        for (const chain of chains) await unit.loadHead(chain)
        return work(unit)
      }
      for (let attempt = 1; ; attempt++) {
        try {
          const task = { key, at, trustsIndexes }
          return await this.#engine.transact((trx) => this.#runUnit(trx, task, run))
        } catch (error) {
          const isRefused = error instanceof VoucherError || this.#engine.isTaken(error)
          if (trustsIndexes && isRefused) trustsIndexes = false
          else if (error instanceof ChainsTaken) chains = error.chains
          else if (attempt >= MAX_ATTEMPTS || !this.#engine.isOvertaken(error)) throw error
        }
      }
    })
  }

  async #runUnit<T>(
    trx: Transaction<StoreTables>,
    { key, at, trustsIndexes }: UnitTask,
    work: (unit: Unit) => Promise<T>,
  ): Promise<T> {
    const { locksRows } = this.#engine
    const writer = await this.#engine.writerOf(trx)
    const terminals = this.#engine.terminals()
    const place = { trx, writer, locksRows, queries: this.#queries, terminals, trustsIndexes }
    const unit = new Unit(place, key, at)
    let result: T
    try {
      result = await work(unit)
    } catch (error) {
      // Throws the error of a row that could not be written, because it is the reason for the errors after it.
      await writer.done()
      throw error
    }
    await unit.finish()
    return result
  }

  /** Keeps the slips of a trade that was added and is not printed. */
  async #withSlips(unit: Unit, added: AddResult, settings: Settings): Promise<AddResult> {
    if (added.repeated) return added
    const warning = await this.#keepMade(unit, await rowOf(unit, added.id), settings)
    return warning === undefined ? added : { ...added, warnings: [...added.warnings, warning] }
  }

  /**
   * Keeps a voucher's slips. Its failure becomes a warning, because a template that does not fit must not keep a trade from being recorded.
   */
  async #keepMade(
    unit: Unit,
    row: VoucherRow,
    settings: Settings,
  ): Promise<Diagnostic | undefined> {
    const maker = this.#maker
    if (maker === undefined || !hasSlip(row)) return undefined
    try {
      await keepSlips(unit, row, { forms: this.#forms, settings, maker })
      return undefined
    } catch (error) {
      if (!(error instanceof XiaopiaoError)) throw error
      return slipNotKept(error)
    }
  }

  /** Runs a transaction about trades, after which the next transaction can begin with the known state of the terminals. */
  async #trading<T>(
    now: Date,
    work: (unit: Unit) => Promise<T>,
    options?: UnitOptions,
  ): Promise<T> {
    const run = async (unit: Unit) => {
      const result = await work(unit)
      this.#engine.keepTerminals(unit.terminals)
      return result
    }
    return this.#unit(now, run, options)
  }

  async #change(
    id: string,
    now: Date,
    work: (unit: Unit, row: VoucherRow) => Promise<VoucherRow>,
  ): Promise<VoucherRecord> {
    return this.#trading(now, async (unit) => {
      const row = await work(unit, await rowOf(unit, id))
      const [record] = await recordsOf(unit.sql(), [row])
      return record as VoucherRecord
    })
  }

  async #rowNamed(idOrNumber: string): Promise<VoucherRow> {
    const isNumber = /^\d{1,6}$/.test(idOrNumber)
    const rows = await this.#db
      .selectFrom('voucher')
      .selectAll()
      .where(isNumber ? 'number' : 'id', '=', isNumber ? idOrNumber.padStart(6, '0') : idOrNumber)
      .orderBy('at', 'desc')
      .limit(20)
      .execute()
    const [row] = rows
    if (row === undefined) throw unknownVoucher(isNumber)
    if (rows.length > 1) throw ambiguousNumber(rows)
    return row
  }

  async #reading<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw storeError(error)
    }
  }
}

/** Whether the settings say that a trade is not printed and that the customer is not asked. */
function isSkipped(
  { fen, tipFen = 0 }: Pick<Trade, 'fen' | 'tipFen'>,
  settings: Settings,
): boolean {
  return asksToPrint({ chargedFen: fen + tipFen }, settings) === 'skip'
}

function slipNotKept(error: XiaopiaoError): Diagnostic {
  return {
    code: 'SLIP_NOT_KEPT',
    severity: 'warning',
    path: error.path ?? '',
    message: `the trade is recorded, but its slip could not be made: ${error.message}`,
    hint: error.hint ?? 'check the template of the slip',
  }
}

function readNow(now: Date): number {
  const at = now instanceof Date ? now.getTime() : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new VoucherError('now must be a Date', {
    code: 'TRADE_INVALID',
    path: 'options.now',
    hint: 'write { now: new Date() }; the store reads no clock',
  })
}

function checkResult(result: string): void {
  if ((TRADE_RESULTS as readonly string[]).includes(result) && result !== 'unknown') return
  throw new VoucherError('a result must be approved, declined or reversed', {
    code: 'TRADE_INVALID',
    path: 'result',
    hint: 'give the one that the acquirer reports for this trade',
  })
}

function notUnknown(): VoucherError {
  return new VoucherError('the result of this trade is known already', {
    code: 'TRADE_REFUSED',
    path: 'id',
    hint: 'record a void or a refund if it has to be undone',
  })
}

async function checkTip(unit: Unit, row: VoucherRow, tipFen: number): Promise<void> {
  const batch = await loadBatch(unit, row)
  const sale = TRADE_TYPE_RULES[row.type as Trade['type']].direction === 1
  if (!Number.isSafeInteger(tipFen) || tipFen < 0 || row.fen + tipFen > MAX_FEN) {
    throw new VoucherError('a tip must be whole fen', { code: 'TRADE_INVALID', path: 'tipFen' })
  }
  if (sale && row.state === 'effective' && (batch?.settled_at ?? null) === null) return
  throw new VoucherError('a tip belongs to an effective sale of an open batch', {
    code: 'TRADE_REFUSED',
    path: 'id',
    hint: 'after the settlement the tip is a sale by itself',
  })
}

async function hasPrint(unit: Unit, row: VoucherRow, attempt: PrintAttempt): Promise<boolean> {
  const prints = await eventsOf(unit, row, 'print')
  return prints.some((body) => {
    if (body === null) return false
    const { jobId, outcome } = JSON.parse(body)
    // A job that sent no bytes is tried again under the same ID.
    return jobId === attempt.jobId && outcome !== 'failed'
  })
}

/** Bodies of the voucher's events of one kind, the oldest first. */
async function eventsOf(
  unit: Unit,
  { id }: VoucherRow,
  kind: VoucherEvent['kind'],
): Promise<readonly (string | null)[]> {
  const events = await unit
    .sql()
    .selectFrom('entry')
    .select('body')
    .where('voucher_id', '=', id)
    .where('kind', '=', kind)
    .orderBy('n')
    .execute()
  return events.map(({ body }) => body)
}

function unknownVoucher(isNumber: boolean): VoucherError {
  return new VoucherError(`no voucher has this ${isNumber ? 'number' : 'id'}`, {
    code: 'VOUCHER_UNKNOWN',
    path: 'id',
    hint: 'look it up with find, by day, amount or number',
  })
}

function ambiguousNumber(rows: readonly VoucherRow[]): VoucherError {
  const choices = rows.map(
    ({ id, day, terminal, batch }) => `${id} (${day}, terminal ${terminal}, batch ${batch})`,
  )
  return new VoucherError(`${rows.length} vouchers have this number`, {
    code: 'VOUCHER_AMBIGUOUS',
    path: 'id',
    hint: `say which one by its id: ${choices.join('; ')}`,
  })
}

function atIndex<T>(index: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw placed(index, error)
  }
}

function placing(index: number): (error: unknown) => never {
  return (error) => {
    throw placed(index, error)
  }
}

/** The error for a trade in a part of a list, with the trade's position in the whole list. */
function replaced(places: readonly number[], error: unknown): unknown {
  if (!(error instanceof VoucherError)) return error
  const [, index, rest = ''] = /^\[(\d+)\]\.?(.*)$/.exec(error.path ?? '') ?? []
  if (index === undefined) return error
  const { code, hint, message, cause } = error
  const path = rest === '' ? undefined : rest
  const bare = new VoucherError(message, { code, path, hint, cause })
  return placed(places[Number(index)] as number, bare)
}

/** The error with the trade's position in its path. */
function placed(index: number, error: unknown): unknown {
  if (!(error instanceof VoucherError)) return error
  const { code, path, hint, message, cause } = error
  return new VoucherError(message, {
    code,
    path: `[${index}]${path ? `.${path}` : ''}`,
    hint,
    cause,
  })
}
