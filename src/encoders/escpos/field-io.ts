/**
 * Reads and writes the values of a command's fields, by one entry for each type of field. It is long because measuring, reading
 * and writing a type belong in one file, so that they cannot disagree.
 */

import { XiaopiaoError } from '../../model/errors.js'
import { isBytes } from '../../model/realms.js'
import type { Earlier, Field, Fields, Shape } from './fields.js'

/** A cursor over bytes of which more may come. */
export interface Source {
  bytes: Uint8Array
  at: number
  /** End of the bytes that have arrived, as an offset in `bytes`. */
  end: number
  /** After a read that failed: the `end` that it needs, or 0 if more bytes would not help. */
  wanted: number
  /** A command that extends beyond this offset is not read; `wanted` then says where it would end. */
  limit: number
  /** Whether the stream has ended, so that more bytes will not come. */
  isFinal: boolean
  /** If true, a read only finds out whether all bytes have arrived, and leaves byte values empty. */
  isDry: boolean
}

const noBytes = new Uint8Array(0)

export type Value = number | Uint8Array | readonly Values[]
export interface Values {
  [name: string]: Value
}

/** Reads `fields` in order into `values`. Returns false if that fails; `source.wanted` then says whether bytes are missing. */
export function readFields(
  fields: Fields,
  source: Source,
  values: Values,
  outer?: Values,
): boolean {
  for (const name in fields) {
    const field = fields[name] as Field
    const value = codecOf(field).read(field, source, values, outer)
    if (value === undefined) return false
    values[name] = value
  }
  return true
}

/** The context of a value: the fields before it, from which counted fields compute their length, and its name for errors. */
interface Around {
  readonly values: Values
  readonly outer: Values | undefined
  readonly place: Place
  readonly name: string
}

type FieldOf<T extends Field['type']> = Extract<Field, { readonly type: T }>

/** A field type: how many bytes a value takes, how it is read, and how it is written. */
interface FieldCodec<F> {
  /** Returns the length of the value in bytes. Throws if the value does not fit the field. */
  size(field: F, value: Value | undefined, around: Around): number
  read(field: F, source: Source, values: Values, outer: Values | undefined): Value | undefined
  /** Returns the offset after the value. */
  write(field: F, value: Value, target: Uint8Array, at: number): number
}

function whole(size: number, least: number, most: number): FieldCodec<Field> {
  return {
    size(_, value, around) {
      const number = value as number
      if (Number.isInteger(number) && number >= least && number <= most) return size
      throw invalid(
        `${shown(value)} is not a whole number from ${least} to ${most}`,
        pathOf(around),
      )
    },
    read(_, source) {
      if (!has(source, size)) return undefined
      const value = readNumber(source, size)
      return value > most ? value - 256 ** size : value
    },
    write: (_, value, target, at) => writeNumber(value as number, size, target, at),
  }
}

const writesBytes = (_: Field, value: Value, target: Uint8Array, at: number) =>
  writeBytes(value as Uint8Array, target, at)

