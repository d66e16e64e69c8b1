/** The findings of a check that has read every record of a store. */

export interface ChainFault {
  /**
   * `changed`: the body or another column is not what was recorded. `moved`: the record does not follow the one before it. `missing`:
   * records between two others are gone. `index`: the row that searches use says something else than the chain.
   */
  readonly kind: 'changed' | 'moved' | 'missing' | 'index'
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
  /** Faults that the chains alone cannot show. */
  readonly notSeen: readonly string[]
}

/** Without a seal a cut tail looks like a shorter chain. */
export const NOT_SEEN_WITHOUT_SEAL: readonly string[] = [
  'records cut off at the end of a chain',
  'a terminal whose whole chain was removed',
  'a chain that was computed again by somebody who has the key file',
]
