/**
 * Reads and writes the values of a command's fields. It is long because size, reading and writing of a field type
 * belong in one file, so that they cannot disagree.
 */

import { XiaopiaoError } from '../../model/errors.js'
import { isBytes } from '../../model/realms.js'
import type { Earlier, Field, Fields, Shape } from './fields.js'

/** A cursor over bytes of which more may come. */
export interface Source {
  bytes: Uint8Array
  at: number
  /** Bytes before this offset are there. */
  end: number
  /** After a read that failed: the end that it needs, or 0 if no further bytes would help. */
  wanted: number
  /** A command that goes on beyond this offset is not read; what it would need is in `wanted`. */
  limit: number
  /** No more bytes will come. */
  isFinal: boolean
  /** Only finds out whether all bytes are there: what is read holds no bytes. */
  isDry: boolean
}

const noBytes = new Uint8Array(0)

export type Value = number | Uint8Array | readonly Values[]
export interface Values {
  [name: string]: Value
}

/** Reads `fields` in order into `values`. On false, `source.wanted` says what is missing. */
export function readFields(
  fields: Fields,
  source: Source,
  values: Values,
  outer?: Values,
): boolean {
  for (const name in fields) {
    const value = readField(fields[name] as Field, source, values, outer)
    if (value === undefined) return false
    values[name] = value
  }
  return true
}

function readField(
  field: Field,
  source: Source,
  values: Values,
  outer: Values | undefined,
): Value | undefined {
  const { bytes, at } = source
  switch (field.type) {
    case 'u8':
      return has(source, 1) ? (bytes[source.at++] as number) : undefined
    case 'u16':
      return has(source, 2) ? readNumber(source, 2) : undefined
    case 'i16':
      return has(source, 2) ? (readNumber(source, 2) << 16) >> 16 : undefined
    case 'u32':
      return has(source, 4) ? readNumber(source, 4) : undefined
    case 'oneOf': {
      if (!has(source, 1)) return undefined
      const value = bytes[at] as number
      if (!field.values.includes(value)) return mismatch(source)
      source.at++
      return value
    }
    case 'fixed':
      return take(source, field.length)
    case 'counted':
      return take(source, field.length(lookUp(values, outer)))
    case 'prefixed':
      return has(source, field.size) ? take(source, readNumber(source, field.size)) : undefined
    case 'terminated': {
      const last = findMark(source, field, field.shape(lookUp(values, outer)))
      if (last < 0) return undefined
      const value = bytes.slice(at, field.keepMark ? last + 1 : last)
      source.at = last + 1
      return value
    }
    case 'unterminated': {
      const shape = field.shape(lookUp(values, outer))
      const length = shapedLength(source, shape)
      const end = at + length
      const isCut = length < shape.most && end < source.end
      const ends = isCut && shape.endsWith?.(bytes[end] as number, bytes.subarray(at, end)) === true
      return take(source, ends ? length + 1 : length)
    }
    case 'rest':
      return take(source, source.end - at)
    case 'list': {
      const items: Values[] = []
      for (let left = field.count(lookUp(values, outer)); left > 0; left--) {
        const item: Values = {}
        if (!readFields(field.fields, source, item, values)) return undefined
        items.push(item)
      }
      return items
    }
    default:
      return field satisfies never
  }
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
      // At the end of the stream all that the field may hold is there.
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

/** How many bytes at hand have the shape. */
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

/** How many bytes the fields take. Throws where a value does not fit its field. */
export function sizeOfFields(fields: Fields, values: Values, path: Place, outer?: Values): number {
  let size = 0
  for (const name in fields) {
    const field = fields[name] as Field
    const value = values[name]
    const whole = wholeSize(field, value)
    size += whole ?? sizeOfField(field, value, values, `${placeName(path)}.${name}`, outer)
  }
  return size
}

/** A command by its index, or the path of what lies in one: only an error needs it as text. */
export type Place = number | string

function placeName(place: Place): string {
  return typeof place === 'number' ? `commands[${place}]` : place
}

/** Bytes of a number that fits its field. */
function wholeSize(field: Field, value: Value | undefined): number | undefined {
  const { type } = field
  if (type !== 'u8' && type !== 'u16' && type !== 'i16' && type !== 'u32') return undefined
  const [least, most] = limits[type] as [number, number]
  const fits = Number.isInteger(value) && (value as number) >= least && (value as number) <= most
  return fits ? sizes[type] : undefined
}

const limits = { u8: [0, 0xff], u16: [0, 0xffff], i16: [-0x8000, 0x7fff], u32: [0, 0xffffffff] }
const sizes = { u8: 1, u16: 2, i16: 2, u32: 4 }

function sizeOfField(
  field: Field,
  value: Value | undefined,
  values: Values,
  path: string,
  outer?: Values,
): number {
  switch (field.type) {
    case 'u8':
    case 'u16':
    case 'i16':
    case 'u32': {
      const [least, most] = limits[field.type] as [number, number]
      if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
        throw invalid(`${shown(value)} is not a whole number from ${least} to ${most}`, path)
      }
      return sizes[field.type]
    }
    case 'oneOf':
      if (!field.values.includes(value as number)) {
        throw invalid(`${shown(value)} is none of ${field.values.join(', ')}`, path)
      }
      return 1
    case 'fixed':
      return exactly(value, field.length, path)
    case 'counted':
      return exactly(value, field.length(lookUp(values, outer)), path)
    case 'prefixed':
      return field.size + atMost(value, 256 ** field.size - 1, path)
    case 'terminated': {
      const shape = field.shape(lookUp(values, outer))
      const length = atMost(value, shape.most, path)
      checkMarks(field, value as Uint8Array, path)
      checkShape(shape, value as Uint8Array, path, field.mark)
      return field.keepMark ? length : length + 1
    }
    case 'unterminated': {
      const shape = field.shape(lookUp(values, outer))
      const length = atMost(value, shape.most, path)
      checkShape(shape, value as Uint8Array, path)
      return length
    }
    case 'rest':
      return atMost(value, 0xffffffff, path)
    case 'list':
      return sizeOfList(field, value, values, path, outer)
    default:
      return field satisfies never
  }
}

