/** A record of a chain as it is stored, to take it elsewhere. */

export interface ChainRecord {
  /** Order in which its store has taken it, over all chains. */
  readonly n: number
  readonly chain: string
  /** From 1, without gaps. */
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
  /** The `n` of the last record that was read; 0 begins. */
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
