/** A record of a chain as it is stored, for pushes and backups. */

export interface ChainRecord {
  /** Position in the order in which the store recorded the records of all chains. */
  readonly n: number
  readonly chain: string
  /** Position in its chain, from 1 without gaps. */
  readonly seq: number
  readonly kind: string
  readonly voucherId: string | null
  /** Milliseconds since 1970. */
  readonly recordedAt: number
  readonly prev: Uint8Array
  readonly bodyHash: Uint8Array
  readonly hash: Uint8Array
  /** Canonical JSON; null once retention has removed it. */
  readonly body: string | null
}

export interface RecordsQuery {
  /** The `n` of the last record that was read; 0 at the beginning. */
  readonly after: number
  /** 1 to 5000. */
  readonly limit: number
}

/** A chain and its newest record. */
export interface StoredHead {
  readonly chain: string
  readonly seq: number
  readonly hash: Uint8Array
}
