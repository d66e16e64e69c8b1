/**
 * Sends the chains of a shop to its copy in PostgreSQL.
 *
 * A counter always writes its own file, because a network that is gone must not stop the till; the file stays the truth about the shop. A push
 * sends the records that the copy lacks, in the order in which they were recorded. It may be interrupted and repeated at any time: the copy
 * takes each part in one transaction, and the next push continues after the last part that the copy has.
 */

import {
  type OptionRule,
  type OptionRules,
  readArgument,
  readOptions,
  TEXT,
} from '../model/options.js'
import type { Archive } from './archive.js'
import { isSameHash } from './chain.js'
import type { ChainRecord, StoredHead } from './chain-record.js'
import { VoucherError } from './errors.js'
import { openShopCopy } from './open-postgres.js'
import { readPostgresUrl } from './postgres-url.js'
import type { ShopCopy } from './store/shop-copy.js'

export interface PushProgress {
  /** Records that were checked so far. */
  readonly checked: number
  /** Records that the copy has taken so far. */
  readonly sent: number
  /** Records of the store when the push began. */
  readonly total: number
}

export interface PushOptions {
  /** Called after each part. */
  readonly onProgress?: (progress: PushProgress) => void
}

export interface PushResult {
  /** The shop's name in the address. */
  readonly shop: string
  /** Records of the store, all of which the copy has now. */
  readonly records: number
  /** Records that the copy did not have before this push. */
  readonly sent: number
  /** The newest record of each chain, in the store and in the copy. */
  readonly heads: readonly { readonly chain: string; readonly seq: number; readonly hash: string }[]
}

const IS_FUNCTION: OptionRule = {
  says: 'a function',
  accepts: (value) => typeof value === 'function',
}
const OPTIONS: OptionRules<PushOptions> = { onProgress: IS_FUNCTION }

/**
 * Records in a transaction of the copy: enough that the commit costs little in comparison, and few enough that a lost connection loses
 * little.
 */
const PART = 500

/**
 * Sends the shop's records to its copy, which the first push makes. Every record of the store is checked by its key, also those that were sent
 * before, and the copy checks that each follows the one that it has.
 *
 * @param archive of the shop
 * @param to `postgres://user@host/database?shop=07`
 * @throws VoucherError `RECORD_CHANGED` or `RECORD_MISSING` with the record if the store is not as it was recorded; `COPY_DIFFERS` with the
 * record if the copy has another one; `COPY_AHEAD` if it has records that the store lacks; `STORE_UNREACHABLE` if the connection is cut
 *
 * @example
 * // not run: needs a PostgreSQL server
 * const { sent } = await pushVouchers(archive, 'postgres://shop07@db.example/chain?shop=07')
 */
export async function pushVouchers(
  archive: Archive,
  to: string,
  options: PushOptions = {},
): Promise<PushResult> {
  const place = readPostgresUrl(readArgument<string>('pushVouchers', 'to', to, TEXT))
  const { onProgress } = readOptions<PushOptions>('pushVouchers', options, OPTIONS)
  const copy = await openShopCopy(place)
  try {
    const push = new Push(archive, copy)
    await push.run(onProgress)
    const heads = [...push.heads.values()].map(({ chain, seq, hash }) => ({
      ...{ chain, seq },
      hash: Buffer.from(hash).toString('hex'),
    }))
    return { shop: place.shop as string, records: push.checked, sent: push.sent, heads }
  } finally {
    await copy.close()
  }
}

class Push {
  readonly #archive: Archive
  readonly #copy: ShopCopy
  /** The last record of each chain that was checked. */
  readonly heads = new Map<string, StoredHead>()
  checked = 0
  sent = 0

  constructor(archive: Archive, copy: ShopCopy) {
    this.#archive = archive
    this.#copy = copy
  }

