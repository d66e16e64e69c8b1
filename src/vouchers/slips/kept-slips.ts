/**
 * The slips that are kept with a voucher, so that it looks in ten years as it did on the first day.
 *
 * Kept are the bytes for the printer and not pictures, because a million vouchers as PNG, PDF and HTML would be 25 GB. Slips of one
 * template are much alike, so they are compressed by a dictionary: the slips of an invented trade. The dictionary belongs to the form,
 * which is kept once, and holds no real trade, because it must outlive the vouchers that retention removes.
 */

import { deflateSync, inflateSync } from 'node:zlib'
import type { DrawnBlock } from '../../model/drawn-block.js'
import { joinBytes } from '../../model/join-bytes.js'
import type { Profile } from '../../model/profile.js'
import type { PackedSlips } from '../events.js'
import type { CopyName } from '../settings.js'

/** A copy as it is printed, without the pulse for the drawer. */
export interface KeptCopy {
  readonly name: CopyName
  readonly bytes: Uint8Array
  /** Texts that are printed as dots, see `withDrawnTexts`. */
  readonly drawnBlocks: readonly DrawnBlock[]
}

/** The versions and settings that made the bytes. */
export interface SlipForm {
  /** Profile of the printer, as it was when the slips were made. */
  readonly profile: Profile
  /** Version of xiaopiao. */
  readonly library: string
  /** SHA-256 of the template in hexadecimal digits; `ready` if the acquirer has made the slip. */
  readonly template: string
}

/** The slips that are kept with a voucher. */
export interface KeptSlips extends SlipForm {
  /** When they were kept: ISO 8601, UTC. */
  readonly at: string
  readonly copies: readonly KeptCopy[]
}

/** Bytes that deflate looks back, and so the maximum size of a dictionary. */
const WINDOW = 32_768

export function packSlips(copies: readonly KeptCopy[], dictionary: Uint8Array): PackedSlips {
  const drawn = new TextEncoder().encode(
    JSON.stringify(copies.map(({ drawnBlocks }) => drawnBlocks)),
  )
  const whole = joinBytes([...copies.map(({ bytes }) => bytes), drawn])
  return {
    copies: copies.map(({ name, bytes }) => ({ name, length: bytes.length })),
    data: deflateSync(whole, { level: 9, dictionary }).toString('base64'),
  }
}

export function unpackSlips(
  { copies, data }: PackedSlips,
  dictionary: Uint8Array,
): readonly KeptCopy[] {
  const inflated = inflateSync(Buffer.from(data, 'base64'), { dictionary })
  const whole = new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.byteLength)
  const end = copies.reduce((all, { length }) => all + length, 0)
  const drawn = JSON.parse(new TextDecoder().decode(whole.subarray(end))) as readonly DrawnBlock[][]
  let at = 0
  return copies.map(({ name, length }, i) => {
    const bytes = whole.slice(at, at + length)
    at += length
    return { name: name as CopyName, bytes, drawnBlocks: drawn[i] ?? [] }
  })
}

/** Makes the dictionary of a form from the slips of an invented trade. */
export function dictionaryOf(copies: readonly KeptCopy[]): Uint8Array {
  return joinBytes(copies.map(({ bytes }) => bytes)).slice(0, WINDOW)
}
