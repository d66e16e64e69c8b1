/**
 * The chain that makes changes visible: each record holds a keyed hash over the record before it. A terminal has
 * one chain, and the shop has one for its settings. To change, swap or remove a record in the middle, all later
 * hashes would have to be computed again, for which the key is needed. A chain cannot show that its tail was cut
 * off or that a whole chain is gone; a seal over all heads can.
 */

import { createHmac, hash, type KeyObject } from 'node:crypto'

/** A link of the chain as it is stored. */
export interface ChainLink {
  /** Terminal, or `@shop` for settings. */
  readonly chain: string
  /** Position in its chain, from 1 without gaps. */
  readonly seq: number
  readonly kind: string
  /** Hash of the link before; 32 zero bytes for the first. */
  readonly prev: Uint8Array
  /** SHA-256 of the body's canonical text, so that the chain still holds once retention has removed the body. */
  readonly bodyHash: Uint8Array
  readonly hash: Uint8Array
}

export interface ChainHead {
  readonly chain: string
  readonly seq: number
  readonly hash: Uint8Array
}

export const HASH_BYTES = 32

/**
 * Hashes are read as text with one character per byte, because buffers that are made from text share a pool of memory, and an import makes
 * thousands of them.
 */
const BINARY = 'binary'
const bytesOf = (text: string): Uint8Array => Buffer.from(text, BINARY)

/** Whether two hashes are the same. */
export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  // A loop, because verifying a store compares millions of hashes.
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

/** The head of a chain without records. */
export function emptyHead(chain: string): ChainHead {
  return { chain, seq: 0, hash: new Uint8Array(HASH_BYTES) }
}

/** SHA-256 of a body's canonical text (RFC 8785). */
export function hashBody(body: string): Uint8Array {
  return bytesOf(hash('sha256', body, BINARY))
}

/**
 * The link that follows `head`: HMAC-SHA-256 over previous hash, position, chain, kind and the body's hash. Each
 * text is preceded by its length, because joined texts without lengths could be parted in two ways.
 */
export function linkAfter(
  head: ChainHead,
  record: { readonly kind: string; readonly body: string },
  key: Uint8Array | KeyObject,
): ChainLink {
  const bodyHash = hashBody(record.body)
  const link = {
    chain: head.chain,
    seq: head.seq + 1,
    kind: record.kind,
    prev: head.hash,
    bodyHash,
  }
  return { ...link, hash: hashLink(link, key) }
}

/** The hash that `link` must have. */
export function hashLink(link: Omit<ChainLink, 'hash'>, key: Uint8Array | KeyObject): Uint8Array {
  const chainBytes = Buffer.byteLength(link.chain)
  const kindBytes = Buffer.byteLength(link.kind)
  const message = Buffer.allocUnsafe(
    link.prev.length + link.bodyHash.length + 16 + chainBytes + kindBytes,
  )
  message.set(link.prev)
  let at = message.writeBigUInt64BE(BigInt(link.seq), link.prev.length)
  at = message.writeUInt32BE(chainBytes, at)
  at += message.write(link.chain, at)
  at = message.writeUInt32BE(kindBytes, at)
  at += message.write(link.kind, at)
  message.set(link.bodyHash, at)
  return bytesOf(createHmac('sha256', key).update(message).digest(BINARY))
}
