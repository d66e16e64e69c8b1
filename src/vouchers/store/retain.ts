/**
 * Retention: removes the bodies of old vouchers, and their rows with everything that searches use. The links of their records stay, so that
 * the chain still verifies, and a record of the shop's chain says which bodies were removed.
 */

import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { openBackup } from '../backup/read-backup.js'
import {
  type RetainOptions,
  type RetainRequest,
  type RetainResult,
  SPARE_REASONS,
  type SpareReason,
} from '../backup-options.js'
import { businessDay, dayBegins } from '../business-day.js'
import { VoucherError } from '../errors.js'
import type { Settings } from '../settings.js'
import type { StoreEngine } from './engine.js'
import { chainOf } from './places.js'
import { Positions } from './positions.js'
import { loadCompleteFrom, type RetainBody } from './retained.js'
import { type Families, loadFamilies, loadFollowers } from './retention-families.js'
import {
  loadSettled,
  loadVoucherEntries,
  type RetentionRule,
  reasonToSpare,
} from './retention-rule.js'
import { checkSeal } from './seals.js'
import { refuseFaulty } from './store-faulty.js'
import type { StoreTables, VoucherRow } from './tables.js'
import { SHOP_CHAIN, type Unit } from './unit.js'
import { verifyStore } from './verify-store.js'

/** Vouchers in a transaction: so few that the till does not have to wait. */
const PART = 500

export interface RetainPlace {
  readonly engine: StoreEngine
  readonly key: KeyObject
  readonly settings: Settings
  unit<T>(now: Date, work: (unit: Unit) => Promise<T>): Promise<T>
}

interface Task extends RetainRequest, Omit<RetainOptions, 'by'> {
  readonly by: string
}

export async function retainVouchers(place: RetainPlace, task: Task): Promise<RetainResult> {
  const { db } = place.engine
  const { zone, dayStarts } = place.settings
  const before = monthsBefore(businessDay(task.now.getTime(), zone, dayStarts), task.months)
  const backup = await readHeads(place, task)
  // The store is verified first, because a voucher that is removed can no longer explain a fault.
  const { faults } = await place.engine.snapshot((own) =>
    verifyStore(own, place.key, { given: undefined, onProgress: undefined }),
  )
  refuseFaulty(faults, 'nothing is removed')
  const rule: RetentionRule = {
    before,
    since: dayBegins(before, zone, dayStarts),
    backed: backup.heads,
    ...(await loadSettled(db)),
  }
  const retention = new Retention(place, task, {
    rule,
    families: await loadFamilies(db, rule),
    seal: backup.seal,
    completeFrom: latest(before, await loadCompleteFrom(db)),
  })
  await retention.run()
  const isNeeded = (await loadCompleteFrom(db)) !== undefined
  const scrubbed = isNeeded ? await place.engine.scrub() : true
  return { before, removed: retention.removed, spared: retention.spared, scrubbed }
}

