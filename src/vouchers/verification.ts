/** The findings of a check that has read every record of a store. */

export interface ChainFault {
  /**
   * `changed`: the body or another column is not what was recorded. `moved`: the record does not follow the one before it. `missing`:
   * records between two others are gone. `index`: the row that searches use says something else than the chain. Of a seal: `cut`: the
   * end of a chain is gone. `removed`: a whole chain is. `recomputed`: somebody with the key has computed the chain again. `seal`: no
   * record has the seal that was given.
   */
  readonly kind:
    | 'changed'
    | 'moved'
    | 'missing'
    | 'index'
    | 'cut'
    | 'removed'
    | 'recomputed'
    | 'seal'
  readonly chain: string
  /** Position in the chain; of an `index` fault 0. */
  readonly seq: number
  readonly voucherId?: string
  readonly message: string
}

export interface Verification {
  readonly ok: boolean
  /** Records read, of all chains. */
  readonly entries: number
  readonly vouchers: number
  /** The first faults, at most 100 of them. */
  readonly faults: readonly ChainFault[]
  readonly heads: readonly { readonly chain: string; readonly seq: number; readonly hash: string }[]
  /** The seal that the chains were compared with: the one that was given, or else the newest of the store. */
  readonly seal?: { readonly seal: string; readonly at: string; readonly isGiven: boolean }
  /** Faults that could not be seen. */
  readonly notSeen: readonly string[]
}

/** A seal shows what was there when it was made. */
export const NOT_SEEN_AFTER_SEAL: readonly string[] = [
  'records that were added after the seal and cut off again',
]

/** Without a seal a cut tail looks like a shorter chain, and whoever cuts one off may cut off the seals of the store too. */
export const NOT_SEEN_WITHOUT_SEAL: readonly string[] = [
  'records cut off at the end of a chain',
  'a terminal whose whole chain was removed',
  'a chain that was computed again by somebody who has the key file',
]

/** The copy of a shop has no key. */
export const NOT_SEEN_WITHOUT_KEY: readonly string[] = [
  'a record that was changed together with the hash of its body: only the key of the shop shows that',
]
