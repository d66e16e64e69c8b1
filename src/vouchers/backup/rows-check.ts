/** Checks whether the rows of a backup are complete: each chain from its first record to its head, and as many rows as were written. */

import type { KeyObject } from 'node:crypto'
import { type ChainHead, emptyHead, isSameHash } from '../chain.js'
import { VoucherError } from '../errors.js'
import type { Seal, SealedHead } from '../seal.js'
import { readableFault, recordError } from '../store/chain-records.js'
import { orderFault } from '../store/check-record.js'
import { Positions } from '../store/positions.js'
import { BODY_LOST, noteRemoved } from '../store/retained.js'
import type { EntryRow } from '../store/tables.js'
import { type Closings, noteClosing } from '../store/verify-closings.js'
import { backupDamaged } from './backup-errors.js'
import type { TableRows } from './rows-text.js'

/** The part of the first frame that rows are compared with. */
interface Expected {
  readonly seal: Seal
  readonly heads: readonly SealedHead[]
}

export class RowsCheck {
  readonly #heads = new Map<string, ChainHead>()
  readonly #expected: Expected
  readonly #key: KeyObject | undefined
  readonly #removed = new Positions()
  readonly #retained = new Positions()
  /** Heads of the seal by chain and position, whose records have not been read yet. */
  readonly #sealed: Map<string, SealedHead>
  readonly rows: Record<string, number> = {}
  readonly closings: Closings = { settled: new Map(), epochs: new Map() }

  constructor(expected: Expected, key: KeyObject | undefined) {
    this.#expected = expected
    this.#key = key
    this.#sealed = new Map(expected.seal.heads.map((head) => [placeOf(head), head]))
  }

  /**
   * Checks the next rows.
   * @throws VoucherError `RECORD_CHANGED`, `RECORD_MISSING`, `STORE_KEY`
   */
  take({ table, rows }: TableRows): void {
    this.rows[table] = (this.rows[table] ?? 0) + rows.length
    if (table !== 'entry') return
    for (const row of rows) this.#takeEntry(row as unknown as EntryRow)
  }

  #takeEntry(row: EntryRow): void {
    const { chain, seq, hash } = row
    const fault =
      readableFault(row, this.#key) ?? orderFault(row, this.#heads.get(chain) ?? emptyHead(chain))
    if (fault !== undefined) {
      // With a wrong key the very first record does not verify.
      if (this.#heads.size === 0 && this.#isOnlyKeyWrong(row)) throw wrongKey()
      throw recordError(fault)
    }
    if (row.body === null) this.#removed.add(chain, seq)
    if (row.kind === 'retain') noteRemoved(this.#retained, row.body)
    const sealed = this.#sealed.get(placeOf(row))
    if (sealed !== undefined) {
      if (!isHead(row, sealed)) throw notSealed(sealed)
      this.#sealed.delete(placeOf(row))
    }
    noteClosing(this.closings, row)
    this.#heads.set(chain, { chain, seq, hash })
  }

  /** The last record of each chain. */
  get heads(): ReadonlyMap<string, ChainHead> {
    return this.#heads
  }

  #isOnlyKeyWrong(row: EntryRow): boolean {
    return this.#key !== undefined && readableFault(row, undefined) === undefined
  }

  /**
   * Checks after the last row that no record and no row is missing.
   * @throws VoucherError `RECORD_MISSING`, `RECORD_CHANGED`, `BACKUP_DAMAGED`
   */
  finish(end: { readonly rows: Readonly<Record<string, number>> }, frame: number): void {
    const { heads } = this.#expected
    for (const head of heads) {
      const own = this.#heads.get(head.chain)
      if (own === undefined || !isHead(own, head)) throw notSealed(head)
    }
    const [unsealed] = this.#sealed.values()
    if (unsealed !== undefined) throw notSealed(unsealed)
    const lost = this.#removed.notIn(this.#retained)
    if (lost !== undefined) {
      throw recordError({ ...lost, kind: 'changed', message: BODY_LOST })
    }
    const isWhole =
      this.#heads.size === heads.length &&
      Object.keys({ ...end.rows, ...this.rows }).every(
        (table) => (end.rows[table] ?? 0) === (this.rows[table] ?? 0),
      )
    if (!isWhole) throw backupDamaged('says another number of rows than were read', frame)
  }
}

function placeOf({ chain, seq }: Pick<SealedHead, 'chain' | 'seq'>): string {
  return `${seq} ${chain}`
}

function isHead({ seq, hash }: Pick<ChainHead, 'seq' | 'hash'>, head: SealedHead): boolean {
  return seq === head.seq && isSameHash(hash, Buffer.from(head.hash, 'hex'))
}

function notSealed({ chain, seq }: SealedHead): VoucherError {
  return recordError({
    ...{ chain, seq, kind: 'missing' },
    message: 'the backup was sealed with it, and does not hold it',
  })
}

function wrongKey(): VoucherError {
  return new VoucherError('the key file is not that of the store that was backed up', {
    code: 'STORE_KEY',
    path: 'keyFile',
    hint: 'put the key file of that store back from where you keep it',
  })
}