const codecs: { readonly [T in Field['type']]: FieldCodec<FieldOf<T>> } = {
  u8: whole(1, 0, 0xff),
  u16: whole(2, 0, 0xffff),
  i16: whole(2, -0x8000, 0x7fff),
  u32: whole(4, 0, 0xffffffff),
  oneOf: {
    size({ values }, value, around) {
      if (values.includes(value as number)) return 1
      throw invalid(`${shown(value)} is none of ${values.join(', ')}`, pathOf(around))
    },
    read({ values }, source) {
      if (!has(source, 1)) return undefined
      const value = source.bytes[source.at] as number
      if (!values.includes(value)) return mismatch(source)
      source.at++
      return value
    },
    write(_, value, target, at) {
      target[at] = value as number
      return at + 1
    },
  },
  fixed: {
    size: ({ length }, value, around) => exactly(value, length, around),
    read: ({ length }, source) => take(source, length),
    write: writesBytes,
  },
  counted: {
    size: ({ length }, value, around) =>
      exactly(value, length(lookUp(around.values, around.outer)), around),
    read: ({ length }, source, values, outer) => take(source, length(lookUp(values, outer))),
    write: writesBytes,
  },
  prefixed: {
    size: ({ size }, value, around) => size + atMost(value, 256 ** size - 1, around),
    read: ({ size }, source) =>
      has(source, size) ? take(source, readNumber(source, size)) : undefined,
    write({ size }, value, target, at) {
      const bytes = value as Uint8Array
      return writeBytes(bytes, target, writeNumber(bytes.length, size, target, at))
    },
  },
  terminated: {
    size(field, value, around) {
      const shape = field.shape(lookUp(around.values, around.outer))
      const length = atMost(value, shape.most, around)
      checkMarks(field, value as Uint8Array, around)
      checkShape(shape, value as Uint8Array, around, field.mark)
      return field.keepMark ? length : length + 1
    },
    read(field, source, values, outer) {
      const { bytes, at } = source
      const last = findMark(source, field, field.shape(lookUp(values, outer)))
      if (last < 0) return undefined
      const value = bytes.slice(at, field.keepMark ? last + 1 : last)
      source.at = last + 1
      return value
    },
    write({ keepMark, mark }, value, target, at) {
      const next = writeBytes(value as Uint8Array, target, at)
      if (keepMark) return next
      target[next] = mark
      return next + 1
    },
  },
  unterminated: {
    size(field, value, around) {
      const shape = field.shape(lookUp(around.values, around.outer))
      const length = atMost(value, shape.most, around)
      checkShape(shape, value as Uint8Array, around)
      return length
    },
    read(field, source, values, outer) {
      const { bytes, at } = source
      const shape = field.shape(lookUp(values, outer))
      const length = shapedLength(source, shape)
      const end = at + length
      const isCut = length < shape.most && end < source.end
      const ends = isCut && shape.endsWith?.(bytes[end] as number, bytes.subarray(at, end)) === true
      return take(source, ends ? length + 1 : length)
    },
    write: writesBytes,
  },
  rest: {
    size: (_, value, around) => atMost(value, 0xffffffff, around),
    read: (_, source) => take(source, source.end - source.at),
    write: writesBytes,
  },
  list: {
    size({ count, fields }, value, around) {
      const wanted = Math.max(0, count(lookUp(around.values, around.outer)))
      const path = pathOf(around)
      if (!Array.isArray(value) || value.length !== wanted) {
        throw invalid(`the list must have ${wanted} entries`, path)
      }
      let size = 0
      for (const [i, item] of value.entries()) {
        size += sizeOfFields(fields, item as Values, `${path}[${i}]`, around.values)
      }
      return size
    },
    read({ count, fields }, source, values, outer) {
      const items: Values[] = []
      for (let left = count(lookUp(values, outer)); left > 0; left--) {
        const item: Values = {}
        if (!readFields(fields, source, item, values)) return undefined
        items.push(item)
      }
      return items
    },
    write({ fields }, value, target, at) {
      let next = at
      for (const item of value as readonly Values[]) next = writeFields(fields, item, target, next)
      return next
    },
  },
}

function codecOf(field: Field): FieldCodec<Field> {
  return codecs[field.type] as FieldCodec<Field>
}

function has(source: Source, count: number): boolean {
  const end = source.at + count
  if (end <= source.end && end <= source.limit) return true
  source.wanted = end
  return false
}

function mismatch(source: Source): undefined {
  source.wanted = 0
  return undefined
}

function take(source: Source, count: number): Uint8Array | undefined {
  if (!has(source, count)) return undefined
  const from = source.at
  source.at += count
  return source.isDry ? noBytes : source.bytes.slice(from, source.at)
}

export function readNumber(source: Source, size: number): number {
  let value = 0
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (source.bytes[source.at + i] as number)
  source.at += size
  return value
}

type Terminated = Extract<Field, { type: 'terminated' }>

/** Offset of the byte that ends the field, or -1. */
function findMark(source: Source, { mark, count, keepMark }: Terminated, shape: Shape): number {
  const { bytes, at, end } = source
  const limit = at + (keepMark ? shape.most : shape.most + 1)
  let marks = 0
  for (let i = at; i < limit; i++) {
    if (i >= end) {
      // At the end of the stream, data that are already complete have no mark, and more bytes would not change that.
      const isWhole = i === at + shape.most || shape.isWhole?.(bytes.subarray(at, i)) === true
      source.wanted = source.isFinal && isWhole ? 0 : i + 1
      return -1
    }
    const byte = bytes[i] as number
    if (byte === mark) {
      if (++marks === count) return i
    } else if (i === at + shape.most || !shape.takes(byte, bytes.subarray(at, i))) break
  }
  source.wanted = 0
  return -1
}

