/** Seals in the shop's own chain, and what a seal shows about the chains. */

import type { Kysely } from 'kysely'
import { isSameHash } from '../chain.js'
import { makeSeal, type Seal, type SealedHead } from '../seal.js'
import type { ChainFault } from '../verification.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

/** Why a seal was made; `of` is the record that it belongs to. */
export interface SealReason {
  readonly because: 'settlement' | 'report' | 'reset' | 'backup' | 'month' | 'asked'
  readonly of?: { readonly chain: string; readonly seq: number }
  readonly by: string
}

/** Seals the heads of all chains as they are in this transaction. */
export async function appendSeal(unit: Unit, reason: SealReason): Promise<Seal> {
  await unit.loadHead(SHOP_CHAIN)
  const seal = makeSeal(await unit.allHeads(), unit.now)
  await unit.append(SHOP_CHAIN, { kind: 'seal', body: { ...reason, ...seal } })
  return seal
}

/** The seal that was made for a record, or undefined. */
export async function loadSealOf(
  db: Kysely<StoreTables>,
  of: { readonly chain: string; readonly seq: number },
): Promise<Seal | undefined> {
  for (const { because: _, ...seal } of await loadSeals(db)) {
    if (seal.of?.chain === of.chain && seal.of.seq === of.seq) {
      return { seal: seal.seal, at: seal.at, heads: seal.heads }
    }
  }
  return undefined
}

type RecordedSeal = Seal & SealReason

/**
 * Loads the seals, the newest first. A body that can no longer be read as a seal is left out, because the check of the chain reports it.
 */
async function loadSeals(db: Kysely<StoreTables>): Promise<readonly RecordedSeal[]> {
  const rows = await db
    .selectFrom('entry')
    .select('body')
    .where('chain', '=', SHOP_CHAIN)
    .where('kind', '=', 'seal')
    .orderBy('seq', 'desc')
    .execute()
  return rows.flatMap(({ body }) => {
    try {
      return body === null ? [] : [JSON.parse(body) as RecordedSeal]
    } catch {
      return []
    }
  })
}

export interface SealCheck {
  readonly faults: readonly ChainFault[]
  /** The seal that was compared; undefined if none was found. */
  readonly seal: Seal | undefined
}

/**
 * Compares the chains with a seal that somebody kept, or with the newest one of the store if none was given.
 *
 * @param given digits of a seal, or the whole of it
 */
export async function checkSeal(
  db: Kysely<StoreTables>,
  given: string | Seal | undefined,
): Promise<SealCheck> {
  const stored = typeof given === 'object' ? [] : await loadSeals(db)
  const seal =
    typeof given === 'object'
      ? given
      : stored.find((one) => given === undefined || one.seal.startsWith(given))
  if (seal === undefined) return { faults: given === undefined ? [] : [unknownSeal()], seal }
  const faults: ChainFault[] = []
  for (const head of seal.heads) {
    const fault = await checkHead(db, head)
    if (fault !== undefined) faults.push(fault)
  }
  return { faults, seal }
}

async function checkHead(
  db: Kysely<StoreTables>,
  { chain, seq, hash }: SealedHead,
): Promise<ChainFault | undefined> {
  const select = db.selectFrom('entry').select(['seq', 'hash']).where('chain', '=', chain)
  const entry = await select.where('seq', '=', seq).executeTakeFirst()
  if (entry === undefined) {
    const last = await select.orderBy('seq', 'desc').limit(1).executeTakeFirst()
    return last === undefined
      ? { kind: 'removed', chain, seq, message: `the whole chain of ${seq} records was removed` }
      : {
          kind: 'cut',
          chain,
          seq,
          message: `the chain had ${seq} records when it was sealed, and record ${seq} is not there`,
        }
  }
  if (isSameHash(entry.hash, Buffer.from(hash, 'hex'))) return undefined
  return {
    kind: 'recomputed',
    chain,
    seq,
    message: 'the record is not the one that was sealed, so the chain was computed again',
  }
}

function unknownSeal(): ChainFault {
  return {
    kind: 'seal',
    chain: SHOP_CHAIN,
    seq: 0,
    message:
      'no record has this seal: it was cut off, the chain of the shop was computed again, or the seal is of another store',
  }
}
