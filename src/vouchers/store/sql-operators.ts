/**
 * Operators over SQL. An attempt to sign in is two transactions with the slow hash between them: the first one counts the attempt, and
 * the PIN is checked only after that count is on the disk.
 *
 * It is long because everything that decides who may do what is here, on one page.
 */

import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { checkNewOperator, readName, readRole } from '../operators/new-operator.js'
import type {
  ManagerAct,
  NewOperator,
  Operator,
  OperatorChange,
  OperatorRecord,
  Operators,
  PinChange,
} from '../operators/operator.js'
import {
  firstPin,
  invalidOperator,
  lastManager,
  locked,
  managerNeeded,
  operatorExists,
  otherOperator,
  signInEnded,
  signInNeeded,
  unknownOperator,
  wrongPin,
} from '../operators/operator-errors.js'
import type { OperatorEvent, OperatorState } from '../operators/operator-events.js'
import { checkNewPin, isPin, keepPin, looksLikePin, NO_PIN, pinKeyOf } from '../operators/pin.js'
import type { SignedIn } from '../operators/signed-in.js'
import { type AtTime, type ByPerson, nameOfPerson, type Person, readNote } from '../person.js'
import type { Trade } from '../trade.js'
import { loadOperator, loadOperators, OPERATORS_CHAIN, storeOperator } from './operator-rows.js'
import { loadSettings } from './settings-store.js'
import type { StoreTables } from './tables.js'
import type { Unit } from './unit.js'

/** The functions of the archive that operators need. */
export interface OperatorPlace {
  readonly db: Kysely<StoreTables>
  unit<T>(now: Date, work: (unit: Unit) => Promise<T>): Promise<T>
  reading<T>(work: () => Promise<T>): Promise<T>
  /** The key of the chains; the copy of a shop refuses. */
  key(): KeyObject
}

const REFUNDS: ReadonlySet<Trade['type']> = new Set(['refund', 'scan-refund'])

/** Whether a trade needs a manager, which is so for a refund and for a trade that names a person who has approved it. */
function isApproved({ type, approvedBy }: Trade): boolean {
  return REFUNDS.has(type) || approvedBy !== undefined
}

const LOG_LIMIT = 200

export class SqlOperators implements Operators {
  readonly #place: OperatorPlace
  /** The generation of the PIN by which each sign-in was made. */
  readonly #signedIn = new WeakMap<SignedIn, number>()

  constructor(place: OperatorPlace) {
    this.#place = place
  }

  async list(): Promise<readonly Operator[]> {
    return this.#place.reading(async () => {
      const { pinAttempts } = await loadSettings(this.#place.db, undefined)
      return (await loadOperators(this.#place.db)).map((state) => shown(state, pinAttempts))
    })
  }

  async add(operator: NewOperator, { now, by }: ByPerson): Promise<Operator> {
    const { no, name, role, pin } = checkNewOperator(operator)
    const doer = this.nameOf(by)
    const kept = await keepPin(no, pin, this.#pinKey())
    return this.#place.unit(now, async (unit) => {
      await unit.loadHead(OPERATORS_CHAIN)
      const others = await loadOperators(unit.sql())
      if (others.some((one) => one.no === no)) throw operatorExists()
      const isFirst = others.length === 0
      if (!isFirst) await this.#manager(unit, 'operators', by)
      else if (role !== 'manager') throw invalidOperator('role', 'manager for the first operator')
      const event = { no, name, role, pin: kept, isFirstPin: !isFirst, by: doer }
      await append(unit, { action: 'add', ...event })
      return shownNow(unit, no)
    })
  }

