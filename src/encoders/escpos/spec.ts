/** The form of an entry of the command table, and the three functions that make entries. */

import type { Fields, ValuesOf } from './fields.js'

export interface Spec<K extends string = string, F extends Fields = Fields> {
  /** Name of the command in the `Command` union. */
  readonly kind: K
  /** The vendor's name: `ESC $`. */
  readonly mnemonic: string
  /** Bytes that begin the command. */
  readonly prefix: readonly number[]
  /** Bytes of the length that follows the prefix: 0 for a plain command, 2 for `GS ( x`, 4 for `GS 8 L`. */
  readonly lengthSize: 0 | 2 | 4
  /** Bytes that begin the body of a length-prefixed group: cn, fn or m fn. */
  readonly body: readonly number[]
  /** In the order in which they are sent. */
  readonly fields: F
  /** It writes memory that outlives the power switch. */
  readonly changesSettings: boolean
}

export interface SpecOptions {
  readonly changesSettings?: boolean
}

/** The command that an entry describes. */
export type CommandOf<S> =
  S extends Spec<infer K, infer F> ? { readonly kind: K } & ValuesOf<F> : never

/** A command of fixed form: `prefix` in hex, then the fields. */
export function command<const K extends string, const F extends Fields>(
  kind: K,
  mnemonic: string,
  prefix: string,
  fields: F,
  options: SpecOptions = {},
): Spec<K, F> {
  return entry(kind, mnemonic, prefix, 0, '', fields, options)
}

/** A function of a group: `prefix`, length in two bytes, `body` in hex, then the fields, which must fill the length. */
export function group<const K extends string, const F extends Fields>(
  kind: K,
  mnemonic: string,
  prefix: string,
  body: string,
  fields: F,
  options: SpecOptions = {},
): Spec<K, F> {
  return entry(kind, mnemonic, prefix, 2, body, fields, options)
}

/** The same with a length of four bytes: `GS 8 L`. */
export function longGroup<const K extends string, const F extends Fields>(
  kind: K,
  mnemonic: string,
  prefix: string,
  body: string,
  fields: F,
  options: SpecOptions = {},
): Spec<K, F> {
  return entry(kind, mnemonic, prefix, 4, body, fields, options)
}

function entry<K extends string, F extends Fields>(
  kind: K,
  mnemonic: string,
  prefix: string,
  lengthSize: 0 | 2 | 4,
  body: string,
  fields: F,
  options: SpecOptions,
): Spec<K, F> {
  return {
    kind,
    mnemonic,
    prefix: bytesOf(prefix),
    lengthSize,
    body: bytesOf(body),
    fields,
    changesSettings: options.changesSettings ?? false,
  }
}

function bytesOf(hex: string): readonly number[] {
  return hex === '' ? [] : hex.split(' ').map((byte) => Number.parseInt(byte, 16))
}