  async run(onProgress: PushOptions['onProgress']): Promise<void> {
    const stored = new Map((await this.#copy.heads()).map((head) => [head.chain, head]))
    const own = await this.#archive.heads()
    const total = own.reduce((all, { seq }) => all + seq, 0)
    refuseShorter(own, stored)
    for (let after = 0; ; ) {
      const part = await this.#archive.records({ after, limit: PART })
      const last = part.at(-1)
      if (last === undefined) break
      const missing: ChainRecord[] = []
      for (const record of part) {
        this.#follow(record)
        const head = stored.get(record.chain)
        if (head === undefined || record.seq > head.seq) missing.push(record)
        else if (record.seq === head.seq && !isSameHash(record.hash, head.hash)) {
          throw await this.#difference(record.chain, head.seq)
        }
      }
      if (missing.length > 0) this.sent += await this.#copy.take(missing)
      after = last.n
      onProgress?.({ checked: this.checked, sent: this.sent, total })
    }
    for (const head of own) this.#checkEnd(head)
  }

  /** Checks that the store has every record of a chain, and that each follows the one before it. */
  #follow({ chain, seq, prev, hash }: ChainRecord): void {
    const last = this.heads.get(chain)
    const expected = (last?.seq ?? 0) + 1
    if (seq !== expected) {
      throw recordError('RECORD_MISSING', chain, expected, 'is missing in the store')
    }
    if (last !== undefined && !isSameHash(prev, last.hash)) {
      throw recordError('RECORD_CHANGED', chain, seq, 'does not follow the one before it')
    }
    this.heads.set(chain, { chain, seq, hash })
    this.checked++
  }

  /** Checks that the records reach the head. The head was read first, so the chain may have grown since, but must not be shorter. */
  #checkEnd({ chain, seq }: StoredHead): void {
    const end = this.heads.get(chain)?.seq ?? 0
    if (end < seq) throw recordError('RECORD_MISSING', chain, end + 1, 'is missing in the store')
  }

  /** Makes the error for the first record that differs, because all records after it differ too. */
  async #difference(chain: string, end: number): Promise<VoucherError> {
    const { copyDiffers } = await import('./store/shop-copy.js')
    for (let after = 0; ; ) {
      const part = await this.#archive.records({ after, limit: PART })
      const last = part.at(-1)
      if (last === undefined) return copyDiffers(chain, end)
      const own = part.filter((record) => record.chain === chain && record.seq <= end)
      const from = own[0]?.seq
      const to = own.at(-1)?.seq
      if (from !== undefined && to !== undefined) {
        const hashes = await this.#copy.hashes(chain, from, to)
        const first = own.find(({ seq, hash }) => {
          const other = hashes.get(seq)
          return other === undefined || !isSameHash(other, hash)
        })
        if (first !== undefined) return copyDiffers(chain, first.seq)
      }
      after = last.n
    }
  }
}

/** Refuses a store that is shorter than its copy: a file that was cut, or an older backup, must not pass for a shop without new trades. */
function refuseShorter(own: readonly StoredHead[], stored: ReadonlyMap<string, StoredHead>): void {
  const ends = new Map(own.map(({ chain, seq }) => [chain, seq]))
  for (const { chain, seq } of stored.values()) {
    const end = ends.get(chain) ?? 0
    if (end >= seq) continue
    throw new VoucherError(
      end === 0
        ? `the copy has chain ${chain} with ${seq} records, and the store has none of them`
        : `the copy has ${seq} records of chain ${chain}, and the store ends at ${end}`,
      {
        code: 'COPY_AHEAD',
        path: `${chain}[${end + 1}]`,
        hint: 'the store was cut, is an older backup, or is that of another shop; find the newest file of this shop, or push under another shop name',
      },
    )
  }
}

function recordError(code: string, chain: string, seq: number, what: string): VoucherError {
  return new VoucherError(`record ${seq} of chain ${chain} ${what}`, {
    code,
    path: `${chain}[${seq}]`,
    hint: 'run vouchers verify, which names every such record, and restore a backup of the store',
  })
}