  async signIn(no: string, pin: string, { now }: AtTime): Promise<SignedIn> {
    const state = await this.#checked(no, pin, now)
    await this.#place.unit(now, async (unit) => {
      await unit.loadHead(OPERATORS_CHAIN)
      await append(unit, { action: 'sign-in', no })
    })
    return this.#issue(state)
  }

  async changePin(no: string, { old, next }: PinChange, { now }: AtTime): Promise<SignedIn> {
    checkNewPin(no, next)
    if (old === next) throw invalidOperator('pin', 'another one than before')
    const { generation } = await this.#checked(no, old, now)
    await this.#setPin(no, next, now, async (_, before) => {
      // The PIN was set in the meantime, so the one that was checked is no longer valid.
      if (before.generation !== generation) throw wrongPin(0)
      return { action: 'change-pin' }
    })
    const after = await this.#place.reading(() => loadOperator(this.#place.db, no))
    return this.#issue(after as OperatorState)
  }

  async resetPin(no: string, pin: string, { now, by }: ByPerson): Promise<void> {
    await this.#setPin(no, pin, now, async (unit) => {
      await this.#manager(unit, 'operators', by)
      if (nameOfPerson(by) === no) throw invalidOperator('no', 'somebody else: change your own PIN')
      return { action: 'reset-pin', by: this.nameOf(by) }
    })
  }

  async recoverPin(
    no: string,
    pin: string,
    { now, by, why }: ByPerson & { readonly why: string },
  ): Promise<void> {
    const notes = { by: this.nameOf(by), why: readNote(why, 'why') }
    await this.#setPin(no, pin, now, async () => ({ action: 'recover-pin', ...notes }))
  }

  async change(no: string, change: OperatorChange, { now, by }: ByPerson): Promise<Operator> {
    const { name, role } = change
    const read = {
      ...(name === undefined ? {} : { name: readName(name) }),
      ...(role === undefined ? {} : { role: readRole(role) }),
    }
    return this.#place.unit(now, async (unit) => {
      await unit.loadHead(OPERATORS_CHAIN)
      await this.#manager(unit, 'operators', by)
      await present(unit, no)
      if (role === 'cashier') await checkNotLast(unit, no)
      await append(unit, { action: 'change', no, ...read, by: this.nameOf(by) })
      return shownNow(unit, no)
    })
  }

  async remove(no: string, { now, by }: ByPerson): Promise<void> {
    await this.#place.unit(now, async (unit) => {
      await unit.loadHead(OPERATORS_CHAIN)
      await this.#manager(unit, 'operators', by)
      await present(unit, no)
      await checkNotLast(unit, no)
      await append(unit, { action: 'remove', no, by: this.nameOf(by) })
    })
  }

  async authorize(
    act: ManagerAct,
    { now, by, what }: ByPerson & { readonly what?: string },
  ): Promise<void> {
    const note = what === undefined ? {} : { what: readNote(what, 'what') }
    await this.#place.unit(now, async (unit) => {
      const manager = await this.#manager(unit, act, by)
      if (manager === undefined) return
      await unit.loadHead(OPERATORS_CHAIN)
      await append(unit, { action: 'act', no: manager.no, act, ...note })
    })
  }

  async log(limit = LOG_LIMIT): Promise<readonly OperatorRecord[]> {
    return this.#place.reading(async () => {
      const rows = await this.#place.db
        .selectFrom('entry')
        .select(['recorded_at', 'body'])
        .where('chain', '=', OPERATORS_CHAIN)
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute()
      return rows.flatMap(({ recorded_at, body }) =>
        body === null ? [] : logged(recorded_at, body),
      )
    })
  }

  /**
   * Returns the name or number that records keep of a person.
   * @throws VoucherError `SIGN_IN_ENDED` for an object that no `signIn` of this archive has made
   */
  nameOf(by: Person): string {
    if (typeof by !== 'object' || by === null) return readNote(by, 'by')
    if (!this.#signedIn.has(by)) throw signInEnded()
    return by.no
  }

  /**
   * Checks that `by` is a manager who has signed in.
   * @throws VoucherError `OPERATOR_NEEDED`, `MANAGER_NEEDED`, `PIN_FIRST`, `SIGN_IN_ENDED` once the store has operators
   */
  async checkManager(unit: Unit, act: ManagerAct, by: Person): Promise<void> {
    await this.#manager(unit, act, by)
  }

  /** Whether the trade needs a manager, or somebody has signed in for it. */
  concerns(trade: Trade, by: Person | undefined): boolean {
    return isApproved(trade) || (by !== undefined && typeof by !== 'string')
  }

  /**
   * Returns the number of the manager who approves a trade, if it needs one.
   * @throws VoucherError as `checkManager`, and `OPERATOR_OTHER` if the trade names another operator than the one who has signed in
   */
  async approverOf(unit: Unit, trade: Trade, by: Person | undefined): Promise<string | undefined> {
    if (!this.concerns(trade, by)) return undefined
    if (isApproved(trade)) {
      const manager = await this.#manager(unit, 'refund', by)
      if (manager === undefined) return undefined
      if ((trade.approvedBy ?? manager.no) !== manager.no) throw otherOperator('approvedBy')
      return manager.no
    }
    const { no, role } = await this.#current(unit, by as SignedIn)
    if (role === 'cashier' && trade.operator !== no) throw otherOperator('operator')
    return undefined
  }

  #pinKey(): Uint8Array {
    return pinKeyOf(this.#place.key())
  }

  #issue({ no, name, role, isFirstPin, generation }: OperatorState): SignedIn {
    const signedIn: SignedIn = Object.freeze({ no, name, role, isFirstPin })
    this.#signedIn.set(signedIn, generation)
    return signedIn
  }

  /** Counts the attempt, then checks the PIN. Text that cannot be a PIN is refused without being counted. */
  async #checked(no: string, pin: string, now: Date): Promise<OperatorState> {
    const pinKey = this.#pinKey()
    if (typeof no !== 'string' || !looksLikePin(pin)) throw wrongPin(0)
    const found = await this.#place.unit(now, async (unit) => {
      await unit.loadHead(OPERATORS_CHAIN)
      const before = await loadOperator(unit.sql(), no)
      if (before === undefined || before.isRemoved) return undefined
      const { pinAttempts } = await loadSettings(unit.sql(), undefined)
      if (before.failures >= pinAttempts) throw locked()
      const failures = before.failures + 1
      await append(unit, { action: 'attempt', no, failures })
      return { state: before, left: pinAttempts - failures }
    })
    const isRight = await isPin(no, pin, { pinKey, kept: found?.state.pin ?? NO_PIN })
    if (found === undefined || !isRight) throw wrongPin(found?.left ?? 0)
    return found.state
  }

  async #setPin(
    no: string,
    pin: string,
    now: Date,
    decide: (unit: Unit, before: OperatorState) => Promise<PinDecision>,
  ): Promise<void> {
    checkNewPin(no, pin)
    const kept = await keepPin(no, pin, this.#pinKey())
    await this.#place.unit(now, async (unit) => {
      await unit.loadHead(OPERATORS_CHAIN)
      const decision = await decide(unit, await present(unit, no))
      await append(unit, { ...decision, no, pin: kept })
    })
  }

  /** Returns the manager who has signed in; undefined for a store without operators, in which a manager cannot be required. */
  async #manager(
    unit: Unit,
    act: ManagerAct,
    by: Person | undefined,
  ): Promise<OperatorState | undefined> {
    if (by === undefined || typeof by === 'string') {
      const any = await unit.sql().selectFrom('operator').select('no').limit(1).executeTakeFirst()
      if (any === undefined) return undefined
      throw signInNeeded(act)
    }
    const state = await this.#current(unit, by)
    if (state.role !== 'manager') throw managerNeeded(act)
    if (state.isFirstPin) throw firstPin()
    return state
  }

  /** Reads the current state of the operator, because his role may have changed since he signed in. */
  async #current(unit: Unit, by: SignedIn): Promise<OperatorState> {
    const generation = this.#signedIn.get(by)
    const state = generation === undefined ? undefined : await loadOperator(unit.sql(), by.no)
    if (state === undefined || state.isRemoved || state.generation !== generation) {
      throw signInEnded()
    }
    return state
  }
}

