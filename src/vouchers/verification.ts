/** The findings of a check that has read every record of a store. */

export interface ChainFault {
  /**
   * `changed`: the body or another column is not what was recorded. `moved`: the record does not follow the one before it. `missing`:
   * records between two others are gone. `index`: the row that searches use says something else than the chain. Found by a seal: `cut`: the
   * end of a chain is gone. `removed`: a whole chain is gone. `recomputed`: somebody with the key has computed the chain again. `seal`: no
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
  /** Position in the chain; 0 for an `index` fault. */
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
  /** Kinds of faults that this check cannot see. */
  readonly notSeen: readonly string[]
}

/** Faults that a seal cannot show, because it covers only the records that existed when it was made. */
export const NOT_SEEN_AFTER_SEAL: readonly string[] = [
  'records that were added after the seal and cut off again',
]

/**
 * Faults that only a seal shows: a chain without its last records looks like a shorter chain, and somebody who cuts them off can remove the
 * seals in the store too.
 */
export const NOT_SEEN_WITHOUT_SEAL: readonly string[] = [
  'records cut off at the end of a chain',
  'a terminal whose whole chain was removed',
  'a chain that was computed again by somebody who has the key file',
]

/** Faults that only the key shows, which the copy of a shop does not have. */
export const NOT_SEEN_WITHOUT_KEY: readonly string[] = [
  'a record that was changed together with the hash of its body: only the key of the shop shows that',
]
