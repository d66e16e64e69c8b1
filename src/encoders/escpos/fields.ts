/**
 * The language of the command table: the types of fields that ESC/POS commands are made of, and the entries that describe a command
 * by them.
 */

/** The values read so far, by field name; a counted field computes its length from them. */
export type Earlier = (name: string) => number

/** The bytes that a terminated field takes. */
export interface Shape {
  /** Greatest number of bytes, without a mark that the value leaves out. */
  readonly most: number
  /** Whether the byte may follow here; `before` are the field's bytes so far. */
  readonly takes: (byte: number, before: Uint8Array) => boolean
  /** Whether these bytes complete the field, although it may be longer. */
  readonly isWhole?: (bytes: Uint8Array) => boolean
  /** Whether a refused byte is the last one of an unterminated field, because the printer reads it before refusing it. */
  readonly endsWith?: (byte: number, before: Uint8Array) => boolean
}

export type ShapeOf = (earlier: Earlier) => Shape

export type Field =
  | { readonly type: 'u8' | 'u16' | 'i16' | 'u32' }
  /** A byte that is one of `values`; any other byte is not this command. */
  | { readonly type: 'oneOf'; readonly values: readonly number[] }
  | { readonly type: 'fixed'; readonly length: number }
  /** Bytes whose number follows from earlier fields: image data. */
  | { readonly type: 'counted'; readonly length: (earlier: Earlier) => number }
  /** Bytes with their own number before them, in `size` bytes, low byte first. */
  | { readonly type: 'prefixed'; readonly size: 1 | 2 | 4 }
  /** Bytes up to the `count`th `mark`, which is the last byte of the field. Any byte that `shape` refuses is not this command. */
  | {
      readonly type: 'terminated'
      readonly mark: number
      readonly count: number
      readonly keepMark: boolean
      readonly shape: ShapeOf
    }
  /** Bytes without a mark at their end: they end where their shape does. */
  | { readonly type: 'unterminated'; readonly shape: ShapeOf }
  /** All remaining bytes of a length-prefixed group. */
  | { readonly type: 'rest' }
  | {
      readonly type: 'list'
      readonly count: (earlier: Earlier) => number
      readonly fields: Fields
    }

export interface Fields {
  readonly [name: string]: Field
}

/** The value of a field, as in a command. */
export type ValueOf<F extends Field> = F extends { type: 'u8' | 'u16' | 'i16' | 'u32' }
  ? number
  : F extends { type: 'oneOf'; values: readonly (infer V)[] }
    ? V
    : F extends { type: 'list'; fields: infer I extends Fields }
      ? readonly ValuesOf<I>[]
      : Uint8Array

export type ValuesOf<F extends Fields> = { readonly [N in keyof F]: ValueOf<F[N]> }

/** One unsigned byte. */
export const u8 = { type: 'u8' } as const
/** Two bytes, low byte first: nL nH. */
export const u16 = { type: 'u16' } as const
/** Two bytes, low byte first, two's complement. */
export const i16 = { type: 'i16' } as const
/** Four bytes, low byte first. */
export const u32 = { type: 'u32' } as const
export const rest = { type: 'rest' } as const

export function oneOf<const V extends readonly number[]>(...values: V) {
  return { type: 'oneOf', values } as const
}

export function fixed<const N extends number>(length: N) {
  return { type: 'fixed', length } as const
}

export function counted(length: (earlier: Earlier) => number) {
  return { type: 'counted', length } as const
}

/** Bytes with their number before them in one byte. */
export const bytes8 = { type: 'prefixed', size: 1 } as const
/** Bytes with their number before them in two bytes, low byte first. */
export const bytes16 = { type: 'prefixed', size: 2 } as const
/** Bytes with their number before them in four bytes, low byte first. */
export const bytes32 = { type: 'prefixed', size: 4 } as const

/** A field of bytes of `shape`, and a NUL, which the value leaves out. */
export function nulTerminated(shape: ShapeOf) {
  return { type: 'terminated', mark: 0, count: 1, keepMark: false, shape } as const
}

/** A field of bytes of `shape` without a NUL at its end. */
export function unterminated(shape: ShapeOf) {
  return { type: 'unterminated', shape } as const
}

/** A field of bytes up to and including the `count`th `mark`, at most `most` in all, of which `takes` must allow each. */
export function delimited(
  mark: number,
  count: number,
  most: number,
  takes: (byte: number) => boolean,
) {
  const shape = () => ({ most, takes })
  return { type: 'terminated', mark, count, keepMark: true, shape } as const
}

export function list<const F extends Fields>(count: (earlier: Earlier) => number, fields: F) {
  return { type: 'list', count, fields } as const
}

/** An entry of the command table. */
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
  /** Fields in the order in which they are sent. */
  readonly fields: F
  /** Whether the command writes memory that survives switching the printer off. */
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

/** As `group`, with a length of four bytes: `GS 8 L`. */
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