type PinDecision =
  | { readonly action: 'change-pin' }
  | { readonly action: 'reset-pin'; readonly by: string }
  | { readonly action: 'recover-pin'; readonly by: string; readonly why: string }

async function append(unit: Unit, event: OperatorEvent): Promise<void> {
  await unit.append(OPERATORS_CHAIN, { kind: 'operator', body: event })
  await storeOperator(unit.sql(), event)
}

async function present(unit: Unit, no: string): Promise<OperatorState> {
  const state = await loadOperator(unit.sql(), no)
  if (state === undefined || state.isRemoved) throw unknownOperator()
  return state
}

/** Refuses to take away the last manager, because only a manager could add another one. */
async function checkNotLast(unit: Unit, no: string): Promise<void> {
  const managers = (await loadOperators(unit.sql())).filter(
    ({ role, isRemoved }) => role === 'manager' && !isRemoved,
  )
  if (managers.length === 1 && managers[0]?.no === no) throw lastManager()
}

async function shownNow(unit: Unit, no: string): Promise<Operator> {
  const { pinAttempts } = await loadSettings(unit.sql(), undefined)
  return shown(await present(unit, no), pinAttempts)
}

function shown(state: OperatorState, pinAttempts: number): Operator {
  const { no, name, role, isFirstPin, isRemoved, failures } = state
  return { no, name, role, isFirstPin, isLocked: failures >= pinAttempts, isRemoved }
}

/** A record of the audit log, without the kept PIN. */
function logged(recordedAt: number, body: string): OperatorRecord {
  const { pin: _, isFirstPin: __, recordedAt: ___, ...event } = JSON.parse(body)
  return { at: new Date(recordedAt).toISOString(), ...event }
}