/** Number of bytes from `at` on that fit the shape. */
function shapedLength({ bytes, at, end }: Source, { most, takes }: Shape): number {
  let length = 0
  while (length < most && at + length < end) {
    if (!takes(bytes[at + length] as number, bytes.subarray(at, at + length))) break
    length++
  }
  return length
}

function lookUp(values: Values, outer?: Values): Earlier {
  return (name) => (values[name] ?? outer?.[name]) as number
}

/** Returns the number of bytes that the fields take. Throws if a value does not fit its field. */
export function sizeOfFields(fields: Fields, values: Values, place: Place, outer?: Values): number {
  let size = 0
  for (const name in fields) {
    const field = fields[name] as Field
    size += codecOf(field).size(field, values[name], { values, outer, place, name })
  }
  return size
}

/** The index of a command, or the path of an item inside one. It becomes text only if an error needs it. */
export type Place = number | string

function placeName(place: Place): string {
  return typeof place === 'number' ? `commands[${place}]` : place
}

function pathOf({ place, name }: Around): string {
  return `${placeName(place)}.${name}`
}

function exactly(value: Value | undefined, length: number, around: Around): number {
  if (!isBytes(value) || value.length !== length) {
    throw invalid(`must be ${length} bytes, is ${shown(value)}`, pathOf(around))
  }
  return length
}

function atMost(value: Value | undefined, length: number, around: Around): number {
  if (!isBytes(value) || value.length > length) {
    throw invalid(`must be at most ${length} bytes, is ${shown(value)}`, pathOf(around))
  }
  return value.length
}

function checkMarks(field: Terminated, value: Uint8Array, around: Around): void {
  let marks = 0
  for (const byte of value) if (byte === field.mark) marks++
  const wanted = field.keepMark ? field.count : 0
  if (marks !== wanted || (field.keepMark && value[value.length - 1] !== field.mark)) {
    throw invalid(`must hold the byte ${field.mark} ${wanted} times, and end there`, pathOf(around))
  }
}

/** Throws if the value holds a byte that the field refuses, because the field would end there and the rest print as text. */
function checkShape(shape: Shape, value: Uint8Array, around: Around, mark?: number): void {
  const alien = value.findIndex((byte, i) => {
    const before = value.subarray(0, i)
    if (byte === mark || shape.takes(byte, before)) return false
    return mark !== undefined || i < value.length - 1 || shape.endsWith?.(byte, before) !== true
  })
  if (alien < 0) return
  throw invalid(
    `holds the byte ${value[alien]} at ${alien}, which the command does not take`,
    pathOf(around),
  )
}

function shown(value: Value | undefined): string {
  if (isBytes(value)) return `${value.length} bytes`
  return String(value)
}

export function invalid(message: string, place: Place): XiaopiaoError {
  const path = placeName(place)
  return new XiaopiaoError(`command cannot be encoded: ${path} ${message}`, {
    code: 'COMMAND_INVALID',
    path,
    hint: 'see the command table in encoders/escpos/commands for the fields and their ranges',
  })
}

/** Writes values that `sizeOfFields` has checked; returns the offset after them. */
export function writeFields(
  fields: Fields,
  values: Values,
  target: Uint8Array,
  at: number,
): number {
  let next = at
  for (const name in fields) {
    const field = fields[name] as Field
    next = codecOf(field).write(field, values[name] as Value, target, next)
  }
  return next
}

export function writeNumber(value: number, size: number, target: Uint8Array, at: number): number {
  let left = value
  for (let i = 0; i < size; i++) {
    target[at + i] = left & 0xff
    left = Math.floor(left / 256)
  }
  return at + size
}

function writeBytes(bytes: Uint8Array, target: Uint8Array, at: number): number {
  target.set(bytes, at)
  return at + bytes.length
}