function sizeOfList(
  field: Extract<Field, { type: 'list' }>,
  value: Value | undefined,
  values: Values,
  path: string,
  outer?: Values,
): number {
  const count = Math.max(0, field.count(lookUp(values, outer)))
  if (!Array.isArray(value) || value.length !== count) {
    throw invalid(`the list must have ${count} entries`, path)
  }
  let size = 0
  value.forEach((item: Values, i) => {
    size += sizeOfFields(field.fields, item, `${path}[${i}]`, values)
  })
  return size
}

function exactly(value: Value | undefined, length: number, path: string): number {
  if (!isBytes(value) || value.length !== length) {
    throw invalid(`must be ${length} bytes, is ${shown(value)}`, path)
  }
  return length
}

function atMost(value: Value | undefined, length: number, path: string): number {
  if (!isBytes(value) || value.length > length) {
    throw invalid(`must be at most ${length} bytes, is ${shown(value)}`, path)
  }
  return value.length
}

function checkMarks(field: Terminated, value: Uint8Array, path: string): void {
  let marks = 0
  for (const byte of value) if (byte === field.mark) marks++
  const wanted = field.keepMark ? field.count : 0
  if (marks !== wanted || (field.keepMark && value[value.length - 1] !== field.mark)) {
    throw invalid(`must hold the byte ${field.mark} ${wanted} times, and end there`, path)
  }
}

/** Bytes that the field does not take would end it, and those behind them would print as text. */
function checkShape(shape: Shape, value: Uint8Array, path: string, mark?: number): void {
  const alien = value.findIndex((byte, i) => {
    const before = value.subarray(0, i)
    if (byte === mark || shape.takes(byte, before)) return false
    return mark !== undefined || i < value.length - 1 || shape.endsWith?.(byte, before) !== true
  })
  if (alien < 0) return
  throw invalid(`holds the byte ${value[alien]} at ${alien}, which the command does not take`, path)
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
    next = writeField(fields[name] as Field, values[name] as Value, target, next)
  }
  return next
}

function writeField(field: Field, value: Value, target: Uint8Array, at: number): number {
  switch (field.type) {
    case 'u8':
    case 'oneOf':
      target[at] = value as number
      return at + 1
    case 'u16':
    case 'i16':
      return writeNumber(value as number, 2, target, at)
    case 'u32':
      return writeNumber(value as number, 4, target, at)
    case 'prefixed': {
      const bytes = value as Uint8Array
      return writeBytes(bytes, target, writeNumber(bytes.length, field.size, target, at))
    }
    case 'terminated': {
      const next = writeBytes(value as Uint8Array, target, at)
      if (field.keepMark) return next
      target[next] = field.mark
      return next + 1
    }
    case 'fixed':
    case 'counted':
    case 'unterminated':
    case 'rest':
      return writeBytes(value as Uint8Array, target, at)
    case 'list': {
      let next = at
      for (const item of value as readonly Values[]) {
        next = writeFields(field.fields, item, target, next)
      }
      return next
    }
    default:
      return field satisfies never
  }
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
