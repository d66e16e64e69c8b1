/**
 * The forms of kept slips, in the chain of the shop: the profile, the version and the template that slips were made by, once for all of
 * them. They name no trade, so retention leaves them.
 */

import { deflateSync, inflateSync } from 'node:zlib'
import type { Kysely } from 'kysely'
import { canonicalValue } from '../canonical-value.js'
import type { SlipForm } from '../slips/kept-slips.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

/** The kind of the records that hold forms. */
const FORM = 'slip-form'

export interface StoredForm extends SlipForm {
  /** Position of the form's record in the chain of the shop. */
  readonly seq: number
  /** See `packSlips`. */
  readonly dictionary: Uint8Array
}

interface FormBody extends SlipForm {
  readonly dictionary: string
}

/** Caches the forms that were read, because a form never changes. */
export class SlipForms {
  readonly #bySeq = new Map<number, StoredForm>()
  readonly #byName = new Map<string, StoredForm>()
  /** Forms that a transaction has made. They are kept apart because the transaction may still fail. */
  readonly #made = new WeakMap<Unit, Map<string, StoredForm>>()

  /** Returns the stored form that equals `form`. It is made with `makeDictionary` at its first use. */
  async formOf(
    unit: Unit,
    form: SlipForm,
    makeDictionary: () => Promise<Uint8Array>,
  ): Promise<StoredForm> {
    const name = nameOf(form)
    const known = this.#byName.get(name) ?? this.#made.get(unit)?.get(name)
    if (known !== undefined) return known
    // Locks the chain, so that two programs do not make the same form.
    await unit.loadHead(SHOP_CHAIN)
    const stored = (await storedForms(unit)).find((one) => nameOf(one) === name)
    if (stored !== undefined) {
      if (!this.#made.has(unit)) this.#remember(stored)
      return stored
    }
    const dictionary = await makeDictionary()
    const text = deflateSync(dictionary, { level: 9 }).toString('base64')
    const body: FormBody = { ...form, dictionary: text }
    const seq = await unit.append(SHOP_CHAIN, { kind: FORM, body })
    const made = { ...form, seq, dictionary }
    this.#made.set(unit, (this.#made.get(unit) ?? new Map()).set(name, made))
    return made
  }

  /** Reads the form at a position in the chain of the shop. */
  async at(db: Kysely<StoreTables>, seq: number): Promise<StoredForm | undefined> {
    const known = this.#bySeq.get(seq)
    if (known !== undefined) return known
    const row = await db
      .selectFrom('entry')
      .select('body')
      .where('chain', '=', SHOP_CHAIN)
      .where('seq', '=', seq)
      .where('kind', '=', FORM)
      .executeTakeFirst()
    if (row === undefined || row.body === null) return undefined
    const form = readForm(seq, row.body)
    this.#remember(form)
    return form
  }

  #remember(form: StoredForm): void {
    this.#bySeq.set(form.seq, form)
    this.#byName.set(nameOf(form), form)
  }
}

async function storedForms(unit: Unit): Promise<readonly StoredForm[]> {
  const rows = await unit
    .sql()
    .selectFrom('entry')
    .select(['seq', 'body'])
    .where('chain', '=', SHOP_CHAIN)
    .where('kind', '=', FORM)
    .execute()
  return rows.flatMap(({ seq, body }) => (body === null ? [] : [readForm(seq, body)]))
}

function nameOf({ profile, library, template }: SlipForm): string {
  return canonicalValue({ profile, library, template })
}

function readForm(seq: number, text: string): StoredForm {
  const { profile, library, template, dictionary } = JSON.parse(text) as FormBody
  const inflated = inflateSync(Buffer.from(dictionary, 'base64'))
  return { seq, profile, library, template, dictionary: new Uint8Array(inflated) }
}