/** The first day of the month that is `months` before the month of `day`. */
function monthsBefore(day: string, months: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

function latest(day: string, other: string | undefined): string {
  return other !== undefined && other > day ? other : day
}

/** Reads the whole backup, checks that it is of this store, and returns the last position of each chain in it and its seal. */
async function readHeads(
  { engine, key }: RetainPlace,
  task: Task,
): Promise<{ readonly heads: ReadonlyMap<string, number>; readonly seal: string }> {
  const backup = await openBackup(task.backup, task.password)
  try {
    const { heads, seal } = backup.manifest
    const { faults } = await checkSeal(engine.db, { ...seal, heads })
    if (faults.length > 0) throw otherStore()
    await backup.read({ key })
    return { heads: new Map(heads.map(({ chain, seq }) => [chain, seq])), seal: seal.seal }
  } finally {
    await backup.close()
  }
}

function otherStore(): VoucherError {
  return new VoucherError('the backup has other records than this store', {
    code: 'BACKUP_OTHER',
    path: 'backup',
    hint: 'make a backup of this store, and give that one',
  })
}

interface RetentionFacts {
  readonly rule: RetentionRule
  readonly families: Families
  /** Seal of the backup. */
  readonly seal: string
  readonly completeFrom: string
}

class Retention {
  readonly #place: RetainPlace
  readonly #task: Task
  readonly #facts: RetentionFacts
  readonly spared = Object.fromEntries(SPARE_REASONS.map((reason) => [reason, 0])) as Record<
    SpareReason,
    number
  >
  removed = 0
  /** Vouchers that were decided together with another voucher of their family. */
  readonly #done = new Set<string>()

  constructor(place: RetainPlace, task: Task, facts: RetentionFacts) {
    this.#place = place
    this.#task = task
    this.#facts = facts
  }

  async run(): Promise<void> {
    const { db } = this.#place.engine
    const total = await countOld(db, this.#facts.rule.before)
    let done = 0
    for (let last: VoucherRow | undefined; ; ) {
      const page = await selectOld(db, this.#facts.rule.before, last).execute()
      if (page.length > 0) await this.#removePart(page)
      done += page.length
      this.#task.onProgress?.(Math.min(done, total), total)
      if (page.length < PART) return
      last = page.at(-1)
    }
  }

  async #removePart(page: readonly VoucherRow[]): Promise<void> {
    const { unit } = this.#place
    const { families } = this.#facts
    const open = page.filter(({ id }) => !this.#done.has(id))
    // A family is removed or kept in one transaction, because during it no trade can be added that follows one of its vouchers.
    const ids = new Set(
      open.flatMap(({ id }) => (this.#isSpared(id) ? [id] : families.membersOf(id))),
    )
    if (ids.size === 0) return
    const reasons = await unit(this.#task.now, (own) => this.#removeFrom(own, [...ids]))
    for (const reason of reasons) {
      if (reason === undefined) this.removed++
      else this.spared[reason]++
    }
    for (const id of ids) if (families.rootOf(id) !== undefined) this.#done.add(id)
  }

  #isSpared(id: string): boolean {
    const { rootOf, spared } = this.#facts.families
    return spared.has(rootOf(id) ?? '')
  }

  /** Decides by the rows that are read after the chains are locked, and removes in the same transaction. */
  async #removeFrom(
    unit: Unit,
    ids: readonly string[],
  ): Promise<readonly (SpareReason | undefined)[]> {
    const select = () => unit.sql().selectFrom('voucher').selectAll().where('id', 'in', ids)
    const chains = new Set((await select().execute()).map(chainOf))
    for (const chain of [...chains].sort()) await unit.loadHead(chain)
    const trx = unit.sql()
    const rows = await select().execute()
    const entries = await loadVoucherEntries(trx, ids)
    const followed = await this.#newlyFollowed(trx, ids)
    const { families, rule } = this.#facts
    const own = new Map<string, SpareReason>()
    const ofFamily = new Map(families.spared)
    for (const row of rows) {
      const reason = followed.has(row.id)
        ? 'later'
        : reasonToSpare(row, entries.get(row.id) ?? [], rule)
      if (reason === undefined) continue
      own.set(row.id, reason)
      const root = families.rootOf(row.id)
      if (root !== undefined && !ofFamily.has(root)) ofFamily.set(root, reason)
    }
    const reasons = rows.map(({ id }) => own.get(id) ?? ofFamily.get(families.rootOf(id) ?? ''))
    const old = rows.filter((_, at) => reasons[at] === undefined).map(({ id }) => id)
    if (old.length === 0) return reasons
    await removeVouchers(trx, old)
    const removed = new Positions()
    for (const id of old) {
      for (const { chain, seq } of entries.get(id) ?? []) removed.add(chain, seq)
    }
    await this.#record(unit, old.length, removed)
    return reasons
  }

  /** Vouchers that got a follower after the families were read. */
  async #newlyFollowed(
    trx: Kysely<StoreTables>,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const { rootOf } = this.#facts.families
    const followers = await loadFollowers(trx, ids)
    const isNew = ({ id }: Pick<VoucherRow, 'id'>) => rootOf(id) === undefined
    return new Set(followers.filter(isNew).map(({ original_id }) => original_id as string))
  }

  async #record(unit: Unit, vouchers: number, removed: Positions): Promise<void> {
    const { by, months } = this.#task
    const { rule, seal, completeFrom } = this.#facts
    const body: RetainBody = {
      ...{ by, months, completeFrom, vouchers },
      before: rule.before,
      backup: seal,
      removed: removed.toJSON(),
    }
    await unit.append(SHOP_CHAIN, { kind: 'retain', body })
  }
}

async function countOld(db: Kysely<StoreTables>, before: string): Promise<number> {
  const { count } = await db
    .selectFrom('voucher')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('day', '<', before)
    .executeTakeFirstOrThrow()
  return Number(count)
}

function selectOld(db: Kysely<StoreTables>, before: string, last: VoucherRow | undefined) {
  const select = db.selectFrom('voucher').selectAll().where('day', '<', before)
  const after =
    last === undefined
      ? select
      : select.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('day', 'at', 'id'), '>', tuple(last.day, last.at, last.id)),
        )
  return after.orderBy('day').orderBy('at').orderBy('id').limit(PART)
}

/** Removes everything about the vouchers except the links of the chain. Kept slips go too, because they are in the bodies of records. */
async function removeVouchers(trx: Kysely<StoreTables>, ids: readonly string[]): Promise<void> {
  await trx.updateTable('entry').set({ body: null }).where('voucher_id', 'in', ids).execute()
  await trx.deleteFrom('voucher').where('id', 'in', ids).execute()
}
